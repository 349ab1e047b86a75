"""A measure's value on the scale where practices can be told apart from chance: what plausibility is judged on.

`g` is ln((x+½)/(n−x+½)) for people counted at most once and ln((x+½)/n) for everything else; `v` its variance by chance
alone, 1/(x+½) + 1/(n−x+½) and 1/(x+½). Plain arithmetic: judging an answer loads no library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log, sqrt

from measures.packages.parts import Measure
from measures.packages.values import Answers, Parts, Plain, Ratio, Series, Strata, TwoSources, Value, value_of

Z95 = 1.959964
SPREAD, SPREAD_PER_CENT = 0.5, 0.7
YEARLY, YEARLY_PER_CENT = 0.25, 0.40
OF_PEOPLE = frozenset({"proportion", "composition", "histogram", "agreement"})
"""Kinds whose numerator is a part of the denominator."""
COUNTED = frozenset({"proportion", "rate", "composition", "histogram"})
"""Kinds whose numerator is events, so that chance gives an interval; doses and minutes are not independent."""


@dataclass(frozen=True, slots=True)
class ScalePoint:
    """One value that can be held against a range: `part` of `whole` (1 for a plain number), made from `field`."""

    field: str
    part: float
    whole: float
    people: bool
    counted: bool

    @property
    def share(self) -> float:
        """The value in the unit of `Usual.low` and `high`."""
        return self.part / self.whole

    @property
    def g(self) -> float:
        """The value on the scale."""
        rest = self.whole - self.part + 0.5 if self.people else self.whole
        return log((self.part + 0.5) / rest)

    @property
    def v(self) -> float:
        """The variance of `g` by chance."""
        return 1 / (self.part + 0.5) + (1 / (self.whole - self.part + 0.5) if self.people else 0.0)

    @property
    def limits(self) -> tuple[float, float]:
        """The 95 % interval of the share: Wilson's for people, Byar's for events, none (the share itself) otherwise.

        Sources: Wilson 1927; Byar as in Breslow & Day 1987.
        """
        if not self.counted:
            return self.share, self.share
        x, n, z = self.part, self.whole, Z95
        if self.people:
            around = z * sqrt(z * z + 4 * x * (1 - x / n))
            return (2 * x + z * z - around) / (2 * (n + z * z)), (2 * x + z * z + around) / (2 * (n + z * z))
        low = x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3 if x else 0.0
        y = x + 1
        return max(low, 0.0) / n, y * (1 - 1 / (9 * y) + z / (3 * sqrt(y))) ** 3 / n


def spread_of(measure: Measure) -> float:
    """How far practices of one cluster lie from each other on the scale: the package's, or what is common."""
    if measure.usual and measure.usual.spread:
        return measure.usual.spread
    return SPREAD_PER_CENT if measure.per == 100 else SPREAD


def yearly_of(measure: Measure) -> float:
    """How far a practice moves in a year on the scale, beyond chance."""
    if measure.usual and measure.usual.yearly:
        return measure.usual.yearly
    return YEARLY_PER_CENT if measure.per == 100 else YEARLY


def points(measure: Measure, values: Mapping[str, float | None]) -> list[ScalePoint]:
    """What of a measure can be held against its range: one point, or one a time, stratum or question.

    Of a composition or histogram its first part's share, of two sources the smaller of the larger. None where a number
    is missing, there is nobody to divide by, or a part exceeds its whole.
    """
    if measure.kind in {"scatter", "estimate"}:
        return []
    found = value_of(measure, values)
    people, counted = measure.kind in OF_PEOPLE, measure.kind in COUNTED
    made = [] if found is None else [ScalePoint(*each, people, counted) for each in _pairs(measure, found)]
    return [each for each in made if each.whole > 0 and not (people and each.part > each.whole)]


def _pairs(measure: Measure, found: Value) -> Iterator[tuple[str, float, float]]:
    """The field, part and whole of each point."""
    match found:
        case Ratio():
            yield measure.numerator, found.numerator, found.denominator
        case Plain():
            yield measure.numerator, found.value, 1
        case Parts():
            yield measure.parts[0], found.counts[0], found.whole
        case TwoSources():
            smaller, larger = sorted((found.first, found.second))
            yield measure.parts[0 if smaller == found.first else 1], smaller, larger
        case Series():
            for point, ratio in zip(measure.points, found.points, strict=True):
                if ratio is not None:
                    yield point.numerator, ratio.numerator, ratio.denominator
        case Strata():
            for stratum, ratio in zip(measure.strata, found.strata, strict=True):
                yield stratum.numerator, ratio.numerator, ratio.denominator
        case Answers():
            for item, counts in zip(measure.items, found.items, strict=True):
                yield item.answers[counts.index(max(counts))], sum(counts), 1
