"""Minutes that are sent: to every member, also those who could not come; a correction is a version of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cluster import audit
from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.members import members
from cluster.minutes.room import Kinds
from cluster.minutes.writing import MinutesPart, MinutesText, lines_of, of_meeting, require_writer, written_of
from cluster.notices import owe_each, renew_home, take_back
from cluster.subjects import MEETING
from storage.models import Meeting, Member, Minutes, MinutesVersion
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import MeetingState, Role


@dataclass(frozen=True)
class SentMinutes:
    """One version: whose meeting, what it says, what the one before said."""

    meeting: Meeting
    number: int
    written: MinutesText
    before: MinutesText | None
    sent_at: datetime


@dataclass(frozen=True)
class Changed:
    """The lines of a part that came and went with a correction."""

    part: MinutesPart
    added: tuple[str, ...]
    removed: tuple[str, ...]


async def readers(state: Reading, cluster_id: int) -> list[Member]:
    """Who gets minutes: all members in Slack, whatever they answered; not who only looks on."""
    everybody = await members.of_cluster(state, cluster_id)
    return [each for each in everybody if each.slack_user_id is not None and each.role != Role.OBSERVER]


async def send(
    uow: UnitOfWork, meeting: Meeting, *, sequence: int, by: Member, now: datetime, at: datetime | None = None
) -> tuple[int, int]:
    """Send what is written, at once or ``at`` an hour; the version, and to how many. ``sequence`` is what was seen."""
    await meetings.hold(uow, meeting)
    row = await of_meeting(uow, meeting.id)
    require_writer(by, row)
    if row is None or written_of(row).is_empty:
        raise ClusterError("minutes.empty")
    if row.sequence != sequence:
        raise ClusterError("minutes.seen_another")
    newest = await _newest(uow, row)
    if newest is not None and newest.sequence == row.sequence:
        raise ClusterError("minutes.sent_already")
    subject = MEETING.about(meeting.id)
    await take_back(uow, subject, kinds=(Kinds.MINUTES_SENT, Kinds.MINUTES_TIME))
    if newest is None or newest.sent_at <= now:
        newest = MinutesVersion(minutes_id=row.id, number=newest.number + 1 if newest is not None else 1)
        uow.session.add(newest)  # else nobody has seen the one before: this one goes instead
    newest.points, newest.practices, newest.shared = row.points, row.practices, row.shared
    newest.sequence, newest.sent_by, newest.sent_at = row.sequence, by.id, max(at or now, now)
    people = await readers(uow, meeting.cluster_id)
    await owe_each(
        uow,
        Kinds.MINUTES_SENT,
        people,
        key=f"minutes-sent:{meeting.id}:{row.sequence}",
        now=now,
        cluster_id=meeting.cluster_id,
        subject=subject,
        due_at=newest.sent_at,
        version=newest.number,
    )
    audit.note(uow, "minutes.sent", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await renew_home(uow, [each for each in {by.id, row.taker_id} if each is not None], now=now)
    return newest.number, len(people)


async def version_of(state: Reading, meeting_id: int, number: int) -> SentMinutes | None:
    """A version, with what stood in the one before."""
    row = await of_meeting(state, meeting_id)
    meeting = await state.session.get(Meeting, meeting_id)
    if row is None or meeting is None:
        return None
    versions = {each.number: each for each in await _versions(state, row)}
    return _sent(meeting, versions[number], versions.get(number - 1)) if number in versions else None


async def newest_sent(state: Reading, meeting_id: int, now: datetime) -> SentMinutes | None:
    """What members have last got of a meeting."""
    row = await of_meeting(state, meeting_id)
    newest = next((each for each in await _versions(state, row) if each.sent_at <= now), None) if row else None
    return await version_of(state, meeting_id, newest.number) if newest is not None else None


async def is_settled(state: Reading, row: Minutes) -> bool:
    """Whether all that is written is sent, or on its way."""
    newest = await _newest(state, row)
    return newest is not None and newest.sequence == row.sequence


async def was_sent(state: Reading, row: Minutes) -> bool:
    """Whether any version is sent, or on its way."""
    return await _newest(state, row) is not None


async def all_sent(state: Reading, cluster_id: int, now: datetime) -> list[SentMinutes]:
    """What a cluster's members have got of each meeting, the newest meeting first."""
    rows = (
        select(Meeting, MinutesVersion)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .join(MinutesVersion, MinutesVersion.minutes_id == Minutes.id)
        .where(Meeting.cluster_id == cluster_id, MinutesVersion.sent_at <= now)
        .where(Meeting.state == MeetingState.PLANNED)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc(), MinutesVersion.number.desc())
    )
    found: dict[int, SentMinutes] = {}
    for meeting, version in (await state.session.execute(rows)).all():
        found.setdefault(meeting.id, _sent(meeting, version, None))
    return list(found.values())


async def find(state: Reading, cluster_id: int, words: str, now: datetime) -> list[SentMinutes]:
    """Minutes in whose title or lines every word stands, whatever its case."""
    wanted = words.casefold().split()
    sent = await all_sent(state, cluster_id, now)
    return [each for each in sent if wanted and all(word in _all_of(each) for word in wanted)]


def lines_with(sent: SentMinutes, words: str) -> list[str]:
    """The lines in which one of the words stands."""
    wanted = words.casefold().split()
    lines = [line for name in MinutesPart for line in lines_of(getattr(sent.written, name))]
    return [line for line in lines if any(word in line.casefold() for word in wanted)]


def changes(sent: SentMinutes) -> list[Changed]:
    """What a correction changed, part by part; nothing of the first version."""
    if sent.before is None:
        return []
    found = []
    for name in MinutesPart:
        now_is, was = lines_of(getattr(sent.written, name)), lines_of(getattr(sent.before, name))
        added = tuple(line for line in now_is if line not in was)
        removed = tuple(line for line in was if line not in now_is)
        if added or removed:
            found.append(Changed(name, added, removed))
    return found


def _all_of(sent: SentMinutes) -> str:
    return "\n".join([sent.meeting.title, *(getattr(sent.written, name) for name in MinutesPart)]).casefold()


def _sent(meeting: Meeting, version: MinutesVersion, before: MinutesVersion | None) -> SentMinutes:
    written = MinutesText(version.points, version.practices, version.shared)
    was = MinutesText(before.points, before.practices, before.shared) if before is not None else None
    return SentMinutes(meeting, version.number, written, was, version.sent_at)


async def _versions(state: Reading, row: Minutes) -> Sequence[MinutesVersion]:
    """All that was sent, the newest first."""
    rows = select(MinutesVersion).where(MinutesVersion.minutes_id == row.id).order_by(MinutesVersion.number.desc())
    return (await state.session.scalars(rows)).all()


async def _newest(state: Reading, row: Minutes) -> MinutesVersion | None:
    versions = await _versions(state, row)
    return versions[0] if versions else None
