"""Reading a whole number as Danish practices write it, without guessing in silence."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

SPACES = dict.fromkeys(map(ord, " \u00a0\u2009\u202f\u2007\t"), None)
SUPPRESSED = re.compile(r"[<≤]\d+|\d+[-–]\d+|\*+")
MISSING = {"", "-", "–", "—", "..", "...", "i.o.", "io", "n/a", "na", "ukendt", "ved ikke", "#n/a"}
FORMULA_ERROR = re.compile(r"#[A-ZÆØÅ/0!?]+[!?]?", re.IGNORECASE)


class Reading(StrEnum):
    """What a cell turned out to hold."""

    NUMBER = "number"
    ASSUMED = "assumed"  # a number, but written so that the sender should see how it was read
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    PERCENT = "percent"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    FORMULA_ERROR = "formula_error"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Count:
    """The reading of one cell; `value` is there for NUMBER and ASSUMED only."""

    reading: Reading
    value: int | None = None


def read_count(cell: object) -> Count:
    """Read a cell that should hold a whole number.

    `1.234` and `1 234` are thousands in a column of whole numbers; `1,234` would be a decimal in Danish but is hardly
    meant so, and is given back as ASSUMED. `<5` is suppressed, `-` and blank are missing; neither is 0.
    """
    if cell is None:
        return Count(Reading.MISSING)
    if isinstance(cell, bool):
        return Count(Reading.UNREADABLE)
    if isinstance(cell, int | float):
        return _from_number(float(cell))
    text = str(cell).strip().lstrip("'").strip()
    if text.casefold() in MISSING:
        return Count(Reading.MISSING)
    bare = text.translate(SPACES)
    if SUPPRESSED.fullmatch(bare):
        return Count(Reading.SUPPRESSED)
    if "%" in bare or "‰" in bare:
        return Count(Reading.PERCENT)
    if FORMULA_ERROR.fullmatch(bare):
        return Count(Reading.FORMULA_ERROR)
    return _from_text(_without_unit(bare))


def _from_number(value: float) -> Count:
    if not math.isfinite(value):
        return Count(Reading.UNREADABLE)
    if value < 0:
        return Count(Reading.NEGATIVE)
    return Count(Reading.NUMBER, int(value)) if value.is_integer() else Count(Reading.NOT_WHOLE)


def _from_text(text: str) -> Count:
    if text.startswith(("-", "−")) and re.fullmatch(r"[-−][\d.,]+", text):
        return Count(Reading.NEGATIVE)
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
    return Count(Reading.NOT_WHOLE if re.fullmatch(r"\d+[.,]\d+", text) else Reading.UNREADABLE)


def _without_unit(text: str) -> str:
    """Drop a unit such as `stk.` or `pt.` after the number."""
    return re.sub(r"(?i)(stk|pt|ptt|pat|patienter|patients)\.?$", "", text)
