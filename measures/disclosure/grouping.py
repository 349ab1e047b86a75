"""Which groups of parts or answers a cluster's charts show: chosen when a release is frozen, and kept with it.

Whoever draws reads what was kept, by `measures.charts.shared`. What was frozen without groups shows nothing of the
cluster.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from measures.disclosure.hiding import Admits
from measures.disclosure.suppression import Groups, Row, in_one, in_order, is_safe
from measures.packages.parts import Measure
from measures.packages.values import Answers, Parts, Value

Grouping = tuple[Groups, ...]
"""Groups for each question of a measure; bands and parts are one question."""
Groupings = Mapping[str, Grouping]
"""By measure."""
GROUPED_KINDS = frozenset({"composition", "histogram", "questionnaire"})


def choose(measure: Measure, state: Mapping[Any, Value], among: Mapping[str, Measure]) -> Grouping:
    """The groups to show, when `state` is the first set of values that a measure is drawn from.

    What another measure of the package tells by itself is in no group with others: it would come out of it.
    """
    told = _told(other for other in among.values() if other.id != measure.id)
    in_groups = in_one if measure.kind == "composition" else in_order
    return tuple(
        in_groups(rows, [place for place, name in enumerate(names) if name in told])
        for names, rows in zip(_names(measure), _questions(measure, state), strict=True)
    )


def admission(measure: Measure, among: Mapping[str, Measure], kept: Grouping | None = None) -> Admits | None:
    """What decides whether a measure may be drawn again: the groups of the first charts must do for all of them.

    `kept` are these groups; they are chosen again where nothing was kept. None for kinds without groups.
    """
    if measure.kind not in GROUPED_KINDS:
        return None

    def admits(states: Sequence[Mapping[Any, Value]]) -> bool:
        grouping = kept or choose(measure, states[0], among)
        tables = zip(*(_questions(measure, state) for state in states), strict=True)
        return fits(grouping, measure) and all(map(is_safe, grouping, tables))

    return admits


def fits(grouping: Grouping, measure: Measure) -> bool:
    """Whether these are groups of just the parts or answers that the measure has: packages may be adapted."""
    places = [[*range(len(names))] for names in _names(measure)]
    return [sorted(place for group in groups for place in group) for groups in grouping] == places


def as_kept(groupings: Groupings) -> dict[str, Any]:
    """As it is stored: lists by measure."""
    return {name: [[list(group) for group in groups] for groups in each] for name, each in groupings.items()}


def from_kept(stored: Mapping[str, Any] | None) -> dict[str, Grouping]:
    """Back from the store; nothing where nothing was kept."""
    return {
        name: tuple(tuple(tuple(group) for group in groups) for groups in each) for name, each in (stored or {}).items()
    }


def _names(measure: Measure) -> list[tuple[str, ...]]:
    """The fields behind each place of each question; none behind the rest of a whole."""
    if measure.kind == "questionnaire":
        return [item.answers for item in measure.items]
    return [(*measure.parts, "") if measure.denominator else measure.parts]


def _questions(measure: Measure, state: Mapping[Any, Value]) -> list[dict[Any, Row]]:
    """The rows of each question, by practice."""
    return [
        {key: row for key, value in state.items() if (row := _row(measure, value, number)) is not None}
        for number in range(len(_names(measure)))
    ]


def _row(measure: Measure, value: Value, number: int) -> Row | None:
    match value:
        case Parts():
            return (*value.counts, value.rest) if measure.denominator else value.counts
        case Answers():
            return value.items[number]
    return None


def _told(others: Iterable[Measure]) -> Collection[str]:
    """The fields whose sum over the cluster other measures tell, by their means or parts."""
    return {name for other in others for name in _shown(other) if name}


def _shown(measure: Measure) -> Iterable[str]:
    yield measure.numerator
    yield from measure.parts
    yield from (point.numerator for point in measure.points)
    yield from (stratum.numerator for stratum in measure.strata)
    for item in measure.items:
        yield from item.answers
