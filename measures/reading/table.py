"""What a file holds once it is read: sheets of plain cells, with nothing decided about their meaning yet."""

from __future__ import annotations

from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType
from typing import Any, NamedTuple, Self, cast

from measures.reading.problems import Where, column_letter

TOP = 60
"""Among so many rows are titles and headings; in a long column what stands below them is most often of one kind."""
BETWEEN, WHOLE = "|", "i"
"""What parts the words of a packed column, a sign that needs no mark before it in JSON, and how its numbers are packed:
whole ones of four bytes, which are all but the longest.
"""
Cell = str | int | float | bool | None
Rows = tuple[tuple[Cell, ...], ...]
Span = tuple[int, int]
"""From and to, both within, counted from 0."""
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, all within, counted from 0."""


class Column(NamedTuple):
    """The cells of one column, and the one kind of all below the top rows where there is one: int or str."""

    cells: tuple[Cell, ...]
    below: type | None

    @classmethod
    def of(cls, cells: tuple[Cell, ...]) -> Self:
        """With the kind that the cells are found to have."""
        kinds = set(map(type, cells[TOP:]))
        return cls(cells, kinds.pop() if len(kinds) == 1 else None)


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet. Row 0 here is row 1 there, and column 0 is A, also when the sheet starts with blank rows.

    What cells hold: text, whole numbers, numbers with decimals, yes and no, None. A date is the text `2026-05-02`, a
    date with a time `2026-05-02 14:30:00`, a time `14:30:00`, a duration `26:00:00`; an error is its text, `#DIV/0!`.
    Rows of a text file (CSV) are exactly as long as they were written: one longer or shorter than its headings shows.
    Rows of a workbook all have the same length.

    What a workbook says beside them; all of it is empty for a text file, and none of it takes a cell away:
    `hidden_rows` and `hidden_columns` are in `rows` too, but the sender's spreadsheet doesn't show them (hidden,
    filtered away, of no height or width). `percents` are the areas whose numbers are shown in per cent: 0.5 there reads
    50 %. `merged` are the areas of merged cells: the text stands in the first cell, the others are None here.
    """

    name: str | None
    rows: Rows
    hidden: bool = False
    hidden_rows: tuple[Span, ...] = ()
    hidden_columns: tuple[Span, ...] = ()
    percents: tuple[Area, ...] = ()
    merged: tuple[Area, ...] = ()
    places: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Of a sheet that was laid out again, where its cells stand in the sender's (`measures.bundles.virtual`)."""
    columns: tuple[Column, ...] = field(default=(), compare=False, repr=False)
    """The cells of `rows` by column, where whoever read them had them so."""

    def where(self, row: int, column: int) -> Where:
        """The place of a cell as the sender's spreadsheet names it."""
        row, column = self.places.get((row, column), (row, column))
        return Where(self.name, row + 1, column_letter(column))

    def is_percent(self, row: int, column: int) -> bool:
        """Whether the sender's spreadsheet shows this cell in per cent; its number is then a hundredth of that."""
        return _area_of(self.percents, row, column) is not None

    def merged_at(self, row: int, column: int) -> Area | None:
        """The merged cell that this cell is a part of."""
        return _area_of(self.merged, row, column)


def _area_of(areas: tuple[Area, ...], row: int, column: int) -> Area | None:
    return next((area for area in areas if area[0] <= row <= area[2] and area[1] <= column <= area[3]), None)


def columns_of(sheet: SheetCells) -> tuple[Column, ...] | None:
    """The columns, where all rows are equally long: a few long ones are gone through sooner than many short rows."""
    if sheet.columns:
        return sheet.columns
    is_even = len(set(map(len, sheet.rows))) == 1 and sheet.rows[0]
    return tuple(map(Column.of, zip(*sheet.rows, strict=True))) if is_even else None


def packed(column: Column) -> tuple[Cell, ...] | dict[str, Any]:
    """A column as it goes through the pipe, sooner written and read: whole numbers as bytes, words as one text."""
    top, rest = column.cells[:TOP], column.cells[TOP:]
    if column.below is int:
        try:
            numbers = array(WHOLE, cast("tuple[int, ...]", rest))
        except OverflowError:
            return column.cells
        return {"top": top, "whole": b2a_base64(numbers, newline=False).decode()}
    if rest and (column.below is str or set(map(type, rest)) <= {str, NoneType}):
        said = cast("tuple[str, ...]", rest) if column.below is str else [str(cell or "") for cell in rest]
        words = BETWEEN.join(said)
        if words.count(BETWEEN) == len(rest) - 1:
            return {"top": top, "words": words}
    return column.cells


def unpacked(told: list[Cell] | dict[str, Any]) -> Sequence[Cell]:
    """The cells of a column as they were before it was packed."""
    if isinstance(told, list):
        return told
    if "whole" in told:
        numbers = array(WHOLE)
        numbers.frombytes(a2b_base64(told["whole"]))
        return [*told["top"], *numbers]
    return [*told["top"], *(word or None for word in told["words"].split(BETWEEN))]


def words_of(sheet: SheetCells) -> list[str]:
    """The text cells of each row on lines of their own: what a long file can be searched for in one go."""
    return ["\n".join([cell for cell in row if isinstance(cell, str)]) for row in sheet.rows]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as read.

    `personal` names the places of CPR-like numbers; when there are any, no cell was kept. `suspicion` is the code of
    another sign of patients, `patient_list` or `plo_format`, with its place: such a file may only be a list of members.
    """

    kind: str
    sheets: tuple[SheetCells, ...]
    encoding: str | None = None
    personal: tuple[Where, ...] = ()
    suspicion: tuple[str, Where] | None = None
