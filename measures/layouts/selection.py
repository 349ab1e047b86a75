"""Finding one practice's numbers in a file: which sheet, which shape, which cell answers which field?

Files come in two shapes: wide (headings in a row, numbers below) and tall (headings in a column, numbers to the
right, as in our own template). Where several sheets, rows or columns could hold the numbers, the sheet's name, the
words over a column and the label of a row decide; where they don't, the sender is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

from measures.layouts import tall, wide
from measures.layouts.shapes import named_in_both
from measures.layouts.wide_rows import rows_of, select_wide
from measures.packages.package import Package
from measures.reading.headers import normal, read_ydernummer
from measures.reading.problems import Level, Option, Problem, Where, column_index
from measures.reading.style import decimal_mark, is_ambiguous, is_ungrouped
from measures.reading.table import Cell, SheetCells, Table
from measures.tables.beside import is_vague
from measures.tables.chosen import Selection, Wanted, at, has_number, refused
from measures.tables.evidence import choose
from measures.tables.heading_matcher import Matcher
from measures.tables.modifiers import AIMS, Sort, modifier_of
from measures.tables.names import other_practice_in
from measures.tables.period import Span, nearest, span_of
from measures.tables.things import is_laid_aside


def select(table: Table, package: Package, wanted: Wanted, learned: Mapping[str, str] | None = None) -> Selection:
    """The cells of the wanted practice.

    `learned` are the headings that the practice confirmed before, as `Selection.guessed` gave them.
    """
    chosen, mark = _select(table, package, wanted, learned), decimal_mark(table)
    return replace(chosen, mark=mark, mixed=frozenset() if mark == "." else _mixed(table, chosen))


def _mixed(table: Table, chosen: Selection) -> frozenset[str]:
    """The fields with a point before three figures in a column that writes other thousands without a mark.

    A column of answers counts by its answers alone: years, numbers and telephones of practices may stand there too.
    """
    found = set()
    for name, (cell, where) in chosen.cells.items():
        if not is_ambiguous(cell, ""):
            continue
        column = (where.sheet, where.column)
        near = [each for each, place in chosen.cells.values() if (place.sheet, place.column) == column]
        others = {str(each).strip() for each in (near if len(near) > 1 else _below(table, where))}
        same = str(cell).strip().replace(".", "")  # a sum below that says 6200 tells what 6.200 is
        if same not in others and any(map(is_ungrouped, others)):
            found.add(name)
    return frozenset(found)


def _below(table: Table, where: Where) -> list[Cell]:
    """The numbers of a cell's column, up and down from it to the nearest words."""
    sheet = next(each for each in table.sheets if each.name == where.sheet)
    column, own = column_index(where.column or "A"), (where.row or 1) - 1
    up, down = range(own, -1, -1), range(own, len(sheet.rows))
    return [cell for way in (up, down) for cell in takewhile(_is_no_word, (at(sheet, row, column) for row in way))]


def _is_no_word(cell: Cell) -> bool:
    return not isinstance(cell, str) or not any(map(str.isalpha, cell))


def _select(table: Table, package: Package, wanted: Wanted, learned: Mapping[str, str] | None) -> Selection:
    matcher = Matcher(package, learned)
    sheets = knowing(table, matcher)
    if not sheets:
        expected = ", ".join(item.short.da for item in package.fields)
        return Selection(problems=(Problem("no_known_columns", Level.BLOCK, expected=expected),))
    filled = [number for number in sheets if has_numbers(table.sheets[number], matcher)] or sheets
    fitting = fitting_sheets(table, filled, wanted.period, wanted.ydernummer)
    if not fitting:
        return refused("example_sheet", Where(table.sheets[filled[0]].name))
    found = {number: _of_sheet(table.sheets[number], matcher, wanted, len(fitting)) for number in fitting}
    usable = {n: each for n, each in found.items() if not each.problems or each.problems[0].options}
    if len(usable) < 2:
        return _alone(table, found, usable)
    different = _different(usable)
    if len(different) == 1:
        return usable[different[0]]
    options = {n: Option(f"s.{n}", Where(table.sheets[n].name)) for n in different}
    answer = choose("several_sheets", "s", options, wanted.answers, None)
    return usable[answer] if isinstance(answer, int) else Selection(problems=(answer,))


def _alone(table: Table, found: Mapping[int, Selection], usable: Mapping[int, Selection]) -> Selection:
    """The only sheet that can be used: asked about when another with numbers was refused, unless it names the owner."""
    if not usable:
        return next(iter(found.values()))
    number, only = next(iter(usable.items()))
    if len(found) == 1 or only.problems:
        return only
    name = table.sheets[number].name or ""
    return replace(only, doubts=(*only.doubts, Problem("one_sheet", Level.WARN, Where(name))))


