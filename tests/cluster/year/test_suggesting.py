"""Days by an earlier meeting's rule: the same weekday of the month, out of the way of what is known."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cluster.year.suggesting import free_near, nth_weekday, same_rule

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def test_second_thursday_stays_the_second_thursday():
    assert same_rule(date(2026, 2, 12), date(2026, 3, 20)) == date(2026, 4, 9)
    assert same_rule(date(2026, 2, 12), date(2026, 4, 9)) == date(2026, 4, 9)


def test_fifth_is_the_last_where_there_is_none():
    assert nth_weekday(2026, 2, 3, 5) == date(2026, 2, 26)
    assert same_rule(date(2026, 1, 29), date(2026, 2, 1)) == date(2026, 2, 26)


@given(DAYS, DAYS)
def test_found_day_is_of_the_same_weekday_and_not_sooner(last: date, soonest: date):
    found = same_rule(last, soonest)
    assert found.weekday() == last.weekday()
    assert timedelta(0) <= found - soonest < timedelta(days=64)


@given(DAYS, st.sets(st.integers(-6, 6)))
def test_day_in_the_way_gives_the_nearest_that_is_not(day: date, taken: set[int]):
    blocked = {day + timedelta(weeks=n) for n in taken}
    found = free_near(day, day - timedelta(weeks=3), lambda each: each not in blocked)
    assert found not in blocked
    assert (found - day).days % 7 == 0
