"""When a comparison that has been sent is recalled, and when it may be drawn again without the practice that erred.

A corrected number is never drawn alone: two pictures of the same practices would differ by it, and give it away. Drawn
without the practice, they differ by the wrong number only, and the others are in both with what they had. So that is
done where the wrong number says nothing of the right one, and where that practice agrees.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from measures.charts.comparing import NEVER, Recalls, Values, drawn_from, pair, values_drawn
from measures.charts.shared import together
from measures.charts.words.standing import stand
from measures.decimals import added, ratio
from measures.disclosure.hiding import MIN_FOR_MEAN, hides
from measures.disclosure.privacy import (
    Comparison,
    DisclosureRules,
    Openness,
    Pair,
    contributing,
    is_dominated,
    projected,
)
from measures.packages.measure_kinds import MEASURE_KINDS, ChartForm
from measures.packages.package import Measure
from measures.packages.values import Answers, Cross, Parts, Series, TwoSources, Value, value_of

MOVED = Fraction(1, 20)
"""A pooled number that is wrong by more than this is no comparison."""
VERDICTS = Fraction(1, 4)
"""Nor one that tells that many of the others something else."""
PLAINLY = 2
"""Times (or that part) by which the old number must differ from the new one to say nothing of it."""

Id = TypeVar("Id")
Drawn = TypeVar("Drawn")


def linked(measure: Measure, measures: Collection[Measure]) -> list[str]:
    """The measures that tell the same counts as this one, itself among them: recalled together."""
    among = {each.id: each for each in measures}
    told = _told(measure, among)
    return [each.id for each in measures if each.id == measure.id or not told.isdisjoint(_told(each, among))]


def _told(measure: Measure, among: Mapping[str, Measure]) -> frozenset[str]:
    """The fields whose sum over the cluster is told, divided by something or by themselves."""
    fields = {measure.numerator, *measure.parts}
    fields |= {each.numerator for each in measure.points} | {each.numerator for each in measure.strata}
    fields |= {answer for item in measure.items for answer in item.answers}
    told = frozenset(fields - {""})
    return told.union(*(_told(among[name], among) for name in (measure.across, measure.up) if name))


def is_gross(
    measure: Measure,
    releases: Sequence[Mapping[Id, Values]],
    practice: Id,
    now: Values,
    among: Mapping[str, Measure],
    recalls: Recalls = NEVER,
    *,
    without: Collection[Id] = (),
    verdicts: bool = True,
) -> bool:
    """Whether a practice's numbers ``now`` make what was drawn from `releases` (``without`` some) plainly wrong.

    So they do when the cluster's number moves by more than a twentieth of itself (a part or an answer by more than five
    per cent of the whole), or when a quarter of the others would be told something else about theirs.
    When a verdict turns says where one colleague's number lies, so `verdicts` count only while that can't be tried out.
    """
    if MEASURE_KINDS[measure.kind].form is ChartForm.DOTS:
        states = drawn_from(measure, releases, recalls)
        there = contributing(_except(states[-1], without)) if states else {}
        found = pair(measure, now)
        if practice not in there or there[practice] == found or not _is_shown(there):
            return False
        rest = {key: each for key, each in there.items() if key != practice}
        after = contributing(rest | {practice: found}) if found is not None else rest
        if _moved([_share(there)], [_share(after)]):
            return True
        return verdicts and _changes_verdicts(measure, there, after, rest)
    drawn = values_drawn(measure, releases, among, recalls)
    shared = _except(drawn[-1], without) if drawn else {}
    corrected = value_of(measure, now, among)
    before = together(shared)
    if practice not in shared or shared[practice] == corrected or before is None:
        return False
    rest_of = {key: each for key, each in shared.items() if key != practice}
    then = together(rest_of | {practice: corrected} if corrected is not None else rest_of)
    if then is None:
        return True
    if isinstance(before, Parts | Answers):
        return any(abs(one - two) > MOVED for one, two in zip(_told_of(before), _told_of(then), strict=True))
    return _moved(_told_of(before), _told_of(then))


def erring(
    measure: Measure,
    releases: Sequence[Mapping[Id, Values]],
    now: Mapping[Id, Values],
    among: Mapping[str, Measure],
    recalls: Recalls = NEVER,
    *,
    already: Collection[Id] = (),
    again: Collection[Id] = (),
) -> frozenset[Id]:
    """All whose numbers ``now`` make what was drawn from `releases` plainly wrong, with those who erred ``already``.

    Looked at again without them, until nobody is left: a large error hides a smaller one in the same sum. Who corrects
    ``again`` has tried once, and is looked at for the cluster's number only.
    """
    erred = frozenset(already)
    while found := {
        key
        for key in now.keys() - erred
        if is_gross(measure, releases, key, now[key], among, recalls, without=erred, verdicts=key not in again)
    }:
        erred |= found
    return erred


def _except(state: Mapping[Id, Drawn], without: Collection[Id]) -> dict[Id, Drawn]:
    return {key: each for key, each in state.items() if key not in without}


def _is_shown(there: Mapping[Id, Pair]) -> bool:
    return len(there) >= MIN_FOR_MEAN and not is_dominated(there.values())


def _moved(before: Sequence[Fraction], after: Sequence[Fraction]) -> bool:
    return len(before) != len(after) or any(
        abs(two - one) > MOVED * one for one, two in zip(before, after, strict=True)
    )


def _changes_verdicts(
    measure: Measure, before: Mapping[Id, Pair], after: Mapping[Id, Pair], others: Mapping[Id, Pair]
) -> bool:
    first, second = (projected(each, per=measure.per).mean for each in (before, after))
    changed = sum(
        stand(measure, Comparison(own, first, None, 0, measure.per))
        is not stand(measure, Comparison(own, second, None, 0, measure.per))
        for own in others.values()
    )
    return Fraction(changed, max(1, len(others))) >= VERDICTS


def _told_of(value: Value) -> list[Fraction]:
    """What a cluster's chart tells, as exact numbers."""
    match value:
        case Parts():
            return [Fraction(count, value.whole) for count in (*value.counts, value.rest)]
        case Answers():
            return [Fraction(count, max(1, sum(item))) for item in value.items for count in item]
        case Series():
            return [ratio(each.numerator, each.denominator) for each in value.points if each is not None]
        case Cross():
            return [ratio(each.numerator, each.denominator) for each in (value.across, value.up)]
        case TwoSources():
            return [Fraction(value.first), Fraction(value.second)]
    return []


