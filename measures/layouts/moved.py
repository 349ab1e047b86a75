"""Headings that stand beside their numbers: over an empty column, with the numbers in the next one without a heading.

Reports write a heading over two merged columns and the number into the second one.
"""

from __future__ import annotations

from collections.abc import Mapping

from measures.reading.problems import Level, Problem
from measures.reading.table import SheetCells
from measures.tables.chosen import at, has_number
from measures.tables.heading_matcher import Match, Matcher

ROWS = 5000
"""This many rows show whether a column is empty."""


def moved_columns(sheet: SheetCells, headings: Mapping[int, int], below: int) -> dict[int, int]:
    """By the column with numbers, the column of its heading. `headings` has the row of each known heading by column."""
    found = {}
    for column, row in headings.items():
        beside = column + 1
        if beside in headings or at(sheet, row, beside) is not None:
            continue
        heading, rows = at(sheet, row, column), range(below, min(len(sheet.rows), below + ROWS))
        if any(at(sheet, each, column) not in (None, heading) for each in rows):  # a report repeats it on every page
            continue
        if any(has_number(at(sheet, each, beside)) for each in rows):
            found[beside] = column
    return found


def about_moved(
    sheet: SheetCells,
    rows: Mapping[int, int],
    moved: Mapping[int, int],
    named: Mapping[int, Match],
    matcher: Matcher,
) -> list[Problem]:
    """A question for each heading that stands beside its numbers; `rows` has the headings' rows."""
    found = []
    for column, match in named.items():
        if column in moved:
            params = {"id": match.field_id, "field": matcher.package.field(match.field_id).label.model_dump()}
            where = sheet.where(rows[column], moved[column])
            found.append(Problem("heading_beside", Level.WARN, where, params=params))
    return found
