"""What every chart of a release shows of the cluster as a whole: own charts, late ones and the projector's alike.

The one place that reads the groups kept with a release. Whoever draws takes a `Shared`, and chooses no groups.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from measures.charts.comparing import NEVER, Recalls, Values, hides_beside_its_parts, is_recalled, values_drawn
from measures.disclosure.grouping import GROUPED_KINDS, Grouping, Groupings, admission, choose
from measures.disclosure.hiding import MIN_FOR_MEAN
from measures.disclosure.privacy import is_dominated
from measures.packages.parts import Measure
from measures.packages.values import (
    Answers,
    Cross,
    GuessAndActual,
    Parts,
    Plain,
    Ratio,
    Series,
    Strata,
    TwoSources,
    Value,
    pooled,
)

Id = TypeVar("Id")
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Shared:
    """The cluster as one large practice. `practices` are those it is made from, whether or not it may be shown."""

    value: Value | None
    """None where the cluster may not be shown."""
    groups: Grouping
    """In which groups its parts or answers are known; one of all for what is too small to show."""
    practices: frozenset[Any]
    recalled: bool = False
    """Whether it is not shown because a number in it was wrong."""

    @property
    def is_small(self) -> bool:
        """Whether nothing of it may be told apart: each question has one group of all."""
        return bool(self.groups) and all(len(each) == 1 for each in self.groups)

    def as_kind(self, kind: type[Kind]) -> Kind | None:
        """The value when it is of this kind."""
        return self.value if isinstance(self.value, kind) else None


def shared_of(
    measure: Measure,
    among: Mapping[str, Measure],
    releases: Sequence[Mapping[Id, Values]],
    *,
    gone: Collection[Id] = (),
    kept: Groupings | None = None,
    recalls: Recalls = NEVER,
) -> Shared:
    """What charts show of the cluster after these releases, oldest first, the present last.

    `kept` are the groups that were frozen with the present one. Without them, or where they don't do for everything
    that was drawn, the cluster's parts or answers are not shown at all: nothing is chosen here.
    """
    grouping, recalled = (kept or {}).get(measure.id), is_recalled(measure, recalls)
    states = values_drawn(measure, releases, among, recalls, kept=grouping)
    practices = states[-1] if states else {}
    value = None if recalled else together(practices, gone)
    if isinstance(value, Cross) and not hides_beside_its_parts(measure, releases, among, recalls):
        value = None
    admits = admission(measure, among, kept=grouping)
    if admits is not None and (grouping is None or not states or not admits(states)):
        value = None
    return Shared(value, grouping or (), frozenset(practices), recalled)


def groupings_of(
    measures: Collection[Measure],
    releases: Sequence[Mapping[Id, Values]],
    kept: Groupings,
) -> dict[str, Grouping]:
    """The groups to freeze with the last of these releases; `kept` are those of the release before it.

    What was chosen once stays. A measure that was drawn before without kept groups gets none any more: nobody knows
    what its charts told then.
    """
    among, found = {each.id: each for each in measures}, dict(kept)
    for measure in measures:
        if measure.kind not in GROUPED_KINDS or measure.id in kept or values_drawn(measure, releases[:-1], among):
            continue
        if states := values_drawn(measure, releases, among):
            found[measure.id] = choose(measure, states[-1], among)
    return found


def together(shared: Mapping[Id, Value], gone: Collection[Id] = ()) -> Value | None:
    """The cluster as one large practice, under the rules of its mean: three practices, nobody who left, no giant.

    A time or a question that one of them left out is left out here: the others' sum would be of fewer than it seems,
    and its change from one release to the next that of one practice.
    """
    if len(shared) < MIN_FOR_MEAN or not shared.keys().isdisjoint(gone):
        return None
    values = list(shared.values())
    if is_dominated((0, size_of(value)) for value in values):
        return None
    crosses = [value for value in values if isinstance(value, Cross)]
    if crosses:
        across, up = pooled([each.across for each in crosses]), pooled([each.up for each in crosses])
        return Cross(across, up) if isinstance(across, Ratio) and isinstance(up, Ratio) else None
    return _complete(pooled(values), values)


def _complete(cluster: Value | None, values: Sequence[Value]) -> Value | None:
    if isinstance(cluster, Series):
        series = [each.points for each in values if isinstance(each, Series)]
        full = [all(points[place] is not None for points in series) for place in range(len(cluster.points))]
        kept = tuple(point if whole else None for point, whole in zip(cluster.points, full, strict=True))
        return Series(kept) if any(kept) else None
    if isinstance(cluster, Answers):
        sheets = [each.items for each in values if isinstance(each, Answers)]
        full = [all(any(items[place]) for items in sheets) for place in range(len(cluster.items))]
        nobody = tuple(item if whole else (0,) * len(item) for item, whole in zip(cluster.items, full, strict=True))
        return Answers(nobody) if any(full) else None
    return cluster


def size_of(value: Value) -> float:
    """How much of the cluster a practice's value is: its patients, events or answers."""
    match value:
        case Ratio():
            return value.denominator
        case Parts():
            return value.whole
        case Series():
            return sum(point.denominator for point in value.points if point is not None)
        case Strata():
            return sum(each.denominator for each in value.strata)
        case Cross():
            return min(value.across.denominator, value.up.denominator)
        case TwoSources():
            return max(value.first, value.second)
        case Answers():
            return sum(sum(item) for item in value.items)
        case Plain() | GuessAndActual():
            return 1
