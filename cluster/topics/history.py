"""What a cluster has had: what it measured, when, how many came, what it agreed. Made from what is kept for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select

from cluster.packages.catalogue import meant_by, words_of
from cluster.packages.lookup import package_of
from measures.packages.package import Package
from storage.models import Agreement, Attendance, Meeting, Round, Submission
from storage.unit_of_work import Reading
from storage.words import MeetingState, RoundState, Source, SubmissionState

STILL_ON = timedelta(days=60)
"""A topic of so lately is the same topic going on, and no repetition."""


@dataclass(frozen=True)
class Had:
    """One meeting or collection of numbers, with what came of it."""

    title: str
    """Of the meeting; empty where the numbers had none."""
    at: datetime
    meeting_id: int | None = None
    package: Package | None = None
    """What was measured."""
    round_id: int | None = None
    practices: int = 0
    """How many gave numbers."""
    came: int | None = None
    """How many came; None where nobody noted it."""
    agreed: str = ""
    is_running: bool = False
    """Whether its numbers are still to be shown."""


async def of_cluster(state: Reading, cluster_id: int, *, now: datetime) -> list[Had]:
    """Everything that has been, the newest first; a meeting with several collections stands once for each."""
    held = await _meetings(state, cluster_id, now)
    came = await _came(state, [each for each in held if held[each].attendance_closed_at is not None])
    rounds = await _rounds(state, cluster_id)
    gave, agreed = await _gave(state, rounds), await _agreed(state, cluster_id)
    found = []
    for round_ in rounds:
        meeting = held.get(round_.meeting_id or 0)
        about = Had(
            title="",
            at=round_.released_at or round_.deadline,
            package=package_of(round_),
            round_id=round_.id,
            practices=gave.get(round_.id, 0),
            agreed=agreed.get(round_.id, ""),
            is_running=round_.state == RoundState.OPEN,
        )
        if meeting is not None:
            at, there = meeting.starts_at, came.get(meeting.id)
            about = replace(about, title=meeting.title, at=at, meeting_id=meeting.id, came=there)
        found.append(about)
    measured = {each.meeting_id for each in found}
    found += [
        Had(each.title, each.starts_at, each.id, came=came.get(each.id))
        for each in held.values()
        if each.id not in measured
    ]
    return sorted(found, key=lambda each: (each.at, each.round_id or 0), reverse=True)


def newest_about(log: Sequence[Had], packages: Sequence[Package], words: str, package_id: str = "") -> Had | None:
    """The last time that the cluster had a topic: by its package, or by words that say the same."""
    if not package_id and (meant := meant_by(packages, words)) is not None:
        package_id = meant.id
    said = words_of(words)
    for each in log:
        if each.is_running:
            continue
        if package_id and each.package is not None and each.package.id == package_id:
            return each
        if each.title and words_of(each.title) == said:
            return each
        if package_id and each.title and (meant := meant_by(packages, each.title)) and meant.id == package_id:
            return each
    return None


async def before(
    state: Reading,
    cluster_id: int,
    packages: Sequence[Package],
    *,
    words: str = "",
    package_id: str = "",
    now: datetime,
) -> Had | None:
    """The last time, if that is so long ago that it would be a repetition."""
    found = newest_about(await of_cluster(state, cluster_id, now=now), packages, words, package_id)
    return found if found is not None and found.at <= now - STILL_ON else None


async def _meetings(state: Reading, cluster_id: int, now: datetime) -> dict[int, Meeting]:
    rows = select(Meeting).where(
        Meeting.cluster_id == cluster_id, Meeting.state == MeetingState.PLANNED, Meeting.ends_at <= now
    )
    return {each.id: each for each in (await state.session.scalars(rows)).all()}


async def _came(state: Reading, meeting_ids: Sequence[int]) -> dict[int, int]:
    rows = select(Attendance.meeting_id, func.count()).where(Attendance.meeting_id.in_(meeting_ids), Attendance.present)
    return {row[0]: row[1] for row in await state.session.execute(rows.group_by(Attendance.meeting_id))}


async def _rounds(state: Reading, cluster_id: int) -> Sequence[Round]:
    """Those that practices were asked in, and that were not called off before anybody saw their charts."""
    was_had = Round.state.not_in((RoundState.DRAFT, RoundState.CANCELLED)) | Round.released_at.is_not(None)
    rows = select(Round).where(Round.cluster_id == cluster_id, was_had).order_by(Round.id)
    return (await state.session.scalars(rows)).all()


async def _gave(state: Reading, rounds: Sequence[Round]) -> dict[int, int]:
    rows = (
        select(Submission.round_id, func.count(func.distinct(Submission.practice_id)))
        .where(Submission.round_id.in_([each.id for each in rounds]), Submission.state == SubmissionState.ACCEPTED)
        .where(Submission.source != Source.NONE)
        .group_by(Submission.round_id)
    )
    return {row[0]: row[1] for row in await state.session.execute(rows)}


async def _agreed(state: Reading, cluster_id: int) -> dict[int, str]:
    rows = select(Agreement.round_id, Agreement.text).where(Agreement.cluster_id == cluster_id).order_by(Agreement.id)
    return {row[0]: row[1] for row in await state.session.execute(rows)}
