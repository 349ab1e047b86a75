"""What was chosen in a table: which cell answers which field, and what was doubtful about the choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from measures import headers
from measures.counts import Reading, read_count
from measures.mapping import How, Match, Matcher
from measures.period import Span
from measures.problems import Level, Problem, Where, show
from measures.table import Cell, SheetCells

HEADING_ROWS = 60
LONGEST = 60
"""Of a heading that is asked about, in characters."""
NOTHING = frozenset({Reading.MISSING, Reading.MARKED, Reading.UNREADABLE})
Placed = tuple[Cell, Where]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose numbers are wanted, and from when."""

    ydernummer: str
    name: str = ""
    period: Span | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The cells that were chosen, by field, with their places; and what was found wrong while choosing.

    `rates` holds cells of known fields in another unit, with the unit (100, 1,000, or 0 when it isn't said). `guessed`
    holds the normal headings that were only likely, with their fields: what to remember once the sender has said yes.
    """

    cells: Mapping[str, Placed] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    period_cell: Placed | None = None
    other_rows: int = 0
    rates: Mapping[str, tuple[Cell, Where, int]] = field(default_factory=dict)
    guessed: Mapping[str, str] = field(default_factory=dict)


def at(sheet: SheetCells, row: int, column: int) -> Cell:
    """A cell, or None beyond the edge of its row."""
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    return cells[column] if column < len(cells) else None


def placed(sheet: SheetCells, row: int, column: int) -> Placed:
    """A cell with its place."""
    return at(sheet, row, column), sheet.where(row, column)


def has_number(cell: Cell) -> bool:
    """Whether the cell holds a number, however written or hidden."""
    return read_count(cell).reading not in NOTHING


def refused(code: str, where: Where | None, **params: object) -> Selection:
    """Nothing could be chosen."""
    return Selection(problems=(Problem(code, Level.BLOCK, where, params=params),))


def wrong_practice(sheet: SheetCells, row: int, column: int, ydernummer: str) -> Selection:
    """The numbers are another practice's."""
    found = show(at(sheet, row, column))
    return Selection(
        problems=(Problem("wrong_practice", Level.BLOCK, sheet.where(row, column), found=found, expected=ydernummer),)
    )


def mended(cell: Cell, where: Where) -> tuple[Problem, ...]:
    """A note when the practice's number was not written with six digits."""
    if not headers.is_mended(cell):
        return ()
    found, read = show(cell), headers.read_ydernummer(cell)
    return (Problem("number_mended", Level.INFO, where, found=found, expected=read),)


def about_headings(found: Mapping[tuple[int, int], Match], sheet: SheetCells, matcher: Matcher) -> tuple[Problem, ...]:
    """A question for each heading, by its place, that was only likely or that two fields share."""
    said: list[Problem] = []
    for (row, column), match in found.items():
        names: dict[str, object] = {
            "id": match.field_id,
            "field": matcher.package.field(match.field_id).label.model_dump(),
        }
        cell = at(sheet, row, column)
        if match.how is How.GUESS:
            names["heading"] = headers.normal(cell)
            said.append(
                Problem("heading_guessed", Level.WARN, sheet.where(row, column), show(cell, LONGEST), params=names)
            )
        elif match.how is How.UNCLEAR:
            names["other_field"] = matcher.package.field(match.other).label.model_dump()
            said.append(Problem("heading_unclear", Level.WARN, sheet.where(row, column), params=names))
    return tuple(said)


def period_beside(sheet: SheetCells) -> Placed | None:
    """The cell to the right of a heading such as "Periode" among the title lines."""
    for row, cells in enumerate(sheet.rows[:HEADING_ROWS]):
        for column, cell in enumerate(cells[:-1]):
            if headers.is_period(cell) and cells[column + 1] is not None:
                return cells[column + 1], sheet.where(row, column + 1)
    return None
