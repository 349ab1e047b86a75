"""Numbers with decimals: kept as they were given, added up and compared without a computer's noise.

A number is a whole `int` wherever it is whole. Otherwise it is the `float` that is written with the same figures: with
at most fifteen of them the text and the number are the same on every machine and in both databases (JSON).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

MOST_PLACES = 6
"""Decimals that are kept of an amount where its package says nothing of them."""
FIGURES = 15
"""Of a number in all: what a float holds of any decimal number."""
WRITTEN = re.compile(r"-?\d{1,15}(?:[.,]\d{1,15})?")


def kept(value: float, places: int) -> float:
    """The number with at most that many decimals, rounded half up as people round; a whole one as an int."""
    written = Decimal(repr(value))
    places = max(0, min(places, FIGURES - max(1, written.adjusted() + 1)))
    near = written.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return int(near) if near == near.to_integral_value() else float(near)


def exact(value: float) -> Fraction:
    """The number as it is written, for sums and comparisons that must come out the same everywhere."""
    return Fraction(value) if isinstance(value, int) else Fraction(repr(float(value)))


def ratio(part: float, whole: float) -> Fraction:
    """One number over another; ZeroDivisionError when there is nothing to divide by."""
    return exact(part) / exact(whole)


def added(values: Iterable[float]) -> float:
    """Their sum: 0.1 and 0.2 is 0.3."""
    total = sum(map(exact, values), Fraction(0))
    return int(total) if total.denominator == 1 else kept(float(total), MOST_PLACES)


def read_field(text: str) -> float:
    """What stands in a number field of a form; ValueError when that is no number."""
    if not WRITTEN.fullmatch(text.strip()):
        raise ValueError(text)
    return kept(float(text.strip().replace(",", ".")), FIGURES)


def is_whole(value: float) -> bool:
    """Whether there is nothing behind the mark."""
    return float(value).is_integer()
