"""What stands in a member's own calendar: meetings that the member knows of, and what the member still owes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from cluster.meetings import meetings, waiting
from cluster.rounds import rounds, standing
from cluster.subjects import MEETING
from storage.models import Assignment, Invitation, Meeting, Member, Outbox, Round
from storage.unit_of_work import Reading
from storage.words import MeetingState, OutboxState, Rsvp

BEHIND = timedelta(days=366)
"""So long a meeting stands there after it was held."""
SHOWN = (MeetingState.PLANNED, MeetingState.CANCELLED)


@dataclass(frozen=True)
class Entries:
    """Of one member, the earliest first."""

    meetings: Sequence[tuple[Meeting, Invitation]] = ()
    """Those that the member has not said no to."""
    to_answer: Sequence[Meeting] = ()
    """Those that wait for the member's answer, until it is too late for one."""
    numbers: Sequence[tuple[Assignment, Round]] = ()
    """Numbers that the member is asked for in person and the practice has not given."""


async def entries_of(state: Reading, member: Member, now: datetime) -> Entries:
    """As things stand now."""
    unheard = await waiting.unheard_of(state, member, now)
    recent = await meetings.invited_to(state, member, Meeting.state.in_(SHOWN), Meeting.ends_at > now - BEHIND)
    off = [meeting for meeting, _ in recent if meeting.state == MeetingState.CANCELLED]
    told = await _told_of(state, member, off) if off else set()
    known = [
        (meeting, mine)
        for meeting, mine in recent
        if meeting.id not in unheard
        and (meeting.state == MeetingState.PLANNED or meeting.id in told or mine.answered_at is not None)
    ]
    return Entries(
        [each for each in known if each[1].answer != Rsvp.NO],
        [
            meeting
            for meeting, mine in known
            if meeting.state == MeetingState.PLANNED and mine.answer is None and meeting.answer_by > now
        ],
        await _numbers(state, member, now),
    )


async def _told_of(state: Reading, member: Member, called_off: Sequence[Meeting]) -> set[int]:
    """Which of the meetings that are off the member had heard of: the others were never there for the member."""
    subjects = [MEETING.about(meeting.id) for meeting in called_off]
    rows = select(Outbox.subject).where(
        Outbox.member_id == member.id,
        Outbox.kind == "meeting.card",
        Outbox.state == OutboxState.SENT,
        Outbox.subject.in_(subjects),
    )
    return {key for subject in await state.session.scalars(rows) if (key := MEETING.key_in(subject)) is not None}


async def _numbers(state: Reading, member: Member, now: datetime) -> list[tuple[Assignment, Round]]:
    asked = [
        (part, round_)
        for part, round_ in await rounds.owed_by(state, [member])
        if part.member_id == member.id and round_.deadline > now
    ]
    if not asked:
        return []
    answered = await standing.answered_by(state, [round_.id for _, round_ in asked], member.practice_id or 0)
    return [each for each in asked if each[1].id not in answered]
