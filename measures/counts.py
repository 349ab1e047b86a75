"""Reading a whole number as Danish practices write it, without guessing in silence."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

SPACES = dict.fromkeys(map(ord, " \u00a0\u2009\u202f\u2007\t"), None)
SUPPRESSED = re.compile(r"[<≤]\d+|\d+[-–]\d+|\*+")
MARKED = {"-", "–", "—", ".", "..", "...", ":", "i.o.", "io", "i/o", "n/a", "na", "ukendt", "ved ikke", "#n/a", "nan"}
FORMULA_ERROR = re.compile(r"#[A-ZÆØÅ/0!?]+[!?]?", re.IGNORECASE)
ABOUT = re.compile(r"(?:ca\.?|cirka|omkring|~|≈)(?=\d)", re.IGNORECASE)
LETTER_O = re.compile(r"(?=.*\d)[\doO]+")


class Reading(StrEnum):
    """What a cell turned out to hold."""

    NUMBER = "number"
    ASSUMED = "assumed"  # a number, but written so that the sender should see how it was read
    MISSING = "missing"  # nothing at all
    MARKED = "marked"  # a sign for "unknown" or "not shown": neither blank nor zero
    SUPPRESSED = "suppressed"  # a number hidden because it is small
    PERCENT = "percent"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    FORMULA_ERROR = "formula_error"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Count:
    """The reading of one cell; `value` is there for NUMBER and ASSUMED only.

    `decimal` is the number behind a PERCENT or a NOT_WHOLE, for fields that may be written so.
    """

    reading: Reading
    value: int | None = None
    decimal: float | None = None


def read_count(cell: object) -> Count:
    """Read a cell that should hold a whole number.

    `1.234` and `1 234` are thousands in a column of whole numbers; `1,234` would be a decimal in Danish but is hardly
    meant so, and is given back as ASSUMED, as are `ca. 130` and `13O`. `<5` is suppressed, `..` and `-` are marked,
    blank is missing; none of them is 0.
    """
    if cell is None:
        return Count(Reading.MISSING)
    if isinstance(cell, bool):
        return Count(Reading.UNREADABLE)
    if isinstance(cell, int | float):
        return _from_number(float(cell))
    text = str(cell).strip().lstrip("'").strip()
    if not text:
        return Count(Reading.MISSING)
    if text.casefold() in MARKED:
        return Count(Reading.MARKED)
    bare = text.translate(SPACES)
    if SUPPRESSED.fullmatch(bare):
        return Count(Reading.SUPPRESSED)
    if "%" in bare or "‰" in bare:
        return Count(Reading.PERCENT, decimal=_decimal(bare.rstrip("%‰")))
    if FORMULA_ERROR.fullmatch(bare):
        return Count(Reading.FORMULA_ERROR)
    return _from_text(_without_unit(bare))


def _from_number(value: float) -> Count:
    if not math.isfinite(value):
        return Count(Reading.UNREADABLE)
    if value < 0:
        return Count(Reading.NEGATIVE)
    if value.is_integer():
        return Count(Reading.NUMBER, int(value))
    return Count(Reading.NOT_WHOLE, decimal=value)


def _from_text(text: str) -> Count:
    if text.startswith(("-", "−")) and re.fullmatch(r"[-−][\d.,]+", text):
        return Count(Reading.NEGATIVE)
    if len(text) <= 15 and LETTER_O.fullmatch(text) and not text.isdigit():
        return Count(Reading.ASSUMED, int(text.replace("o", "0").replace("O", "0")))
    about = ABOUT.sub("", text)
    if about != text:
        inner = _from_text(about)
        return Count(Reading.ASSUMED, inner.value) if inner.value is not None else inner
    if not re.fullmatch(r"[0-9][0-9.,]*", text) or len(text) > 15:
        return Count(Reading.UNREADABLE)
    if text.isdigit():
        return Count(Reading.NUMBER, int(text))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,0+)?", text):
        return Count(Reading.NUMBER, int(text.split(",", maxsplit=1)[0].replace(".", "")))
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.0+)?", text):
        return Count(Reading.ASSUMED, int(text.split(".", maxsplit=1)[0].replace(",", "")))
    if re.fullmatch(r"\d+[.,]0*", text):
        return Count(Reading.NUMBER, int(re.split(r"[.,]", text)[0]))
    decimal = _decimal(text)
    return Count(Reading.UNREADABLE) if decimal is None else Count(Reading.NOT_WHOLE, decimal=decimal)


def _decimal(text: str) -> float | None:
    """A decimal in Danish writing, `1.234,5`, or with a point where there is only one."""
    if re.fullmatch(r"\d{1,3}(\.\d{3})*,\d+|\d+,\d+", text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text) if re.fullmatch(r"\d{1,15}(\.\d+)?", text) else None


def _without_unit(text: str) -> str:
    """Drop a unit such as `stk.` or `pt.` after the number."""
    return re.sub(r"(?i)(stk|pt|ptt|pat|patienter|patients|ddd|min|minutter|dage)\.?$", "", text)
