"""Rows that don't fit their headings: a comma too many, or everything one place to the side."""

from __future__ import annotations

from measures.layouts.wide import Headings
from measures.reading.counts import read_count
from measures.reading.problems import Level, Problem, Where
from measures.reading.table import SheetCells
from measures.tables.chosen import at


def whole_row(sheet: SheetCells, row: int) -> Where:
    """The place of a row as such."""
    place = sheet.where(row, 0)
    return Where(place.sheet, place.row)


def torn(sheet: SheetCells, row: int, headings: Headings) -> Problem | None:
    """A row with more cells than there are headings: a comma too many, or everything one place to the side.

    In a workbook a note may stand beside the table; there only a number tells of it.
    """
    wide = max(_filled(sheet, each) for each in range(headings.first, headings.last + 1))
    wide = max(wide, *(column + 1 for column in headings.moved), 0)
    filled = _filled(sheet, row)
    if filled > wide and (sheet.name is None or read_count(at(sheet, row, filled - 1)).value is not None):
        return Problem("row_too_long", Level.BLOCK, whole_row(sheet, row), params={"n": filled, "expected_n": wide})
    known = max(headings.columns) + 1
    if sheet.name is None and len(sheet.rows[row]) < min(wide, known):
        return Problem(
            "row_too_short", Level.BLOCK, whole_row(sheet, row), params={"n": len(sheet.rows[row]), "expected_n": wide}
        )
    return None


def _filled(sheet: SheetCells, row: int) -> int:
    cells = sheet.rows[row]
    return max((column + 1 for column, cell in enumerate(cells) if cell is not None), default=0)
