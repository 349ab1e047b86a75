"""From a practice's numbers to the value of a measure, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from measures.decimals import added
from measures.packages.parts import Measure

Values = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A numerator over a denominator: proportion, rate, amount, mean; for a median the value over 1.

    `base` is how many people, events or cases stand behind it.
    """

    numerator: float
    denominator: float
    base: float

    @property
    def share(self) -> float:
        return self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class Plain:
    """One number as it is."""

    value: float


@dataclass(frozen=True, slots=True)
class Parts:
    """Counts in order. `rest` is what the whole holds besides them; 0 when the whole is their sum."""

    counts: tuple[int, ...]
    rest: int = 0

    @property
    def whole(self) -> int:
        return sum(self.counts) + self.rest

    @property
    def shares(self) -> tuple[float, ...]:
        """Each part of the whole, and the rest last when there is any."""
        counts = (*self.counts, self.rest) if self.rest else self.counts
        return tuple(count / self.whole for count in counts)


@dataclass(frozen=True, slots=True)
class Series:
    """The same ratio at several times; None where a number is missing."""

    points: tuple[Ratio | None, ...]


@dataclass(frozen=True, slots=True)
class Strata:
    """A rate in each stratum, with the stratum's size in the standard population."""

    strata: tuple[Ratio, ...]
    weights: tuple[int, ...]

    @property
    def share(self) -> float:
        """The directly standardised rate as a plain share; its interval is
        `measures.statistics.rates.direct_rate`'s."""
        weighed = sum(weight * each.share for weight, each in zip(self.weights, self.strata, strict=True))
        return weighed / sum(self.weights)


@dataclass(frozen=True, slots=True)
class Cross:
    """Two measures of the same practice."""

    across: Ratio
    up: Ratio


@dataclass(frozen=True, slots=True)
class TwoSources:
    """The same thing counted by two sources."""

    first: int
    second: int

    @property
    def difference(self) -> int:
        return self.second - self.first

    @property
    def share(self) -> float:
        """The smaller of the larger: 1 when the sources agree, also on nothing at all."""
        return min(self.first, self.second) / max(self.first, self.second) if self.first or self.second else 1.0


@dataclass(frozen=True, slots=True)
class Answers:
    """For each question how many chose each answer of the scale."""

    items: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class GuessAndActual:
    """What the practice thought, and what it was; both plain shares."""

    guess: float
    actual: Ratio

    @property
    def difference(self) -> float:
        return self.actual.share - self.guess


Value = Ratio | Plain | Parts | Series | Strata | Cross | TwoSources | Answers | GuessAndActual


def value_of(measure: Measure, values: Values, among: Mapping[str, Measure] | None = None) -> Value | None:
    """The value of a measure; None when a number it needs is missing or there is nobody to divide by.

    `among` holds the package's measures by id, for the kinds that are built on others.
    """
    among = among or {}
    match measure.kind:
        case "proportion" | "rate" | "amount" | "mean" | "median":
            return _pair(measure, values)
        case "count":
            number = values.get(measure.numerator)
            return None if number is None else Plain(number)
        case "standardised":
            rates = [_ratio(each.numerator, each.denominator, values) for each in measure.strata]
            known = tuple(rate for rate in rates if rate is not None)
            return Strata(known, tuple(each.weight for each in measure.strata)) if len(known) == len(rates) else None
        case "composition" | "histogram":
            return _parts(measure, values)
        case "trend":
            series = tuple(_ratio(each.numerator, each.denominator, values) for each in measure.points)
            return Series(series) if any(series) else None
        case "agreement":
            counted = [_people(values.get(name)) for name in measure.parts]
            return None if counted[0] is None or counted[1] is None else TwoSources(counted[0], counted[1])
        case "questionnaire":
            return _answers(measure, values)
        case "scatter":
            across, up = (_pair(among[name], values) for name in (measure.across, measure.up))
            return Cross(across, up) if across and up else None
        case "estimate":
            guess, actual = values.get(measure.guess), _pair(among[measure.actual], values)
            return GuessAndActual(guess / 100, actual) if guess is not None and actual else None


def pooled(found: Sequence[Value]) -> Value | None:
    """The cluster as one large practice: numerators and denominators added up. None for what can't be added."""
    if not found:
        return None
    first = found[0]
    if isinstance(first, Ratio):
        ratios = [each for each in found if isinstance(each, Ratio)]
        return _sum(ratios)
    if isinstance(first, Parts):
        parts = [each for each in found if isinstance(each, Parts)]
        counts = tuple(sum(column) for column in zip_longest(*(each.counts for each in parts), fillvalue=0))
        return Parts(counts, sum(each.rest for each in parts))
    if isinstance(first, Series):
        series = [each.points for each in found if isinstance(each, Series)]
        return Series(tuple(_sum([point for point in column if point]) for column in zip_longest(*series)))
    if isinstance(first, Strata):
        strata = [each.strata for each in found if isinstance(each, Strata)]
        added = [_sum(list(column)) for column in zip(*strata, strict=True)]
        return Strata(tuple(each for each in added if each), first.weights)
    if isinstance(first, TwoSources):
        pairs = [each for each in found if isinstance(each, TwoSources)]
        return TwoSources(sum(each.first for each in pairs), sum(each.second for each in pairs))
    if isinstance(first, Answers):
        sheets = [each.items for each in found if isinstance(each, Answers)]
        items = (zip(*item, strict=True) for item in zip(*sheets, strict=True))
        return Answers(tuple(tuple(sum(column) for column in item) for item in items))
    return None


def apart(value: Value) -> tuple[object, ...]:
    """What of a value the cluster's charts show by itself: each part, time, answer or source."""
    match value:
        case Parts():
            return *value.counts, value.rest
        case Series():
            return value.points
        case Answers():
            return value.items
        case TwoSources():
            return value.first, value.second
        case Cross():
            return value.across, value.up
    return (value,)


def _pair(measure: Measure, values: Values) -> Ratio | None:
    found = _ratio(measure.numerator, measure.denominator, values)
    if found and measure.kind == "median":
        return Ratio(found.numerator, 1, found.denominator)
    return found


def _people(number: float | None) -> int | None:
    """The size of a group: whole already, as `Package.places` lets no decimals into it."""
    return None if number is None else int(number)


def _ratio(numerator: str, denominator: str, values: Values) -> Ratio | None:
    part, whole = values.get(numerator), values.get(denominator)
    return None if part is None or not whole else Ratio(part, whole, whole)


def _parts(measure: Measure, values: Values) -> Parts | None:
    counts = [_people(values.get(name)) for name in measure.parts]
    known = tuple(count for count in counts if count is not None)
    if len(known) < len(counts):
        return None
    whole = _people(values.get(measure.denominator)) if measure.denominator else sum(known)
    return Parts(known, whole - sum(known)) if whole and whole >= sum(known) else None


def _answers(measure: Measure, values: Values) -> Answers | None:
    items = tuple(tuple(_people(values.get(name)) or 0 for name in item.answers) for item in measure.items)
    return Answers(items) if any(any(item) for item in items) else None


def _sum(ratios: Sequence[Ratio]) -> Ratio | None:
    if not ratios:
        return None
    numerator, denominator, base = (
        added(column) for column in zip(*((r.numerator, r.denominator, r.base) for r in ratios), strict=True)
    )
    return Ratio(numerator, denominator, base)
