"""Where a practice stands: against the cluster, as far as chance allows one to say, and against a standard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from measures.decimals import exact, ratio
from measures.disclosure.privacy import Comparison, Pair, rounded
from measures.drawing.forms.lanes import middle_half
from measures.packages.measure_kinds import MEASURE_KINDS
from measures.packages.parts import Measure, Reference
from measures.packages.values import Strata, Value
from measures.statistics.rates import direct_rate, proportion_interval, rate_interval

Limits = tuple[float, float]

CLEARLY = 0.998
"""With many practices and measures there are many looks: only outside this interval is a difference called clear."""
FEW = 20
"""Patients."""


class Position(StrEnum):
    """Where the practice stands against the cluster, as far as chance allows one to say."""

    ALONE = "alone"
    SAME = "same"
    ABOVE = "above"
    CLEARLY_ABOVE = "clearly_above"
    BELOW = "below"
    CLEARLY_BELOW = "clearly_below"
    BESIDE = "beside"
    """There is a comparison, but no interval: the two numbers stand beside each other, and nothing is concluded."""


def interval(measure: Measure, own: Pair, level: float = 0.95, value: Value | None = None) -> Limits | None:
    """The interval around a practice's own share: Wilson for people counted once, Poisson for rates, Dobson's for
    standardised rates; None where there is none (doses, minutes, middle values)."""
    match MEASURE_KINDS[measure.kind].interval:
        case "wilson":
            return proportion_interval(own[0], own[1], level)
        case "poisson":
            low, high = rate_interval(own[0], own[1], 1, level)
            return float(low), float(high)
        case "direct" if isinstance(value, Strata):
            events, people = zip(*((each.numerator, each.denominator) for each in value.strata), strict=True)
            found = direct_rate(events, people, value.weights, 1, level)
            return (float(found.low), float(found.high)) if found is not None else None
    return None


def stand(measure: Measure, comparison: Comparison, value: Value | None = None) -> Position:
    """Above, below, or not to be told apart: never a verdict while the interval covers the cluster."""
    if comparison.own is None or comparison.mean is None:
        return Position.ALONE
    if interval(measure, comparison.own, value=value) is None:
        return Position.BESIDE
    for level, above, below in (
        (CLEARLY, Position.CLEARLY_ABOVE, Position.CLEARLY_BELOW),
        (0.95, Position.ABOVE, Position.BELOW),
    ):
        limits = interval(measure, comparison.own, level, value)
        if limits is not None and comparison.mean < limits[0]:
            return above
        if limits is not None and comparison.mean > limits[1]:
            return below
    return Position.SAME


@dataclass(frozen=True, slots=True)
class LastTime:
    """A practice's own number of the round before: None when it may not be held against the one now. Where the periods
    share months, the two are no change."""

    pair: Pair | None
    shares_months: bool = False


def goal_of(measure: Measure) -> Reference | None:
    """The standard that practices are meant to reach, when somebody has confirmed it and which way is better."""
    if measure.direction is None or measure.kind not in {"proportion", "rate"}:
        return None
    return next((line for line in measure.references if line.standard is not None and line.verified), None)


def short_of(measure: Measure, goal: Reference, own: Pair) -> int:
    """How many people or events are missing to a standard, or too many for it; 0 exactly where it is reached."""
    line = Fraction(str(goal.value)) * exact(own[1])
    if measure.direction == "lower":
        return max(0, ceil(exact(own[0])) - floor(line))
    return max(0, ceil(line) - floor(exact(own[0])))


def is_among_most(comparison: Comparison) -> bool | None:
    """Whether the own value lies within the middle half of the rings drawn; None where no rings are drawn."""
    band = middle_half(comparison.others or ())
    if band is None or comparison.own is None:
        return None
    return band[0] <= _drawn(comparison) <= band[1]


def is_beyond_most(comparison: Comparison, position: Position) -> bool:
    """Whether the practice lies beyond the middle half of the rings, on the side on which it lies of the cluster, and
    by more than chance would make of one of many looks."""
    band = middle_half(comparison.others or ())
    if band is None or comparison.own is None:
        return False
    share = _drawn(comparison)
    return (position is Position.CLEARLY_ABOVE and share > band[1]) or (
        position is Position.CLEARLY_BELOW and share < band[0]
    )


def _drawn(comparison: Comparison) -> float:
    """The own value as one of the rings would be rounded."""
    part, whole = comparison.own or (0, 1)
    return rounded(ratio(part, whole), comparison.per)


def is_good(measure: Measure, comparison: Comparison, position: Position) -> bool:
    """Whether there is something to praise: the standard is reached, or without one the practice lies beyond most in
    the direction that is good. Never on few patients, short of any line, or because of the cluster's mean alone."""
    if measure.direction is None or comparison.own is None or is_of_few(measure, comparison.own):
        return False
    if (goal := goal_of(measure)) is not None:
        return short_of(measure, goal, comparison.own) == 0
    share, higher = ratio(*comparison.own), measure.direction == "higher"
    if any((share < exact(line.value)) if higher else (share > exact(line.value)) for line in measure.references):
        return False
    good = Position.CLEARLY_ABOVE if higher else Position.CLEARLY_BELOW
    return position is good and is_beyond_most(comparison, position)


def is_of_few(measure: Measure, own: Pair) -> bool:
    """Whether the number is built on so few patients that it moves by itself."""
    return own[1] < FEW and MEASURE_KINDS[measure.kind].interval in {"wilson", "poisson"}
