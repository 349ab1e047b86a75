"""What stands in the way of a day: holidays, weekends, quiet weeks, school holidays, another meeting. Never forbidden,
only told before anybody is invited. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cluster.calendar import holiday_name
from cluster.quiet import Quiet, is_quiet

_SCHOOL_WEEKS = (7, 42)
"""Winter and autumn holidays of most municipalities; none of them has to keep to it."""


class Obstacle(StrEnum):
    """Why a day may be a bad one."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    QUIET = "quiet"
    SCHOOL = "school"
    """Most schools are closed, as far as can be guessed …"""
    SCHOOL_KNOWN = "school_known"
    """… or those of the cluster are, as their municipality says."""
    EVE = "eve"
    """The next day is a holiday."""
    NOTED = "noted"
    """Others meet on that day, as the cluster noted."""
    TOO_MANY = "too_many"
    """The cluster has as many meetings in that year as it agreed."""
    MEETING = "meeting"
    """Another meeting of the cluster is on that day."""


@dataclass(frozen=True)
class Clash:
    """A day and what is in its way."""

    day: date
    what: Obstacle


def clashes(day: date, *, taken: Collection[date] = (), quiet: Quiet = ()) -> list[Clash]:
    """Everything in the way of a day, the hardest first; ``taken`` are the days of the cluster's other meetings."""
    found = []
    if holiday_name(day) is not None:
        found.append(Obstacle.HOLIDAY)
    elif day.weekday() >= 5:
        found.append(Obstacle.WEEKEND)
    if day in taken:
        found.append(Obstacle.MEETING)
    if is_quiet(day, quiet):
        found.append(Obstacle.QUIET)
    elif day.isocalendar().week in _SCHOOL_WEEKS:
        found.append(Obstacle.SCHOOL)
    return [Clash(day, each) for each in found]
