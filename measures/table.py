"""What a file holds once it is read: sheets of plain cells, with nothing decided about their meaning yet."""

from __future__ import annotations

from dataclasses import dataclass

from measures.problems import Where, column_letter

Cell = str | int | float | bool | None
Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet. Row 0 here is row 1 there, and column 0 is A, also when the sheet starts with blank rows."""

    name: str | None
    rows: Rows
    hidden: bool = False

    def where(self, row: int, column: int) -> Where:
        """The place of a cell as the sender's spreadsheet names it."""
        return Where(self.name, row + 1, column_letter(column))


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
