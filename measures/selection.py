"""Finding one practice's numbers in a file: which sheet, which shape, which cell answers which field?

Files come in two shapes: wide (headings in a row, numbers below) and tall (headings in a column, numbers to the
right, as in our own template). Title lines above, totals rows and blank rows are passed over; hidden sheets are not
used.
"""

from __future__ import annotations

from collections.abc import Mapping

from measures import tall, wide
from measures.chosen import Selection, Wanted, at, has_number, refused
from measures.mapping import Matcher
from measures.package import Package
from measures.period import fits, span_of
from measures.problems import Level, Problem
from measures.table import SheetCells, Table


def select(table: Table, package: Package, wanted: Wanted, learned: Mapping[str, str] | None = None) -> Selection:
    """The cells of the wanted practice in the sheet that knows most of the package's fields.

    `learned` are the headings that the practice confirmed before, as `Selection.guessed` gave them.
    """
    matcher = Matcher(package, learned)
    sheets = best_sheets(table, matcher)
    if not sheets:
        expected = ", ".join(item.short.da for item in package.fields)
        return Selection(problems=(Problem("no_known_columns", Level.BLOCK, expected=expected),))
    if len(sheets) > 1 and wanted.period:
        period = wanted.period
        sheets = [sheet for sheet in sheets if (span := span_of(sheet.name)) and fits(span, period)] or sheets
    found = [_select(sheet, matcher, wanted) for sheet in sheets]
    whole = [each for each in found if not each.problems] or found
    if len({_numbers(each) for each in whole}) > 1:
        return refused("several_sheets", None, n=len(whole))
    return whole[0]


def best_sheets(table: Table, matcher: Matcher) -> list[SheetCells]:
    """The visible sheets that know most fields; several when they know equally many."""
    scores = {
        number: max(wide.headings_of(sheet, matcher).score, tall.score(tall.column_of(sheet, matcher)[1]))
        for number, sheet in enumerate(table.sheets)
        if not sheet.hidden
    }
    most = max(scores.values(), default=0)
    return [table.sheets[number] for number, score in scores.items() if score == most] if most else []


def is_tall(sheet: SheetCells, matcher: Matcher) -> bool:
    """Whether the headings stand in a column rather than in a row."""
    headings = wide.headings_of(sheet, matcher)
    _, rows = tall.column_of(sheet, matcher)
    if len(rows) == 1 and headings.columns:
        column = next(iter(headings.columns))
        return tall.score(rows) >= headings.score and has_number(at(sheet, headings.last, column + 1))
    return bool(rows) and tall.score(rows) >= headings.score


def _select(sheet: SheetCells, matcher: Matcher, wanted: Wanted) -> Selection:
    choose = tall.select_tall if is_tall(sheet, matcher) else wide.select_wide
    return choose(sheet, matcher, wanted)


def _numbers(selection: Selection) -> tuple[tuple[str, str], ...]:
    """What was found, to see whether two sheets say the same."""
    return tuple(sorted((field_id, str(cell)) for field_id, (cell, _) in selection.cells.items()))
