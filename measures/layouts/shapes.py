"""A field that one sheet names in two shapes, over its numbers and beside them: which are meant, nobody can tell."""

from __future__ import annotations

from measures.reading.counts import read_count
from measures.reading.problems import Level, Problem
from measures.reading.table import SheetCells
from measures.tables.chosen import at, has_number
from measures.tables.heading_matcher import Matcher

ROWS, COLUMNS = 1000, 40
TEXTS = 400
"""So much of a sheet is looked at, and about that many different texts: what a text means takes a millisecond."""
FEWEST = 2
"""Fields below each other make a table; one alone may be a word in a row."""
Places = dict[str, list[tuple[int, int]]]


def named_in_both(sheet: SheetCells, matcher: Matcher) -> Problem | None:
    """What refuses a sheet with a field both as a heading over numbers and beside others; None where it has none, or
    where both give the same numbers."""
    over, beside = _named(sheet, matcher)
    if len(beside) < FEWEST:
        return None
    taken = {row for places in beside.values() for row, _ in places}
    for field_id in over.keys() & beside.keys():
        for row, column in over[field_id]:
            below = _below(sheet, row, column, taken)
            told = [_numbers(sheet, *place) for place in beside[field_id]]
            if below and below not in (*told, [numbers[0] for numbers in told]):
                label = matcher.package.field(field_id).label.model_dump()
                return Problem("named_twice", Level.BLOCK, sheet.where(row, column), params={"field": label})
    return None


def _named(sheet: SheetCells, matcher: Matcher) -> tuple[Places, Places]:
    """Where fields are named in rows without a number, and where in a column with numbers to the right."""
    over: Places = {}
    beside: Places = {}
    texts: set[str] = set()
    for row, cells in enumerate(sheet.rows[:ROWS]):
        texts |= {cell for cell in cells[:COLUMNS] if isinstance(cell, str)} if len(texts) < TEXTS else set()
        read = {column: cell for column, cell in enumerate(cells[:COLUMNS]) if cell in texts}
        known = {column: match for column, cell in read.items() if (match := matcher.match(cell))}
        sure = {column: match.field_id for column, match in known.items() if match.is_sure}
        if not sure:
            continue
        if not any(map(has_number, cells)):
            for column, field_id in sure.items():
                over.setdefault(field_id, []).append((row, column))
        elif len(known) == 1 and any(map(has_number, cells[min(sure) + 1 :])):
            beside.setdefault(next(iter(sure.values())), []).append((row, min(sure)))
    return over, beside


def _below(sheet: SheetCells, row: int, column: int, taken: set[int]) -> list[int | None]:
    """The numbers under a heading, to the first gap or the first row that names a field itself."""
    found: list[int | None] = []
    for under in range(row + 1, min(len(sheet.rows), ROWS)):
        cell = at(sheet, under, column)
        if under in taken or not has_number(cell):
            break
        found.append(read_count(cell).value)
    return found


def _numbers(sheet: SheetCells, row: int, column: int) -> list[int | None]:
    return [read_count(cell).value for cell in sheet.rows[row][column + 1 :] if has_number(cell)]
