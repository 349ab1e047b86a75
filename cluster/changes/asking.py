"""Who is asked what they change: those who are at the meeting, in its last minutes or when the coordinator taps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from cluster import audit
from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.members import places
from cluster.notices import ANSWER, owe, renew_home
from cluster.subjects import COMMITMENT, MEETING
from storage.models import Attendance, Commitment, Invitation, Meeting, Member, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import EXPECTED, MeetingState, RoundState

STILL_ASKED = timedelta(days=14)
"""After a meeting; later than that it would be another thing."""
FRESH = timedelta(hours=12)
"""An outage that outlasts the evening: then it is for the coordinator to ask."""
MOST = 10


@dataclass(frozen=True)
class Asked:
    """Whom the question went to."""

    practices: int
    people: int


async def topic_of(state: Reading, meeting_id: int) -> Round | None:
    """The numbers that a meeting is about, those whose charts are sent first."""
    rows = (
        select(Round)
        .where(Round.meeting_id == meeting_id, Round.state.not_in((RoundState.DRAFT, RoundState.CANCELLED)))
        .order_by(Round.released_at.is_(None), Round.released_at.desc(), Round.id.desc())
    )
    return (await state.session.scalars(rows)).first()


async def those_there(state: Reading, meeting: Meeting) -> dict[int, list[Member]]:
    """Practice → its people who are at the meeting: as recorded, else as they answered."""
    came = select(Attendance.member_id).where(Attendance.meeting_id == meeting.id, Attendance.present)
    if meeting.attendance_closed_at is None:
        came = select(Invitation.member_id).where(Invitation.meeting_id == meeting.id, Invitation.answer.in_(EXPECTED))
    rows = select(Member).where(Member.id.in_(came), Member.active, Member.slack_user_id.is_not(None))
    found: dict[int, list[Member]] = {}
    for member in await state.session.scalars(rows.order_by(Member.practice_id, Member.id)):
        if member.practice_id is not None and places.is_one_of(member, member.practice_id):
            found.setdefault(member.practice_id, []).append(member)
    return found


async def askable(state: Reading, cluster_id: int, now: datetime) -> Sequence[Meeting]:
    """The meetings about which a coordinator may ask: begun, and not long over; the newest first."""
    rows = (
        select(Meeting)
        .where(Meeting.cluster_id == cluster_id, Meeting.state == MeetingState.PLANNED)
        .where(Meeting.starts_at <= now, Meeting.ends_at > now - STILL_ASKED)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(MOST)
    )
    return (await state.session.scalars(rows)).all()


async def ask(uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime) -> Asked:
    """The coordinator asks. Who was asked before is not asked again."""
    await meetings.hold(uow, meeting)
    if meeting.id not in {each.id for each in await askable(uow, meeting.cluster_id, now)}:
        raise ClusterError("commitment.no_meeting")
    asked = await _ask(uow, meeting, await topic_of(uow, meeting.id), by=by, now=now)
    audit.note(
        uow,
        "commitment.asked",
        MEETING.about(meeting.id),
        now=now,
        actor_id=by.id,
        cluster_id=meeting.cluster_id,
    )
    return asked


async def ask_at_the_end(uow: UnitOfWork, meeting: Meeting, *, sequence: int, now: datetime) -> Asked | None:
    """The last minutes of a meeting about numbers that everybody has charts of; of any other the coordinator asks."""
    await meetings.hold(uow, meeting)
    topic = await topic_of(uow, meeting.id)
    is_current = meeting.state == MeetingState.PLANNED and meeting.sequence == sequence
    if not is_current or topic is None or topic.released_at is None or now > meeting.ends_at + FRESH:
        return None
    return await _ask(uow, meeting, topic, by=None, now=now)


async def _ask(uow: UnitOfWork, meeting: Meeting, topic: Round | None, *, by: Member | None, now: datetime) -> Asked:
    there = await those_there(uow, meeting)
    known = {
        row.practice_id: row
        for row in await uow.session.scalars(select(Commitment).where(Commitment.meeting_id == meeting.id))
    }
    practices = people = 0
    for practice_id, those in there.items():
        row = known.get(practice_id) or Commitment(
            cluster_id=meeting.cluster_id,
            meeting_id=meeting.id,
            practice_id=practice_id,
            round_id=topic.id if topic is not None else None,
            asked_at=now,
            asked_by=by.id if by is not None else None,
        )
        uow.session.add(row)
        await uow.session.flush()
        new = [each for each in those if await _owe(uow, row, each, now=now)]
        practices, people = practices + bool(new), people + len(new)
        await renew_home(uow, [each.id for each in new], now=now)
    return Asked(practices, people)


async def _owe(uow: UnitOfWork, row: Commitment, member: Member, *, now: datetime) -> bool:
    return await owe(
        uow,
        "commitment.ask",
        key=f"commitment-ask:{row.id}:{member.id}",
        now=now,
        member_id=member.id,
        cluster_id=row.cluster_id,
        subject=COMMITMENT.about(row.id),
        urgency=ANSWER,
    )
