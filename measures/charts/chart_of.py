"""A practice's chart of a measure of any kind, from the frozen replies of a release: one way in for all forms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from measures.charts.answers import compose_answers
from measures.charts.chart import About, Chart, compose
from measures.charts.comparing import NEVER, Recalls, Values, compare, is_recalled, pair, surroundings
from measures.charts.courses.series import compose_series
from measures.charts.cross import compose_cross
from measures.charts.pairs import compose_agreement, compose_estimate
from measures.charts.parts import compose_parts
from measures.charts.shared import shared_of
from measures.charts.words.finding import recalled_words
from measures.charts.words.standing import LastTime
from measures.disclosure.grouping import Groupings
from measures.disclosure.openness import NOBODY, Known
from measures.disclosure.privacy import DisclosureRules, Openness
from measures.packages.measure_kinds import MEASURE_KINDS, ChartForm
from measures.packages.package import Measure, Package
from measures.packages.values import Answers, Cross, GuessAndActual, Parts, Series, TwoSources, value_of
from measures.texts import Texts

Id = TypeVar("Id")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A practice's own numbers of the round before, and the measures that count the same in both."""

    values: Values
    comparable: Collection[str]
    shares_months: bool


def before_of(measure: Measure, earlier: Earlier | None) -> LastTime | None:
    """What the practice gave of a measure the time before; None when it gave nothing."""
    given = pair(measure, earlier.values) if earlier is not None else None
    if earlier is None or given is None:
        return None
    return LastTime(given if measure.id in earlier.comparable else None, earlier.shares_months)


def chart_of(
    measure: Measure,
    package: Package,
    own_id: Id,
    replies: Mapping[Id, Values],
    rules: DisclosureRules,
    about: About,
    t: Texts,
    *,
    own: Values | None = None,
    before: Sequence[Mapping[Id, Values]] = (),
    gone: Collection[Id] = (),
    known: Known = NOBODY,
    recalls: Recalls = NEVER,
    kept: Groupings | None = None,
    earlier: Earlier | None = None,
) -> Chart | None:
    """The chart of one practice; None when it gave no numbers for this measure. Arguments as
    `measures.charts.comparing`'s; `kept` are the groups that were frozen with the release;
    `earlier` what the practice gave the time before."""
    among = {each.id: each for each in package.measures}
    mine = own if own is not None else replies.get(own_id)
    value = value_of(measure, mine, among) if mine is not None else None
    if value is None:
        return None
    if MEASURE_KINDS[measure.kind].form is ChartForm.DOTS:
        seen = compare(measure, own_id, replies, rules, own=mine, before=before, gone=gone, recalls=recalls)
        around = (
            surroundings(measure, own_id, replies, rules, known, own=mine, before=before, gone=gone, recalls=recalls)
            if rules.openness is not Openness.CLOSED
            else None
        )
        return compose(
            measure,
            package,
            seen,
            about.period,
            about.submitted,
            t,
            about.practice,
            value,
            around,
            before_of(measure, earlier),
        )
    shared = shared_of(measure, among, [*before, replies], gone=gone, kept=kept, recalls=recalls)
    count = len(shared.practices | {own_id})
    chart: Chart | None = None
    match value:
        case Parts():
            chart = compose_parts(measure, package, value, shared, count, about, t)
        case Series():
            chart = compose_series(measure, package, value, shared.as_kind(Series), count, about, t)
        case TwoSources():
            chart = compose_agreement(measure, package, value, shared, count, about, t)
        case Cross():
            chart = compose_cross(measure, package, value, shared.as_kind(Cross), count, about, t)
        case Answers():
            chart = compose_answers(measure, package, value, shared, count, about, t)
        case GuessAndActual():
            chart = compose_estimate(measure, package, value, about, t)
    if chart is None or not is_recalled(measure, recalls):
        return chart
    why = recalled_words(t)
    finding = replace(chart.finding, detail=f"{chart.finding.detail} {why}")
    return replace(chart, finding=finding, alt_text=f"{chart.alt_text} {why}")
