"""What two rounds show together: a practice before and after, and the cluster from those who gave numbers both times.

Whose numbers the cluster's change was made from is remembered with the release. Nothing is released later, of either
round, that would tell somebody apart beside it: `stays_hidden` is asked before every release.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cluster.disclosure import senders, sights
from cluster.disclosure.sights import Numbers, Past, Sight
from cluster.packages.lookup import package_of
from cluster.rounds import agreements, followups, standing
from measures.charts.chart_of import Earlier
from measures.charts.comparing import Recalls
from measures.charts.followup import Side, gave_twice, is_comparable, pairs_of, states_of, stay_hidden
from measures.disclosure.hiding import is_called_back
from measures.disclosure.privacy import Openness, Pair
from measures.packages.package import Measure, Package
from storage.models import Agreement, Naming, Release, Round, Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Source

UNNAMED = {Openness.CLOSED, Openness.LETTERS}
"""Where colleagues show themselves by name, a part of the cluster says more: the change is then that of all or none."""
Sets = dict[str, list[Mapping[int, Numbers]]]
"""By measure: the numbers, by practice, of those who gave both times."""


@dataclass(frozen=True)
class ChangeSight:
    """What a practice's before–after is made from. ``now`` and ``then`` are what it sees of the two rounds."""

    now: Sight
    then: Sight
    twice: Mapping[str, tuple[Mapping[int, Numbers], Mapping[int, Numbers]]]
    """By measure: the numbers before and after of those whose change together may be shown."""
    agreement: Agreement | None


async def find_change(state: Reading, release_id: int, practice_id: int) -> ChangeSight | None:
    """A practice's before–after; None when it did not give numbers both times."""
    now = await sights.find_sight(state, release_id, practice_id)
    before = await followups.previous(state, now.round) if now is not None else None
    shown = await sights.newest(state, before.id) if before is not None else None
    then = await sights.find_sight(state, shown.id, practice_id) if shown is not None else None
    release = await state.session.get(Release, release_id)
    if now is None or then is None or release is None:
        return None
    return ChangeSight(
        now=now,
        then=then,
        twice=await _twice_of(state, release, now.gone | then.gone, (now.recalls, then.recalls)),
        agreement=await agreements.of_round(state, then.round.id),
    )


async def given_before(state: Reading, round_: Round, practice_id: int) -> Earlier | None:
    """A practice's own numbers of the round before; None when it gave none."""
    before = await followups.previous(state, round_)
    own = await standing.accepted(state, before.id, practice_id) if before is not None else None
    if before is None or own is None or own.source == Source.NONE:
        return None
    same = frozenset(each.id for each in comparable(before, round_)[0])
    return Earlier(own.numbers, same, shares_months=round_.period_start <= before.period_end)


@dataclass(frozen=True)
class ProjectorChange:
    """What the projector may show of the round before: its charts' replies, and whose change together."""

    before: Round
    replies: tuple[Mapping[int, Numbers], ...]
    gone: frozenset[int]
    twice: Mapping[str, tuple[Mapping[int, Numbers], Mapping[int, Numbers]]]
    agreement: Agreement | None
    recalls: Recalls
    """What was recalled of the round before."""


async def projector_change(
    state: Reading, release: Release, round_: Round, gone: frozenset[int], recalls: Recalls
) -> ProjectorChange | None:
    """The cluster's before–after for the projector; None when nothing was measured before."""
    before = await followups.previous(state, round_)
    shown = await sights.newest(state, before.id) if before is not None else None
    if before is None or shown is None:
        return None
    past = await sights.past_releases(state, before, shown.id)
    left, called_back = await sights.gone_from(state, before, past), await sights.recalls_of(state, before, past)
    return ProjectorChange(
        before=before,
        replies=tuple(each.numbers for each in past),
        gone=left,
        twice=await _twice_of(state, release, gone | left, (recalls, called_back)),
        agreement=await agreements.of_round(state, before.id),
        recalls=called_back,
    )


async def _twice_of(
    state: Reading, release: Release, gone: frozenset[int], recalls: Sequence[Recalls]
) -> dict[str, tuple[Mapping[int, Numbers], Mapping[int, Numbers]]]:
    """The remembered sets of a release; one from which somebody has left or been erased, or with a number that was
    wrong, is shown no more."""
    found: dict[str, tuple[Mapping[int, Numbers], Mapping[int, Numbers]]] = {}
    for measure_id, sides in (release.twice or {}).items():
        first, second = [await _numbers(state, sides[name]) for name in ("before", "after")]
        called_back = [each for known in recalls for each in known.get(measure_id, ())]
        is_wrong = is_called_back(called_back) or any(not each.without.isdisjoint(first) for each in called_back)
        if len(first) == len(second) == len(sides["before"]) and gone.isdisjoint(first) and not is_wrong:
            found[measure_id] = (first, second)
    return found


async def _numbers(state: Reading, submission_ids: Sequence[int]) -> dict[int, Numbers]:
    rows = select(Submission).where(Submission.id.in_(submission_ids))
    return {each.practice_id: each.numbers for each in (await state.session.execute(rows)).scalars()}


def comparable(before: Round, after: Round) -> tuple[list[Measure], list[Measure]]:
    """The measures of a round that count the same as in the one before, and those that do not.

    A shipped package that has been renewed since is not the one that was asked with, so nothing is known to be the
    same.
    """
    packages: tuple[Package, Package] = (package_of(before), package_of(after))
    rounds_ = (before, after)
    known = all(package.version == each.package_version for package, each in zip(packages, rounds_, strict=True))
    same: list[Measure] = []
    other: list[Measure] = []
    for measure in packages[1].measures:
        fits = known and is_comparable(measure.id, *packages)
        (same if fits else other).append(measure)
    return same, other


