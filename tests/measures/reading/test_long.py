"""What makes long files quick changes nothing of what is read, found and handed over."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from measures.reading.intake import _understand
from measures.reading.personal import places_of
from measures.reading.reader import as_json
from measures.reading.table import TOP, Column, SheetCells, Table
from measures.reading.workbooks.words_beside import NEXT_STRING, plain
from measures.reading.workbooks.workbook import _cell, _plain_column

WORDS = ("", "|", "a|b", "a\nb", "PT05H30M00S", "PTA", "\nPT05H30M00S", "251248-4916", "KOL", "101248", "57584,5", "'9")
AS_READ = (1.0, 2.5, -3.0, 1e15, -1e15, 1e300, float("inf"), 2512484916.0, 101248491.0, 251248.4916)
ODD = (None, True, False, 7, date(2026, 5, 2), datetime(2026, 5, 2, 14, 30), timedelta(hours=26))  # noqa: DTZ001 - as cells are
POOLS = (WORDS, AS_READ, WORDS + AS_READ + ODD, (1.0, 2.0), ("KOL", "Spirometri"))


def of_one_kind(pools: tuple[tuple[object, ...], ...]) -> st.SearchStrategy[list[object]]:
    return st.one_of(*(st.lists(st.sampled_from(pool), min_size=4, max_size=4) for pool in pools))


def kinds(cells: tuple[object, ...]) -> list[type]:
    return list(map(type, cells))


@given(of_one_kind(POOLS), st.sampled_from(["Antal", 1.0, None]))
def test_a_long_column_is_as_plain_as_its_cells_one_by_one(below, heading):
    column = (heading,) * TOP + tuple(below)
    found = _plain_column(column)
    assert found == Column.of(tuple(map(_cell, column)))
    assert kinds(found.cells) == kinds(tuple(map(_cell, column)))


def sheet_of(columns: list[list[object]], heading: object = "Antal") -> SheetCells:
    plain_ones = [_plain_column((heading, *(None,) * (TOP - 1), *column)).cells for column in columns]
    return SheetCells("Ark1", tuple(zip(*plain_ones, strict=True)))


@given(st.lists(of_one_kind(POOLS), min_size=1, max_size=4))
def test_cells_arrive_as_they_were_sent(columns):
    sheet = sheet_of(columns)
    cells = [[None if cell == "" else cell for cell in row] for row in sheet.rows]
    arrived = _understand(0, as_json(Table("xlsx", (sheet,))).encode()).sheets[0].rows
    assert list(map(list, arrived)) == cells
    assert list(map(kinds, arrived)) == list(map(kinds, map(tuple, cells)))


@given(st.lists(of_one_kind(POOLS), min_size=1, max_size=4), st.sampled_from(["Antal", "251248-4916"]))
def test_persons_are_found_by_columns_where_they_are_found_row_by_row(columns, heading):
    even = sheet_of(columns, heading)
    ragged = SheetCells("Ark1", (*even.rows, ()))
    assert places_of(even) == places_of(ragged)


@given(st.lists(st.sampled_from(["10000", "KOL", '<t xml:space="preserve">KOL', '<x descr="251248-4916"/>', "="])))
def test_words_in_attributes_are_found_between_any_number_of_strings(strings):
    words = plain(NEXT_STRING.join(strings))
    assert words.count("251248-4916") == sum("251248" in each for each in strings)
