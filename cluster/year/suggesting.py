"""Where a next meeting can lie: by the day rule of an earlier one – the second Thursday of a month – and out of the way
of what is known. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from cluster.calendar import ONE_DAY
from cluster.clock import local
from cluster.meetings.details import Written, written_of
from storage.models import Meeting

WEEK = timedelta(days=7)
SOONEST = timedelta(days=21)
"""Ahead, so that people can be asked in time."""
_TRIES = 8
"""Weeks that are looked at before a day is taken in spite of what is in its way."""
IsFree = Callable[[date], bool]


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The ``nth`` Thursday of a month, from 1; the last where it has no fifth."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7) + (nth - 1) * WEEK
    return day if day.month == month else day - WEEK


def same_rule(last: date, soonest: date) -> date:
    """The first day from ``soonest`` on that lies in its month as ``last`` does in its."""
    nth, year, month = (last.day - 1) // 7 + 1, soonest.year, soonest.month
    found = nth_weekday(year, month, last.weekday(), nth)
    while found < soonest:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        found = nth_weekday(year, month, last.weekday(), nth)
    return found


def free_near(day: date, soonest: date, is_free: IsFree) -> date:
    """The day itself where nothing is in its way, else the nearest of the same weekday, the later one of two."""
    weeks = [0, *(sign * n for n in range(1, _TRIES) for sign in (1, -1))]
    tried = [day + n * WEEK for n in weeks]
    return next((each for each in tried if each >= soonest and is_free(each)), day)


def like(meeting: Meeting, now: datetime, is_free: IsFree) -> Written:
    """A new meeting as an earlier one: its place, hours, kind, food, and day of the month; without a topic."""
    soonest = local(now).date() + SOONEST
    day = free_near(same_rule(local(meeting.starts_at).date(), soonest), soonest, is_free)
    return on_day(written_of(meeting), meeting, day)


def on_day(written: Written, meeting: Meeting, day: date) -> Written:
    """The same on a day; answers are due as long before as they were, but not yet over."""
    ahead = local(meeting.starts_at).date() - local(meeting.answer_by).date()
    answer_day = day - min(max(ahead, ONE_DAY), SOONEST - ONE_DAY)
    return Written(
        kind=written.kind,
        title="",
        day=day.isoformat(),
        start=written.start,
        end=written.end,
        place=written.place,
        food=written.food,
        answer_day=answer_day.isoformat(),
        answer_time=written.answer_time,
        note="",
        link=written.link,
        with_whom=written.with_whom,
        notice_days=written.notice_days,
    )
