"""What a date poll is about, as its coordinator wrote it in a form: read and checked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from cluster.calendar import at, is_workday
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings.details import MEETING_KINDS, TITLE_LIMIT
from cluster.polls.written_dates import ClockHours, read

FEWEST, MOST = 2, 8
"""Dates of a poll: of one nothing is to be chosen, more are nobody's calendar."""
_FURTHEST = timedelta(days=730)


class PollSlot(NamedTuple):
    """One date, from when to when."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class WrittenPoll:
    """The form's fields as they came in, in Copenhagen time."""

    title: str
    words: str
    """The dates, as people write them …"""
    days: tuple[date, ...]
    """… and those that were picked in calendars."""
    start: str
    end: str
    kind: str = "topic"
    place: str = ""
    food: bool = False
    answer_day: str = ""
    answer_time: str = ""


@dataclass(frozen=True)
class PollDetails:
    """What has been understood and holds."""

    kind: str
    title: str
    place: str
    food: bool
    answer_by: datetime
    slots: tuple[PollSlot, ...]


def examine(
    written: WrittenPoll, *, now: datetime, kept: Sequence[PollSlot] = (), is_new: bool = True
) -> tuple[PollDetails | None, list[ClusterError]]:
    """The details, or everything that is wrong with them, each with its field. ``kept`` are the dates that stay of a
    poll that is changed."""
    problems: list[ClusterError] = []
    if is_new and not written.title.strip():
        problems.append(ClusterError("meeting.title_missing", field="title"))
    if is_new and written.kind not in MEETING_KINDS:
        problems.append(ClusterError("meeting.kind_unknown", field="kind"))
    start, end = _time(written.start, "start", problems), _time(written.end, "end", problems)
    answer_by = _answer_by(written, problems)
    if start is None or end is None or answer_by is None:
        return None, problems
    if end <= start:
        problems.append(ClusterError("meeting.ends_before_start", field="end"))
        return None, problems
    slots = _slots(written, ClockHours(start, end), now, problems)
    together = tuple(sorted({*kept, *slots}))
    problems += _judge(together, slots, answer_by, now)
    title = " ".join(written.title.split())[:TITLE_LIMIT]
    place = " ".join(written.place.split())[:255]
    details = PollDetails(written.kind, title, place, written.food, answer_by, together)
    return (None if problems else details), problems


def _slots(written: WrittenPoll, usual: ClockHours, now: datetime, problems: list[ClusterError]) -> list[PollSlot]:
    today = local(now).date()
    try:
        said = read(written.words, today, usual)
    except ClusterError as problem:
        problems.append(problem)
        said = []
    picked = [(day, usual) for day in written.days]
    return [
        PollSlot(at(day, hours.start.hour, hours.start.minute), at(day, hours.end.hour, hours.end.minute))
        for day, hours in [*said, *picked]
    ]


def _judge(
    together: Sequence[PollSlot], new: Sequence[PollSlot], answer_by: datetime, now: datetime
) -> list[ClusterError]:
    problems = []
    if any(each.starts_at <= now for each in new):
        problems.append(ClusterError("poll.date_past", field="words"))
    elif any(each.starts_at > now + _FURTHEST for each in new):
        problems.append(ClusterError("meeting.too_far", field="words"))
    elif len(together) < FEWEST:
        problems.append(ClusterError("poll.too_few", field="words", fewest=FEWEST))
    elif len(together) > MOST:
        problems.append(ClusterError("poll.too_many", field="words", most=MOST))
    elif answer_by >= together[0].starts_at:
        problems.append(ClusterError("poll.answer_after_first", field="answer_day"))
    if answer_by <= now:
        problems.append(ClusterError("meeting.answer_in_past", field="answer_day"))
    return problems


def _time(text: str, field: str, problems: list[ClusterError]) -> time | None:
    try:
        return time.fromisoformat(text.strip().replace(".", ":"))
    except ValueError:
        problems.append(ClusterError("meeting.time_unreadable", field=field))
        return None


def _answer_by(written: WrittenPoll, problems: list[ClusterError]) -> datetime | None:
    hour = _time(written.answer_time, "answer_time", problems)
    try:
        day = date.fromisoformat(written.answer_day.strip())
    except ValueError:
        problems.append(ClusterError("meeting.date_unreadable", field="answer_day"))
        return None
    return at(day, hour.hour, hour.minute) if hour is not None else None


def a_week_on(now: datetime) -> date:
    """When answers are due, unless another day is chosen: the first workday a week ahead."""
    day = local(now).date() + timedelta(days=7)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def answer_by_of(starts_at: datetime, now: datetime) -> datetime:
    """When a meeting of a poll wants its answers: a week before at noon, or half-way there where there is no week."""
    usual = at(local(starts_at).date() - timedelta(days=7), 12)
    if usual > now + timedelta(days=2):
        return usual
    return now + (starts_at - now) / 2
