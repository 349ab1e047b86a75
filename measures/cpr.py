"""Finding civil registration numbers (CPR) and what stands in for them, so that nothing of a patient is kept.

Never by modulus 11: numbers given since October 2007 need not pass it, and people born on 1 January would slip through.
What is found is told as places only; the number itself is never repeated.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from measures.problems import Where

DASHES = r"\-–—‐‑−"
GAP = rf"[\s/.{DASHES}]{{0,3}}"
END = r"(?!\d|\.\d{6}(?!\d))"
"""Not within a longer number; six decimals are the mark of a message's time stamp."""
SHAPES = (
    re.compile(rf"(?<!\d)(\d\d)(\d\d)\d\d{GAP}\d{{4}}{END}"),  # 251248-4916
    re.compile(rf"(?<!\d)(\d\d)(\d\d)(?:18|19|20)\d\d{GAP}\d{{4}}(?!\d)"),  # 25121948-4916
    re.compile(rf"(?<!\d)(\d\d)[\s./\-](\d\d)[\s./\-](?:18|19|20)?\d\d\s?[{DASHES}]\s?\d{{4}}(?!\d)"),  # 25.12.48-4916
    re.compile(rf"(?<![A-Za-z\d])(\d\d)(\d\d)\d\d{GAP}\d[A-Za-z]{{2}}\d(?![A-Za-z\d])"),  # replacement: 2512484AB6
)
SMALLEST, SHORTEST = 10**8, 9
"""A CPR number without its leading zero has nine digits; anything less is passed over at once."""
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def has_cpr(text: str) -> bool:
    """Whether the text holds something shaped like a CPR number or a replacement number (erstatnings-CPR)."""
    return any(_is_day(*match.group(1, 2)) for match in _matches(text))


def mask_cpr(text: str) -> str:
    """The text with every CPR-like number replaced by dots, for the rare place where the rest must be shown."""
    for start, end in (match.span() for match in _matches(text) if _is_day(*match.group(1, 2))):
        text = text[:start] + "•" * (end - start) + text[end:]
    return text


def find_cpr(cells: Iterable[tuple[Where, object]]) -> list[Where]:
    """The places among the cells that hold a CPR-like number.

    A number cell of 9 or 10 digits counts too: a spreadsheet eats the leading zero of those born on the 1st to the 9th.
    """
    return [where for where, value in cells if is_cpr_cell(value)]


def is_cpr_cell(value: object) -> bool:
    """Whether one cell holds a CPR-like number, as text or as a number."""
    if value is None or isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        if abs(value) < SMALLEST or not math.isfinite(value) or not float(value).is_integer():
            return False
        digits = str(int(value))
        return 9 <= len(digits) <= 10 and _is_day(digits.zfill(10)[:2], digits.zfill(10)[2:4])
    text = str(value)
    if len(text) < SHORTEST:
        return False
    if re.fullmatch(r"\s*'?\d{9}\s*", text):
        return _is_day("0" + text.strip(" '")[0], text.strip(" '")[1:3])
    return has_cpr(text)


def _matches(text: str) -> list[re.Match[str]]:
    return [match for shape in SHAPES for match in shape.finditer(text)]


def _is_day(day: str, month: str) -> bool:
    """A day of the year; administrative replacement numbers add 60 to the day."""
    number, place = int(day), int(month)
    if number > 60:
        number -= 60
    return 1 <= place <= 12 and 1 <= number <= DAYS[place - 1]