async def remember(uow: UnitOfWork, round_: Round, made: Release) -> None:
    """Choose, for each measure, whose change together this release may show, and write it down with it.

    Where those who gave both times can't be shown as they are now, the set shown last stays.
    """
    before = await followups.previous(uow, round_)
    shown = await sights.newest(uow, before.id) if before is not None else None
    if before is None or shown is None:
        return
    then, now = await _side(uow, before, shown.id), await _side(uow, round_, made.id)
    last = await _remembered(uow, round_, made)
    named = await _were_named(uow, [*then.releases, *now.releases])
    unnamed = {before.openness, round_.openness} <= UNNAMED and not named
    chosen: dict[str, dict[str, list[int]]] = {}
    for measure in comparable(before, round_)[0]:
        found = gave_twice(measure, then.side, now.side)
        if found is not None and (unnamed or _are_everybody(measure, found, then.side, now.side)):
            first, second = found
            chosen[measure.id] = {
                "before": await _answers(uow, measure, then.past, first),
                "after": await _answers(uow, measure, now.past, second),
            }
        elif measure.id in last:
            chosen[measure.id] = last[measure.id]
    made.twice = chosen


async def stays_hidden(state: Reading, round_: Round, numbers: Mapping[int, Numbers]) -> bool:
    """Whether a release of these numbers would hide everybody beside the changes that were shown of this period."""
    beside = await shown_beside(state, round_)
    if not beside:
        return True
    last = await state.session.execute(select(Release.id).order_by(Release.id.desc()))
    past = await sights.past_releases(state, round_, last.scalars().first() or 0)
    recalls = await sights.recalls_of(state, round_, past)
    return stay_hidden(package_of(round_).measures, [*(each.numbers for each in past), numbers], beside, recalls)


async def shown_beside(state: Reading, round_: Round) -> Sets:
    """Every set of those who gave twice that was shown about the period of this round, by measure."""
    rows = (
        select(Release)
        .join(Round, Round.id == Release.round_id)
        .where(Round.cluster_id == round_.cluster_id, Round.package_id == round_.package_id)
        .order_by(Release.id)
    )
    same_period = (
        select(Submission.practice_id, Submission.id, Submission.numbers)
        .join(Round, Round.id == Submission.round_id)
        .where(Round.cluster_id == round_.cluster_id, Round.package_id == round_.package_id)
        .where(Round.period_start == round_.period_start, Round.period_end == round_.period_end)
    )
    here = {row[1]: (row[0], row[2]) for row in (await state.session.execute(same_period)).all()}
    found: Sets = {}
    for release in (await state.session.execute(rows)).scalars():
        for measure_id, sides in (release.twice or {}).items():
            for ids in sides.values():
                if part := dict(here[each] for each in ids if each in here):
                    found.setdefault(measure_id, []).append(part)
    return found


def _are_everybody(
    measure: Measure, found: tuple[Mapping[int, Pair], Mapping[int, Pair]], before: Side, after: Side
) -> bool:
    """Whether those who gave twice are all that either round's charts are made from."""
    sides = zip(found, (before, after), strict=True)
    return all(part.keys() == states_of(measure, side.releases, side.recalls)[-1].keys() for part, side in sides)


@dataclass(frozen=True)
class _Seen:
    side: Side
    past: list[Past]
    releases: list[int]
    """Every release about the period, later ones too."""


async def _side(state: Reading, round_: Round, release_id: int) -> _Seen:
    everything = await sights.past_releases(state, round_)
    past = [each for each in everything if each.release_id <= release_id]
    side = Side(
        [each.numbers for each in past],
        await sights.gone_from(state, round_, past),
        await shown_beside(state, round_),
        [each.numbers for each in everything if each.release_id > release_id],
        await sights.recalls_of(state, round_, past),
        await senders.known_practices(state, round_, past, past[-1].numbers if past else {}),
    )
    return _Seen(side, past, [each.release_id for each in everything])


async def _were_named(state: Reading, release_ids: Sequence[int]) -> bool:
    """Whether any of these charts ever held a name: colleagues still know it, whatever the rounds are set to now."""
    rows = select(Naming.id).where(Naming.release_id.in_(release_ids)).limit(1)
    return (await state.session.execute(rows)).first() is not None


async def _answers(state: Reading, measure: Measure, past: Sequence[Past], values: Mapping[int, Pair]) -> list[int]:
    """The answers that these values came from, in the order of the practices."""
    rows = select(Submission).where(
        Submission.round_id.in_({each.round_id for each in past}), Submission.practice_id.in_(values)
    )
    found: dict[int, int] = {}
    for each in (await state.session.execute(rows.order_by(Submission.id))).scalars():
        if pairs_of(measure, {each.practice_id: each.numbers}).get(each.practice_id) == values[each.practice_id]:
            found[each.practice_id] = each.id
    return [found[key] for key in sorted(values)]


async def _remembered(state: Reading, round_: Round, made: Release) -> dict[str, dict[str, list[int]]]:
    rows = select(Release).where(Release.round_id == round_.id, Release.id < made.id).order_by(Release.id.desc())
    last = (await state.session.execute(rows)).scalars().first()
    return dict(last.twice or {}) if last is not None else {}
