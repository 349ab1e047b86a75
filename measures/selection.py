"""Finding one practice's numbers in a table: which cell answers which field?

Files come in two shapes: wide (headings in a row, numbers below) and tall (headings in a column, numbers to the
right, as in our own template). Title lines above, totals rows and blank rows are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from measures import headers
from measures.counts import Reading, read_count
from measures.package import Package
from measures.problems import Level, Problem, Where, show
from measures.table import Cell, SheetCells, Table

HEADING_ROWS = 60
DATA_ROWS = 5000
"""More than there are practices in the country."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The cells that were chosen, by field, with their places; and what was found wrong while choosing."""

    cells: dict[str, tuple[Cell, Where]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    period_cell: tuple[Cell, Where] | None = None
    other_rows: int = 0


def select(table: Table, package: Package, ydernummer: str) -> Selection:
    """The cells of the practice with that ydernummer in the sheet that knows most of the package's fields."""
    best: tuple[int, SheetCells, bool] | None = None
    for sheet in table.sheets:
        if sheet.hidden:
            continue
        wide, tall = len(_heading_row(sheet, package)[1]), len(_heading_column(sheet, package)[1])
        is_tall = tall >= wide and (tall > 1 or (tall == 1 and not _below(sheet, package)))
        score = tall if is_tall else wide
        if score and (best is None or score > best[0]):
            best = (score, sheet, is_tall)
    if best is None:
        expected = ", ".join(item.short.da for item in package.fields)
        return Selection(problems=(Problem("no_known_columns", Level.BLOCK, expected=expected),))
    _, sheet, is_tall = best
    return _from_tall(sheet, package, ydernummer) if is_tall else _from_wide(sheet, package, ydernummer)


def _heading_row(sheet: SheetCells, package: Package) -> tuple[int, dict[int, str]]:
    """The row with most known headings, and its fields by column."""
    best: tuple[int, dict[int, str]] = (0, {})
    for row, cells in enumerate(sheet.rows[:HEADING_ROWS]):
        found = {column: known.id for column, cell in enumerate(cells) if (known := headers.field_of(cell, package))}
        if len(found) > len(best[1]):
            best = (row, found)
    return best


def _heading_column(sheet: SheetCells, package: Package) -> tuple[int, dict[int, str]]:
    """The column with most known headings that have something to their right, and its fields by row."""
    found: dict[int, dict[int, str]] = {}
    for row, cells in enumerate(sheet.rows[:HEADING_ROWS]):
        for column, cell in enumerate(cells):
            known = headers.field_of(cell, package)
            if known and {headers.field_of(other, package) for other in cells[column + 1 :]} <= {None, known}:
                found.setdefault(column, {})[row] = known.id
    return max(found.items(), key=lambda item: (len(item[1]), -item[0]), default=(0, {}))


def _below(sheet: SheetCells, package: Package) -> bool:
    """Whether a single known heading has its number below it rather than beside it."""
    row, fields = _heading_row(sheet, package)
    column = next(iter(fields))
    beside = sheet.rows[row][column + 1 : column + 2]
    return not any(_is_number(cell) for cell in beside)


def _is_number(cell: Cell) -> bool:
    return read_count(cell).reading not in (Reading.MISSING, Reading.UNREADABLE)


def _from_wide(sheet: SheetCells, package: Package, ydernummer: str) -> Selection:
    top, fields = _heading_row(sheet, package)
    twice = _named_twice(sheet, package, [(top, column, field_id) for column, field_id in fields.items()])
    if twice:
        return Selection(problems=twice)
    number_column = next((c for c, cell in enumerate(sheet.rows[top]) if headers.is_ydernummer(cell)), None)
    lines = list(_data_rows(sheet, top, fields))
    if number_column is not None:
        own = [row for row in lines if headers.read_ydernummer(_at(sheet, row, number_column)) == ydernummer]
        numbered = [row for row in lines if _at(sheet, row, number_column) is not None]
        if not own and numbered:
            return Selection(problems=(_wrong_practice(sheet, numbered[0], number_column, ydernummer),))
        chosen = own or lines
    else:
        chosen = lines
    if len(chosen) != 1:
        code = "several_rows" if chosen else "no_numbers"
        place = sheet.where(chosen[1], 0) if chosen else sheet.where(top + 1, 0)
        return Selection(
            problems=(Problem(code, Level.BLOCK, Where(place.sheet, place.row), params={"n": len(chosen)}),)
        )
    row = chosen[0]
    cells = {field_id: (_at(sheet, row, column), sheet.where(row, column)) for column, field_id in fields.items()}
    period = next((c for c, cell in enumerate(sheet.rows[top]) if headers.is_period(cell)), None)
    when = (_at(sheet, row, period), sheet.where(row, period)) if period is not None else _period_beside(sheet)
    return Selection(cells, (), when, len(lines) - 1)


def _data_rows(sheet: SheetCells, top: int, fields: dict[int, str]) -> Iterator[int]:
    """Rows below the headings that hold something under them; totals only when there is nothing else."""
    rows = range(top + 1, min(len(sheet.rows), top + DATA_ROWS))
    filled = [row for row in rows if any(_at(sheet, row, column) is not None for column in fields)]
    plain = [row for row in filled if not any(headers.is_total(cell) for cell in sheet.rows[row][:6])]
    yield from plain or filled


def _from_tall(sheet: SheetCells, package: Package, ydernummer: str) -> Selection:
    column, fields = _heading_column(sheet, package)
    twice = _named_twice(sheet, package, [(row, column, field_id) for row, field_id in fields.items()])
    if twice:
        return Selection(problems=twice)
    width = max(len(row) for row in sheet.rows)
    filled = {c: sum(_is_number(_at(sheet, row, c)) for row in fields) for c in range(column + 1, width)}
    most = max(filled.values(), default=0)
    if most and sum(1 for count in filled.values() if count == most) > 1 and most > 1:
        second = [c for c, count in filled.items() if count == most][1]
        return Selection(problems=(Problem("several_columns", Level.BLOCK, sheet.where(min(fields), second)),))
    answers = next((c for c, count in filled.items() if count == most), column + 1) if most else column + 1
    if all(_at(sheet, row, answers) is None for row in fields):
        return Selection(problems=(Problem("no_numbers", Level.BLOCK, sheet.where(min(fields), answers)),))
    for row, cells in enumerate(sheet.rows[:HEADING_ROWS]):
        if len(cells) > column and headers.is_ydernummer(cells[column]):
            given = _at(sheet, row, answers)
            if given is not None and headers.read_ydernummer(given) != ydernummer:
                return Selection(problems=(_wrong_practice(sheet, row, answers, ydernummer),))
    cells_found = {field_id: (_at(sheet, row, answers), sheet.where(row, answers)) for row, field_id in fields.items()}
    return Selection(cells_found, (), _period_beside(sheet))


def _named_twice(sheet: SheetCells, package: Package, places: list[tuple[int, int, str]]) -> tuple[Problem, ...]:
    seen: set[str] = set()
    for row, column, field_id in places:
        if field_id in seen:
            label = package.field(field_id).short.model_dump()
            return (Problem("named_twice", Level.BLOCK, sheet.where(row, column), params={"field": label}),)
        seen.add(field_id)
    return ()


def _period_beside(sheet: SheetCells) -> tuple[Cell, Where] | None:
    """The cell to the right of a heading such as "Periode" among the title lines."""
    for row, cells in enumerate(sheet.rows[:HEADING_ROWS]):
        for column, cell in enumerate(cells[:-1]):
            if headers.is_period(cell) and cells[column + 1] is not None:
                return cells[column + 1], sheet.where(row, column + 1)
    return None


def _wrong_practice(sheet: SheetCells, row: int, column: int, ydernummer: str) -> Problem:
    found = show(_at(sheet, row, column))
    return Problem("wrong_practice", Level.BLOCK, sheet.where(row, column), found=found, expected=ydernummer)


def _at(sheet: SheetCells, row: int, column: int) -> Cell:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else None
