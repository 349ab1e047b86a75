"""Finding civil registration numbers (CPR) and what stands in for them, so that nothing about a patient is kept.

Never by modulus 11: numbers given since October 2007 need not pass it, and people born on 1 January would slip through.
Never by a list of separators either: a text is taken as groups of digits with something short and wordless between, and
the lengths of the groups tell whether they make a day, a month, a year and four digits more. Each group is looked at
with at most four after it, so the time grows with the length of the text and no faster.
What is found is told as places only, never repeated.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise
from typing import cast
from urllib.parse import unquote

from measures.reading.cpr_context import is_explained
from measures.reading.cpr_spelled import places, put_together

GROUP = re.compile(r"\d+")
LONGEST_GAP = 6
NO_GAP = re.compile(r"[^\W_]|[;|\t()\[\]{}<>=\"&%¦]|:\s")
"""What parts two groups for good: letters, what parts columns, brackets and signs that count or compare."""
DASHES = "–—‐‑−-"
ONE_AS_LETTER = re.compile(r"(?<=\d)[Il](?=\d)")
LETTER_O = re.compile(r"(?<=[\d\-])[oO](?![A-Za-zÆØÅæøå])|(?<![A-Za-zÆØÅæøå])[oO](?=\d)")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
FOREIGN_DIGITS = re.compile(r"(?![0-9])\d|[⁰¹²³⁴-⁹₀-₉]")
DIGIT = re.compile(r"[\doO⁰¹²³⁴-⁹₀-₉]")
ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
SMALLEST, SHORTEST = 10**8, 9
"""A CPR number without its leading zero has nine digits; anything less is passed over at once."""
LEAST_DIGITS = 6
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
CENTURIES = {"18", "19", "20"}


class Gap(Enum):
    """What may stand between the groups of a way of writing."""

    ANY = auto()
    SPACED = auto()
    """Anything but a comma, which parts numbers in a row from each other."""
    DASHED = auto()
    """A dash somewhere: without one the groups could be any numbers."""
    FIRST_DASHED = auto()
    """A dash behind the day."""
    EVEN = auto()
    """The same single sign each time, and nothing more of the kind before or after."""


@dataclass(frozen=True, slots=True)
class WrittenAs:
    """A way of writing: how the digits are padded to day, month, year and the rest, and what may stand between."""

    layout: str
    gap: Gap


def _ways() -> dict[tuple[int, ...], tuple[WrittenAs, ...]]:
    ways: dict[tuple[int, ...], list[WrittenAs]] = {}

    def add(layout: str, gap: Gap, *lengths: tuple[int, ...]) -> None:
        for each in lengths:
            ways.setdefault(each, []).append(WrittenAs(layout, gap))

    add("dmy", Gap.ANY, (10,), (6, 4))
    add("dmy", Gap.SPACED, (2, 2, 2, 4), (4, 2, 4), (2, 4, 4), (2, 2, 6), (4, 6))
    add("dmy", Gap.FIRST_DASHED, (6, 2, 2))
    add("dmy", Gap.EVEN, (1, 3, 3, 3), (2, 2, 2, 2, 2), (3, 3, 3))
    add("dmy", Gap.DASHED, (5, 4), (3, 2, 4), (1, 4, 4))
    add("dmy", Gap.SPACED, (1, 2, 2, 4), (2, 1, 2, 4), (1, 1, 2, 4))
    add("dmY", Gap.ANY, (12,), (8, 4))
    add("dmY", Gap.SPACED, (2, 2, 4, 4), (4, 4, 4), (2, 6, 4), (1, 2, 4, 4), (2, 1, 4, 4), (1, 1, 4, 4))
    add("dmY", Gap.DASHED, (7, 4))
    add("Ymd", Gap.ANY, (12,), (8, 4))
    add("Ymd", Gap.SPACED, (4, 2, 2, 4), (4, 4, 4), (4, 1, 2, 4), (4, 2, 1, 4), (4, 1, 1, 4))
    add("ymd", Gap.DASHED, (6, 4), (2, 2, 2, 4))
    return {lengths: tuple(each) for lengths, each in ways.items()}


WAYS = _ways()
BEGINNINGS = {lengths[:most] for lengths in WAYS for most in range(1, len(lengths) + 1)}
"""What the lengths of groups can begin with: with anything else no number begins here."""
MOST_GROUPS = max(map(len, WAYS))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a text, from and to; `bare` when a plain number of another kind could look just like it."""

    start: int
    end: int
    bare: bool


