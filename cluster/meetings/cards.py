"""What is owed about a meeting, and what stands in Slack about it and is edited in place.

Members have their cards, the channel has the counts, whoever looks after the meeting has a desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cluster.members import members
from cluster.notices import ANSWER, ORDINARY, lane_of, owe, refresh, refresh_cards, renew_home
from cluster.subjects import MEETING
from storage.models import Card, Cluster, Invitation, Meeting, Member, Outbox
from storage.outbox import in_lanes, own_lane
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, OutboxState, Urgency

OWN_CARDS = (
    "meeting.card",
    "meeting.reminder",
    "meeting.moved",
    "meeting.answered_for",
    "meeting.eve",
    "meeting.understood",
    "meeting.asked",
)
"""Messages to a member that carry answer buttons: whichever is clicked, all of them show the answer."""
BESIDE = ("agenda.channel", "agenda.desk", "chair.card")
"""What other rooms say of a meeting's hours, and stands in Slack."""


async def tell(
    uow: UnitOfWork, meeting: Meeting, kind: str, *, key: str, now: datetime, to: Member | None = None, **more: Any
) -> bool:
    """Owe something about a meeting, marked with its sequence so that an older plan can be told from this one."""
    return await owe(
        uow,
        kind,
        key=key,
        now=now,
        member_id=to.id if to else None,
        cluster_id=meeting.cluster_id,
        subject=MEETING.about(meeting.id),
        sequence=meeting.sequence,
        **more,
    )


async def reachable(state: Reading, meeting_id: int) -> Sequence[tuple[Member, Invitation]]:
    """Those invited whom Slack knows and who are still in the cluster, by name."""
    rows = (
        select(Member, Invitation)
        .join(Invitation, Invitation.member_id == Member.id)
        .where(Invitation.meeting_id == meeting_id, Member.active, Member.slack_user_id.is_not(None))
        .order_by(Member.name, Member.id)
    )
    return [(member, invitation) for member, invitation in (await state.session.execute(rows)).all()]


async def desk_holders(state: Reading, meeting: Meeting) -> list[Member]:
    """Who looks after a meeting: the coordinators and their deputies."""
    rows = (
        select(Member)
        .where(Member.cluster_id == meeting.cluster_id, Member.active, Member.slack_user_id.is_not(None))
        .where(Member.role.in_(members.LEADERS))
        .order_by(Member.role, Member.id)
    )
    return list((await state.session.execute(rows)).scalars())


async def refresh_own(
    uow: UnitOfWork, meeting: Meeting, member: Member, *, now: datetime, urgency: Urgency = ORDINARY
) -> None:
    """Let a member's own messages about a meeting show it, and the answer, as they are."""
    subject, direct = MEETING.about(meeting.id), lane_of(member.id)
    places = [direct]
    if member.dm_channel_id:  # an echo of typed words stands where they were written
        places.append(lane_of(None, member.dm_channel_id))
    posted = select(Card.kind, Card.lane).where(
        Card.subject == subject, Card.lane.in_(places), Card.kind.in_(OWN_CARDS)
    )
    underway = select(Outbox.kind, Outbox.lane).where(
        Outbox.subject == subject,
        in_lanes(places),
        Outbox.kind.in_(OWN_CARDS),
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
            cluster_id=meeting.cluster_id,
            urgency=urgency,
        )


async def refresh_counts(uow: UnitOfWork, meeting: Meeting, *, now: datetime) -> None:
    """Let the channel's card and the coordinators' desks show the counts as they are."""
    subject = MEETING.about(meeting.id)
    cluster = await uow.session.get(Cluster, meeting.cluster_id)
    if cluster is not None:
        await refresh(
            uow, "meeting.channel", subject=subject, now=now, channel_id=cluster.channel_id, cluster_id=cluster.id
        )
    for leader in await desk_holders(uow, meeting):
        await refresh(uow, "meeting.desk", subject=subject, now=now, member_id=leader.id, cluster_id=meeting.cluster_id)


async def refresh_all(uow: UnitOfWork, meeting: Meeting, *, now: datetime) -> None:
    """Let everything that shows this meeting show it as it is."""
    people = await reachable(uow, meeting.id)
    for member, _ in people:
        await refresh_own(uow, meeting, member, now=now)
    await refresh_counts(uow, meeting, now=now)
    for kind in BESIDE:
        await refresh_cards(uow, kind, subject=MEETING.about(meeting.id), now=now, urgency=ORDINARY)
    await renew_home(uow, [member.id for member, _ in people], now=now)


async def show_answer(uow: UnitOfWork, meeting: Meeting, member: Member, *, now: datetime) -> None:
    """Somebody answered: their own messages first, then the counts."""
    if member.slack_user_id:
        await refresh_own(uow, meeting, member, now=now, urgency=ANSWER)
        await renew_home(uow, [member.id], now=now)
    await refresh_counts(uow, meeting, now=now)
