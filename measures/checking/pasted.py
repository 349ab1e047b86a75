"""A table pasted into a message: headings in one line, numbers below, as copied from a spreadsheet or a web page."""

from __future__ import annotations

from measures.layouts.wide import headings_of
from measures.layouts.wide_rows import read_row, rows_of
from measures.packages.package import Package
from measures.reading.counts import number_of
from measures.reading.delimited import split
from measures.reading.limits import Limits
from measures.reading.table import SheetCells
from measures.tables.chosen import Wanted
from measures.tables.heading_matcher import Certainty, Matcher

LEAST_LINES = 2


def read_pasted(text: str, package: Package) -> dict[str, float] | None:
    """The numbers of a pasted table with one line of them; None when it is no such table, or anything needs asking.

    A message is typed into a trusted form by its sender and at most a few thousand characters long, so it is read here.
    """
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if len(lines) < LEAST_LINES or not any(mark in text for mark in ("\t", ";", "|")):
        return None
    limits = Limits()
    rows = split("\n".join(lines), limits.rows, limits.cells)
    if rows is None:
        return None
    sheet = SheetCells(None, tuple(tuple(cell or None for cell in row) for row in rows))
    matcher = Matcher(package)
    headings = headings_of(sheet, matcher)
    below = rows_of(sheet, headings)
    if not headings.columns or len(below) != 1 or headings.number is not None:
        return None  # whose number it is can't be checked here; a file can
    if any(match.certainty is not Certainty.EXACT for match in headings.columns.values()):
        return None
    chosen = read_row(sheet, below[0], headings, matcher, Wanted(""))
    found = {field_id: number_of(cell, package.places(field_id)) for field_id, (cell, _) in chosen.cells.items()}
    numbers = {field_id: number for field_id, number in found.items() if number is not None}
    return numbers if numbers and len(numbers) == len(found) and not chosen.problems else None