def _share(pairs: Mapping[Id, Pair]) -> Fraction:
    whole = added(pair[1] for pair in pairs.values())
    return ratio(added(pair[0] for pair in pairs.values()), whole) if whole else Fraction(0)


def is_plainly_wrong(old: Pair, new: Pair) -> bool:
    """Whether an old number is so far from the new one that it says nothing of it."""
    if old[1] <= 0 or new[1] <= 0 or old == new:
        return False
    before, after = ratio(*old), ratio(*new)
    return after >= PLAINLY * before or PLAINLY * after <= before


def may_leave_out(
    measure: Measure,
    releases: Sequence[Mapping[Id, Values]],
    erred: Mapping[Id, Values],
    rules: DisclosureRules,
    *,
    recalls: Recalls = NEVER,
    beside: Iterable[Mapping[Id, Values]] = (),
    known: Collection[Id] = (),
    gone: Collection[Id] = (),
) -> bool:
    """Whether a comparison that was recalled may be drawn again without those who erred, if they agree.

    `erred` are their numbers now. The others are drawn as they were: whatever of theirs is new stays out. `beside` are
    the numbers behind other pictures of the period, `known` practices whose numbers somebody has from a file.
    """
    states = drawn_from(measure, releases, recalls)
    if rules.openness is not Openness.CLOSED or not states or not erred or not erred.keys() <= states[-1].keys():
        return False
    for key, numbers in erred.items():
        new = pair(measure, numbers)
        if new is None or not is_plainly_wrong(states[-1][key], new):
            return False
    held = [{key: each for key, each in state.items() if key not in erred} for state in states]
    rest = contributing(held[-1])
    if len(rest) < rules.contributors_needed or is_dominated(rest.values()) or not rest.keys().isdisjoint(gone):
        return False
    shown = [
        {key: found for key, numbers in each.items() if (found := pair(measure, numbers)) is not None}
        for each in beside
    ]
    return hides([*held, *shown]) and hides([*held, *shown], known=known)
