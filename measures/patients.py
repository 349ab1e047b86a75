"""Recognising lists of patients and whole records, also where no CPR number stands: such files are never kept."""

from __future__ import annotations

import re
from itertools import pairwise

from measures.headers import is_period, is_personal, is_ydernummer
from measures.table import Cell, SheetCells, words_of

HEADING_ROWS = 60
SHOWING_ROWS = 5000
"""A list of patients shows itself before that; more rows cost time only."""
LEAST_ROWS = 3
LEAST_YEARS = 15
"""Birthdays in a column spread over more years than any series of periods in a table of counts."""
YEAR = r"(?:18|19|20)\d\d"
DATE = re.compile(rf"(?:(?P<first>{YEAR})[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./](?P<last>{YEAR}))(?:[ T].*)?")
DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d")
SIX = re.compile(r"^\s*\d{5,6}\s*$", re.MULTILINE)
SERIAL = re.compile(r"\d{4}")
FIRST, LAST = 10100, 311299
"""Six digits that make a day, as a number cell keeps them."""
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
    sheet = SheetCells(sheet.name, sheet.rows[:SHOWING_ROWS], sheet.hidden)
    words = words_of(sheet)
    found = [_named_birthdays(sheet, words), _birthdays(sheet, words), _split_numbers(sheet, words)]
    return next((row for row in found if row is not None), None)


def _tells_birth(cell: Cell) -> bool:
    return isinstance(cell, str) and BORN.search(cell) is not None


def _named_birthdays(sheet: SheetCells, words: list[str]) -> int | None:
    """A person's name beside a day long ago, once; beside days that differ, or six digits that make a day, twice."""
    headed = [(column, cell) for row in sheet.rows[:HEADING_ROWS] for column, cell in enumerate(row)]
    numbers = {column for column, cell in headed if is_ydernummer(cell)}
    periods = {column for column, cell in headed if is_period(cell)}
    likely: dict[str, int] = {}
    for number, row in enumerate(sheet.rows):
        if not NAME.search(words[number]) or not any(isinstance(cell, str) and is_person(cell) for cell in row):
            continue
        for column, cell in enumerate(row):
            text = "" if column in numbers else _text(cell)
            match = DATE.search(text)
            if match and int(match["first"] or match["last"]) < YOUNGEST:
                return number
            if (match and column not in periods) or DAY.fullmatch(text):
                likely.setdefault(match.group() if match else text, number)
    return min(likely.values()) if len(likely) >= LEAST_NAMED else None


def is_person(text: str) -> bool:
    """Whether a cell holds somebody's name, alone or before a day."""
    if NAME.match(text) is None or NOT_A_PERSON.search(text):
        return False
    return NAME.fullmatch(DATE.sub("", text).strip(" ,;-–()")) is not None


def _birthdays(sheet: SheetCells, words: list[str]) -> int | None:
    """A column of days spread over more years than periods are."""
    columns: dict[int, dict[int, int]] = {}
    for number, row in enumerate(sheet.rows):
        if not DATE.search(words[number]):
            continue
        for column, cell in enumerate(row):
            if isinstance(cell, str) and (match := DATE.fullmatch(cell.strip())):
                columns.setdefault(column, {})[number] = int(match["first"] or match["last"])
    for years in columns.values():
        if len(years) >= LEAST_ROWS and max(years.values()) - min(years.values()) >= LEAST_YEARS:
            return min(years)
    return None


def _split_numbers(sheet: SheetCells, words: list[str]) -> int | None:
    """Birthday as six digits in one column and four digits in the next, in several rows that differ."""
    columns: dict[int, dict[int, str]] = {}
    for number, row in enumerate(sheet.rows):
        if not SIX.search(words[number]) and not any(isinstance(cell, int) and FIRST <= cell <= LAST for cell in row):
            continue
        for column, (cell, other) in enumerate(pairwise(row)):
            if DAY.fullmatch(day := _text(cell).zfill(6)) and SERIAL.fullmatch(_text(other)):
                columns.setdefault(column, {})[number] = day
    found = [min(days) for days in columns.values() if len(set(days.values())) >= LEAST_ROWS]
    return min(found, default=None)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()
