"""When schools are closed: known where a municipality's plan was read (``school_holidays.toml``), else a guess by the
weeks in which most are. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

_WINTER, _AUTUMN = (7,), (42,)
_LAST_OF_SUMMER = 9
"""Of August, as far as it is guessed."""


class SchoolSeason(StrEnum):
    """One of the holidays of a school year."""

    WINTER = "winter"
    SUMMER = "summer"
    AUTUMN = "autumn"


@dataclass(frozen=True)
class SchoolHoliday:
    """A row of the file."""

    municipality: str
    season: SchoolSeason
    first: date
    last: date
    source: str
    read_on: date


class SchoolDay(StrEnum):
    """What is known of a day."""

    OPEN = "open"
    CLOSED = "closed"
    GUESSED = "guessed"
    """Most schools are closed; whether those of the cluster are, nobody has written down."""


@cache
def rows() -> tuple[SchoolHoliday, ...]:
    """The file."""
    read = tomllib.loads(Path(__file__).with_name("school_holidays.toml").read_text("utf-8"))["holiday"]
    return tuple(SchoolHoliday(**{**each, "season": SchoolSeason(each["season"])}) for each in read)


def municipalities() -> tuple[str, ...]:
    """Those of which something is known."""
    return tuple(sorted({each.municipality for each in rows()}))


def school_day(day: date, chosen: Collection[str]) -> SchoolDay:
    """What is known of a day in the municipalities of a cluster, or guessed where one has not been read."""
    if any(each.municipality in chosen and each.first <= day <= each.last for each in rows()):
        return SchoolDay.CLOSED
    season = _guessed(day)
    known = {each.municipality for each in rows() if each.season == season and each.first.year == day.year}
    return SchoolDay.GUESSED if season is not None and (not chosen or set(chosen) - known) else SchoolDay.OPEN


def summer_begins(year: int) -> date:
    """The first day of the summer holidays, which is law: the last Saturday of June."""
    last = date(year, 6, 30)
    return last.replace(day=30 - (last.weekday() - 5) % 7)


def _guessed(day: date) -> SchoolSeason | None:
    week = day.isocalendar().week
    if week in _WINTER:
        return SchoolSeason.WINTER
    if week in _AUTUMN:
        return SchoolSeason.AUTUMN
    is_summer = summer_begins(day.year) <= day and (day.month, day.day) <= (8, _LAST_OF_SUMMER)
    return SchoolSeason.SUMMER if is_summer else None
