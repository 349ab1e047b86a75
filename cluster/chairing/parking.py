"""Objections to the numbers are parked, so that the meeting goes on: kept for those who run the cluster, who follow up.

Nobody is named with one, and none is shown to anybody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from cluster import audit
from cluster.chairing import sittings
from cluster.chairing.room import Kinds
from cluster.errors import ClusterError
from cluster.notices import refresh_cards
from cluster.subjects import MEETING
from storage.models import Meeting, Member, Parked
from storage.unit_of_work import Reading, UnitOfWork

LIMIT = 300
MOST = 20
"""Objections of one meeting: a meeting with more of them has no numbers to talk about."""


async def park(uow: UnitOfWork, meeting: Meeting, words: str, *, by: Member, now: datetime) -> Parked:
    """Write an objection down."""
    sittings.require_hour(meeting, now)
    said = " ".join(words.split())[:LIMIT]
    if not said:
        raise ClusterError("chair.nothing_parked", field="words")
    there = await of_meeting(uow, meeting)
    if twin := next((each for each in there if each.words == said and each.settled_at is None), None):
        return twin
    if len(there) >= MOST:
        raise ClusterError("chair.enough_parked", field="words")
    made = Parked(meeting_id=meeting.id, words=said, noted_by=by.id, noted_at=now)
    uow.session.add(made)
    await uow.session.flush()
    subject = MEETING.about(meeting.id)
    audit.note(uow, "chair.parked", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await sittings.show(uow, meeting, now=now)
    return made


async def of_meeting(state: Reading, meeting: Meeting) -> Sequence[Parked]:
    """Everything that was parked, the oldest first."""
    rows = select(Parked).where(Parked.meeting_id == meeting.id).order_by(Parked.id)
    return (await state.session.scalars(rows)).all()


async def settle(uow: UnitOfWork, meeting: Meeting, parked_id: int, *, by: Member, now: datetime) -> bool:
    """It has been followed up; False when that is known."""
    found = await uow.session.get(Parked, parked_id, with_for_update=True, populate_existing=True)
    if found is None or found.meeting_id != meeting.id:
        raise ClusterError("id.unknown")
    if found.settled_at is not None:
        return False
    found.settled_at = now
    await uow.session.flush()
    subject = MEETING.about(meeting.id)
    audit.note(uow, "chair.settled", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await refresh_cards(uow, Kinds.CHAIR_PARKED, subject=subject, now=now)
    return True