def has_cpr(text: str) -> bool:
    """Whether the text holds something shaped like a CPR number or a replacement number (erstatnings-CPR)."""
    return any(map(find, readings_of(text)))


def readings_of(text: str) -> list[str]:
    """The text, and what it says when its entities (`&#8211;`) or an address's escapes (`%20`) are turned back."""
    readings = [text]
    if "&" in text:
        readings.append(html.unescape(text))
    if ESCAPED.search(text):
        readings.append(unquote(text))
    return readings + put_together(text)


def mask_cpr(text: str) -> str:
    """The text with every CPR-like number replaced by dots, for the rare place where the rest must be shown."""
    masked = list(text)
    for found in find(text):
        masked[found.start : found.end] = "•" * (found.end - found.start)
    told = "".join(masked)
    return "•" * len(told) if has_cpr(told) else told


def may_hold_cpr(cells: Sequence[object]) -> bool:
    """Whether cells are worth a closer look one by one: most of a long file is not, and this finds out quickly."""
    kinds = set(map(type, cells))
    texts = cast("Sequence[str]", cells) if kinds == {str} else [cell for cell in cells if type(cell) is str]
    if max(map(len, texts), default=0) >= SHORTEST and any(has_digits(text) for text in texts if len(text) >= SHORTEST):
        return True
    numbers = cast("Sequence[int]", cells) if kinds == {int} else [cell for cell in cells if type(cell) is int]
    shares = [cell for cell in cells if type(cell) is float and not cell.is_integer()] if float in kinds else []
    return max(numbers, default=0) >= SMALLEST or any(abs(cell) >= 10_000 for cell in shares)


def is_cpr_cell(value: object) -> bool:
    """Whether one cell holds a CPR-like number, as text or as a number."""
    return in_cell(value) is not None


