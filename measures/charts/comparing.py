"""From the practices' stored values to what one practice may see of one measure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from measures.charts.known import Around
from measures.disclosure.grouping import Grouping, Groupings, admission
from measures.disclosure.hiding import Recalled, hides, is_called_back, published
from measures.disclosure.openness import Known, marks
from measures.disclosure.privacy import Comparison, DisclosureRules, Pair, comparison
from measures.packages.measure_kinds import MEASURE_KINDS, ChartForm
from measures.packages.package import Measure
from measures.packages.values import Cross, Plain, Ratio, Strata, Value, apart, value_of

Id = TypeVar("Id")
Values = Mapping[str, float | None]
Recalls = Mapping[str, Sequence[Recalled]]
"""By measure: the comparisons about a period that were recalled."""
NEVER: Recalls = {}
MILLION = 1_000_000


def pair(measure: Measure, values: Values) -> Pair | None:
    """A measure's one number as a fraction; None when a number is missing, there is nobody, or it isn't one number.

    Proportions, rates, amounts and means as they are; a count and a median over 1; a standardised rate in millionths.
    """
    if MEASURE_KINDS[measure.kind].form is not ChartForm.DOTS:
        return None
    found = value_of(measure, values)
    if isinstance(found, Ratio):
        return found.numerator, found.denominator
    if isinstance(found, Plain):
        return found.value, 1
    return (round(found.share * MILLION), MILLION) if isinstance(found, Strata) else None


def compare(
    measure: Measure,
    own_id: Id,
    values: Mapping[Id, Values],
    rules: DisclosureRules,
    *,
    own: Values | None = None,
    before: Sequence[Mapping[Id, Values]] = (),
    gone: Collection[Id] = (),
    recalls: Recalls = NEVER,
) -> Comparison:
    """The view of one practice on one measure: `values` are the released replies by practice, `own` its present one.

    `before` are the replies of earlier releases about the same period, oldest first: what colleagues saw then decides
    what of `values` may be taken in now (`measures.disclosure.hiding`). `gone` are practices that no longer want to be
    used; `recalls` what was recalled of them all.
    """
    mine = pair(measure, own) if own is not None else None
    there, recalled = frozen(measure, [*before, values], recalls), is_recalled(measure, recalls)
    return comparison(own_id, there, rules, per=measure.per, own=mine, gone=gone, recalled=recalled)


def surroundings(
    measure: Measure,
    own_id: Id,
    values: Mapping[Id, Values],
    rules: DisclosureRules,
    known: Known,
    *,
    own: Values | None = None,
    before: Sequence[Mapping[Id, Values]] = (),
    gone: Collection[Id] = (),
    recalls: Recalls = NEVER,
) -> Around:
    """The others as one practice may know them; arguments as `compare`'s."""
    mine = pair(measure, own) if own is not None else None
    there = frozen(measure, [*before, values], recalls)
    seen = marks(
        own_id,
        there,
        rules,
        per=measure.per,
        own=mine,
        letters=known.letters,
        named=known.named,
        gone=gone,
        recalled=is_recalled(measure, recalls),
    )
    return Around(rules.openness, seen, known, known.letters.get(own_id, ""), own_id in known.named)


def is_recalled(measure: Measure, recalls: Recalls) -> bool:
    """Whether nothing of the others may be shown of a measure now, because a number among theirs was wrong."""
    return is_called_back(recalls.get(measure.id, ()))


def frozen(measure: Measure, releases: Iterable[Mapping[Id, Values]], recalls: Recalls = NEVER) -> Mapping[Id, Pair]:
    """The numerators and denominators that a measure is drawn from after these releases, by practice."""
    states = drawn_from(measure, releases, recalls)
    return states[-1] if states else {}


def drawn_from(
    measure: Measure, releases: Iterable[Mapping[Id, Values]], recalls: Recalls = NEVER
) -> list[Mapping[Id, Pair]]:
    """Every set that a measure was drawn from, the present one last; nothing for measures that are not one number."""
    return published(
        (
            {key: found for key, reply in release.items() if (found := pair(measure, reply)) is not None}
            for release in releases
        ),
        recalls=recalls.get(measure.id, ()),
    )


def renews(
    measures: Collection[Measure],
    releases: Sequence[Mapping[Id, Values]],
    now: Mapping[Id, Values],
    recalls: Recalls = NEVER,
    *,
    kept: Groupings | None = None,
) -> bool:
    """Whether any measure would be drawn again if the replies `now` were released after `releases`."""
    among, groups = {each.id: each for each in measures}, kept or {}
    return any(
        values_drawn(each, [*releases, now], among, recalls, kept=groups.get(each.id))[-1:]
        != values_drawn(each, releases, among, recalls, kept=groups.get(each.id))[-1:]
        for each in measures
    )


def hides_beside_known(
    measures: Collection[Measure],
    releases: Sequence[Mapping[Id, Values]],
    now: Mapping[Id, Values],
    known: Collection[Id],
    recalls: Recalls = NEVER,
) -> bool:
    """Whether replies `now`, released after `releases`, give nobody away to a viewer who knows some practices' numbers.

    What is known hides nobody, so of the others there are none or at least three together
    (`measures.disclosure.hiding.hides`).
    """
    among = {each.id: each for each in measures}
    return all(hides(values_drawn(each, [*releases, now], among, recalls), known=known) for each in measures)


def values_drawn(
    measure: Measure,
    releases: Iterable[Mapping[Id, Values]],
    among: Mapping[str, Measure],
    recalls: Recalls = NEVER,
    *,
    kept: Grouping | None = None,
) -> list[Mapping[Id, Value]]:
    """Every set that a measure of any kind was drawn from, the present one last; `among` as `value_of`'s.

    `kept` are the groups in which its parts or answers are shown, where they were chosen already.
    """
    return published(
        (
            {key: found for key, reply in release.items() if (found := value_of(measure, reply, among)) is not None}
            for release in releases
        ),
        apart=apart,
        admits=admission(measure, among, kept),
        recalls=recalls.get(measure.id, ()),
    )


def hides_beside_its_parts(
    measure: Measure,
    releases: Sequence[Mapping[Id, Values]],
    among: Mapping[str, Measure],
    recalls: Recalls = NEVER,
) -> bool:
    """Whether two measures against each other may stand beside the charts of either.

    They are of those who have both: one practice without the second would be the difference between two means.
    """
    states = values_drawn(measure, releases, among, recalls)
    for place, name in enumerate((measure.across, measure.up)):
        halves = (
            {key: (each.across, each.up)[place] for key, each in state.items() if isinstance(each, Cross)}
            for state in states
        )
        shown = [{key: (half.numerator, half.denominator) for key, half in each.items()} for each in halves]
        if not hides([*drawn_from(among[name], releases, recalls), *shown]):
            return False
    return True
