"""Workbooks that we write: plain tables whose cells can never act as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from measures.reading.table import Cell

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORBIDDEN_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to write: a title, a heading row, rows of cells, and column widths in characters."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float] = ()


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as an .xlsx file. Text that begins with = + - @ stays text; nothing tells who wrote it."""
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        cell = book.add_format({"valign": "top"})
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(safe_title(sheet.title, number))
            for column, heading in enumerate(sheet.header):
                page.write_string(0, column, heading, bold)
                width = sheet.widths[column] if column < len(sheet.widths) else max(12.0, len(heading) + 2.0)
                page.set_column(column, column, width)
            for row, values in enumerate(sheet.rows, start=1):
                for column, value in enumerate(values):
                    page.write(row, column, value, cell)
            page.freeze_panes(1, 0)
    return buffer.getvalue()


def safe_title(title: str, number: int) -> str:
    """A title that spreadsheets accept: 31 characters, none of `[]:*?/\\`, never empty."""
    return title.translate(FORBIDDEN_IN_TITLE).strip("' ")[:31] or f"Ark{number}"
