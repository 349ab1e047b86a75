"""What is told of a day before anybody is invited to it."""

from __future__ import annotations

from datetime import date

import pytest

from cluster import quiet
from cluster.meetings.clashes import Obstacle, clashes

MARCH_12 = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (MARCH_12, []),
        (date(2026, 5, 14), [Obstacle.HOLIDAY]),
        (date(2026, 6, 5), [Obstacle.HOLIDAY]),
        (date(2026, 3, 14), [Obstacle.WEEKEND]),
        (date(2026, 10, 14), [Obstacle.SCHOOL]),
        (date(2026, 2, 12), [Obstacle.SCHOOL]),
        (date(2026, 12, 24), [Obstacle.HOLIDAY]),
    ],
)
def test_calendar_is_looked_at(day: date, told: list[Obstacle]) -> None:
    assert [clash.what for clash in clashes(day)] == told


def test_other_meetings_and_own_quiet_weeks_are_told_and_a_quiet_week_only_once() -> None:
    assert [clash.what for clash in clashes(MARCH_12, taken={MARCH_12})] == [Obstacle.MEETING]
    assert [clash.what for clash in clashes(date(2026, 2, 12), quiet=quiet.read("7"))] == [Obstacle.QUIET]
