"""What a member's calendar reads: PUBLISH, so nobody is invited and nobody named.

Each meeting goes by the name (UID) of its entry in a file, so that a calendar knows the two as one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cluster.calendars.entries import Entries
from cluster.clock import local
from cluster.packages.lookup import package_of
from handlers.meetings.views.calendar_file import copenhagen, location_of, sequence_of, uid_of
from locales import Texts
from measures.packages.package import text
from storage.models import Assignment, Invitation, Meeting, Round
from storage.words import COMING, MeetingState

if TYPE_CHECKING:
    from icalendar import Event as Component

HOURS_BETWEEN_LOOKS = 4
"""How often we ask calendars to look; each does as it likes, Google once a day."""


@dataclass(frozen=True)
class Event:
    """One entry; a deadline takes a whole day and nobody's time."""

    uid: str
    sequence: int
    starts: datetime | date
    ends: datetime | date
    title: str
    place: str = ""
    words: str = ""
    status: str = "CONFIRMED"
    is_free: bool = False
    """Whether the member's time stays free."""


def events_of(entries: Entries, t: Texts) -> list[Event]:
    """Everything that stands there, in the reader's language."""
    return [
        *(_meeting(meeting, mine, t) for meeting, mine in entries.meetings),
        *(_to_answer(meeting, t) for meeting in entries.to_answer),
        *(_numbers(part, round_, t) for part, round_ in entries.numbers),
    ]


def _meeting(meeting: Meeting, mine: Invitation, t: Texts) -> Event:
    is_off, is_sure = meeting.state == MeetingState.CANCELLED, mine.answer in COMING
    title = t("Cancelled: {meeting}", meeting=meeting.title) if is_off else meeting.title
    return Event(
        uid_of(meeting),
        sequence_of(meeting, mine.entry_steps),
        local(meeting.starts_at),
        local(meeting.ends_at),
        title,
        location_of(meeting),
        t("Answers and changes: see Klyngebot in Slack."),
        "CANCELLED" if is_off else "CONFIRMED" if is_sure else "TENTATIVE",
        is_free=is_off or not is_sure,
    )


def _to_answer(meeting: Meeting, t: Texts) -> Event:
    title = t("Answer by {time}: {meeting}", time=t.time(meeting.answer_by), meeting=meeting.title)
    return _deadline(f"answer-{uid_of(meeting)}", meeting.sequence, meeting.answer_by, title, t)


def _numbers(part: Assignment, round_: Round, t: Texts) -> Event:
    topic = text(package_of(round_).title, t.lang)
    title = t("Numbers by {time}: {topic}", time=t.time(round_.deadline), topic=topic)
    return _deadline(f"numbers-{round_.cluster_id}-{part.id}@klyngebot.invalid", 0, round_.deadline, title, t)


def _deadline(uid: str, sequence: int, by: datetime, title: str, t: Texts) -> Event:
    day = local(by).date()
    words = t("You find it in Klyngebot in Slack.")
    return Event(uid, sequence, day, day + timedelta(days=1), title, words=words, is_free=True)


def mark_of(events: Sequence[Event], name: str) -> str:
    """Another whenever a calendar would show something else: a weak ETag, as the hour of asking stands in the file."""
    return f'W/"{hashlib.sha256(repr((name, events)).encode()).hexdigest()[:32]}"'


def feed_file(events: Sequence[Event], name: str, now: datetime) -> bytes:
    """The bytes that the calendar gets."""
    from icalendar import Calendar, vDuration, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Klyngebot//klyngemoeder//DA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Copenhagen")
    pause = vDuration(timedelta(hours=HOURS_BETWEEN_LOOKS))
    calendar.add("refresh-interval", pause, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText(f"PT{HOURS_BETWEEN_LOOKS}H"))  # the same for Outlook
    calendar.add_component(copenhagen())
    for event in events:
        calendar.add_component(_component(event, now))
    return bytes(calendar.to_ical())


def _component(event: Event, now: datetime) -> Component:
    from icalendar import Event as Component

    made = Component()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("dtstamp", now)
    made.add("dtstart", event.starts)
    made.add("dtend", event.ends)
    made.add("summary", event.title)
    if event.place:
        made.add("location", event.place)
    made.add("description", event.words)
    made.add("status", event.status)
    made.add("transp", "TRANSPARENT" if event.is_free else "OPAQUE")
    return made
