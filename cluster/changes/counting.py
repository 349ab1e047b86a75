"""How many practices said that they would change what: counted once, when the same is measured again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from cluster.notices import owe
from cluster.subjects import ROUND
from measures.disclosure.kinds import told
from storage.models import Cluster, Commitment, CommitmentCount, Meeting, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import CommitmentState


@dataclass(frozen=True)
class ToldCounts:
    """How many practices said something after a meeting, and by kind as it may be told."""

    meeting: Meeting
    practices: int
    counts: Mapping[str, int]


SAID = (CommitmentState.MEANT, CommitmentState.GOING, CommitmentState.NOT_YET)


async def count(uow: UnitOfWork, made: Round, *, now: datetime) -> None:
    """The charts of a new measurement go out: tell the channel what practices had said after the last one, if the
    rules let it be told. What a practice shares under its name is not among them: it would give the others away."""
    rows = (
        select(Commitment)
        .join(Round, Round.id == Commitment.round_id)
        .outerjoin(CommitmentCount, CommitmentCount.meeting_id == Commitment.meeting_id)
        .where(Round.cluster_id == made.cluster_id, Round.package_id == made.package_id)
        .where(Round.period_end < made.period_end, CommitmentCount.id.is_(None))
        .where(Commitment.state.in_(SAID), Commitment.is_shared.is_(False))
    )
    by_meeting: dict[int, Counter[str]] = {}
    for row in await uow.session.scalars(rows):
        by_meeting.setdefault(row.meeting_id, Counter())[row.kind] += 1
    cluster = await uow.session.get_one(Cluster, made.cluster_id)
    for meeting_id, counted in sorted(by_meeting.items()):
        counts = told(counted)
        row_ = CommitmentCount(
            meeting_id=meeting_id,
            round_id=made.id,
            practices=sum(counts.values()) if counts else 0,
            counts=counts or {},
            counted_at=now,
        )
        uow.session.add(row_)
        if counts:
            await owe(
                uow,
                "commitment.counted",
                key=f"commitment-counted:{meeting_id}",
                now=now,
                channel_id=cluster.channel_id,
                cluster_id=cluster.id,
                subject=ROUND.about(made.id),
                meeting=meeting_id,
            )
    await uow.session.flush()


async def of_meeting(state: Reading, meeting_id: int) -> ToldCounts | None:
    """What was counted after a meeting; None when nothing may be told."""
    found = await _told(state, CommitmentCount.meeting_id == meeting_id)
    return found[0] if found else None


async def of_cluster(state: Reading, cluster_id: int) -> Sequence[ToldCounts]:
    """What may be told of each meeting, the newest first."""
    return await _told(state, Meeting.cluster_id == cluster_id)


async def _told(state: Reading, which: ColumnElement[bool]) -> list[ToldCounts]:
    rows = (
        select(CommitmentCount, Meeting)
        .join(Meeting, Meeting.id == CommitmentCount.meeting_id)
        .where(which, CommitmentCount.practices > 0)
        .order_by(Meeting.starts_at.desc())
    )
    found = (await state.session.execute(rows)).all()
    return [ToldCounts(meeting, row.practices, row.counts) for row, meeting in found]
