"""Reading a whole number as Danish practices write it, without guessing in silence."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from measures.decimals import kept
from measures.reading.headers import UNSEEN
from measures.reading.style import is_ambiguous

SPACES = dict.fromkeys(map(ord, " \u00a0\u2009\u202f\u2007\t"), None)
APOSTROPHES = dict.fromkeys(map(ord, "'’"), None)
GROUPED = re.compile(
    r"(?<![\d.,])(?<!\d[ \u00a0\u2009\u202f\u2007'’])"
    r"\d{1,3}(?:(?:[ \u00a0\u2009\u202f\u2007]\d{3})+|(?:['’]\d{3})+)(?![\d '’])"
)
"""A number in groups of three: the only way that blanks and apostrophes belong in one. None begins amid groups: what
fails there would be tried again from each of them."""
TORN = re.compile(r"\d[ \u00a0\u2009\u202f\u2007\t]+[\d.,]")
SUPPRESSED = re.compile(r"[<≤]=?\d+|\d+[-–]\d+|\*+|(?:under|færreend|mindreend|lessthan|fewerthan)\d+")
FOOTNOTE = re.compile(r"(\d[\d.,]*)(?:[¹²³⁰-⁹*†‡]+|\s\(?[1-9a-e]\)|\[[1-9a-e]\])")
"""A number with the mark of a note behind it."""
NOISE = 1e-9
"""Of what a computer adds to a number in passing, as a share of it."""
MARKED = {"-", "–", "—", ".", "..", "...", ":", "i.o.", "io", "i/o", "n/a", "na", "ukendt", "ved ikke", "#n/a", "nan"}
FORMULA_ERROR = re.compile(r"#[A-ZÆØÅ/0!?]+[!?]?", re.IGNORECASE)
ABOUT = re.compile(r"(?:ca\.?|cirka|omkring|~|≈)(?=\d)", re.IGNORECASE)
AMOUNT_UNIT = re.compile(
    r"(?i)^(?:kr|dkk)\.?\s?(?=\d)|(?<=[\d.,\s])(?:ddd|min|minutter|minutes|timer|hours|dage|days|kr|dkk|mg)\.?$|,-$"
)
"""Of doses, time and money: nothing that people are counted in."""
LONGEST, LONGEST_WHOLE = 25, 15
"""Of a number as text: a program writes decimals with all the figures that it has."""
LETTER_O = re.compile(r"(?=.*\d)[\doO]+")


class ReadCell(StrEnum):
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


ONE_NUMBER = frozenset({ReadCell.NUMBER, ReadCell.NOT_WHOLE})


@dataclass(frozen=True, slots=True)
class Count:
    """The reading of one cell; `value` is there for NUMBER and ASSUMED only.

    `decimal` is the number behind a PERCENT or a NOT_WHOLE, for fields that may be written so. Not `is_sure`: it is
    written so (`ca. 3,92`) that the sender should see how it was read.
    """

    reading: ReadCell
    value: int | None = None
    decimal: float | None = None
    is_sure: bool = True


def read_count(cell: object, decimal: str = "") -> Count:
    """Read a cell that should hold a whole number. `decimal` is the file's decimal mark, where the file shows one.

    `1.234` and `1 234` are thousands in a column of whole numbers; `1,234` would be a decimal in Danish but is hardly
    meant so, and is given back as ASSUMED, as are `ca. 130` and `13O`. `<5` is suppressed, `..` and `-` are marked,
    blank is missing; none of them is 0.
    """
    if cell is None:
        return Count(ReadCell.MISSING)
    if isinstance(cell, bool):
        return Count(ReadCell.UNREADABLE)
    if isinstance(cell, int | float):
        return _from_number(float(cell))
    text = _figures(str(cell).translate(UNSEEN)).strip().lstrip("'").strip()
    if text.isascii() and text.isdigit() and len(text) <= LONGEST_WHOLE:
        return Count(ReadCell.NUMBER, int(text))
    if not text:
        return Count(ReadCell.MISSING)
    if text.casefold() in MARKED:
        return Count(ReadCell.MARKED)
    text = GROUPED.sub(lambda found: found.group().translate(SPACES | APOSTROPHES), text)
    if noted := FOOTNOTE.fullmatch(text):
        inner = read_count(noted[1], decimal)
        return _unsure(inner)
    if TORN.search(text):
        return Count(ReadCell.UNREADABLE)
    bare = text.translate(SPACES)
    if SUPPRESSED.fullmatch(bare):
        return Count(ReadCell.SUPPRESSED)
    if ("%" in bare or "‰" in bare) and any(map(str.isdigit, bare)):
        return Count(ReadCell.PERCENT, decimal=_decimal(bare.rstrip("%‰")))
    if FORMULA_ERROR.fullmatch(bare):
        return Count(ReadCell.FORMULA_ERROR)
    return _from_text(_without_unit(bare), decimal)


def number_of(written: object, places: int) -> float | None:
    """The one number that is written, without any question, for a field that takes that many decimals; else None.

    `3.927` is two numbers where decimals are taken: nothing around it tells which.
    """
    count = read_count(written)
    if count.reading is ReadCell.NUMBER:
        return None if places and is_ambiguous(written, "") else count.value
    if count.reading is not ReadCell.NOT_WHOLE or count.decimal is None or not count.is_sure:
        return None
    return count.decimal if kept(count.decimal, places) == count.decimal else None


def _unsure(count: Count) -> Count:
    if count.value is not None:
        return Count(ReadCell.ASSUMED, count.value)
    return replace(count, is_sure=False)


def _figures(text: str) -> str:
    """The figures of other scripts, wide ones among them, as our own; raised ones are marks of notes and stay."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)


