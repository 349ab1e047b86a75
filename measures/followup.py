"""The same measure in two rounds: what changed at a practice and in the cluster, with what chance alone would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from measures.finding import Position, interval, stand
from measures.hiding import MIN_FOR_MEAN, hides
from measures.kinds import KINDS
from measures.package import Measure
from measures.privacy import Comparison, Pair, is_dominated
from measures.rates import Estimate, change_ratio, difference_of_proportions, median_change, pooled

Id = TypeVar("Id")
FEWEST_FOR_TYPICAL = 5


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


@dataclass(frozen=True, slots=True)
class ClusterChange:
    """The cluster before and after, as plain shares. `same` is how many practices both are made from; 0 when the two
    are the means of either round as they were shown then, because fewer answered twice or would be found out.

    `typical` is the middle practice's change in share, with its interval; only from five practices.
    """

    before: float
    after: float
    same: int
    typical: Estimate | None


def change_of(measure: Measure, before: Pair, after: Pair) -> Change:
    """A practice's own change. For two independent periods; of a register it is rather too careful (`cautions_of`)."""
    match KINDS[measure.kind].interval:
        case "wilson":
            return Change(before, after, difference_of_proportions(*after, *before), "difference")
        case "poisson":
            return Change(before, after, change_ratio(*before, *after), "ratio")
    return Change(before, after, None, "none")


def cluster_change(
    before: Mapping[Id, Pair], after: Mapping[Id, Pair], shown: tuple[float | None, float | None]
) -> ClusterChange | None:
    """The cluster's change, from those who answered both times where that gives nobody away.

    `before` and `after` are the frozen values of the two rounds, `shown` the means their charts showed. The means of
    those who answered twice stand beside the means of all: where the difference is one or two practices, everybody
    could work out what these answered. Then the shown means are used, and nothing new is told.
    """
    both = before.keys() & after.keys()
    first, second = ({key: values[key] for key in both} for values in (before, after))
    safe = len(both) >= MIN_FOR_MEAN and not is_dominated(first.values()) and not is_dominated(second.values())
    if safe and hides([before, first]) and hides([after, second]):
        means = pooled(first.values()), pooled(second.values())
        if means[0] is not None and means[1] is not None:
            return ClusterChange(means[0], means[1], len(both), _typical(first, second))
    if shown[0] is None or shown[1] is None:
        return None
    return ClusterChange(shown[0], shown[1], 0, None)


def _typical(first: Mapping[Id, Pair], second: Mapping[Id, Pair]) -> Estimate | None:
    if len(first) < FEWEST_FOR_TYPICAL:
        return None
    keys = sorted(first, key=repr)
    shares = ([values[key][0] / values[key][1] for key in keys] for values in (first, second))
    return median_change(next(shares), next(shares))


def was_extreme(measure: Measure, comparison: Comparison) -> bool:
    """Whether the practice lay clearly apart the first time: then it moves towards the middle by itself."""
    return stand(measure, comparison) in {Position.CLEARLY_ABOVE, Position.CLEARLY_BELOW}


def limits_of(measure: Measure, pair: Pair) -> tuple[float, float] | None:
    """The interval around one of the two values."""
    return interval(measure, pair)
