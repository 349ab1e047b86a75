"""How a file writes its numbers: one decimal mark for the whole of it, found in what can be read one way only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from measures.reading.table import Cell, SheetCells, Table

POINT = re.compile(r"-?(?:0\.\d+|[1-9]\d*\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3})+\.\d+)\s?%?")
"""What can only be a decimal point; three figures behind a point can be thousands."""
COMMA = re.compile(r"-?(?:0,\d+|[1-9]\d*,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})\s?%?")
DAY = re.compile(r"(?:[0-2]?\d|3[01])\.(?:0?[1-9]|1[0-2])")
"""`01.05` and `1.5` are days as well."""
AMBIGUOUS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
UNGROUPED = re.compile(r"[1-9]\d{3,6}(?:[.,]\d+)?")
"""A thousand or more without a mark at the thousands; longer ones are no numbers that anybody counts."""
ENOUGH = 2000
"""Of number-like cells: no file shows its mark later than that."""


def decimal_mark(table: Table | SheetCells) -> str:
    """The file's decimal mark, "." or ","; "" when it shows none, or both."""
    sheets = table.sheets if isinstance(table, Table) else (table,)
    return mark_of(cell for sheet in sheets for row in sheet.rows for cell in row)


def mark_of(cells: Iterable[Cell]) -> str:
    """As `decimal_mark`, for some cells: of a column, for instance."""
    point = comma = False
    seen = 0
    for cell in cells:
        if not isinstance(cell, str) or len(cell) > 40 or not any(mark in cell for mark in ".,"):
            continue
        text = cell.strip()
        point = point or bool(POINT.fullmatch(text) and not DAY.fullmatch(text))
        comma = comma or bool(COMMA.fullmatch(text))
        seen += 1
        if (point and comma) or seen > ENOUGH:
            break
    return "" if point == comma else "." if point else ","


def is_ambiguous(cell: object, mark: str) -> bool:
    """Whether a cell can be thousands and a decimal alike: `345.678` in a file that shows no decimal mark."""
    return not mark and isinstance(cell, str) and AMBIGUOUS.fullmatch(cell.strip()) is not None


def is_ungrouped(cell: Cell) -> bool:
    """Whether a cell has a thousand or more without a mark there: `720.186` beside it may be no thousands either."""
    return isinstance(cell, str) and UNGROUPED.fullmatch(cell.strip()) is not None
