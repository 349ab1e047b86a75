"""Who takes the minutes of a meeting, and what is written so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import exists, select

from cluster import audit
from cluster.chairing import sittings
from cluster.errors import ClusterError
from cluster.meetings import invitations, meetings
from cluster.members import members
from cluster.minutes.room import Kinds
from cluster.notices import ANSWER, owe, owe_each, renew_home, take_back
from cluster.subjects import MEETING
from storage.models import Meeting, Member, Minutes, MinutesVersion
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import MeetingState

LIMIT = 2500
"""Characters of each part: three of them are one message and two pages."""
BULLETS = re.compile(r"^[\s•*–-]*(?:\s|$)")
"""What people begin the lines of a list with; not the sign of a number."""
OWED = 3
"""Minutes that are asked for on a start page."""
EARLY = timedelta(hours=12)
"""Before the meeting, what was said there can't be written yet."""


class MinutesPart(StrEnum):
    """What minutes consist of, in order."""

    POINTS = "points"
    PRACTICES = "practices"
    SHARED = "shared"


@dataclass(frozen=True)
class MinutesText:
    """What minutes hold: each a text of lines."""

    points: str = ""
    practices: str = ""
    shared: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to send."""
        return not any(map(lines_of, (self.points, self.practices, self.shared)))


def lines_of(text: str) -> list[str]:
    """What was written, line by line, without the signs that people begin lists with, and without headings (lines that
    end with a colon) under which nothing stands."""
    lines = [BULLETS.sub("", line).strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    following = [*lines[1:], ":"][: len(lines)]
    return [line for line, after in zip(lines, following, strict=True) if not (is_heading(line) and is_heading(after))]


def is_heading(line: str) -> bool:
    """Whether it stands over the lines after it."""
    return line.endswith(":")


def written_of(row: Minutes | None) -> MinutesText:
    """What is written so far."""
    return MinutesText(row.points, row.practices, row.shared) if row is not None else MinutesText()


async def of_meeting(state: Reading, meeting_id: int) -> Minutes | None:
    """A meeting's minutes, when anybody has to do with them yet."""
    return (await state.session.scalars(select(Minutes).where(Minutes.meeting_id == meeting_id))).one_or_none()


async def meeting_with_minutes(state: Reading, meeting_id: int) -> Meeting:
    """A meeting that was called and not called off, or a friendly refusal."""
    found = await meetings.get(state, meeting_id)
    if found.state != MeetingState.PLANNED:
        raise ClusterError("minutes.no_meeting")
    return found


def may_write(member: Member, row: Minutes | None) -> bool:
    """Whoever was asked, and who runs the cluster."""
    return member.active and (member.role in members.LEADERS or (row is not None and row.taker_id == member.id))


def require_writer(member: Member, row: Minutes | None) -> None:
    """A friendly refusal to everybody else."""
    if not may_write(member, row):
        raise ClusterError("minutes.not_yours")


async def candidates(state: Reading, meeting: Meeting) -> list[Member]:
    """Who may be asked: those who come, then those who may; who chairs the meeting last, for nobody does both well.

    Nobody has answered yet: everybody who is invited.
    """
    guests = await invitations.guests(state, meeting.id)
    coming = [*guests.yes, *guests.online, *guests.maybe] or guests.none
    found = [member for member, _ in coming if member.slack_user_id is not None]
    chairs = await chairs_of(state, meeting)
    return sorted(found, key=lambda each: each.id in chairs)


async def chairs_of(state: Reading, meeting: Meeting) -> set[int]:
    """Who chairs the meeting: whoever was asked to, else those who run the cluster."""
    sitting = await sittings.of_meeting(state, meeting)
    if sitting is not None and sitting.chair_id is not None:
        return {sitting.chair_id}
    return {each.id for each in await members.of_cluster(state, meeting.cluster_id) if each.role in members.LEADERS}


