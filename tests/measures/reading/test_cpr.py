"""CPR numbers are found without modulus 11, in every way they are written, and never repeated."""

import csv
import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from measures.reading.cpr import find, has_cpr, is_cpr_cell, mask_cpr
from measures.reading.limits import Limits
from measures.reading.reader import read
from measures.reading.workbooks.words_beside import APART, without_short_numbers

DASHES = ["", "-", " ", " - ", "–", "—", "‑", "\u00a0", "/", "."]

SPELLINGS = Path(__file__).with_name("cpr_spellings.tsv")
"""Ways to write a CPR number, and other things in figures; signs that nobody sees are escaped."""


def spellings(what):
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    escaped = re.compile(r"\\u([0-9a-f]{4})")
    return [escaped.sub(lambda found: chr(int(found[1], 16)), row["written"]) for row in rows if row["what"] == what]


def is_refused(note):
    table = read(f'KOL;Note\n1;"{note.replace(chr(34), 2 * chr(34))}"\n'.encode(), Limits())
    return bool(table.personal) or table.suspicion is not None


def test_every_spelling_is_found_in_a_message_and_in_a_file():
    written = spellings("cpr")
    assert len(written) >= 190
    assert [each for each in written if not has_cpr(each) or not is_refused(each)] == []
    assert [each for each in written if has_cpr(mask_cpr(each))] == []


def test_no_other_figures_are_taken_for_a_person():
    written = spellings("other")
    assert len(written) >= 280
    assert [each for each in written if has_cpr(each) or is_cpr_cell(each) or is_refused(each)] == []


def test_a_year_beside_six_digits_is_a_practice_unless_a_person_is_named():
    assert not has_cpr("021055 2026")
    assert has_cpr("pt. 021055 2026")
    assert has_cpr("021055-2026")


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 9999), st.sampled_from(DASHES))
def test_has_cpr_finds_every_birthday_with_every_serial_number(day, serial, dash):
    assert has_cpr(f"Pt. {day:%d%m%y}{dash}{serial:04d} set i dag")


@pytest.mark.long
@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 9999))
def test_has_cpr_finds_four_digit_years_and_dotted_dates(day, serial):
    assert has_cpr(f"{day:%d%m%Y}-{serial:04d}")
    assert has_cpr(f"{day:%d.%m.%y}-{serial:04d}")


@pytest.mark.parametrize(
    "written",
    [
        "2512484AB6",
        "251248-4AB6",
        "8512484XY0",
        "6101900001",
        "610190-0001",
        "251248-xxxx",
        "25 12 48 4916",
        "25O248-4916",
        "251248\u200b4916",
    ],
)
def test_has_cpr_finds_replacement_numbers(written):
    assert has_cpr(written)


@pytest.mark.parametrize(
    "written",
    [
        "Tilmeldte 1834",
        "057584",
        "1.234.567",
        "+45 20 30 40 50",
        "20304050",
        "672291000016001",
        "5790000127092",
        "30. april 2026",
        "30.04.2026 1834 tilmeldte",
        "2026-04-30 16:30",
        "3213484916",
        "2513484916",
        "1801234567.000100",
        "KOL 130, spirometri 96",
        "0,2512484916",
        "andel 0.2512484916",
    ],
)
def test_has_cpr_leaves_other_numbers_alone(written):
    assert not has_cpr(written)


@pytest.mark.parametrize("cell", [101601234, 101601234.0, "101601234", 2512484916, 2512484916.0, "Jens 010160-1234"])
def test_is_cpr_cell_finds_number_cells_that_lost_their_leading_zero(cell):
    assert is_cpr_cell(cell)


@pytest.mark.parametrize(
    "cell", [1834, 57584, 12345678, 999999999, 0.25, True, float("nan"), float("inf"), 10**12, None]
)
def test_is_cpr_cell_leaves_counts_alone(cell):
    assert not is_cpr_cell(cell)


@example(date(2000, 1, 1), 2015, "/")  # without a word of a person it is a practice and a year
@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 9999), st.sampled_from(DASHES))
def test_mask_cpr_leaves_nothing_to_find(day, serial, dash):
    number = f"{day:%d%m%y}{dash}{serial:04d}"
    masked = mask_cpr(f"fru {number} efter")
    assert masked == f"fru {'•' * len(number)} efter"


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "25 ", "1.2.", "O0", "&#8211;", "%20", "999999-", "ydernr. 021055, ", " "]
)
def test_time_grows_with_the_length_and_no_faster(piece):
    """Processor time, not the clock's, the best of three; what grows with the square takes sixteen times as long."""

    def taken(characters: int) -> float:
        text = (piece * characters)[:characters]
        began = time.process_time()
        has_cpr(text)
        return time.process_time() - began

    short, long = (min(taken(length) for _ in range(3)) for length in (10_000, 40_000))
    assert long < max(10 * short, 0.3)


PIECES = (
    *(
        "251248",
        "4916",
        "251248-4916",
        "2512484916",
        "251248 2020",
        "251248 -2020",
        "251248-xxxx",
        "251248-49xx",
        "010190",
    ),
    *("CPR", "født", "pt", "de sidste fire er", "Lægehuset", "ydernr", "faktura nr", "patienter", "12", "1948", ""),
    *("251248 ", " 4916 i alt", "Ø"),
)


@example(["CPR", "12", "251248-4916"], APART)
@example(["CPR", "12", "251248 ", " 4916 i alt"], APART)  # told of by no word: a cell with a number stands between
@given(st.lists(st.sampled_from(PIECES), max_size=9), st.sampled_from((APART, 2 * APART)))
def test_short_numbers_left_out_change_nothing_of_what_is_found_beside_the_cells(pieces, seam):
    text = seam.join(pieces)
    assert find(without_short_numbers(text)) == find(text)
