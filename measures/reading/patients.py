"""Recognising lists of patients and whole records, also where no CPR number stands: such files are never kept."""

from __future__ import annotations

import re
from functools import lru_cache

from measures.reading.headers import is_period, is_personal, is_ydernummer
from measures.reading.split_numbers import row_of_split_numbers
from measures.reading.table import Cell, SheetCells, words_of

HEADING_ROWS = 60
SHOWING_ROWS = 5000
"""A list of patients shows itself before that; more rows cost time only."""
LEAST_ROWS = 3
LEAST_YEARS = 15
"""Birthdays in a column spread over more years than any series of periods in a table of counts."""
YEAR = r"(?:18|19|20)\d\d"
DATE = re.compile(rf"(?:(?P<first>{YEAR})[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./](?P<last>{YEAR}))(?:[ T].*)?")
DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d")
SIX_DIGITS = re.compile(r"\d{6}")
MOSTLY = 0.8
"""Of numbers that make a day; of six digits taken at random one in thirty does."""
LETTERS = re.compile(r"[^\W\d_]")
NAME = re.compile(r"[A-ZÆØÅÖÄ][a-zæøåéüöä]+(?:[ -][A-ZÆØÅÖÄ](?:[a-zæøåéüöä]+|\.))*[ -][A-ZÆØÅÖÄ][a-zæøåéüöä]+")
NOT_A_PERSON = re.compile(
    r"(?i)læge|klinik|praksis|hus|center|centret|gruppe|region|kommune|i alt|total|doctors|clinic"
)
BORN = re.compile(
    r"(?i)(?<![a-zæøå])(?:f\.|født|fødselsdag|born)\s*:?\s*(?:d\.\s*)?"
    r"(?P<day>\d{1,2})(?:\s?[-./ ]\s?(?P<month>\d{1,2})(?!\d)|(?P<close>\d{2})\d\d(?!\d)"
    r"|\.?\s?(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec))(?P<rest>[-./ ]*\d{0,4}\s*(?:[-–]|til|og)\s*\d)?"
)
"""Somebody's birthday: a day and a month after the word. A year alone or two days with "to" between are a group's."""
FOUNDED = re.compile(
    r"(?i)stift|opret|etabl|start|åbne|siden|ansat|overtag|godkend|autoris|opgjort|opgør|period|opdater|ændret|slut"
    r"|ophør|udløb|gyldig|gælder|dannet|udtræk|founded|opened|since"
)
"""A heading over days that are a practice's or a count's."""
DAY_ALONE = {"dag", "day"}
"""Headings over any day, a birthday too."""
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
        if any(_about(cell) & {"person", "birth"} for cell in row):
            return number
    sheet = SheetCells(sheet.name, sheet.rows[:SHOWING_ROWS], sheet.hidden)
    words = words_of(sheet)
    found = [_named_birthdays(sheet, words)]
    if not _is_of_practices(sheet):
        found += [_birthdays(sheet, words), row_of_split_numbers(sheet)]
    return next((row for row in found if row is not None), None)


def _about(cell: Cell) -> frozenset[str]:
    """What a cell says as a heading: `person`, `birth`, `practice`, `period`, `founding`."""
    return _said(cell) if isinstance(cell, str) else frozenset()


@lru_cache(maxsize=10_000)
def _said(text: str) -> frozenset[str]:
    if not LETTERS.search(text):
        return frozenset()
    told = {
        "person": is_personal(text),
        "birth": _tells_birth(text),
        "practice": is_ydernummer(text),
        "period": is_period(text) and text.strip().casefold() not in DAY_ALONE,
        "founding": FOUNDED.search(text) is not None,
    }
    return frozenset(name for name, is_so in told.items() if is_so)


def _tells_birth(text: str) -> bool:
    match = BORN.search(text)
    if match is None or match["rest"]:
        return False
    return int(match["day"]) <= 31 and int(match["month"] or match["close"] or 1) <= 12


def _is_of_practices(sheet: SheetCells) -> bool:
    """Whether each row is another practice: under a heading for the practice's number hardly any stands twice."""
    for number, row in enumerate(sheet.rows[:HEADING_ROWS]):
        for column in (at for at, cell in enumerate(row) if "practice" in _about(cell)):
            below = [cells[column] for cells in sheet.rows[number + 1 :] if column < len(cells)]
            said = [cell for cell in below if cell is not None]
            if said and len(set(said)) >= MOSTLY * len(said):
                return True
    return False


def _columns_of(sheet: SheetCells, what: str) -> set[int]:
    return {column for row in sheet.rows[:HEADING_ROWS] for column, cell in enumerate(row) if what in _about(cell)}


def _named_birthdays(sheet: SheetCells, words: list[str]) -> int | None:
    """A person's name beside a day long ago, once; beside days that differ, or six digits that make a day, twice."""
    apart = _columns_of(sheet, "practice")
    periods, founded = _columns_of(sheet, "period"), _columns_of(sheet, "founding")
    likely: dict[str, int] = {}
    sums: dict[int, list[str]] = {}
    for number, row in enumerate(sheet.rows):
        if not NAME.search(words[number]) or not any(isinstance(cell, str) and is_person(cell) for cell in row):
            continue
        for column, cell in enumerate(row):
            text = "" if column in apart else _text(cell)
            match = DATE.search(text)
            if match and column not in founded and int(match["first"] or match["last"]) < YOUNGEST:
                return number
            if match and column not in founded | periods:
                likely.setdefault(match.group(), number)
            elif SIX_DIGITS.fullmatch(text):
                sums.setdefault(column, []).append(text)
                if DAY.fullmatch(text):
                    likely.setdefault(f"{column}:{text}", number)
    for column, texts in sums.items():
        if sum(DAY.fullmatch(each) is not None for each in texts) < MOSTLY * len(texts):  # amounts, now and then a day
            likely = {said: number for said, number in likely.items() if not said.startswith(f"{column}:")}
    return min(likely.values()) if len(likely) >= LEAST_NAMED else None


def is_person(text: str) -> bool:
    """Whether a cell holds somebody's name, alone or before a day."""
    if NAME.match(text) is None or NOT_A_PERSON.search(text):
        return False
    return NAME.fullmatch(DATE.sub("", text).strip(" ,;-–()")) is not None


def _birthdays(sheet: SheetCells, words: list[str]) -> int | None:
    """A column of days spread over more years than periods are, unless its heading says what else they are."""
    columns: dict[int, dict[int, int]] = {}
    for number, row in enumerate(sheet.rows):
        if not DATE.search(words[number]):
            continue
        for column, cell in enumerate(row):
            if isinstance(cell, str) and (match := DATE.fullmatch(cell.strip())):
                columns.setdefault(column, {})[number] = int(match["first"] or match["last"])
    founded = _columns_of(sheet, "founding")
    for column, years in columns.items():
        if column in founded:
            continue
        if len(years) >= LEAST_ROWS and max(years.values()) - min(years.values()) >= LEAST_YEARS:
            return min(years)
    return None


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()
