"""The meeting's deck: which release it is made from, what of it the projector may show, and whose handouts go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from cluster import audit
from cluster.disclosure import changes, identities
from cluster.disclosure.sights import Numbers, gone_from, past_releases, recalls_of, rules_for
from cluster.members import places
from cluster.notices import BULK, owe
from cluster.rounds import agreements, rounds, standing
from cluster.subjects import ROUND
from measures.charts.comparing import Recalls
from measures.disclosure import privacy
from measures.disclosure.grouping import Groupings
from measures.disclosure.openness import Known
from storage.models import Agreement, Cluster, Meeting, Release, Round, Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import RoundState


@dataclass(frozen=True)
class ProjectorSight:
    """What the projector's charts are made from."""

    cluster: Cluster
    round: Round
    release: Release
    meeting: Meeting | None
    replies: tuple[Mapping[int, Numbers], ...]
    """What charts were made from, oldest first; the present last."""
    rules: privacy.DisclosureRules
    gone: frozenset[int]
    tally: standing.RoundTally
    known: Mapping[str, Known]
    """What may be told of who is who, by measure."""
    kept: Groupings
    """In which groups the release shows parts and answers."""
    change: changes.ProjectorChange | None = None
    """What was measured the time before."""
    recalls: Recalls = field(default_factory=dict)
    """What was recalled of what charts were made from."""
    agreed: Agreement | None = None
    """What the cluster agreed on last: after the round before, else after any other that is not measured again."""


async def newest_release(state: Reading, cluster_id: int) -> Release | None:
    """The release that a meeting now would be about. A deck before any release would show what no chart is held to."""
    rows = (
        select(Release)
        .join(Round, Round.id == Release.round_id)
        .where(Round.cluster_id == cluster_id, Round.state != RoundState.CANCELLED)
        .order_by(Release.id.desc())
    )
    return (await state.session.execute(rows)).scalars().first()


async def projector_sight(state: Reading, release_id: int) -> ProjectorSight | None:
    """What the projector may show of a release and all before it; None when it is not there any more."""
    release = await state.session.get(Release, release_id)
    round_ = await state.session.get(Round, release.round_id) if release is not None else None
    cluster = await state.session.get(Cluster, round_.cluster_id) if round_ is not None else None
    if release is None or round_ is None or cluster is None or round_.state == RoundState.CANCELLED:
        return None
    past = await past_releases(state, round_, release.id)
    gone = await gone_from(state, round_, past)
    recalls = await recalls_of(state, round_, past)
    change = await changes.projector_change(state, release, round_, gone, recalls)
    return ProjectorSight(
        cluster=cluster,
        round=round_,
        release=release,
        meeting=await state.session.get(Meeting, round_.meeting_id) if round_.meeting_id else None,
        replies=tuple(each.numbers for each in past),
        rules=rules_for(round_),
        gone=gone,
        tally=standing.tally(await standing.of_round(state, round_.id)),
        known=await identities.known_of(state, round_),
        kept=past[-1].kept,
        change=change,
        recalls=recalls,
        agreed=(change.agreement if change is not None else None) or await _agreed_elsewhere(state, round_),
    )


async def _agreed_elsewhere(state: Reading, round_: Round) -> Agreement | None:
    standing_ = await agreements.standing(state, round_.cluster_id)
    return next((each for each in standing_ if each.round_id != round_.id), None)


def note_made(uow: UnitOfWork, round_id: int, cluster_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Somebody gets the deck, None at the command line: kept for whoever asks what was taken out of here (JUR-05)."""
    audit.note(uow, "deck.made", ROUND.about(round_id), now=now, actor_id=actor_id, cluster_id=cluster_id)


async def owe_handouts(uow: UnitOfWork, release: Release, *, actor_id: int, now: datetime) -> int:
    """A page for each who works in a practice of the release; how many people get one. Asking twice sends once."""
    round_ = await rounds.get(uow, release.round_id)
    given = (
        await uow.session.execute(select(Submission.practice_id).where(Submission.id.in_(release.submission_ids)))
    ).scalars()
    people = await places.confirmed(uow, *sorted(set(given)))
    for member in people:
        await owe(
            uow,
            "deck.handout",
            key=f"handout:{release.id}:{member.id}",
            now=now,
            member_id=member.id,
            cluster_id=round_.cluster_id,
            subject=ROUND.about(round_.id),
            urgency=BULK,
            release=release.id,
            practice=member.practice_id,
        )
    subject = ROUND.about(round_.id)
    audit.note(uow, "deck.handouts", subject, now=now, actor_id=actor_id, cluster_id=round_.cluster_id, n=len(people))
    return len(people)
