"""Days that were named in words, as dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

WEEK = 7


def date_of(said: str, today: date) -> date | None:
    """The coming day that ``weekday:3``, ``in:1`` or ``date:1.3`` names; None where there is no such day, or a weekday
    and a date contradict each other."""
    parts = said.split()
    found = {day for part in parts if (day := _one(part, today)) is not None and not part.startswith("weekday:")}
    weekdays = {int(part.partition(":")[2]) for part in parts if part.startswith("weekday:")}
    if not found and len(weekdays) == 1:
        return today + timedelta(days=(weekdays.pop() - today.weekday() - 1) % WEEK + 1)
    if len(found) != 1:
        return None
    day = found.pop()
    return day if weekdays <= {day.weekday()} else None


def _one(said: str, today: date) -> date | None:
    kind, _, value = said.partition(":")
    if kind == "in":
        return today + timedelta(days=int(value))
    if kind != "date":
        return None
    number, month, year, *_ = [*value.split("."), "", ""]
    for candidate in (int(f"20{year}"),) if year else (today.year, today.year + 1):
        try:
            day = date(candidate, int(month), int(number))
        except ValueError:
            continue
        if year or day >= today:
            return day
    return None


def week_of(number: int, today: date) -> tuple[date, date] | None:
    """Monday and Sunday of the coming week of that number; None where the year has none."""
    for year in (today.isocalendar().year, today.isocalendar().year + 1):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if monday + timedelta(days=WEEK) > today:
            return monday, monday + timedelta(days=WEEK - 1)
    return None


def span_of(slots: Mapping[str, str], today: date) -> tuple[date, date | None]:
    """From when on a sentence speaks, today where it says no later day, and the day on which it is over, the one after
    its ``last``; None where that is not said."""
    since = date_of(slots.get("since", ""), today) or today
    if "day" in slots:
        return since, date_of(slots["day"], today)
    if "last" in slots:
        last = date_of(slots["last"], today)
        return since, last and last + timedelta(days=1)
    week = week_of(int(slots["week"]), today) if "week" in slots else None
    return (max(since, week[0]), week[1] + timedelta(days=1)) if week else (since, None)
