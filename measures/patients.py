"""Recognising lists of patients and whole records, also where no CPR number stands: such files are never kept."""

from __future__ import annotations

import re

from measures.headers import is_personal
from measures.table import Cell, SheetCells

HEADING_ROWS = 60
LEAST_ROWS = 3
LEAST_YEARS = 15
"""Birthdays in a column spread over more years than any series of periods in a table of counts."""
YEAR = r"(?:18|19|20)\d\d"
DATE = re.compile(rf"(?:(?P<first>{YEAR})[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./](?P<last>{YEAR}))(?:[ T].*)?")
DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d")
SERIAL = re.compile(r"\d{4}")


def is_records(sheet: SheetCells) -> bool:
    """Whether the sheet opens like an export of whole patient records (PLO format)."""
    opening = " ".join(str(cell) for row in sheet.rows[:10] for cell in row if cell is not None).casefold()
    return "plo-format" in opening or "plo import" in opening or "[stamdata]" in opening


def row_of_patients(sheet: SheetCells) -> int | None:
    """The row, from 0, where a list of patients shows itself: its heading, its birthdays, or its split CPR numbers."""
    for number, row in enumerate(sheet.rows[:HEADING_ROWS]):
        if any(is_personal(cell) for cell in row):
            return number
    width = max((len(row) for row in sheet.rows), default=0)
    for column in range(width):
        for found in (_birthdays(sheet, column), _split_numbers(sheet, column)):
            if found is not None:
                return found
    return None


def _birthdays(sheet: SheetCells, column: int) -> int | None:
    years: dict[int, int] = {}
    for number, row in enumerate(sheet.rows):
        match = DATE.fullmatch(_text(row, column))
        if match:
            years[number] = int(match["first"] or match["last"])
    if len(years) >= LEAST_ROWS and max(years.values()) - min(years.values()) >= LEAST_YEARS:
        return min(years)
    return None


def _split_numbers(sheet: SheetCells, column: int) -> int | None:
    """Birthday as six digits in one column and four digits in the next, in several rows that differ."""
    found = {
        number: (day, serial)
        for number, row in enumerate(sheet.rows)
        if DAY.fullmatch(day := _text(row, column).zfill(6)) and SERIAL.fullmatch(serial := _text(row, column + 1))
    }
    return min(found) if len({day for day, _ in found.values()}) >= LEAST_ROWS else None


def _text(row: tuple[Cell, ...], column: int) -> str:
    cell = row[column] if column < len(row) else None
    return "" if cell is None else str(cell).strip()
