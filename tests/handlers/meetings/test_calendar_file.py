"""The calendar file as a calendar reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar, Event

from cluster.calendar import at
from handlers.meetings.views.calendar_file import Address, calendar_file
from storage.models import Meeting

MADE = datetime(2026, 3, 2, 8, tzinfo=UTC)


def event_of(day: date, *, state: str = "planned", sequence: int = 0, answer: str = "yes") -> tuple[Calendar, Event]:
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
    content = calendar_file(
        meeting,
        organizer=Address("Kirsten: Dahl", "kirsten@nord.example"),
        attendee=Address("Bo", "bo@nord.example"),
        answer=answer,
        description="Tag tal med",
        now=MADE,
    )
    calendar = Calendar.from_ical(content)
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
