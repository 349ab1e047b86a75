"""A meeting gets another time or place: what it was stays to be told, and another weekday is another question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cluster.meetings import occasions, reminders
from cluster.meetings.cards import reachable, tell
from cluster.meetings.details import VIRTUAL, Details, has_both, is_other_weekday
from cluster.meetings.waiting import not_yet_invited
from cluster.notices import take_back
from cluster.subjects import MEETING
from storage.models import Invitation, Meeting
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Rsvp

_MOVES = ("starts_at", "ends_at", "place", "link", "answer_by")


@dataclass(frozen=True)
class MeetingChange:
    """What a change of details led to."""

    told: int = 0
    """How many are told; nobody when neither time nor place nor answer-by moved."""
    asked_again: int = 0
    """How many had answered to another weekday."""


def is_moved(meeting: Meeting, details: Details) -> bool:
    """Whether people must hear of it."""
    turns = (meeting.kind == VIRTUAL) is not (details.kind == VIRTUAL)
    return turns or any(getattr(meeting, name) != getattr(details, name) for name in _MOVES)


async def move(uow: UnitOfWork, meeting: Meeting, details: Details, *, now: datetime) -> MeetingChange:
    """Write details that move the meeting, lay out anew what it owes, and owe everybody the news."""
    subject = MEETING.about(meeting.id)
    unheard = await take_back(uow, subject, kinds=["meeting.moved"])
    if not unheard:  # else they know of nothing newer than what it was before that
        meeting.was_starts_at, meeting.was_ends_at = meeting.starts_at, meeting.ends_at
        meeting.was_place, meeting.was_kind = meeting.place, meeting.kind
    asks_again = is_other_weekday(meeting.starts_at, details.starts_at)
    known = meeting.was_starts_at or meeting.starts_at
    is_passing = is_other_weekday(known, meeting.starts_at)  # a day that not everybody has heard of
    is_undone = is_passing and not is_other_weekday(known, details.starts_at)
    write(meeting, details)
    meeting.sequence += 1
    await take_back(uow, subject, kinds=(*occasions.SCHEDULED, "meeting.calendar"))
    await occasions.lay_out(uow, meeting, now=now)
    invited = await _invitations(uow, meeting.id)
    before = {each.id: each.answer for each in invited}
    for invitation in invited:
        if invitation.answer is None and not is_passing:
            invitation.former_answer = None  # to an older day than the one that they know
        if asks_again and invitation.answer is not None:
            ask_again(invitation, was_known=not is_passing)
        elif is_undone:
            invitation.answer, invitation.former_answer = invitation.former_answer, None
        if invitation.answer == Rsvp.ONLINE and not has_both(meeting):
            if meeting.kind == VIRTUAL:
                invitation.answer = Rsvp.YES
            else:  # can they come instead?
                ask_again(invitation)
    people, unsent, told = await reachable(uow, meeting.id), await not_yet_invited(uow, meeting), 0
    asked_again = sum(invitation.answer is None and before[invitation.id] is not None for _, invitation in people)
    for member, invitation in people:
        invitation.snoozed_until = None
        if invitation.answer is None:
            await reminders.schedule(uow, meeting, member, since=unsent.get(member.id, now), now=now)
        if member.id not in unsent:  # else the invitation that waits says how it is
            key = f"moved:{meeting.id}:{meeting.sequence}:{member.id}"
            await tell(uow, meeting, "meeting.moved", key=key, now=now, to=member)
            told += 1
    return MeetingChange(told=told, asked_again=asked_again)


def write(meeting: Meeting, details: Details) -> None:
    """The meeting as the form has it."""
    for name, value in vars(details).items():
        setattr(meeting, name, value)


def ask_again(invitation: Invitation, *, was_known: bool = True) -> None:
    """The answer was to another day: remembered as that, and asked for like one that is missing.

    When and by whom it was given stays beside it. One to a day that not everybody heard of is not remembered.
    """
    invitation.calendar_steps = invitation.entry_steps
    invitation.former_answer, invitation.answer = invitation.answer if was_known else None, None
    invitation.reason, invitation.eats, invitation.queue = "", None, None


async def _invitations(state: Reading, meeting_id: int) -> Sequence[Invitation]:
    """All of them: somebody may have answered for people who are not in Slack yet, or have left for now."""
    return (await state.session.scalars(select(Invitation).where(Invitation.meeting_id == meeting_id))).all()
