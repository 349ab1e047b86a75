"""The same measure in two rounds: what changed at a practice and in the cluster, with what chance alone would do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, log, sqrt
from typing import Any, Literal, TypeVar

from measures.charts.comparing import NEVER, Recalls, Values, is_recalled, pair
from measures.charts.words.standing import Position, interval, stand
from measures.decimals import ratio
from measures.disclosure.hiding import MIN_FOR_MEAN, hides, published
from measures.disclosure.privacy import Comparison, Pair, is_dominated, projected
from measures.packages.measure_kinds import MEASURE_KINDS
from measures.packages.package import Measure, Package
from measures.statistics.rates import Estimate, change_ratio, difference_of_proportions, median_change

Id = TypeVar("Id")
FEWEST_FOR_TYPICAL = 5
CERTAIN = 2.5758
"""Standard errors of an interval of 99 %."""
WIDER = CERTAIN / 1.96
YEARLY, YEARLY_PER_CENT = 0.25, 0.40
"""How far practices move in a year on the scale beyond chance, where a package says nothing (docs/measures.md)."""


@dataclass(frozen=True, slots=True)
class Change:
    """Before and after as (numerator, denominator), and the change with its interval.

    `scale` tells which: a difference of shares (0.05 = five percentage points) or a ratio (0.8 = a fifth lower); none
    for what has no interval (doses, minutes).
    """

    before: Pair
    after: Pair
    change: Estimate | None
    scale: Literal["difference", "ratio", "none"]

    @property
    def is_told_apart(self) -> bool:
        """Whether the change is more than chance would make: its interval leaves out "no change"."""
        if self.change is None:
            return False
        nothing = 1.0 if self.scale == "ratio" else 0.0
        return not self.change.low <= nothing <= self.change.high

    @property
    def is_far_from_none(self) -> bool:
        """The same of an interval of 99 %: many changes are looked at in a round, and some look large by chance."""
        if self.change is None:
            return False
        ends = (self.change.value, self.change.low, self.change.high)
        if self.scale == "ratio":
            if not all(0 < each < inf for each in ends):
                return self.is_told_apart
            value, low, high = (log(each) for each in ends)
        else:
            value, low, high = ends
        return not value - (value - low) * WIDER <= 0 <= value + (high - value) * WIDER


@dataclass(frozen=True, slots=True)
class ClusterChange:
    """The cluster before and after, as plain shares. `same` is how many practices both are made from; 0 when the two
    are the means of either round as they were shown then, because fewer answered twice or would be found out.

    `typical` is the middle practice's change in share, with its interval; only from five practices, and only to say
    whether it is told apart from none: the number itself would be one practice's.
    """

    before: float
    after: float
    same: int
    typical: Estimate | None

    @property
    def is_told_apart(self) -> bool | None:
        """Whether the middle practice changed by more than chance would make it; None when nobody can say."""
        return None if self.typical is None else not self.typical.low <= 0 <= self.typical.high


def change_of(measure: Measure, before: Pair, after: Pair) -> Change:
    """A practice's own change. For two independent periods; of a register it is rather too careful (`cautions_of`)."""
    match MEASURE_KINDS[measure.kind].interval:
        case "wilson":
            return Change(before, after, difference_of_proportions(*after, *before), "difference")
        case "poisson":
            return Change(before, after, change_ratio(*before, *after), "ratio")
    return Change(before, after, None, "none")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two rounds: the replies that its charts were made from (oldest first, the present last), who no longer
    wants to be among them, and every set of those who gave twice that was ever shown of it, by measure."""

    releases: Sequence[Mapping[Any, Values]]
    gone: Collection[Any] = ()
    beside: Mapping[str, Sequence[Mapping[Any, Values]]] = field(default_factory=dict)
    since: Sequence[Mapping[Any, Values]] = ()
    """What a later round about the same period was released with."""
    recalls: Recalls = field(default_factory=dict)
    """What was recalled of all these releases."""
    known: Collection[Any] = ()
    """Whose numbers somebody knows already, from a file for all practices: they hide nobody from that reader."""


def is_comparable(measure_id: str, before: Package, after: Package) -> bool:
    """Whether a measure counts the same in both packages: the same fields with the same words, of the same people."""
    sides = [_counted(measure_id, package) for package in (before, after)]
    return sides[0] is not None and sides[0] == sides[1]


def _counted(measure_id: str, package: Package) -> tuple[object, ...] | None:
    """All that decides what a measure's number means; what is said about it may differ."""
    measure = next((each for each in package.measures if each.id == measure_id), None)
    if measure is None:
        return None
    counts = measure.model_dump(include={"kind", "per", "numerator", "denominator", "strata", "definition"})
    used = [package.field(name) for name in measure.fields]
    fields = [each.model_dump(include={"id", "label", "help", "kind"}) for each in used]
    return package.population, counts, fields


