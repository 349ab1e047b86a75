"""Reminders owed: laid out when a meeting is called, taken back when it moves, looked at again at their hour."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from cluster.calendar import Hours, at, is_open, next_slot
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings.cards import tell
from cluster.meetings.reminder_rules import MOST, after_moment, digest_moment, due_moments, eve_moment, snooze_moment
from cluster.members.charter import rules_of
from cluster.members.members import coordinators
from cluster.notices import NotNow, Owed, take_back
from cluster.subjects import MEETING
from storage.models import Invitation, Meeting, Member, Outbox
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, MeetingState, OutboxState

SCHEDULED = (
    "meeting.reminder",
    "meeting.day_before",
    "meeting.eve",
    "meeting.deadline",
    "meeting.final",
    "meeting.digest",
    "meeting.attendance",
)
"""What a meeting owes ahead of time: taken back and laid out anew when it is moved."""


async def hours_of(state: Reading, cluster_id: int) -> Hours:
    """The hours a cluster has agreed on."""
    rules = await rules_of(state, cluster_id)
    return Hours(rules.reminders_from, rules.reminders_to)


async def lay_out(uow: UnitOfWork, meeting: Meeting, *, now: datetime) -> None:
    """Owe what a meeting needs by itself: closing of answers, digest, note of the eve, attendance sheet."""
    hours = await hours_of(uow, meeting.cluster_id)
    steps = (
        ("meeting.deadline", meeting.answer_by, meeting.starts_at),
        ("meeting.day_before", eve_moment(meeting.starts_at, hours), meeting.starts_at),
    )
    for kind, due_at, useless_after in steps:
        if due_at > now:
            key, useless = _key(kind, meeting), useless_after.isoformat()
            await tell(uow, meeting, kind, key=key, now=now, due_at=due_at, how=How.STEP, useless_after=useless)
    digest = digest_moment(meeting.answer_by, now, hours)
    sheet = after_moment(meeting.ends_at, hours)
    for leader in await coordinators(uow, meeting.cluster_id):
        if now < meeting.answer_by and digest < meeting.starts_at:
            key, useless = _key("meeting.digest", meeting, leader), meeting.starts_at.isoformat()
            await tell(
                uow, meeting, "meeting.digest", key=key, now=now, to=leader, due_at=digest, useless_after=useless
            )
        key = _key("meeting.attendance", meeting, leader)
        await tell(uow, meeting, "meeting.attendance", key=key, now=now, to=leader, due_at=sheet)


def _key(kind: str, meeting: Meeting, to: Member | None = None) -> str:
    return f"{kind}:{meeting.id}:{meeting.sequence}" + (f":{to.id}" if to else "")


async def _remind(
    uow: UnitOfWork, meeting: Meeting, member: Member, key: str, *, now: datetime, due_at: datetime, **params: object
) -> bool:
    return await tell(uow, meeting, "meeting.reminder", key=key, now=now, to=member, due_at=due_at, **params)


async def schedule(uow: UnitOfWork, meeting: Meeting, member: Member, *, since: datetime, now: datetime) -> None:
    """Owe one member's reminders to answer."""
    hours = await hours_of(uow, meeting.cluster_id)
    for number, due_at in enumerate(due_moments(meeting.answer_by, since, hours), 1):
        if due_at > now:
            key = f"remind:{meeting.id}:{meeting.sequence}:{number}:{member.id}"
            await _remind(uow, meeting, member, key, now=now, due_at=due_at, number=number)


async def remind_now(uow: UnitOfWork, meeting: Meeting, member: Member, *, now: datetime) -> datetime | None:
    """A coordinator asks for a reminder: it goes at once, or at the next allowed hour. None if owed today already."""
    due_at = next_slot(now, await hours_of(uow, meeting.cluster_id))
    key = f"nudge:{meeting.id}:{meeting.sequence}:{local(due_at).date()}:{member.id}"
    return due_at if await _remind(uow, meeting, member, key, now=now, due_at=due_at) else None


async def snooze(
    uow: UnitOfWork, meeting: Meeting, invitation: Invitation, member: Member, choice: str, *, now: datetime
) -> datetime:
    """ "Remind me later": the moment chosen. It does not count among the three, and those in between stay away."""
    until = snooze_moment(choice, now, await hours_of(uow, meeting.cluster_id))
    if until >= meeting.answer_by:
        raise ClusterError("meeting.snooze_too_late")
    invitation.snoozed_until = until
    key = f"snooze:{meeting.id}:{meeting.sequence}:{local(until).date()}:{member.id}"
    await _remind(uow, meeting, member, key, now=now, due_at=until, snoozed=until.isoformat())
    return until


async def hush(uow: UnitOfWork, meeting_id: int, member_id: int) -> None:
    """Somebody has answered: no more reminders to that person."""
    await take_back(uow, MEETING.about(meeting_id), kinds=("meeting.reminder",), member_id=member_id)


async def holds(
    state: Reading, owed: Owed, *, meeting: Meeting, invitation: Invitation, member: Member, now: datetime
) -> bool:
    """Whether a reminder is still true at its hour. Raises NotNow when it is, but the hour is not one for reminders."""
    if meeting.state != MeetingState.PLANNED or invitation.answer or not member.active or now >= meeting.answer_by:
        return False
    if owed.params.get("sequence") != meeting.sequence or (member.away_until and now < member.away_until):
        return False
    snoozed, until = owed.params.get("snoozed"), invitation.snoozed_until
    if snoozed and (until is None or until.isoformat() != snoozed):
        return False
    if owed.params.get("number") and await _is_superfluous(state, owed, until, now):
        return False
    hours = await hours_of(state, meeting.cluster_id)
    if not is_open(now, hours):
        raise NotNow(next_slot(now, hours))
    return True


async def _is_superfluous(state: Reading, owed: Owed, snoozed_until: datetime | None, now: datetime) -> bool:
    """Put to sleep, one too many, or overtaken by a later one (after an outage several are due at once)."""
    if snoozed_until and owed.due_at < at(_day_after(snoozed_until), 0):
        return True
    others = select(Outbox.params, Outbox.state, Outbox.due_at).where(
        Outbox.subject == owed.subject,
        Outbox.kind == owed.kind,
        Outbox.how == How.POST,
        Outbox.member_id == owed.member_id,
        Outbox.id != owed.id,
    )
    rows = [row for row in await state.session.execute(others) if row.params.get("number")]
    overtaken = any(row.state == OutboxState.WAITING and owed.due_at < row.due_at <= now for row in rows)
    return overtaken or sum(row.state == OutboxState.SENT for row in rows) >= MOST


def _day_after(moment: datetime) -> date:
    return local(moment).date() + timedelta(days=1)
