"""A cluster's quiet weeks: times of every year in which nobody is reminded. Pure.

Written as people write them: ``uge 7, 29-31, 22/12-2/1, jul``. Weeks are ISO weeks; days are of every year.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

CHRISTMAS = "22/12-2/1"
WORDS = {"jul": CHRISTMAS, "julen": CHRISTMAS, "christmas": CHRISTMAS}
MOST_DAYS = 120
"""Of a year; a cluster that never wants to be reminded does not want this bot."""
_WEEKS = re.compile(r"(?:u\.?|uge|uger|week|weeks)?\s*(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?")
_DAYS = re.compile(r"(\d{1,2})[./](\d{1,2})\.?(?:\s*[-–]\s*(\d{1,2})[./](\d{1,2})\.?)?")
_BETWEEN = re.compile(r"[,;\n]|\s(?:og|and)\s")
_LEAP_YEAR = 2028


class Span(NamedTuple):
    """Weeks (7 to 7), or days as month and day (12, 22 to 1, 2); both ends are in it, and it may pass the new year."""

    first: tuple[int, ...]
    last: tuple[int, ...]

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""
        here = (day.isocalendar().week,) if len(self.first) == 1 else (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last

    def __str__(self) -> str:
        """As it is kept and shown: ``29-31``, ``22/12-2/1``."""
        first, last = ("/".join(map(str, reversed(end))) for end in self)
        return first if first == last else f"{first}-{last}"


Quiet = tuple[Span, ...]


def read(words: str) -> Quiet:
    """The quiet times that somebody wrote; ValueError with the words that say none."""
    return tuple(_span(part) for part in _BETWEEN.split(words) if part.strip())


def written(quiet: Quiet) -> str:
    """The same, as it is kept."""
    return ", ".join(map(str, quiet))


def is_quiet(day: date, quiet: Quiet) -> bool:
    """Whether nobody is reminded on a day."""
    return any(span.covers(day) for span in quiet)


def days_of(quiet: Quiet) -> int:
    """How many days of a year are quiet."""
    new_year = date(_LEAP_YEAR, 1, 1)
    return sum(is_quiet(new_year + timedelta(days=n), quiet) for n in range(366))


def _span(part: str) -> Span:
    said = part.strip().casefold()
    said = WORDS.get(said, said)
    if weeks := _WEEKS.fullmatch(said):
        first, last = int(weeks[1]), int(weeks[2] or weeks[1])
        if 1 <= first <= 53 and 1 <= last <= 53:
            return Span((first,), (last,))
    elif days := _DAYS.fullmatch(said):
        first_day, last_day = (days[2], days[1]), (days[4] or days[2], days[3] or days[1])
        if all(_is_day(*map(int, each)) for each in (first_day, last_day)):
            return Span(tuple(map(int, first_day)), tuple(map(int, last_day)))
    raise ValueError(part.strip())


def _is_day(month: int, day: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
