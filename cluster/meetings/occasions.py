"""What a meeting needs by itself at its hours: closing of answers, digest, note of the eve, attendance sheet."""

from __future__ import annotations

from datetime import datetime, timedelta

from cluster.calendar import Hours, at, is_workday, next_slot, workdays_before
from cluster.clock import local
from cluster.meetings.cards import tell
from cluster.meetings.reminders import POLICY
from cluster.members.cluster_rules import hours_of
from cluster.members.members import coordinators
from cluster.reminders.moments import escalation_moment
from storage.models import Meeting, Member
from storage.unit_of_work import UnitOfWork
from storage.words import How

SCHEDULED = (
    "meeting.reminder",
    "meeting.day_before",
    "meeting.eve",
    "meeting.deadline",
    "meeting.final",
    "meeting.digest",
    "meeting.attendance",
    "meeting.over",
    "commitment.open",
    "chair.ready",
    "appraisal.begin",
)
"""What a meeting owes ahead of time: taken back and laid out again when it is moved."""


LAST_MINUTES = timedelta(minutes=10)
"""Of a meeting, in which practices are asked what they change."""
READY = timedelta(minutes=15)
"""Before the meeting, whoever chairs gets what they need for it."""


AFTERWARDS = timedelta(minutes=15)


def eve_moment(starts_at: datetime, hours: Hours) -> datetime:
    """When those who come get a note: ten o'clock the day before, or on the last workday before."""
    day = local(starts_at).date() - timedelta(days=1)
    if not is_workday(day):
        day = workdays_before(day, 1)
    return at(day, min(max(10, hours.start), hours.end - 1))


def after_moment(ends_at: datetime, hours: Hours) -> datetime:
    """When the coordinator gets the attendance sheet: a quarter of an hour after the end, or the next allowed hour."""
    return next_slot(ends_at + AFTERWARDS, hours)


async def lay_out(uow: UnitOfWork, meeting: Meeting, *, now: datetime) -> None:
    """Owe what a meeting needs by itself."""
    hours = await hours_of(uow, meeting.cluster_id)
    steps = (
        ("meeting.deadline", meeting.answer_by, meeting.starts_at),
        ("meeting.day_before", eve_moment(meeting.starts_at, hours), meeting.starts_at),
        ("chair.ready", meeting.starts_at - READY, meeting.ends_at),
    )
    for kind, due_at, useless_after in steps:
        if due_at > now:
            key, useless = _key(kind, meeting), useless_after.isoformat()
            await tell(uow, meeting, kind, key=key, now=now, due_at=due_at, how=How.STEP, useless_after=useless)
    await lay_out_the_end(uow, meeting, now=now)
    digest = escalation_moment(POLICY, now, meeting.answer_by, hours)
    sheet = after_moment(meeting.ends_at, hours)
    for leader in await coordinators(uow, meeting.cluster_id):
        if digest is not None and now < meeting.answer_by and digest < meeting.starts_at:
            key, useless = _key("meeting.digest", meeting, leader), meeting.starts_at.isoformat()
            await tell(
                uow, meeting, "meeting.digest", key=key, now=now, to=leader, due_at=digest, useless_after=useless
            )
        key = _key("meeting.attendance", meeting, leader)
        await tell(uow, meeting, "meeting.attendance", key=key, now=now, to=leader, due_at=sheet)


async def lay_out_the_end(uow: UnitOfWork, meeting: Meeting, *, now: datetime) -> None:
    """Owe what closes cards, forgets diets, asks what practices change and how it was, once: a meeting called before
    there was such a thing has none yet."""
    steps = (
        ("meeting.over", meeting.ends_at),
        ("commitment.open", meeting.ends_at - LAST_MINUTES),
        ("appraisal.begin", meeting.ends_at + AFTERWARDS),
    )
    for kind, due_at in steps:
        await tell(uow, meeting, kind, key=_key(kind, meeting), now=now, due_at=due_at, how=How.STEP)


def _key(kind: str, meeting: Meeting, to: Member | None = None) -> str:
    return f"{kind}:{meeting.id}:{meeting.sequence}" + (f":{to.id}" if to else "")
