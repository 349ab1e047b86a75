"""What a practice's charts are made from: its own numbers as they are now, and those that were released.

Colleagues keep the charts they got. So a release is never looked at alone, but after all earlier ones about the same
package and period; ``measures.disclosure.hiding`` decides from them what is taken in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from cluster.disclosure import recalls
from cluster.members import consent
from cluster.rounds import rounds, standing
from measures.charts.comparing import Recalls, compare
from measures.disclosure import privacy
from measures.disclosure.grouping import Groupings, from_kept
from measures.packages.package import Measure
from storage.models import Practice, Release, Round, Submission
from storage.unit_of_work import Reading
from storage.words import RoundState, Source

Numbers = Mapping[str, float | None]


@dataclass(frozen=True)
class Sight:
    """What a practice's charts are made from: its own numbers as they are now, and the frozen ones of the release."""

    round: Round
    practice: Practice
    own: Submission
    frozen: Mapping[int, Numbers]
    rules: privacy.DisclosureRules
    number: int
    """1 for the first release of a round, more for renewed ones."""
    before: tuple[Mapping[int, Numbers], ...] = ()
    """What charts about the same period were made from earlier, oldest first."""
    gone: frozenset[int] = frozenset()
    """Practices of these releases that no longer want their numbers used."""
    kept: Groupings = field(default_factory=dict)
    """In which groups the release shows parts and answers."""
    recalls: Recalls = field(default_factory=dict)
    """What was recalled of all these releases."""

    def of(self, measure: Measure) -> privacy.Comparison:
        """What the practice may see of one measure."""
        return compare(
            measure,
            self.practice.id,
            self.frozen,
            self.rules,
            own=self.own.numbers,
            before=self.before,
            gone=self.gone,
            recalls=self.recalls,
        )


async def newest(state: Reading, round_id: int) -> Release | None:
    """The release that holds now."""
    rows = select(Release).where(Release.round_id == round_id).order_by(Release.number.desc())
    return (await state.session.execute(rows)).scalars().first()


async def find_release(state: Reading, release_id: int) -> Release | None:
    """A release by id."""
    return await state.session.get(Release, release_id)


async def newest_beside(state: Reading, release_id: int) -> int:
    """The newest release of the same round."""
    release_ = await state.session.get(Release, release_id)
    latest = await newest(state, release_.round_id) if release_ is not None else None
    return latest.id if latest is not None else release_id


async def find_sight(state: Reading, release_id: int, practice_id: int) -> Sight | None:
    """What a practice's charts are made from; None when there is nothing (any more) to show it.

    An older release shows nothing once a newer one is there, and a practice without an answer that counts sees nothing.
    """
    release_ = await state.session.get(Release, release_id)
    practice = await state.session.get(Practice, practice_id)
    if release_ is None or practice is None:
        return None
    round_ = await rounds.get(state, release_.round_id)
    latest = await newest(state, round_.id)
    own = await standing.accepted(state, round_.id, practice_id)
    if (
        latest is None
        or latest.id != release_id
        or own is None
        or own.source == Source.NONE
        or round_.state == RoundState.CANCELLED
    ):
        return None
    past = await past_releases(state, round_, release_.id)
    *before, frozen = (each.numbers for each in past)
    return Sight(
        round=round_,
        practice=practice,
        own=own,
        frozen=frozen,
        rules=rules_for(round_),
        number=release_.number,
        before=tuple(before),
        gone=await gone_from(state, round_, past),
        kept=past[-1].kept,
        recalls=await recalls_of(state, round_, past),
    )


async def recalls_of(state: Reading, round_: Round, past: Sequence[Past]) -> Recalls:
    """What was recalled of these releases about the round's period, by measure."""
    return await recalls.of_releases(state, round_, [each.release_id for each in past])


@dataclass(frozen=True)
class Past:
    """One release about the same package and period: its round, and the numbers it was made from, by practice."""

    round_id: int
    numbers: Mapping[int, Numbers]
    release_id: int
    whole: bool
    """Whether all of its answers are still there; erased ones can't be told from those that were never given."""
    kept: Groupings
    """The groups that were frozen with it."""


async def past_releases(state: Reading, round_: Round, last_id: int | None = None) -> list[Past]:
    """Every release about the same package and period (up to this one), oldest first."""
    rows = (
        select(Release)
        .join(Round, Round.id == Release.round_id)
        .where(Round.cluster_id == round_.cluster_id, Round.package_id == round_.package_id)
        .where(Round.period_start == round_.period_start, Round.period_end == round_.period_end)
        .order_by(Release.id)
    )
    if last_id is not None:
        rows = rows.where(Release.id <= last_id)
    releases = (await state.session.execute(rows)).scalars().all()
    ids = {each for release in releases for each in release.submission_ids}
    answers = (await state.session.execute(select(Submission).where(Submission.id.in_(ids)))).scalars()
    known = {each.id: each for each in answers}
    return [
        Past(
            release.round_id,
            {known[each].practice_id: known[each].numbers for each in release.submission_ids if each in known},
            release.id,
            whole=known.keys() >= set(release.submission_ids),
            kept=from_kept(release.groups),
        )
        for release in releases
    ]


async def gone_from(state: Reading, round_: Round, past: Sequence[Past]) -> frozenset[int]:
    """Who took back the consent, or the numbers, after they were released; all when some were erased."""
    used = {practice_id for each in past for practice_id in each.numbers}
    if not all(each.whole for each in past):
        return frozenset(used)
    here = {practice_id for each in past if each.round_id == round_.id for practice_id in each.numbers}
    willing = await consent.holders(state, round_.cluster_id)
    given: set[int] = set()
    for round_id in {each.round_id for each in past}:
        given |= (await standing.contributions(state, await rounds.get(state, round_id))).keys()
    return frozenset((used - willing) | (used - given) | (here - (await standing.contributions(state, round_)).keys()))


def rules_for(round_: Round) -> privacy.DisclosureRules:
    """What the round was begun with; an unknown rung counts as closed."""
    known = {each.value for each in privacy.Openness}
    openness = privacy.Openness(round_.openness) if round_.openness in known else privacy.Openness.CLOSED
    return privacy.DisclosureRules(min_practices=round_.min_practices, openness=openness)
