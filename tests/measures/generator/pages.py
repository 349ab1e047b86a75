"""The bytes of a random file: text with any delimiter, and the workbooks old and new, with what is hidden in them."""

from __future__ import annotations

import csv
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO

import xlsxwriter

from tests.measures import makers

Cell = str | int | float | None
Rows = list[list[Cell]]
BOOKS = ("xlsx", "xlsx", "ods", "xls")
MARKED = frozenset({"xlsx"})
"""The kinds that are written with hidden parts, cells in per cent and merged cells."""


@dataclass
class Page:
    """A sheet, with what its spreadsheet hides or shows in per cent."""

    name: str
    rows: Rows
    hidden: bool = False
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    percent: Collection[tuple[int, int]] = ()
    merged: Collection[tuple[int, int, int, int]] = field(default_factory=tuple)
    """First row, first column, last row, last column."""

    @property
    def is_marked(self) -> bool:
        """Whether it says anything beside its cells."""
        return bool(self.hidden or self.hidden_rows or self.hidden_columns or self.percent or self.merged)


def text(rows: Rows, mark: str, dice: random.Random) -> bytes:
    """A text file as programs write it."""
    buffer = StringIO()
    csv.writer(buffer, delimiter=mark).writerows(rows)
    said = buffer.getvalue()
    encoding = dice.choice(("utf-8", "utf-8", "utf-8-sig", "cp1252"))
    return said.encode(encoding, errors="replace")


def book(pages: Sequence[Page], kind: str) -> bytes:
    """A workbook of this kind; one that hides something is always an .xlsx."""
    if kind == "xlsx" or any(page.is_marked for page in pages):
        return _xlsx(pages)
    plain = [(page.name, page.rows) for page in pages]
    return makers.ods(*plain) if kind == "ods" else makers.xls(*plain)


def _xlsx(pages: Sequence[Page]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as whole:
        shares = whole.add_format({"num_format": "0 %"})
        for page in pages:
            sheet = whole.add_worksheet(page.name)
            for number, row in enumerate(page.rows):
                for place, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, place, cell, *([shares] * ((number, place) in page.percent)))
            for area in page.merged:
                sheet.merge_range(*area, page.rows[area[0]][area[1]])
            for place in page.hidden_columns:
                sheet.set_column(place, place, None, None, {"hidden": True})
            for number in page.hidden_rows:
                sheet.set_row(number, None, None, {"hidden": True})
            if page.hidden:
                sheet.hide()
    return made.getvalue()
