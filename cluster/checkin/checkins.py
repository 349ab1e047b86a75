"""Checking in: opened by whoever steers the meeting, by a PIN that stands on the screen, only then.

It is trust and not control: what is noted is the attendance that the coordinator's sheet shows and corrects.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from cluster import audit
from cluster.chairing import sittings
from cluster.errors import ClusterError
from cluster.meetings import attendance
from cluster.meetings.meetings import hold
from cluster.subjects import MEETING
from storage.models import CheckIn, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import MeetingState

WINDOW = timedelta(minutes=30)
"""Before a meeting and after it."""
DIGITS = "23456789"
"""No 0 and 1: on a screen they look like letters."""
LENGTH = 4


async def of_meeting(state: Reading, meeting: Meeting) -> CheckIn | None:
    """By what members check in to a meeting; None while it is not open."""
    found: CheckIn | None = await state.session.scalar(select(CheckIn).where(CheckIn.meeting_id == meeting.id))
    return found


async def admit(uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime) -> CheckIn:
    """Open it, once: whoever opens it again gets the same PIN."""
    if not await attendance.is_registered(uow, meeting.cluster_id):
        raise ClusterError("attendance.not_registered")
    sittings.require_hour(meeting, now)
    await hold(uow, meeting)
    if (found := await of_meeting(uow, meeting)) is not None:
        return found
    pin = "".join(secrets.choice(DIGITS) for _ in range(LENGTH))
    made = CheckIn(meeting_id=meeting.id, pin=pin, opened_at=now, opened_by=by.id)
    uow.session.add(made)
    await uow.session.flush()
    subject = MEETING.about(meeting.id)
    audit.note(uow, "checkin.opened", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await sittings.show(uow, meeting, now=now)
    return made


def is_open(meeting: Meeting, now: datetime) -> bool:
    """Whether it is the hour to check in."""
    is_on = meeting.state == MeetingState.PLANNED
    return is_on and meeting.starts_at - WINDOW <= now <= meeting.ends_at + WINDOW


async def open_for(state: Reading, member: Member, now: datetime) -> Sequence[tuple[Meeting, CheckIn]]:
    """What a member can check in to now, invited or not."""
    rows = (
        select(Meeting, CheckIn)
        .join(CheckIn, CheckIn.meeting_id == Meeting.id)
        .where(Meeting.cluster_id == member.cluster_id, Meeting.state == MeetingState.PLANNED)
        .where(Meeting.starts_at <= now + WINDOW, Meeting.ends_at >= now - WINDOW)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [(meeting, door) for meeting, door in (await state.session.execute(rows)).all()]


async def enter(uow: UnitOfWork, people: Sequence[Member], pin: str, *, now: datetime) -> tuple[Meeting, Member, bool]:
    """A person, a member of some clusters, is at the meeting whose PIN this is; whether that is new."""
    found = [
        (meeting, member)
        for member in people
        for meeting, door in await open_for(uow, member, now)
        if secrets.compare_digest(door.pin.encode(), pin.encode())
    ]
    if not found:
        is_any = [each for member in people for each in await open_for(uow, member, now)]
        raise ClusterError("checkin.wrong_pin" if is_any else "checkin.closed")
    meeting, member = found[0]
    is_new = await attendance.check_in(uow, meeting, member, by=member, now=now)
    if is_new:
        await sittings.show(uow, meeting, now=now)
    return meeting, member, is_new


async def waiting_for(state: Reading, member: Member, now: datetime) -> Meeting | None:
    """The meeting that a member can check in to and has not."""
    for meeting, _ in await open_for(state, member, now):
        if not (await attendance.is_in(state, meeting, member))["present"]:
            return meeting
    return None