def knowing(table: Table, matcher: Matcher) -> list[int]:
    """The visible sheets that know any of the package's fields, by their place."""
    return [
        number
        for number, sheet in enumerate(table.sheets)
        if not sheet.hidden
        and (wide.headings_of(sheet, matcher).columns or tall.score(tall.column_of(sheet, matcher)[1]))
    ]


def has_numbers(sheet: SheetCells, matcher: Matcher) -> bool:
    """Whether there is a number below or beside a known heading."""
    headings = wide.headings_of(sheet, matcher)
    rows = rows_of(sheet, headings) if headings.columns else []
    if any(has_number(at(sheet, row, column)) for row in rows for column in headings.columns):
        return True
    column, known = tall.column_of(sheet, matcher)
    return any(has_number(cell) for row in known for cell in sheet.rows[row][column + 1 :])


def fitting_sheets(table: Table, numbers: list[int], period: Span | None, ydernummer: str = "") -> list[int]:
    """Of these sheets, those that by their name can be meant: no example, no region's where there are others, not
    another practice's, and from the wanted time where any says so. Empty when all are examples."""
    said = {number: modifier_of(table.sheets[number].name) for number in numbers}
    left = [number for number in numbers if not said[number].has(Sort.EXAMPLE)]
    left = [n for n in left if not said[n].has(Sort.OTHERS, Sort.NOT, Sort.PART)] or left
    owners = {n: read_ydernummer(table.sheets[n].name) for n in left if len(table.sheets[n].name or "") in {5, 6}}
    if ydernummer in owners.values():
        left = [n for n in left if owners.get(n) == ydernummer]
    if period is None:
        return left
    spans = {number: span for number in left if (span := span_of(table.sheets[number].name))}
    return sorted((*nearest(spans, period), *(n for n in left if n not in spans))) or left


def _of_sheet(sheet: SheetCells, matcher: Matcher, wanted: Wanted, among: int) -> Selection:
    if both := named_in_both(sheet, matcher):
        return Selection(problems=(both,))
    found = (tall.select_tall if is_tall(sheet, matcher) else select_wide)(sheet, matcher, wanted)
    if found.problems or not sheet.name:
        return found
    if span_of(sheet.name):
        found = replace(found, times=(*found.times, (sheet.name, Where(sheet.name))))
    said = modifier_of(sheet.name)
    number = read_ydernummer(sheet.name) if len(sheet.name) in {5, 6} else None
    if number not in (None, wanted.ydernummer):
        problem = Problem("wrong_practice", Level.BLOCK, Where(sheet.name), sheet.name, wanted.ydernummer)
        return Selection(problems=(problem,))
    if wanted.name and other_practice_in(sheet.name, wanted.name):
        doubt = Problem("other_practice", Level.WARN, Where(sheet.name), sheet.name, wanted.name)
        found = replace(found, doubts=(*found.doubts, doubt))
    if among == 1 and (said.has(Sort.OTHERS) or is_doubtful_name(sheet.name)):
        doubt = Problem("sheet_doubt", Level.WARN, Where(sheet.name), sheet.name)
        found = replace(found, doubts=(*found.doubts, doubt))
    return found


def is_doubtful_name(name: str) -> bool:
    """Whether a sheet's name makes its numbers something else: some people's, a rate, a draft, laid aside, vague."""
    said = modifier_of(name)
    other = said.has(Sort.NOT, Sort.PART, Sort.UNIT) or bool(said.thing or AIMS & set(normal(name).split()))
    return other or is_laid_aside(name) or (said.span is None and is_vague(name))


def is_tall(sheet: SheetCells, matcher: Matcher) -> bool:
    """Whether the headings stand in a column rather than in a row."""
    headings = wide.headings_of(sheet, matcher)
    _, rows = tall.column_of(sheet, matcher)
    if len(rows) == 1 and headings.columns:
        column = next(iter(headings.columns))
        return tall.score(rows) >= headings.score and has_number(at(sheet, headings.last, column + 1))
    return bool(rows) and tall.score(rows) >= headings.score


def _different(found: Mapping[int, Selection]) -> list[int]:
    """The sheets that say something else than another: one that says the same and less is left out."""
    said = {
        number: {field_id: str(cell) for field_id, (cell, _) in each.cells.items() if cell is not None}
        for number, each in found.items()
    }
    left: list[int] = []
    for number, own in sorted(said.items(), key=lambda item: -len(item[1])):
        if found[number].problems or not any(own.items() <= said[other].items() for other in left):
            left.append(number)
    return sorted(left)
