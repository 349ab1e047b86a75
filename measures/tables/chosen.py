"""What was chosen in a table: which cell answers which field, and what was doubtful about the choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from measures.reading import headers
from measures.reading.counts import ReadCell, read_count
from measures.reading.cpr import has_cpr
from measures.reading.problems import Level, Problem, Where, show
from measures.reading.table import Cell, SheetCells
from measures.tables.evidence import Answers, Evidence
from measures.tables.heading_matcher import Certainty, Match, Matcher
from measures.tables.period import Span

HEADING_ROWS = 60
LONGEST = 60
"""Of a heading that is asked about, in characters."""
NOTHING = frozenset({ReadCell.MISSING, ReadCell.MARKED, ReadCell.UNREADABLE})
Placed = tuple[Cell, Where]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose numbers are wanted, and from when; and what the sender chose where the file left a choice."""

    ydernummer: str
    name: str = ""
    period: Span | None = None
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Selection:
    """The cells that were chosen, by field, with their places; and what was found wrong while choosing.

    `rates` holds cells of known fields in another unit, with the unit (100, 1,000, or 0 when it isn't said). `guessed`
    holds the normal headings that were only likely, with their fields: what to remember once the sender has said yes.
    `times` are all the cells that say when the numbers are from; `sources` tells of each field where its number stands.
    """

    cells: Mapping[str, Placed] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    times: tuple[Placed, ...] = ()
    other_rows: int = 0
    rates: Mapping[str, tuple[Cell, Where, int]] = field(default_factory=dict)
    guessed: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Evidence] = field(default_factory=dict)
    mark: str = ""
    """The file's decimal mark, where it shows one."""
    mixed: frozenset[str] = frozenset()
    """Fields whose point may be a decimal's, as their column writes thousands without one."""


def at(sheet: SheetCells, row: int, column: int) -> Cell:
    """A cell as its sender sees it (0.74 shown in per cent is "74 %"), or None beyond the edge of its row."""
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    cell = cells[column] if column < len(cells) else None
    if sheet.percents and isinstance(cell, int | float) and sheet.is_percent(row, column):
        return f"{round(100 * cell, 6):g} %"
    return cell


def placed(sheet: SheetCells, row: int, column: int) -> Placed:
    """A cell with its place."""
    return at(sheet, row, column), sheet.where(row, column)


def row_hidden(sheet: SheetCells, row: int) -> bool:
    """Whether the sender's spreadsheet doesn't show the row."""
    return any(first <= row <= last for first, last in sheet.hidden_rows)


def column_hidden(sheet: SheetCells, column: int) -> bool:
    """Whether the sender's spreadsheet doesn't show the column."""
    return any(first <= column <= last for first, last in sheet.hidden_columns)


def has_number(cell: Cell) -> bool:
    """Whether the cell holds a number, however written or hidden."""
    return read_count(cell).reading not in NOTHING


def refused(code: str, where: Where | None, **params: object) -> Selection:
    """Nothing could be chosen."""
    return Selection(problems=(Problem(code, Level.BLOCK, where, params=params),))


def words_at(sheet: SheetCells, row: int, column: int) -> str:
    """A heading as written, short enough to be shown, and without anything that could be about a person."""
    cell = at(sheet, row, column)
    return "" if cell is None or has_cpr(str(cell)) else show(cell, LONGEST)


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
        if match.certainty is Certainty.GUESS:
            names["heading"] = headers.normal(cell)
            said.append(
                Problem("heading_guessed", Level.WARN, sheet.where(row, column), show(cell, LONGEST), params=names)
            )
        elif match.certainty is Certainty.UNCLEAR:
            names["other_field"] = matcher.package.field(match.other).label.model_dump()
            said.append(Problem("heading_unclear", Level.WARN, sheet.where(row, column), params=names))
    return tuple(said)
