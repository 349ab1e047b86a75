"""The calendar file as a calendar reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from cluster.calendar import at
from handlers.meetings.views.calendar_file import Address, calendar_file
from storage.models import Meeting

MADE = datetime(2026, 3, 2, 8, tzinfo=UTC)


def file_of(day: date, *, state: str = "planned", sequence: int = 0, answer: str = "yes") -> bytes:
    meeting = Meeting(
        id=7,
        cluster_id=1,
        title="KOL, astma; æøå",
        starts_at=at(day, 16, 30),
        ends_at=at(day, 19),
        place="Lægehuset",
        sequence=sequence,
        state=state,
        created_at=MADE,
    )
    return calendar_file(
        meeting,
        organizer=Address("Kirsten: Dahl", "kirsten@nord.example"),
        attendee=Address("Bo", "bo@nord.example"),
        answer=answer,
        description="Tag tal med",
        now=MADE,
    )


def event_of(day: date, **about: Any) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(file_of(day, **about))
    return calendar, calendar.walk("VEVENT")[0]


@pytest.mark.parametrize(("day", "utc"), [(date(2026, 3, 26), 15), (date(2026, 4, 9), 14)], ids=["winter", "summer"])
def test_time_is_copenhagens_on_both_sides_of_the_change(day: date, utc: int) -> None:
    _, event = event_of(day)
    assert event["DTSTART"].params["TZID"] == "Europe/Copenhagen"
    assert event.decoded("DTSTART").astimezone(UTC) == datetime(day.year, day.month, day.day, utc, 30, tzinfo=UTC)


def test_change_and_cancellation_are_the_same_entry_with_a_higher_sequence() -> None:
    seen = []
    for state, sequence in (("planned", 0), ("planned", 1), ("cancelled", 2)):
        calendar, event = event_of(date(2026, 3, 26), state=state, sequence=sequence)
        seen.append((str(calendar["METHOD"]), str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])))
    uid = "20260302T080000-1-7@klyngebot.invalid"
    assert seen == [
        ("REQUEST", uid, 0, "CONFIRMED"),
        ("REQUEST", uid, 1, "CONFIRMED"),
        ("CANCEL", uid, 2, "CANCELLED"),
    ]


@pytest.mark.parametrize(("answer", "part"), [("yes", "ACCEPTED"), ("maybe", "TENTATIVE"), ("no", "DECLINED")])
def test_answer_stands_in_the_file(answer: str, part: str) -> None:
    _, event = event_of(date(2026, 3, 26), answer=answer)
    assert (event["ATTENDEE"], event["ATTENDEE"].params["PARTSTAT"]) == ("mailto:bo@nord.example", part)
    assert event["ORGANIZER"].params["CN"] == "Kirsten: Dahl"
    assert str(event["SUMMARY"]) == "KOL, astma; æøå"


def test_own_time_zone_block_begins_summer_time_at_two() -> None:
    calendar, _ = event_of(date(2026, 3, 26))
    onset = calendar.walk("DAYLIGHT")[0]
    assert onset["DTSTART"].to_ical() == b"19960331T020000"


def test_file_is_these_bytes_and_no_others() -> None:
    """A new version of the library does not change unseen what calendars have read so far."""
    assert file_of(date(2026, 3, 26), sequence=1).decode().splitlines() == GOLDEN.splitlines()


@pytest.mark.long
def test_zone_changes_in_every_year_at_the_hour_of_the_official_one() -> None:
    calendar, _ = event_of(date(2026, 3, 26))
    zone, official = calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False), ZoneInfo("Europe/Copenhagen")
    hours = [
        datetime(year, month, 24, tzinfo=UTC) + timedelta(hours=hour)
        for year in range(1997, 2038)
        for month in (3, 10)
        for hour in range(8 * 24)
    ]
    assert [hour for hour in hours if hour.astimezone(zone).utcoffset() != hour.astimezone(official).utcoffset()] == []


def test_zone_is_said_in_yearly_rules_alone() -> None:
    """Outlook and Exchange read DTSTART, RRULE and the offsets, one of each kind, and pass over lists of days."""
    calendar, _ = event_of(date(2026, 3, 26))
    parts = [part for part in calendar.walk("VTIMEZONE")[0].walk() if part.name != "VTIMEZONE"]
    assert [(part.name, "RRULE" in part, "RDATE" in part) for part in parts] == [
        ("DAYLIGHT", True, False),
        ("STANDARD", True, False),
    ]


GOLDEN = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Klyngebot//klyngemoeder//DA
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:KOL\\, astma\\; æøå
DTSTART;TZID=Europe/Copenhagen:20260326T163000
DTEND;TZID=Europe/Copenhagen:20260326T190000
DTSTAMP:20260302T080000Z
UID:20260302T080000-1-7@klyngebot.invalid
SEQUENCE:1
ATTENDEE;CN=Bo;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:bo
 @nord.example
DESCRIPTION:Tag tal med
LOCATION:Lægehuset
ORGANIZER;CN="Kirsten: Dahl":mailto:kirsten@nord.example
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
"""
