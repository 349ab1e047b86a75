"""The time that a file says its numbers are from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.tables.period import fits, is_day, overlaps, span_of, written

SPRING = (date(2026, 1, 1), date(2026, 4, 30))


def year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number, 12, 31)


@pytest.mark.parametrize(
    "written",
    [
        "2024K1",
        "2024 K1",
        "2024Q1",
        "1. kvartal 2024",
        "1. kvt. 2024",
        "1.kvt 2024",
        "Q1 2024",
        "K1-2024",
        "Kvartal 1 2024",
    ],
)
def test_span_of_reads_quarters(written):
    assert span_of(written) == (date(2024, 1, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("2024", year(2024)),
        (2024, year(2024)),
        (2024.0, year(2024)),
        ("2. halvår 2024", (date(2024, 7, 1), date(2024, 12, 31))),
        ("maj 2024", (date(2024, 5, 1), date(2024, 5, 31))),
        ("feb. 2024", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2024M02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("02/2024", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2008-2018", (date(2008, 1, 1), date(2018, 12, 31))),
        ("2019K1 – 2019K4", year(2019)),
        ("01.01.2024 - 31.12.2024", year(2024)),
        ("1. marts 2025 – 28. februar 2026", (date(2025, 3, 1), date(2026, 2, 28))),
        ("1 March 2025 to 28 February 2026", (date(2025, 3, 1), date(2026, 2, 28))),
        ("3/2-24", (date(2024, 2, 3), date(2024, 2, 3))),
        ("30. april 2026", (date(2026, 4, 30), date(2026, 4, 30))),
        ("2026-04-30 00:00:00", (date(2026, 4, 30), date(2026, 4, 30))),
        ("31.02.2024", year(2024)),
        (46142, (date(2026, 4, 30), date(2026, 4, 30))),
        (date(2026, 4, 30), (date(2026, 4, 30), date(2026, 4, 30))),
    ],
)
def test_span_of_reads_what_people_write(written, span):
    assert span_of(written) == span


@pytest.mark.parametrize("written", [None, True, "", "KOL", "6.200", 6200, "130", "057584", "7113", 0.25])
def test_span_of_finds_no_time_in_other_cells(written):
    assert span_of(written) is None


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_span_of_takes_the_day_first(day):
    ways = (
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"{day:%d/%m-%y}",
        f"{day:%Y-%m-%d}",
        f"{day.day}.{day.month}.{day.year}",
    )
    assert {span_of(written) for written in ways} == {(day, day)}


@given(st.text(max_size=30))
def test_span_of_never_fails(text):
    span = span_of(text)
    assert span is None or span[0] <= span[1]


@pytest.mark.parametrize(
    ("written", "overlapping", "fitting"),
    [
        ("2026K1", True, True),
        ("2026", True, False),
        ("2026K4", False, False),
        ("2025", False, False),
        ("2008-2026", True, False),
        ("30.04.2026", True, False),
        ("12.05.2026", True, False),
        ("12.05.2019", False, False),
    ],
)
def test_span_is_held_against_the_period(written, overlapping, fitting):
    span = span_of(written)
    assert (overlaps(span, SPRING), fits(span, SPRING)) == (overlapping, fitting)


def test_a_day_is_told_from_a_span():
    assert [is_day(span_of(written)) for written in ("30.04.2026", "april 2026")] == [True, False]


@pytest.mark.parametrize(
    ("cell", "said"),
    [("2026", "2026"), ("2008-2026", "2008–2026"), ("30.04.2026", "30.4.2026"), ("2026K1", "1.1.2026–31.3.2026")],
)
def test_a_span_is_written_in_figures(cell, said):
    assert written(span_of(cell)) == said
