"""Finding civil registration numbers (CPR) and what stands in for them, so that nothing of a patient is kept.

Never by modulus 11: numbers given since October 2007 need not pass it, and people born on 1 January would slip through.
What is found is told as places only; the number itself is never repeated.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

DASHES = r"\-–—‐‑−"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
GAP = rf"[\s/.{UNSEEN}{DASHES}]{{0,3}}"
END = r"(?!\d|\.\d{6}(?!\d))"
"""Not within a longer number; six decimals are the mark of a message's time stamp."""
SHAPES = (
    re.compile(rf"(?<!\d)(\d\d)(\d\d)\d\d{GAP}\d{{4}}{END}"),  # 251248-4916
    re.compile(rf"(?<!\d)(\d\d)(\d\d)(?:18|19|20)\d\d{GAP}\d{{4}}(?!\d)"),  # 25121948-4916
    re.compile(rf"(?<!\d)(\d\d)[\s./\-](\d\d)[\s./\-](?:18|19|20)?\d\d\s?[{DASHES}]\s?\d{{4}}(?!\d)"),  # 25.12.48-4916
    re.compile(r"(?<!\d)(\d\d)[ \u00a0](\d\d)[ \u00a0]\d\d[ \u00a0]\d{4}(?!\d)"),  # 25 12 48 4916
    re.compile(rf"(?<!\d)(\d\d)(\d\d)\d\d{GAP}(?:[xX]{{4}}|\*{{4}}|•{{4}})"),  # masked by hand: 251248-xxxx
    re.compile(rf"(?<![A-Za-z\d])(\d\d)(\d\d)\d\d{GAP}\d[A-Za-z]{{2}}\d(?![A-Za-z\d])"),  # replacement: 2512484AB6
)
LETTER_O = re.compile(r"(?<=[\d\-])[oO](?![A-Za-zÆØÅæøå])|(?<![A-Za-zÆØÅæøå])[oO](?=\d)")
SMALLEST, SHORTEST = 10**8, 9
"""A CPR number without its leading zero has nine digits; anything less is passed over at once."""
LIKELY = re.compile(r"[\doO]{2}.?[\doO]{2}.?[\doO]{2}.{0,3}[\doOxX*•]", re.DOTALL)
"""Something like a day, a month, a year and a little more, which all ways of writing begin with, also across a line."""
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def has_cpr(text: str) -> bool:
    """Whether the text holds something shaped like a CPR number or a replacement number (erstatnings-CPR)."""
    return any(_is_day(*match.group(1, 2)) for match in _matches(text))


def mask_cpr(text: str) -> str:
    """The text with every CPR-like number replaced by dots, for the rare place where the rest must be shown."""
    for start, end in (match.span() for match in _matches(text) if _is_day(*match.group(1, 2))):
        text = text[:start] + "•" * (end - start) + text[end:]
    return text


def may_hold_cpr(cells: Sequence[object]) -> bool:
    """Whether cells are worth a closer look one by one: most of a long file is not, and this finds out quickly."""
    texts = [cell for cell in cells if isinstance(cell, str) and len(cell) >= SHORTEST]
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return any(map(LIKELY.search, texts)) or max(numbers, default=0) >= SMALLEST


def is_cpr_cell(value: object) -> bool:
    """Whether one cell holds a CPR-like number, as text or as a number.

    A number cell of 9 or 10 digits counts too: a spreadsheet eats the leading zero of those born on the 1st to the 9th.
    """
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
    text = LETTER_O.sub("0", text)
    return [match for shape in SHAPES for match in shape.finditer(text) if not _is_decimals(text, match.start())]


def _is_decimals(text: str, start: int) -> bool:
    """Whether the digits are the decimals of a number below one, `0,2512484916`."""
    before = text[max(0, start - 3) : start]
    return before[-2:] in {"0,", "0."} and not before[:-2].isdigit()


def _is_day(day: str, month: str) -> bool:
    """A day of the year; administrative replacement numbers add 60 to the day."""
    number, place = int(day), int(month)
    if number > 60:
        number -= 60
    return 1 <= place <= 12 and 1 <= number <= DAYS[place - 1]
