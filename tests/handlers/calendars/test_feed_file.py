"""What a calendar that fetches reads: the hours of Copenhagen on both sides of both changes of its clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from cluster.calendar import at
from cluster.calendars.entries import Entries
from handlers.calendars.views.feed_file import events_of, feed_file, mark_of
from locales import texts_for
from storage.models import Invitation, Meeting
from storage.words import MeetingState, Rsvp

MADE = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAYS = (date(2026, 3, 26), date(2026, 4, 9), date(2026, 10, 22), date(2026, 10, 29))


def meetings(*days: date, state: MeetingState = MeetingState.PLANNED, answer: Rsvp | None = Rsvp.YES) -> Entries:
    """A meeting on each of these days."""
    found = [
        Meeting(
            id=number,
            cluster_id=1,
            title="KOL, astma; æøå",
            starts_at=at(day, 16, 30),
            ends_at=at(day, 19),
            answer_by=at(day, 12),
            place="Lægehuset",
            sequence=0,
            state=state,
            created_at=MADE,
        )
        for number, day in enumerate(days, 1)
    ]
    mine = Invitation(answer=answer, calendar_steps=0)
    return Entries([(meeting, mine) for meeting in found], found if answer is None else ())


def read(entries: Entries, language: str = "da") -> Calendar:
    return Calendar.from_ical(feed_file(events_of(entries, texts_for(language)), "Klynge Nord", MADE))


def test_hours_are_copenhagens_on_both_sides_of_both_changes() -> None:
    calendar = read(meetings(*DAYS))
    zone = calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    seen = [event.decoded("DTSTART") for event in calendar.walk("VEVENT")]
    assert [each.replace(tzinfo=zone).astimezone(UTC).hour for each in seen] == [15, 14, 14, 15]
    assert {event["DTSTART"].params["TZID"] for event in calendar.walk("VEVENT")} == {"Europe/Copenhagen"}


@pytest.mark.parametrize(
    ("state", "answer", "said"),
    [
        (MeetingState.PLANNED, Rsvp.YES, ("KOL, astma; æøå", "CONFIRMED", "OPAQUE")),
        (MeetingState.PLANNED, Rsvp.MAYBE, ("KOL, astma; æøå", "TENTATIVE", "TRANSPARENT")),
        (MeetingState.CANCELLED, Rsvp.YES, ("Aflyst: KOL, astma; æøå", "CANCELLED", "TRANSPARENT")),
    ],
)
def test_only_what_is_sure_takes_time(state: MeetingState, answer: Rsvp, said: tuple[str, str, str]) -> None:
    [event] = read(meetings(DAYS[0], state=state, answer=answer)).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["STATUS"]), str(event["TRANSP"])) == said


def test_deadline_is_a_whole_day_that_takes_no_time_in_the_readers_language() -> None:
    deadline = read(meetings(DAYS[0], answer=None), "en").walk("VEVENT")[1]
    assert str(deadline["SUMMARY"]) == "Answer by 12:00: KOL, astma; æøå"
    assert (deadline.decoded("DTSTART"), deadline.decoded("DTEND")) == (date(2026, 3, 26), date(2026, 3, 27))
    assert str(deadline["TRANSP"]) == "TRANSPARENT"


def test_nothing_is_a_calendar_too() -> None:
    calendar = read(Entries())
    assert (str(calendar["METHOD"]), calendar.walk("VEVENT")) == ("PUBLISH", [])
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"


def test_mark_is_the_same_for_the_same_and_another_for_anything_else() -> None:
    t = texts_for("da")
    marks = {mark_of(events_of(meetings(*days), t), "Klynge Nord") for days in (DAYS[:1], DAYS[:1], DAYS[:2])}
    assert len(marks) == 2
    assert mark_of([], "Klynge Nord") != mark_of([], "Klynge Syd")


def test_feed_is_these_bytes_and_no_others() -> None:
    """A new version of the library does not change unseen what calendars have read so far."""
    content = feed_file(events_of(meetings(DAYS[0], answer=None), texts_for("da")), "Klynge Nord", MADE)
    head, _, rest = content.decode().partition("BEGIN:VTIMEZONE")
    assert (head + rest.partition("END:VTIMEZONE")[2].lstrip()).splitlines() == GOLDEN.splitlines()


GOLDEN = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Klyngebot//klyngemoeder//DA
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Klynge Nord
REFRESH-INTERVAL;VALUE=DURATION:PT4H
X-PUBLISHED-TTL:PT4H
X-WR-TIMEZONE:Europe/Copenhagen
BEGIN:VEVENT
SUMMARY:KOL\\, astma\\; æøå
DTSTART;TZID=Europe/Copenhagen:20260326T163000
DTEND;TZID=Europe/Copenhagen:20260326T190000
DTSTAMP:20260302T080000Z
UID:20260302T080000-1-1@klyngebot.invalid
SEQUENCE:0
DESCRIPTION:Svar og ændringer: se Klyngebot i Slack.
LOCATION:Lægehuset
STATUS:TENTATIVE
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
SUMMARY:Svar senest kl. 12.00: KOL\\, astma\\; æøå
DTSTART;VALUE=DATE:20260326
DTEND;VALUE=DATE:20260327
DTSTAMP:20260302T080000Z
UID:answer-20260302T080000-1-1@klyngebot.invalid
SEQUENCE:0
DESCRIPTION:Du finder det hos Klyngebot i Slack.
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""
