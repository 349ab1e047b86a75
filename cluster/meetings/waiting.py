"""Invitations that wait for their hour: whom they are for, and bringing them forward."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cluster import audit
from cluster.meetings.cards import refresh_counts
from cluster.members.members import LEADERS
from cluster.subjects import MEETING
from storage.models import Invitation, Meeting, Member, Outbox
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, OutboxState

KINDS = ("meeting.card", "meeting.channel")


async def not_yet_invited(state: Reading, meeting: Meeting) -> dict[int, datetime]:
    """Who has not heard of the meeting, by member, and when the card is due.

    Whoever has answered before the card came – as one who runs the cluster, or through another – knows of it, and may
    have it in the calendar.
    """
    answered = select(Invitation.member_id).where(
        Invitation.meeting_id == meeting.id, Invitation.answered_at.is_not(None)
    )
    aware = set((await state.session.scalars(answered)).all())
    rows = await _waiting(state, meeting, "meeting.card")
    return {row.member_id: row.due_at for row in rows if row.member_id is not None and row.member_id not in aware}


async def due(state: Reading, meeting: Meeting, now: datetime) -> datetime | None:
    """When the invitation goes out; None when it has."""
    ahead = [row.due_at for row in await _waiting(state, meeting, "meeting.card") if row.due_at > now]
    return min(ahead, default=None)


async def unheard_of(state: Reading, member: Member, now: datetime) -> set[int]:
    """The meetings that a member can know nothing of yet: the invitation waits for its hour. Whoever runs the cluster
    knows of all, and whoever has answered through another knows of that one."""
    if member.role in LEADERS:
        return set()
    rows = select(Outbox.subject).where(
        Outbox.cluster_id == member.cluster_id,
        (Outbox.kind == "meeting.channel") | ((Outbox.kind == "meeting.card") & (Outbox.member_id == member.id)),
        Outbox.how == How.POST,
        Outbox.state == OutboxState.WAITING,
        Outbox.due_at > now,
    )
    waiting = {key for subject in await state.session.scalars(rows) if (key := MEETING.key_in(subject)) is not None}
    answered = select(Invitation.meeting_id).where(
        Invitation.member_id == member.id, Invitation.meeting_id.in_(waiting), Invitation.answered_at.is_not(None)
    )
    return waiting - set((await state.session.scalars(answered)).all()) if waiting else waiting


async def bring_forward(uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime) -> None:
    """Send what waits, which is drawn as things are; harmless when nothing does."""
    found = [row for row in await _waiting(uow, meeting, *KINDS, "home") if row.due_at > now]
    for row in found:
        row.due_at = now
    if not found:
        return
    await uow.session.flush()
    await refresh_counts(uow, meeting, now=now)
    subject = MEETING.about(meeting.id)
    audit.note(uow, "meeting.sent_now", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)


async def _waiting(state: Reading, meeting: Meeting, *kinds: str) -> list[Outbox]:
    rows = select(Outbox).where(
        Outbox.subject == MEETING.about(meeting.id),
        Outbox.kind.in_(kinds),
        Outbox.how.in_((How.POST, How.HOME)),
        Outbox.state == OutboxState.WAITING,
        Outbox.leased_until.is_(None),
    )
    return list((await state.session.scalars(rows)).all())
