"""What a meeting is, as the coordinator wrote it in a form: read, checked and with sensible proposals. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from cluster.calendar import at, is_workday
from cluster.clock import COPENHAGEN, local
from cluster.errors import ClusterError
from cluster.ids import as_id
from storage.models import Meeting

MEETING_KINDS = ("topic", "evaluation", "status", "assembly", "visit", "staff", "municipality", "virtual")
"""Requirement MOE-03. ``assembly`` is the generalforsamling; ``staff`` and ``municipality`` are meetings with them."""

VIRTUAL = "virtual"
ASKED = {"visit": "with_whom", "staff": "with_whom", "municipality": "with_whom", "assembly": "notice_days"}
"""What else is asked of some kinds."""
TITLE_LIMIT = 100
LINK_LIMIT = 500
MOST_NOTICE = 180
MOST_SEATS = 500
MOMENTS = ("starts_at", "ends_at", "answer_by")
_THURSDAY = 3
_LINK = re.compile(r"https://[^\s<>|\"]{3,}")
_FURTHEST = timedelta(days=730)


@dataclass(frozen=True)
class Written:
    """The form's fields as they came in, in Copenhagen time: ``2026-05-07``, ``16:30``."""

    kind: str
    title: str
    day: str
    start: str
    end: str
    place: str
    food: bool
    answer_day: str
    answer_time: str
    note: str
    link: str = ""
    with_whom: str = ""
    notice_days: str = ""
    seats: str = ""


@dataclass(frozen=True)
class Details:
    """What has been understood and holds."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    food: bool
    answer_by: datetime
    note: str
    link: str = ""
    with_whom: str = ""
    notice_days: int | None = None
    seats: int | None = None


def has_both(meeting: Meeting | Details) -> bool:
    """Whether one can come, or take part from a screen."""
    return bool(meeting.link) and meeting.kind != VIRTUAL


def examine(
    written: Written, *, now: datetime, before: Meeting | None = None
) -> tuple[Details | None, list[ClusterError]]:
    """The details, or everything that is wrong with them, each with the field it belongs to.

    ``before`` is the meeting that is being changed: an answer-by that was already there may have passed.
    """
    problems: list[ClusterError] = []
    if written.kind not in MEETING_KINDS:
        problems.append(ClusterError("meeting.kind_unknown", field="kind"))
    if not written.title.strip():
        problems.append(ClusterError("meeting.title_missing", field="title"))
    day = _day(written.day, "day", problems)
    start = _time(written.start, "start", problems)
    end = _time(written.end, "end", problems)
    answer_day = _day(written.answer_day, "answer_day", problems)
    answer_time = _time(written.answer_time, "answer_time", problems)
    link, notice_days, seats = _link(written.link, problems), _notice(written, problems), _seats(written, problems)
    if day is None or start is None or end is None or answer_day is None or answer_time is None:
        return None, problems
    details = Details(
        kind=written.kind,
        title=" ".join(written.title.split())[:TITLE_LIMIT],
        starts_at=at(day, start.hour, start.minute),
        ends_at=at(day, end.hour, end.minute),
        place="" if written.kind == VIRTUAL else " ".join(written.place.split())[:255],
        food=written.food,
        answer_by=at(answer_day, answer_time.hour, answer_time.minute),
        note=written.note.strip()[:2000],
        link=link,
        with_whom=" ".join(written.with_whom.split())[:255] if ASKED.get(written.kind) == "with_whom" else "",
        notice_days=notice_days,
        seats=seats,
    )
    problems += _judge(details, now, before)
    return (None if problems else details), problems


def _judge(details: Details, now: datetime, before: Meeting | None) -> list[ClusterError]:
    problems = []
    if details.ends_at <= details.starts_at:
        problems.append(ClusterError("meeting.ends_before_start", field="end"))
    if details.starts_at <= now:
        problems.append(ClusterError("meeting.in_past", field="day"))
    if details.starts_at > now + _FURTHEST:
        problems.append(ClusterError("meeting.too_far", field="day"))
    unchanged = before is not None and before.answer_by == details.answer_by
    if details.answer_by >= details.starts_at:
        problems.append(ClusterError("meeting.answer_after_start", field="answer_day"))
    elif details.answer_by <= now and not unchanged:
        problems.append(ClusterError("meeting.answer_in_past", field="answer_day"))
    elif before is not None and details.answer_by <= now and is_other_weekday(before.starts_at, details.starts_at):
        problems.append(ClusterError("meeting.answer_again", field="answer_day"))
    return problems


def is_other_weekday(before: datetime, after: datetime) -> bool:
    """Whether who could come may well not be able to now: the week of a practice goes by its weekdays."""
    return local(before).weekday() != local(after).weekday()


def _day(text: str, field: str, problems: list[ClusterError]) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        problems.append(ClusterError("meeting.date_unreadable", field=field))
        return None


def _time(text: str, field: str, problems: list[ClusterError]) -> time | None:
    try:
        return time.fromisoformat(text.strip().replace(".", ":"))
    except ValueError:
        problems.append(ClusterError("meeting.time_unreadable", field=field))
        return None


def _link(written: str, problems: list[ClusterError]) -> str:
    """An address that a screen can open; nothing else is made a link of in other people's messages."""
    said = written.strip()
    if said and not _LINK.fullmatch(said):
        problems.append(ClusterError("meeting.link_unreadable", field="link"))
    return said[:LINK_LIMIT]


