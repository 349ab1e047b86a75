"""A member's own messages about something, drawn again wherever they stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from cluster.notices import ORDINARY, lane_of, refresh
from storage.models import Card, Member, Outbox
from storage.outbox import in_lanes, own_lane
from storage.unit_of_work import UnitOfWork
from storage.words import How, OutboxState, Urgency


async def refresh_own(
    uow: UnitOfWork,
    kinds: Collection[str],
    subject: str,
    member: Member,
    *,
    now: datetime,
    urgency: Urgency = ORDINARY,
) -> None:
    """Owe an edit of each message of these kinds that a member has, or is just being sent."""
    direct = lane_of(member.id)
    places = [direct]
    if member.dm_channel_id:  # an echo of typed words stands where they were written
        places.append(lane_of(None, member.dm_channel_id))
    posted = select(Card.kind, Card.lane).where(Card.subject == subject, Card.lane.in_(places), Card.kind.in_(kinds))
    underway = select(Outbox.kind, Outbox.lane).where(
        Outbox.subject == subject,
        in_lanes(places),
        Outbox.kind.in_(kinds),
        Outbox.how == How.POST,
        Outbox.state == OutboxState.WAITING,
        # taken, or taken before this unit is kept: it would show the state before
        (Outbox.due_at <= now) | Outbox.leased_until.is_not(None),
    )
    found = {(kind, own_lane(lane)) for kind, lane in await uow.session.execute(posted.union(underway))}
    for kind, lane in sorted(found):
        await refresh(
            uow,
            kind,
            subject=subject,
            now=now,
            member_id=member.id,
            channel_id=None if lane == direct else member.dm_channel_id,
            cluster_id=member.cluster_id,
            urgency=urgency,
        )
