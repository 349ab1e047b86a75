"""What is owed about a meeting, and what stands in Slack about it and is edited in place.

Members have their cards and the entries in their calendars, the channel has the counts, whoever looks after the meeting
has a desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cluster import shown
from cluster.members import members
from cluster.notices import ANSWER, ORDINARY, owe, refresh, refresh_cards, renew_home
from cluster.subjects import MEETING
from storage.models import CalendarFeed, Cluster, Invitation, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import EXPECTED, MeetingState, Urgency

OWN_CARDS = (
    "meeting.card",
    "meeting.reminder",
    "meeting.moved",
    "meeting.seat",
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
    await shown.refresh_own(uow, OWN_CARDS, MEETING.about(meeting.id), member, now=now, urgency=urgency)


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


async def mind_calendar(
    uow: UnitOfWork,
    meeting: Meeting,
    invitation: Invitation,
    member: Member,
    *,
    steps: int,
    now: datetime,
    at: datetime | None = None,
) -> None:
    """An entry for those who come; taken back from those who no longer do, or it would stay there for good.

    Whose calendar fetches by itself would have it there twice.
    """
    wants_one, has_one = invitation.answer in EXPECTED, steps % 2 == 1
    if member.slack_user_id is None or wants_one == has_one or (wants_one and await _fetches(uow, member)):
        invitation.calendar_steps = steps
        return
    invitation.calendar_steps = steps + 1
    kind = "meeting.calendar" if invitation.has_entry else "meeting.calendar_back"
    step = invitation.calendar_steps
    key = f"calendar:{meeting.id}:{meeting.sequence}:{member.id}:{step}"
    await tell(uow, meeting, kind, key=key, now=now, to=member, due_at=at, step=step)


async def hand_out_entries(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """An entry for each meeting ahead that a member comes to and has none of."""
    rows = (
        select(Meeting, Invitation)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(Invitation.member_id == member.id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    for meeting, invitation in (await uow.session.execute(rows)).all():
        await mind_calendar(uow, meeting, invitation, member, steps=invitation.entry_steps, now=now)


async def _fetches(state: Reading, member: Member) -> bool:
    found = await state.session.scalar(select(CalendarFeed.id).where(CalendarFeed.member_id == member.id))
    return found is not None