def _notice(written: Written, problems: list[ClusterError]) -> int | None:
    said = written.notice_days.strip()
    if ASKED.get(written.kind) != "notice_days" or not said:
        return None
    days = as_id(said)
    if days is None or days > MOST_NOTICE:
        problems.append(ClusterError("meeting.notice_unreadable", field="notice_days"))
        return None
    return days


def _seats(written: Written, problems: list[ClusterError]) -> int | None:
    """Of a virtual meeting there are as many as come."""
    said = written.seats.strip()
    if not said or written.kind == VIRTUAL:
        return None
    found = as_id(said)
    if found is None or not 1 <= found <= MOST_SEATS:
        problems.append(ClusterError("meeting.seats_unreadable", field="seats"))
        return None
    return found


def short_notice(details: Details, called_at: datetime) -> int | None:
    """How many days before an assembly its members hear of it, where that is fewer than the statutes say."""
    given = (local(details.starts_at).date() - local(called_at).date()).days
    return given if details.notice_days is not None and given < details.notice_days else None


def propose(now: datetime, taken: Collection[date] = ()) -> Written:
    """A good start: the first free Thursday three weeks ahead, 16.30–19.00, answers a week before at noon."""
    day = local(now).date() + timedelta(days=21)
    while day.weekday() != _THURSDAY or not is_workday(day) or day in taken:
        day += timedelta(days=1)
    return Written(
        kind="topic",
        title="",
        day=day.isoformat(),
        start="16:30",
        end="19:00",
        place="",
        food=True,
        answer_day=(day - timedelta(days=7)).isoformat(),
        answer_time="12:00",
        note="",
    )


def snapshot(meeting: Meeting) -> dict[str, Any]:
    """A meeting's details in JSON, to be put back (``restored``)."""
    values = {each.name: getattr(meeting, each.name) for each in fields(Details)}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def restored(values: Mapping[str, Any]) -> Details:
    """The details that a snapshot holds."""
    moments = {name: datetime.fromisoformat(str(values[name])) for name in MOMENTS}
    return Details(**{**values, **moments})


def written_of(meeting: Meeting) -> Written:
    """A meeting's details as a form shows them."""
    starts, ends, answer = (
        each.astimezone(COPENHAGEN) for each in (meeting.starts_at, meeting.ends_at, meeting.answer_by)
    )
    return Written(
        kind=meeting.kind,
        title=meeting.title,
        day=starts.date().isoformat(),
        start=starts.strftime("%H:%M"),
        end=ends.strftime("%H:%M"),
        place=meeting.place,
        food=meeting.food,
        answer_day=answer.date().isoformat(),
        answer_time=answer.strftime("%H:%M"),
        note=meeting.note,
        link=meeting.link,
        with_whom=meeting.with_whom,
        notice_days="" if meeting.notice_days is None else f"{meeting.notice_days}",
        seats="" if meeting.seats is None else f"{meeting.seats}",
    )
