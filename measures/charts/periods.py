"""Two periods beside each other: whether the numbers of one may be held against those of the other at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from measures.texts import Texts

ONE_DAY = timedelta(days=1)
MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Pairing:
    """How two periods lie to each other, and to what was agreed between them, in months."""

    months: int
    """Of the second."""
    shared: int
    after: int
    """Of the second, after the month of the agreement; all of them when nothing was agreed."""
    is_alike: bool
    """As long, and of the same months of the year."""
    earliest: date
    """When a whole period has gone that shares no month and begins after the agreement."""

    @property
    def is_fair(self) -> bool:
        """Whether a change may be told as one, and praised."""
        return not self.shared and self.is_alike and self.after >= self.months


def pairing(before: tuple[date, date], after: tuple[date, date], agreed: date | None) -> Pairing:
    """Held against each other; ``agreed``: the day on which something was to become different."""
    months = _months(*after)
    overlap = (min(before[1], after[1]) - max(before[0], after[0])).days + 1
    shared = max(1, round(overlap / MONTH)) if overlap > 0 else 0
    begins = first_after(agreed) if agreed is not None else after[0]
    since = months if begins <= after[0] else max(0, round(((after[1] - begins).days + 1) / MONTH))
    alike = _length(*before) == _length(*after) and _calendar(*before) == _calendar(*after)
    _, end = fair_period(before, agreed)
    return Pairing(months, shared, min(since, months), alike, end + ONE_DAY)


def fair_period(before: tuple[date, date], agreed: date | None) -> tuple[date, date]:
    """The first period as long as another, of the same months, that shares none with it and lies after the agreement.

    The months of the year are the same whenever a whole year is counted; else it begins in the same one.
    """
    months = _months(*before)
    start = first_after(max(before[1], agreed) if agreed is not None else before[1])
    if before[0].day == 1 and (before[1] + ONE_DAY).day == 1 and months % 12:
        while start.month != before[0].month:
            start = _plus(start, 1)
    if before[0].day == 1 and (before[1] + ONE_DAY).day == 1:
        return start, _plus(start, months) - ONE_DAY
    return start, start + (before[1] - before[0])


def first_after(day: date) -> date:
    """The first of the month after that of a day; the next day when that is one."""
    following = day + ONE_DAY
    return following if following.day == 1 else _plus(day.replace(day=1), 1)


def _plus(first: date, months: int) -> date:
    years, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(years, month + 1, 1)


def _months(start: date, end: date) -> int:
    return max(1, round(((end - start).days + 1) / MONTH))


def _length(start: date, end: date) -> object:
    is_whole = start.day == 1 and (end + ONE_DAY).day == 1
    return _months(start, end) if is_whole else (end - start).days


def _calendar(start: date, end: date) -> tuple[int, ...]:
    """The months of the year that it counts, each as often as it does."""
    first, after = 12 * start.year + start.month - 1, end + ONE_DAY
    return tuple(sorted(each % 12 for each in range(first, max(first + 1, 12 * after.year + after.month - 1))))


def held_back(found: Pairing, t: Texts) -> str:
    """Why nothing is said of the change; empty where something may be."""
    if found.shared:
        return t(
            "The periods share {shared} of {months} months. On {day} at the earliest you can compare whole periods.",
            shared=found.shared,
            months=found.months,
            day=t.date(found.earliest),
        )
    if not found.is_alike:
        return t("Not the same months of the year, or not as long: that can't be compared.")
    if found.after < found.months:
        return t(
            "Only {after} of {months} months come after the agreement. It is too early to see whether it works.",
            after=found.after,
            months=found.months,
        )
    return ""
