"""A meeting gets another time or place: what it was stays to be told, and another weekday is another question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cluster.meetings import occasions, reminders
from cluster.meetings.cards import reachable, tell
from cluster.meetings.details import Details, is_other_weekday
from cluster.notices import take_back
from cluster.subjects import MEETING
from storage.models import Invitation, Meeting
from storage.unit_of_work import UnitOfWork

_MOVES = ("starts_at", "ends_at", "place", "answer_by")


@dataclass(frozen=True)
class MeetingChange:
    """What a change of details led to."""

    told: int = 0
    """How many are told; nobody when neither time nor place nor answer-by moved."""
    asked_again: int = 0
    """How many had answered to another weekday."""


def is_moved(meeting: Meeting, details: Details) -> bool:
    """Whether people must hear of it."""
    return any(getattr(meeting, name) != getattr(details, name) for name in _MOVES)


async def move(uow: UnitOfWork, meeting: Meeting, details: Details, *, now: datetime) -> MeetingChange:
    """Write details that move the meeting, lay out anew what it owes, and owe everybody the news."""
    subject = MEETING.about(meeting.id)
    unheard = await take_back(uow, subject, kinds=["meeting.moved"])
    if not unheard:  # else they know of nothing newer than what it was before that
        meeting.was_starts_at, meeting.was_ends_at = meeting.starts_at, meeting.ends_at
        meeting.was_place = meeting.place
    asks_again = is_other_weekday(meeting.starts_at, details.starts_at)
    write(meeting, details)
    meeting.sequence += 1
    await take_back(uow, subject, kinds=(*occasions.SCHEDULED, "meeting.calendar"))
    await occasions.lay_out(uow, meeting, now=now)
    people = await reachable(uow, meeting.id)
    asked_again = 0
    for member, invitation in people:
        invitation.snoozed_until = None
        if asks_again and invitation.answer is not None:
            ask_again(invitation)
            asked_again += 1
        if invitation.answer is None:
            await reminders.schedule(uow, meeting, member, since=now, now=now)
        key = f"moved:{meeting.id}:{meeting.sequence}:{member.id}"
        await tell(uow, meeting, "meeting.moved", key=key, now=now, to=member)
    return MeetingChange(told=len(people), asked_again=asked_again)


def write(meeting: Meeting, details: Details) -> None:
    """The meeting as the form has it."""
    for name, value in vars(details).items():
        setattr(meeting, name, value)


def ask_again(invitation: Invitation) -> None:
    """The answer was to another day: remembered as that, and asked for like one that is missing."""
    invitation.calendar_steps = invitation.entry_steps
    invitation.former_answer, invitation.answer = invitation.answer, None
    invitation.reason, invitation.answered_at, invitation.answered_by = "", None, None
    invitation.eats = None
