"""Recognising lists of patients and whole records, also where no CPR number stands: such files are never kept."""

from __future__ import annotations

import re

from measures.headers import is_period, is_personal, is_ydernummer
from measures.table import Cell, SheetCells

HEADING_ROWS = 60
LEAST_ROWS = 3
LEAST_YEARS = 15
"""Birthdays in a column spread over more years than any series of periods in a table of counts."""
YEAR = r"(?:18|19|20)\d\d"
DATE = re.compile(rf"(?:(?P<first>{YEAR})[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./](?P<last>{YEAR}))(?:[ T].*)?")
DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d")
SERIAL = re.compile(r"\d{4}")
NAME = re.compile(r"[A-ZÆØÅÖÄ][a-zæøåéüöä]+(?:[ -][A-ZÆØÅÖÄ](?:[a-zæøåéüöä]+|\.))*[ -][A-ZÆØÅÖÄ][a-zæøåéüöä]+")
NOT_A_PERSON = re.compile(
    r"(?i)læge|klinik|praksis|hus|center|centret|gruppe|region|kommune|i alt|total|doctors|clinic"
)
BORN = re.compile(r"(?i)(?<![a-zæøå])(?:f\.|født|fødselsdag|born)\s*:?\s*(?:d\.\s*)?\d")
YOUNGEST = 2015
"""A day in a table of counts is later: a day of counting, or the end of a period."""
LEAST_NAMED = 2


def is_records(sheet: SheetCells) -> bool:
    """Whether the sheet opens like an export of whole patient records (PLO format)."""
    opening = " ".join(str(cell) for row in sheet.rows[:10] for cell in row if cell is not None).casefold()
    return "plo-format" in opening or "plo import" in opening or "[stamdata]" in opening


def row_of_patients(sheet: SheetCells) -> int | None:
    """The row, from 0, where a list of patients shows itself: its heading, its birthdays, or its split CPR numbers."""
    for number, row in enumerate(sheet.rows[:HEADING_ROWS]):
        if any(is_personal(cell) or _tells_birth(cell) for cell in row):
            return number
    if (found := _named_birthdays(sheet)) is not None:
        return found
    width = max((len(row) for row in sheet.rows), default=0)
    for column in range(width):
        for found in (_birthdays(sheet, column), _split_numbers(sheet, column)):
            if found is not None:
                return found
    return None


def _tells_birth(cell: Cell) -> bool:
    return isinstance(cell, str) and BORN.search(cell) is not None


def _named_birthdays(sheet: SheetCells) -> int | None:
    """A person's name beside a day long ago, once; beside days that differ, or six digits that make a day, twice."""
    headed = [(column, cell) for row in sheet.rows[:HEADING_ROWS] for column, cell in enumerate(row)]
    numbers = {column for column, cell in headed if is_ydernummer(cell)}
    periods = {column for column, cell in headed if is_period(cell)}
    likely: dict[str, int] = {}
    for number, row in enumerate(sheet.rows):
        texts = {column: _text(row, column) for column in range(len(row)) if column not in numbers}
        if not any(is_person(text) for text in texts.values()):
            continue
        for column, text in texts.items():
            match = DATE.search(text)
            if match and int(match["first"] or match["last"]) < YOUNGEST:
                return number
            if (match and column not in periods) or DAY.fullmatch(text):
                likely.setdefault(match.group() if match else text, number)
    return min(likely.values()) if len(likely) >= LEAST_NAMED else None


def is_person(text: str) -> bool:
    """Whether a cell holds somebody's name, alone or before a day."""
    name = DATE.sub("", text).strip(" ,;-–()")
    return NAME.fullmatch(name) is not None and NOT_A_PERSON.search(name) is None


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