def _from_number(value: float) -> Count:
    if not math.isfinite(value) or abs(value) >= 10**LONGEST_WHOLE:
        return Count(ReadCell.UNREADABLE)
    if value < 0:
        return Count(ReadCell.NEGATIVE)
    if abs(value - round(value)) <= NOISE * max(1.0, value):
        return Count(ReadCell.NUMBER, round(value))
    return Count(ReadCell.NOT_WHOLE, decimal=value)


def _from_text(text: str, mark: str = "") -> Count:
    if text.startswith(("-", "−")) and re.fullmatch(r"[-−][\d.,]+", text):
        return Count(ReadCell.NEGATIVE)
    if len(text) <= 15 and LETTER_O.fullmatch(text) and not text.isdigit():
        return Count(ReadCell.ASSUMED, int(text.replace("o", "0").replace("O", "0")))
    about = ABOUT.sub("", text)
    if about != text:
        inner = _from_text(about, mark)
        return _unsure(inner)
    if not re.fullmatch(r"[0-9][0-9.,]*", text) or len(text) > LONGEST:
        return Count(ReadCell.UNREADABLE)
    if mark and re.fullmatch(rf"\d{{1,15}}\{mark}\d*", text):
        return _from_number(float(text.replace(mark, ".")))
    if mark == "." and re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d*)?", text):
        return _from_number(float(text.replace(",", "")))
    if text.isdigit() and len(text) <= LONGEST_WHOLE:
        return Count(ReadCell.NUMBER, int(text))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,0+)?", text):
        return Count(ReadCell.NUMBER, int(text.split(",", maxsplit=1)[0].replace(".", "")))
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.0+)?", text):
        return Count(ReadCell.ASSUMED, int(text.split(".", maxsplit=1)[0].replace(",", "")))
    if re.fullmatch(r"\d+[.,]0*", text):
        return Count(ReadCell.NUMBER, int(re.split(r"[.,]", text)[0]))
    decimal = _decimal(text)
    return Count(ReadCell.UNREADABLE) if decimal is None else _from_number(decimal)


def _decimal(text: str) -> float | None:
    """A decimal in Danish writing, `1.234,5`, or with a point where there is only one."""
    if re.fullmatch(r"\d{1,3}(\.\d{3})*,\d+|\d+,\d+", text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text) if re.fullmatch(r"\d{1,15}(\.\d+)?", text) else None


def _without_unit(text: str) -> str:
    """Drop a unit such as `stk.`, `pt.` or `kr.` beside the number."""
    return AMOUNT_UNIT.sub("", re.sub(r"(?i)(?:stk|pt|ptt|pat|patienter|patients)\.?$", "", text))


def in_amounts(cell: object) -> bool:
    """Whether a cell says of itself that it is no number of people or events: `206 DDD`, `45 min`, `kr. 1.250`."""
    return isinstance(cell, str) and AMOUNT_UNIT.search(cell.strip()) is not None
