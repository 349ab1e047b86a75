"""A practice's chart of a measure of any kind, from the frozen replies of a release: one way in for all forms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, TypeVar

from measures.chart import About, Chart, compose
from measures.chart_answers import compose_answers
from measures.chart_cross import compose_cross
from measures.chart_pairs import compose_agreement, compose_estimate
from measures.chart_parts import compose_parts
from measures.chart_series import compose_series
from measures.feedback import Values, compare, hides_beside_its_parts, surroundings, values_drawn
from measures.hiding import MIN_FOR_MEAN
from measures.kinds import KINDS, Form
from measures.kinds_values import (
    Agreement,
    Answers,
    Cross,
    Estimate,
    Parts,
    Plain,
    Ratio,
    Series,
    Strata,
    Value,
    pooled,
    value_of,
)
from measures.openness import NOBODY, Known
from measures.package import Measure, Package
from measures.privacy import Openness, Rules, is_dominated
from measures.suppression import of_answers, of_parts
from measures.texts import Texts

Id = TypeVar("Id")


def chart_of(
    measure: Measure,
    package: Package,
    own_id: Id,
    replies: Mapping[Id, Values],
    rules: Rules,
    about: About,
    t: Texts,
    *,
    own: Values | None = None,
    before: Sequence[Mapping[Id, Values]] = (),
    gone: Collection[Id] = (),
    known: Known = NOBODY,
) -> Chart | None:
    """The chart of one practice; None when it gave no numbers for this measure. Arguments as `measures.feedback`'s."""
    among = {each.id: each for each in package.measures}
    mine = own if own is not None else replies.get(own_id)
    value = value_of(measure, mine, among) if mine is not None else None
    if value is None:
        return None
    if KINDS[measure.kind].form in {Form.DOTS, Form.BARS}:
        seen = compare(measure, own_id, replies, rules, own=mine, before=before, gone=gone)
        form: Literal["bars", "dots"] = "bars" if KINDS[measure.kind].form is Form.BARS else "dots"
        around = (
            surroundings(measure, own_id, replies, rules, known, own=mine, before=before, gone=gone)
            if rules.openness is not Openness.CLOSED
            else None
        )
        return compose(measure, package, seen, about.period, about.submitted, t, about.practice, form, value, around)
    releases = [*before, replies]
    states = values_drawn(measure, releases, among)
    shared = states[-1] if states else {}
    cluster = together(shared, gone)
    if isinstance(value, Cross) and not hides_beside_its_parts(measure, releases, among):
        cluster = None
    count = len(shared.keys() | {own_id})
    match value:
        case Parts():
            parts = [{key: each for key, each in state.items() if isinstance(each, Parts)} for state in states]
            groups = of_parts(parts, [own_id], ordered=measure.kind == "histogram")
            return compose_parts(measure, package, value, _as(cluster, Parts), count, about, t, groups)
        case Series():
            return compose_series(measure, package, value, _as(cluster, Series), count, about, t)
        case Agreement():
            return compose_agreement(measure, package, value, _as(cluster, Agreement), count, about, t)
        case Cross():
            return compose_cross(measure, package, value, _as(cluster, Cross), count, about, t)
        case Answers():
            answers = [{key: each for key, each in state.items() if isinstance(each, Answers)} for state in states]
            known_as = of_answers(answers, [own_id])
            return compose_answers(measure, package, value, _as(cluster, Answers), count, about, t, known_as)
        case Estimate():
            return compose_estimate(measure, package, value, about, t)
    return None


Kind = TypeVar("Kind")


def _as(value: Value | None, kind: type[Kind]) -> Kind | None:
    return value if isinstance(value, kind) else None


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


def size_of(value: Value) -> int:
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
        case Agreement():
            return max(value.first, value.second)
        case Answers():
            return sum(sum(item) for item in value.items)
        case Plain() | Estimate():
            return 1
