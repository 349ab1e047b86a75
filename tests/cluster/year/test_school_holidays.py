"""School holidays are known where a plan was read, and a guess elsewhere, said to be one."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from cluster.meetings.clashes import Obstacle
from cluster.year.obstacles import KnownObstacles
from cluster.year.school_holidays import SchoolDay, municipalities, rows, school_day, summer_begins

CPH, NORTH = "Københavns Kommune", "Hjørring Kommune"


def test_file_is_in_order():
    assert len(municipalities()) >= 3
    for row in rows():
        assert row.first <= row.last
        assert row.source
        assert row.read_on <= date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "chosen", "told"),
    [
        (date(2026, 2, 12), (), SchoolDay.GUESSED),
        (date(2026, 2, 12), (CPH,), SchoolDay.CLOSED),
        (date(2026, 2, 12), (NORTH,), SchoolDay.OPEN),
        (date(2026, 2, 19), (NORTH,), SchoolDay.CLOSED),
        (date(2026, 2, 19), (), SchoolDay.OPEN),
        (date(2026, 2, 12), (NORTH, CPH), SchoolDay.CLOSED),
        (date(2028, 2, 17), (CPH,), SchoolDay.GUESSED),
        (date(2026, 7, 9), (), SchoolDay.GUESSED),
        (date(2026, 3, 12), (CPH,), SchoolDay.OPEN),
    ],
)
def test_day_is_closed_open_or_guessed(day: date, chosen: tuple[str, ...], told: SchoolDay):
    assert school_day(day, chosen) is told


def test_summer_begins_by_law():
    assert [summer_begins(year) for year in (2026, 2027, 2028)] == [
        date(2026, 6, 27),
        date(2027, 6, 26),
        date(2028, 6, 24),
    ]


def told(day: date, **known: object) -> list[Obstacle]:
    found = KnownObstacles(**{"taken": frozenset(), "quiet": (), **known})  # type: ignore[arg-type]
    return [each.what for each in found.of(day)]


def test_everything_in_the_way_of_a_day_is_told():
    assert told(date(2026, 4, 1)) == [Obstacle.EVE], "Skærtorsdag follows"
    assert told(date(2026, 4, 2)) == [Obstacle.HOLIDAY]
    assert told(date(2026, 3, 12), noted=frozenset({date(2026, 3, 12)})) == [Obstacle.NOTED]
    assert told(date(2026, 2, 19), municipalities=frozenset({NORTH})) == [Obstacle.SCHOOL_KNOWN]
    assert told(date(2026, 3, 12), agreed=4, called=Counter({2026: 4})) == [Obstacle.TOO_MANY]
    assert told(date(2027, 3, 11), agreed=4, called=Counter({2026: 4})) == []