def in_cell(value: object) -> Spot | None:
    """The CPR-like number in one cell, the surest one when there are several.

    A number cell of 9 or 10 digits counts too: a spreadsheet eats the leading zero of those born on the 1st to the 9th;
    and so does a number with four decimals, which is how a spreadsheet takes `251248,4916`.
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _in_number(value)
    text = str(value)
    if len(text) < SHORTEST:
        return None
    if re.fullmatch(r"\s*'?\d{9}(?:[.,]0+)?\s*", text):
        digits = GROUP.search(text)
        return Spot(0, len(text), True) if digits and _is_day("0" + digits.group()[0], digits.group()[1:3]) else None
    found = list(find(text))
    plain = re.fullmatch(r"\s*'?[+-]?\d[\d.,\s']*", text) is not None
    if not found:
        found = [each for reading in readings_of(text)[1:] for each in find(reading)]
    best = min(found, key=lambda each: each.bare, default=None)
    return best and Spot(best.start, best.end, best.bare and plain)


def find(text: str) -> list[Spot]:
    """All CPR-like numbers in a text."""
    if not has_digits(text):
        return []
    text = _plain(text)
    found = [Spot(start, end, False) for start, end, *day in places(text) if _is_day(*day)]
    groups = [(match.start(), match.end()) for match in GROUP.finditer(text)]
    gaps = [_gap(text, one[1], other[0]) for one, other in pairwise(groups)]
    first = 0
    while first < len(groups):
        length = _length_at(text, groups, gaps, first)
        if length:
            start, end = groups[first][0], groups[first + length - 1][1]
            signs = "".join(each or "" for each in gaps[first : first + length - 1])
            found.append(Spot(start, end, not set(signs) - set(".,' \u00a0\u202f\u2009")))
        first += length or 1
    return found


def _plain(text: str) -> str:
    """The text with digits of all kinds as 0 to 9, the letter O among digits too; every place stays where it was."""
    if not text.isascii():
        text = FOREIGN_DIGITS.sub(lambda match: str(unicodedata.digit(match.group(), 0)), text)
    return ONE_AS_LETTER.sub("1", LETTER_O.sub("0", text))


def _gap(text: str, start: int, end: int) -> str | None:
    """What stands between two groups when it is short and wordless, else None."""
    return _wordless(text[start:end]) if end - start <= 3 * LONGEST_GAP else None


@lru_cache(maxsize=1000)
def _wordless(between: str) -> str | None:
    between = UNSEEN.sub("", between)
    return None if len(between) > LONGEST_GAP or NO_GAP.search(between) else between


def _length_at(text: str, groups: list[tuple[int, int]], gaps: list[str | None], first: int) -> int:
    """How many groups from this one make a CPR number; 0 when none do."""
    lengths: tuple[int, ...] = ()
    for more in range(MOST_GROUPS):
        at = first + more
        if at >= len(groups) or (more and gaps[at - 1] is None):
            return 0
        start, end = groups[at]
        lengths = (*lengths, end - start)
        if lengths not in BEGINNINGS:
            return 0
        if lengths not in WAYS:
            continue
        parts = [text[one:other] for one, other in groups[first : at + 1]]
        signs = [each or "" for each in gaps[first:at]]
        around = (gaps[first - 1] if first else None, gaps[at] if at < len(gaps) else None)
        if any(_fits(way, parts, signs, around) for way in WAYS[lengths]) and not is_explained(
            text, groups[first][0], end, parts, signs
        ):
            return more + 1
    return 0


def _fits(way: WrittenAs, parts: list[str], signs: list[str], around: tuple[str | None, str | None]) -> bool:
    before, after = around
    if len(parts) == 1:
        tied = False
    else:
        tied = before in {".", ",", "/", "-", ""} or (after in {".", ",", "/", ":", ""} and len(parts) > 2)
    if way.gap is Gap.EVEN:
        even = len(set(signs)) == 1 and len(signs[0]) == 1 and before is None and after is None
        return even and _is_date(way.layout, parts)
    if tied and tuple(map(len, parts)) != (6, 4):
        return False
    if way.gap is Gap.SPACED and any("," in each for each in signs):
        return False
    if way.gap is Gap.DASHED and not any(sign in DASHES for sign in signs[-1]):
        return False
    if way.gap is Gap.FIRST_DASHED and signs[0].strip() not in set(DASHES):
        return False
    if tuple(map(len, parts)) == (4, 6) and signs[0] in {".", ","}:  # decimals
        return False
    if len(parts) > 2 and any("\n" in each for each in signs):
        return False
    return _is_date(way.layout, parts)


def _is_date(layout: str, parts: list[str]) -> bool:
    digits = "".join(parts)
    if len(parts) > 2 and len(parts[-1]) == 4 and len(parts[0]) <= 4:
        digits = "".join(each.zfill(2) for each in parts)
    if layout in {"dmy", "ymd"}:
        digits = digits.zfill(10)
        day, month = (digits[:2], digits[2:4]) if layout == "dmy" else (digits[4:6], digits[2:4])
        return len(digits) == 10 and _is_day(day, month)
    digits = digits.zfill(12)
    if len(digits) != 12:
        return False
    if layout == "dmY":
        return digits[4:6] in CENTURIES and _is_day(digits[:2], digits[2:4]) and not _are_years(parts)
    return digits[:2] in CENTURIES and _is_day(digits[6:8], digits[4:6]) and not _are_years(parts)


def _are_years(parts: list[str]) -> bool:
    """Whether these are years in a row, `2010 2011 2012`."""
    return len(parts) == 3 and all(len(each) == 4 and each[:2] in {"19", "20"} for each in parts)


def _in_number(value: float) -> Spot | None:
    if abs(value) < 10_000 or not math.isfinite(value):
        return None
    if float(value).is_integer():
        digits = str(int(value))
        padded = digits.zfill(10)
        is_one = 9 <= len(digits) <= 10 and _is_day(padded[:2], padded[2:4])
        return Spot(0, len(digits), True) if is_one else None
    whole, _, decimals = repr(value).partition(".")
    padded = whole.zfill(6)
    is_one = len(decimals) == 4 and decimals.isdigit() and len(padded) == 6 and _is_day(padded[:2], padded[2:4])
    return Spot(0, len(whole), True) if is_one else None


def has_digits(text: str) -> bool:
    """Whether enough digits are there to make a number of; letters O that stand for zeros included."""
    if text.isascii():
        return sum(map(text.count, "0123456789oO")) >= LEAST_DIGITS
    return len(DIGIT.findall(text)) >= LEAST_DIGITS


def _is_day(day: str, month: str) -> bool:
    """A day of the year; administrative replacement numbers add 60 to the day."""
    number, place = int(day), int(month)
    if number > 60:
        number -= 60
    return 1 <= place <= 12 and 1 <= number <= DAYS[place - 1]