async def ask(uow: UnitOfWork, meeting: Meeting, taker: Member, *, by: Member, now: datetime) -> None:
    """Ask somebody to take the minutes; whoever was asked before sees that it is another."""
    await meetings.hold(uow, meeting)
    if taker.id not in {each.id for each in await candidates(uow, meeting)}:
        raise ClusterError("minutes.not_coming", field="taker")
    row = await _row(uow, meeting)
    before = row.taker_id
    row.taker_id, row.asked_by, row.asked_at = taker.id, by.id, now
    subject = MEETING.about(meeting.id)
    await take_back(uow, subject, kinds=(Kinds.MINUTES_TIME, Kinds.MINUTES_ASKED))
    about = {"cluster_id": meeting.cluster_id, "subject": subject}
    key = f"{meeting.id}:{taker.id}:{now.isoformat()}"
    await owe(uow, Kinds.MINUTES_ASKED, key=f"minutes-asked:{key}", now=now, member_id=taker.id, **about)  # type: ignore[arg-type]
    if meeting.ends_at > now:
        due = {"due_at": meeting.ends_at, "urgency": ANSWER}
        await owe(uow, Kinds.MINUTES_TIME, key=f"minutes-time:{key}", now=now, member_id=taker.id, **about, **due)  # type: ignore[arg-type]
    audit.note(uow, "minutes.asked", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await renew_home(uow, [each for each in {taker.id, before} if each is not None], now=now)


async def decline(uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime) -> None:
    """Whoever was asked says no; who runs the cluster hears of it."""
    await meetings.hold(uow, meeting)
    row = await of_meeting(uow, meeting.id)
    if row is None or row.taker_id != by.id:
        raise ClusterError("minutes.not_yours")
    row.taker_id = None
    subject = MEETING.about(meeting.id)
    await take_back(uow, subject, kinds=(Kinds.MINUTES_TIME,), member_id=by.id)
    leaders = await members.coordinators(uow, meeting.cluster_id)
    key, about = f"minutes-declined:{meeting.id}:{by.id}:{now.isoformat()}", {"subject": subject, "who": by.id}
    await owe_each(uow, Kinds.MINUTES_DECLINED, leaders, key=key, now=now, cluster_id=meeting.cluster_id, **about)
    audit.note(uow, "minutes.declined", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await renew_home(uow, [by.id], now=now)


async def keep(
    uow: UnitOfWork, meeting: Meeting, written: MinutesText, *, sequence: int, by: Member, now: datetime
) -> Minutes:
    """Keep what is written; refused where another has written since the form was opened."""
    await meetings.hold(uow, meeting)
    row = await _row(uow, meeting)
    require_writer(by, row)
    if row.sequence != sequence:
        raise ClusterError("minutes.changed_meanwhile", field="points")
    if written != written_of(row):
        row.points, row.practices, row.shared = written.points, written.practices, written.shared
        row.sequence += 1
        row.written_by = by.id
        audit.note(
            uow, "minutes.written", MEETING.about(meeting.id), now=now, actor_id=by.id, cluster_id=meeting.cluster_id
        )
    return row


async def recent(state: Reading, cluster_id: int, now: datetime, most: int) -> Sequence[Meeting]:
    """The meetings that minutes may be about: the next one, and those that have begun, the newest first."""
    held = (
        select(Meeting)
        .where(Meeting.cluster_id == cluster_id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at <= now)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(most)
    )
    coming = [each for each in await meetings.ahead(state, cluster_id, now) if each.starts_at > now][:1]
    return [*coming, *(await state.session.scalars(held)).all()]


async def unsent_of(state: Reading, taker_id: int, now: datetime) -> Sequence[Meeting]:
    """Meetings that have begun and whose minutes somebody takes and has not sent, the newest first."""
    is_sent = exists().where(MinutesVersion.minutes_id == Minutes.id)
    rows = (
        select(Meeting)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .where(Minutes.taker_id == taker_id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at <= now, ~is_sent)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(OWED)
    )
    return (await state.session.scalars(rows)).all()


def is_early(meeting: Meeting, now: datetime) -> bool:
    """Whether it is too early to write."""
    return now < meeting.starts_at - EARLY


async def _row(uow: UnitOfWork, meeting: Meeting) -> Minutes:
    row = await of_meeting(uow, meeting.id)
    if row is None:
        row = Minutes(meeting_id=meeting.id)
        uow.session.add(row)
        await uow.session.flush()
    return row