def gave_twice(measure: Measure, before: Side, after: Side) -> tuple[dict[Any, Pair], dict[Any, Pair]] | None:
    """The values, before and after, of those who gave both times, where their two means may be shown; else None.

    These means stand beside those of all, and beside every set shown earlier: where any two of them differ by one or
    two practices, everybody could work out what these answered.
    """
    states = [states_of(measure, side.releases, side.recalls) for side in (before, after)]
    if not all(states) or any(is_recalled(measure, side.recalls) for side in (before, after)):
        return None
    both = states[0][-1].keys() & states[1][-1].keys()
    parts = []
    for side, shown in zip((before, after), states, strict=True):
        part = {key: shown[-1][key] for key in both}
        twice = [pairs_of(measure, each) for each in side.beside.get(measure.id, ())]
        others = [*twice, *states_of(measure, [*side.releases, *side.since], side.recalls)]
        if len(both) < MIN_FOR_MEAN or not both.isdisjoint(side.gone) or is_dominated(part.values()):
            return None
        if not all(hides([*shown, *others, part], known=known) for known in ((), side.known)):
            return None
        parts.append(part)
    return parts[0], parts[1]


def stay_hidden(
    measures: Iterable[Measure],
    releases: Sequence[Mapping[Any, Values]],
    beside: Mapping[str, Sequence[Mapping[Any, Values]]],
    recalls: Recalls = NEVER,
) -> bool:
    """Whether charts from these releases hide everybody also beside what was shown of those who gave twice."""
    return all(
        hides([*states_of(measure, releases, recalls), *(pairs_of(measure, each) for each in beside[measure.id])])
        for measure in measures
        if measure.id in beside
    )


def states_of(
    measure: Measure, releases: Iterable[Mapping[Any, Values]], recalls: Recalls = NEVER
) -> list[Mapping[Any, Pair]]:
    """The sets that a measure's charts were made from."""
    return published((pairs_of(measure, each) for each in releases), recalls=recalls.get(measure.id, ()))


def pairs_of(measure: Measure, replies: Mapping[Any, Values]) -> dict[Any, Pair]:
    """The numerators and denominators of those who gave them."""
    return {key: found for key, reply in replies.items() if (found := pair(measure, reply)) is not None}


def cluster_change(
    measure: Measure,
    twice: tuple[Mapping[Id, Pair], Mapping[Id, Pair]] | None,
    shown: tuple[float | None, float | None],
) -> ClusterChange | None:
    """The cluster's change: from those who gave both times where `gave_twice` allows it, else the means of either round
    as their charts showed them, so that nothing new is told. Rounded like every mean."""
    if twice is not None:
        means = [projected(values, per=measure.per).mean for values in twice]
        if means[0] is not None and means[1] is not None:
            return ClusterChange(means[0], means[1], len(twice[0]), _typical(*twice))
    if shown[0] is None or shown[1] is None:
        return None
    return ClusterChange(shown[0], shown[1], 0, None)


def _typical(first: Mapping[Id, Pair], second: Mapping[Id, Pair]) -> Estimate | None:
    if len(first) < FEWEST_FOR_TYPICAL:
        return None
    keys = sorted(first, key=repr)
    shares = ([values[key][0] / values[key][1] for key in keys] for values in (first, second))
    return median_change(next(shares), next(shares))


def moved_beyond_years(measure: Measure, own: Change) -> bool:
    """Whether a practice moved more than chance and the yearly wandering of practices together would make it."""
    kind = MEASURE_KINDS[measure.kind].interval
    if kind not in ("wilson", "poisson"):
        return False
    usual = measure.usual.yearly if measure.usual is not None else None
    yearly = usual or (YEARLY_PER_CENT if measure.per == 100 else YEARLY)
    (first, one), (last, other) = (_on_scale(*each, is_share=kind == "wilson") for each in (own.before, own.after))
    return abs(last - first) > CERTAIN * sqrt(one + other + yearly**2)


def _on_scale(part: float, whole: float, *, is_share: bool) -> tuple[float, float]:
    """A value on the scale of docs/measures.md, and its variance by chance."""
    rest = whole - part + 0.5 if is_share else whole
    return log((part + 0.5) / rest), 1 / (part + 0.5) + (1 / rest if is_share else 0.0)


def was_extreme(measure: Measure, comparison: Comparison, own: Change) -> bool:
    """Whether the practice lay clearly apart the first time and came nearer: such numbers do so by themselves."""
    position = stand(measure, comparison)
    grew = ratio(*own.after) > ratio(*own.before)
    return position is (Position.CLEARLY_BELOW if grew else Position.CLEARLY_ABOVE)


def limits_of(measure: Measure, pair: Pair) -> tuple[float, float] | None:
    """The interval around one of the two values."""
    return interval(measure, pair)
