"""The meeting as a calendar file that Outlook, Google and Apple understand as the same meeting at every change.

REQUEST with organizer and attendee (a mere PUBLISH does not update), one lasting UID, a SEQUENCE that only we raise,
and Copenhagen's time zone as two yearly rules (RFC 5545, 3.6.5): Outlook reads nothing else of a zone, and a file
without one is an hour off there (docs/decisions/0009-libraries.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from cluster.clock import local
from storage.models import Meeting
from storage.words import MeetingState, Rsvp

if TYPE_CHECKING:
    from icalendar import Timezone, vCalAddress

FILE_NAME = "klyngemoede.ics"
_PART = {"yes": "ACCEPTED", "online": "ACCEPTED", "maybe": "TENTATIVE", "no": "DECLINED"}
_NO_ADDRESS = "noreply@klyngebot.invalid"


@dataclass(frozen=True)
class Address:
    """Somebody in a calendar entry."""

    name: str
    email: str | None


def calendar_file(
    meeting: Meeting,
    *,
    organizer: Address,
    attendee: Address,
    answer: Rsvp | None,
    description: str,
    now: datetime,
    steps: int = 1,
) -> bytes:
    """The bytes of the ``.ics``; a cancelled meeting, or an answer of no, makes a CANCEL for the same entry.

    ``steps``: how often this member's entry was handed out or taken back, the first time included.
    """
    from icalendar import Calendar, Event, vText  # loaded with the first file: a start needs none

    cancelled = meeting.state == MeetingState.CANCELLED or answer == Rsvp.NO
    event = Event()
    event.add("uid", uid_of(meeting))
    event.add("sequence", sequence_of(meeting, steps))
    event.add("dtstamp", now)
    event.add("dtstart", local(meeting.starts_at))
    event.add("dtend", local(meeting.ends_at))
    event.add("summary", meeting.title)
    event.add("location", location_of(meeting))
    event.add("description", description)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", _person(organizer), encode=False)
    guest = _person(attendee)
    guest.params["PARTSTAT"] = vText(_PART.get(answer or "", "NEEDS-ACTION"))
    guest.params["ROLE"] = vText("REQ-PARTICIPANT")
    guest.params["RSVP"] = vText("FALSE")
    event.add("attendee", guest, encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Klyngebot//klyngemoeder//DA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(copenhagen())
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid_of(meeting: Meeting) -> str:
    """By what calendars know the meeting: one and the same for all, for good."""
    return f"{meeting.created_at:%Y%m%dT%H%M%S}-{meeting.cluster_id}-{meeting.id}@klyngebot.invalid"


def location_of(meeting: Meeting) -> str:
    """The place, or the address for a screen where that is all there is; both where there are two."""
    return " · ".join(filter(None, (meeting.place, meeting.link)))


def sequence_of(meeting: Meeting, steps: int) -> int:
    """Which of two entries of one member is the newer."""
    return meeting.sequence + max(steps - 1, 0)


@cache
def copenhagen() -> Timezone:
    """Summer and winter time as the European Union has changed them since 1996."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

    winter, summer = timedelta(hours=1), timedelta(hours=2)
    zone = Timezone()
    zone.add("tzid", "Europe/Copenhagen")
    for part, name, begins, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), winter, summer),  # noqa: DTZ001 - on the clock on the wall
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), summer, winter),  # noqa: DTZ001
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("rrule", vRecur(freq="YEARLY", bymonth=begins.month, byday="-1SU"))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def _person(address: Address) -> vCalAddress:
    from icalendar import vCalAddress, vText

    person = vCalAddress(f"mailto:{address.email or _NO_ADDRESS}")
    person.params["CN"] = vText(address.name)
    return person
