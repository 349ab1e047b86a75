"""What a workbook says of its cells beside their values, collected while its parts are gone through."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from measures.reading.problems import refuse
from measures.reading.table import Area, Cell, SheetCells, Span

MOST = 10_000
"""More places than that are not a table of counts."""
MOST_RUNS = 50
"""A column with more runs of per cent than that counts as per cent throughout."""
Place = tuple[int, int]


@dataclass(slots=True)
class Marks:
    """Of one sheet, rows and columns from 0. Raises Refused when it says more than a table of counts would."""

    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    percents: dict[int, list[Span]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)
    uncounted: Place | None = None
    formulas: list[str] = field(default_factory=list)
    around: list[bytes] = field(default_factory=list)
    """Words to be searched, never kept: of the formulas, and the XML before and after the cells."""

    def hide_rows(self, first: int, last: int) -> None:
        """Rows that aren't shown."""
        _grow(self.hidden_rows, first, last)

    def hide_columns(self, first: int, last: int) -> None:
        """Columns that aren't shown."""
        _grow(self.hidden_columns, first, last)

    def percent(self, row: int, column: int, last_row: int | None = None) -> None:
        """A cell, or several below each other, shown in per cent."""
        _grow(self.percents.setdefault(column, []), row, row if last_row is None else last_row)

    def merge(self, area: Area) -> None:
        """Cells merged into one."""
        self.merged.append(area)
        if len(self.merged) > MOST:
            raise refuse("too_much_inside")

    def error(self, row: int, column: int, text: str) -> None:
        """A cell that shows an error."""
        self.errors[row, column] = text
        if len(self.errors) > MOST:
            raise refuse("too_much_inside")

    def not_counted(self, row: int, column: int) -> None:
        """A cell with a formula that nobody has counted out yet; the first one is told."""
        self.uncounted = min(self.uncounted or (row, column), (row, column))

    def on(self, sheet: SheetCells) -> SheetCells:
        """The sheet with what is said about it."""
        height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
        return replace(
            sheet,
            rows=_with_errors(sheet.rows, self.errors),
            columns=() if self.errors else sheet.columns,
            hidden_rows=_cut(self.hidden_rows, height),
            hidden_columns=_cut(self.hidden_columns, width),
            percents=tuple(self._percents(height, width)),
            merged=tuple(area for area in self.merged if area[0] < height and area[1] < width),
        )

    def _percents(self, height: int, width: int) -> list[Area]:
        areas = []
        for column, runs in self.percents.items():
            if column < width:
                whole = [(runs[0][0], max(last for _, last in runs))] if len(runs) > MOST_RUNS else runs
                areas += [(first, column, last, column) for first, last in _cut(whole, height)]
        return areas


def _grow(spans: list[Span], first: int, last: int) -> None:
    if spans and spans[-1][0] <= first <= spans[-1][1] + 1:
        spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        return
    spans.append((first, last))
    if len(spans) > MOST:
        raise refuse("too_much_inside")


def _cut(spans: list[Span], size: int) -> tuple[Span, ...]:
    return tuple((first, min(last, size - 1)) for first, last in sorted(spans) if first < size)


def _with_errors(rows: tuple[tuple[Cell, ...], ...], errors: dict[Place, str]) -> tuple[tuple[Cell, ...], ...]:
    changed: dict[int, list[Cell]] = {}
    for (row, column), text in errors.items():
        if row < len(rows) and column < len(rows[row]):
            changed.setdefault(row, list(rows[row]))[column] = text
    return tuple(tuple(changed.get(number, row)) for number, row in enumerate(rows)) if changed else rows
