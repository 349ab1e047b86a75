"""Dates as people write them: »torsdag d. 12. eller tirsdag d. 17. kl. 17«, »12/3, 17/3 og 19/3 kl. 16.30-19«. Pure.

Every word must be one of ours: what is not understood is asked about, and so is what can be read in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from cluster.errors import ClusterError
from cluster.meetings.typed_words import MONTHS, WEEKDAYS, folded, folded_set

_NOISE = folded_set(
    "og eller samt enten også d den de dato datoen datoer datoerne and or either also the on på of klokken kl at fra "
    "from i"
)
_AHEAD = 24
"""Months in which a day of a month is looked for."""
_TIME = r"(?P<{0}h>\d{{1,2}})(?:[.:](?P<{0}m>\d\d))?"
_TO = r"\s*(?:-|–|til|to)\s*(?:kl\.?\s*)?"
_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<iso>\d{4}-\d\d-\d\d)",
            r"(?:kl\.?|klokken|fra|from|at)\s*" + _TIME.format("a") + "(?:" + _TO + _TIME.format("b") + ")?",
            r"(?P<ch>\d{1,2})[:](?P<cm>\d\d)(?:" + _TO + _TIME.format("d") + ")?",
            r"(?P<eh>\d{1,2})(?:\.(?P<em>\d\d))?\s*[-–]\s*(?P<fh>1[3-9]|2[0-3])(?:[.:](?P<fm>\d\d))?(?!\d|[./]\d)",
            r"(?P<day>\d{1,2})\s*[/.]\s*(?P<month>\d{1,2})(?:[/.-](?P<year>20\d\d|\d\d))?(?![\d:])",
            r"(?P<number>\d{1,2})(?:\.|st\b|nd\b|rd\b|th\b)?(?![\d:–-])",
            r"(?P<word>[^\W\d_]+)\.?",
            r"(?P<odd>\S)",
        )
    )
)


class ClockHours(NamedTuple):
    """From when to when."""

    start: time
    end: time


@dataclass
class _Item:
    """One date as it stands in the words, before it is known which day it is."""

    said: str
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    hours: tuple[time, time | None] | None = None


def read(words: str, today: date, usual: ClockHours) -> list[tuple[date, ClockHours]]:
    """The dates that somebody wrote, with the hours that they said or the usual ones; a ClusterError that names what
    was not understood."""
    items = list(_items(words))
    _share_months(items)
    _share_hours(items)
    return [(_day_of(each, today), _hours_of(each, usual)) for each in items]


def _items(words: str) -> Iterator[_Item]:
    current: _Item | None = None
    for found in _TOKEN.finditer(words):
        said, parts = found[0].strip(), found.groupdict()
        if hours := _hours(parts):
            if current is None or current.hours is not None:
                raise _unread(said)
            current.hours = hours
            continue
        word = folded(parts["word"]) if parts["word"] else ""
        if word in _NOISE or said in ",;.-–&/":
            continue
        if word in MONTHS:
            if current is None or current.day is None or current.month is not None:
                raise _unread(said)
            current.month = MONTHS[word]
            continue
        waits = current is not None and current.weekday is not None and current.day is None and current.hours is None
        item = _item(said, word, parts)
        if current is not None and waits and item.weekday is None:
            current = replace(item, weekday=current.weekday, said=f"{current.said} {said}")
            continue
        if current is not None and item.day is not None and item.day > 31:
            raise _unread(said)
        if current is not None:
            yield current
        current = item
    if current is not None:
        yield current


def _item(said: str, word: str, parts: dict[str, str | None]) -> _Item:
    if word in WEEKDAYS:
        return _Item(said, weekday=WEEKDAYS[word])
    if parts["iso"]:
        year, month, day = map(int, parts["iso"].split("-"))
        return _Item(said, day, month, year)
    if parts["day"] and parts["month"]:
        year = int(parts["year"]) % 100 + 2000 if parts["year"] else 0
        return _Item(said, int(parts["day"]), int(parts["month"]), year or None)
    if parts["number"]:
        return _Item(said, int(parts["number"]))
    raise _unread(said)


def _hours(parts: dict[str, str | None]) -> tuple[time, time | None] | None:
    for first, second in (("a", "b"), ("c", "d"), ("e", "f")):
        if parts[f"{first}h"]:
            start = _time(parts[f"{first}h"], parts[f"{first}m"])
            end = _time(parts[f"{second}h"], parts[f"{second}m"]) if parts[f"{second}h"] else None
            return start, end
    return None


def _time(hour: str | None, minute: str | None) -> time:
    try:
        found = time(int(hour or 0), int(minute or 0))
    except ValueError:
        found = time(0)
    if found.hour < 7:  # a meeting at five is one at 17, and nobody is to guess it
        raise ClusterError("poll.odd_hour", field="words", said=f"{hour}" + (f".{minute}" if minute else ""))
    return found


def _share_months(items: Sequence[_Item]) -> None:
    """»12. og 17. marts«: a day without a month has that of the next which has one, else of the last before it."""
    month: int | None = None
    for each in reversed(items):
        if each.day is not None and each.month is None:
            each.month = month
        month = each.month or month
    for each in items:
        if each.day is not None and each.month is None:
            each.month = month
        month = each.month or month


def _share_hours(items: Sequence[_Item]) -> None:
    """»torsdag eller tirsdag kl. 17«: a date without an hour has that of the next which has one, else of the last."""
    hours: tuple[time, time | None] | None = None
    for each in [*reversed(items), *items]:
        each.hours = each.hours or hours
        hours = each.hours


def _hours_of(item: _Item, usual: ClockHours) -> ClockHours:
    start, end = item.hours or usual
    if end is None:
        long = _minutes(usual.end) - _minutes(usual.start)
        end = (datetime.combine(date.min, start) + timedelta(minutes=long)).time()
    if end <= start:
        raise _unread(item.said)
    return ClockHours(start, end)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _day_of(item: _Item, today: date) -> date:
    if item.day is None:
        weekday = item.weekday or 0
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    found = next((day for day in _candidates(item, today) if item.year or day > today), None)
    if found is None:
        raise ClusterError("poll.no_such_day", field="words", said=item.said)
    if item.weekday not in (None, found.weekday()):
        raise ClusterError("poll.weekday_wrong", field="words", said=item.said, day=f"{found.day}/{found.month}")
    return found


def _candidates(item: _Item, today: date) -> Iterator[date]:
    for ahead in range(_AHEAD):
        year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        if item.year is not None:
            year, month = item.year, (item.month or 1) - 1
        if item.month in (None, month + 1):
            try:
                yield date(year, month + 1, item.day or 0)
            except ValueError:
                continue
        if item.year is not None:
            return


def _unread(said: str) -> ClusterError:
    return ClusterError("poll.unread", field="words", said=said)
