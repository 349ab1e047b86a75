"""When the bot may disturb people: Danish workdays, the hours of the day, and holidays. Pure, in Copenhagen time.

Days without reminders are weekends, the public holidays, and three days on which general practices close by custom:
Grundlovsdag, 24 and 31 December. 1 May is a workday in general practice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from cluster.clock import COPENHAGEN, local
from cluster.quiet import Quiet, is_quiet

_BY_CUSTOM = ((6, 5), (12, 24), (12, 31))
_HOLIDAY_LANGUAGES = {"da": "da", "en": "en_US"}
ONE_DAY = timedelta(days=1)


class Hours(NamedTuple):
    """The hours of a workday in which messages that nobody asked for may be sent: from the first, before the last."""

    start: int
    end: int
    quiet: Quiet = ()
    """Times of the year in which nobody is reminded."""


WORKING = Hours(8, 17)


@cache
def _holidays(year: int, language: str) -> dict[date, str]:
    import holidays  # loaded at the first question: a start needs none
    from holidays.constants import OPTIONAL, PUBLIC

    names = _HOLIDAY_LANGUAGES.get(language, "da")
    public = holidays.country_holidays("DK", years=year, categories=(PUBLIC,), language=names)
    optional = holidays.country_holidays("DK", years=year, categories=(OPTIONAL,), language=names)
    by_custom = {day: name for day, name in optional.items() if (day.month, day.day) in _BY_CUSTOM}
    return by_custom | dict(public.items())


def holiday_name(day: date, language: str = "da") -> str | None:
    """What the day is called when it is a holiday or a day closed by custom; None on all others, weekends too."""
    return _holidays(day.year, language).get(day)


def is_workday(day: date) -> bool:
    """Whether general practices are open that day."""
    return day.weekday() < 5 and holiday_name(day) is None


def workdays_before(day: date, n: int) -> date:
    """The ``n``-th workday before a day (which itself does not count)."""
    return _step(day, n, -ONE_DAY)


def workdays_after(day: date, n: int) -> date:
    """The ``n``-th workday after a day (which itself does not count)."""
    return _step(day, n, ONE_DAY)


def _step(day: date, n: int, way: timedelta) -> date:
    while n > 0:
        day += way
        n -= is_workday(day)
    return day


def is_open_day(day: date, hours: Hours) -> bool:
    """Whether a message that nobody asked for may be sent on a day at all."""
    return is_workday(day) and not is_quiet(day, hours.quiet)


def open_day(day: date, hours: Hours, way: timedelta) -> date:
    """The day itself when it is one, else the nearest that is, that way."""
    while not is_open_day(day, hours):
        day += way
    return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That time of day in Copenhagen, as a moment in UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=COPENHAGEN).astimezone(UTC)


def at_new_year(year: int) -> datetime:
    """When a year begins in Copenhagen."""
    return at(date(year, 1, 1), 0)


def is_open(moment: datetime, hours: Hours = WORKING) -> bool:
    """Whether a message that nobody asked for may be sent at this moment."""
    here = local(moment)
    return is_open_day(here.date(), hours) and hours.start <= here.hour < hours.end


def next_slot(moment: datetime, hours: Hours = WORKING) -> datetime:
    """The moment itself when it is allowed, else the next that is: the first hour of this or a later workday."""
    if is_open(moment, hours):
        return moment
    here = local(moment)
    day = here.date()
    if here.hour >= hours.start:
        day += ONE_DAY
    return at(open_day(day, hours, ONE_DAY), hours.start)


def previous_slot(moment: datetime, hours: Hours = WORKING) -> datetime:
    """The moment itself when it is allowed, else one hour before closing on the latest workday that has passed."""
    if is_open(moment, hours):
        return moment
    here = local(moment)
    day = here.date()
    if here.hour < hours.end:
        day -= ONE_DAY
    return at(open_day(day, hours, -ONE_DAY), hours.end - 1)
