"""Workdays, hours and holidays, through 2040 and both changes of the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster.calendar import (
    WORKING,
    Hours,
    at,
    holiday_name,
    is_open,
    is_workday,
    next_slot,
    previous_slot,
    workdays_after,
    workdays_before,
)
from cluster.clock import local

moments = st.datetimes(datetime(2026, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - UTC is put on
days = st.dates(date(2026, 1, 1), date(2040, 12, 1))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 2), "Skærtorsdag"),
        (date(2026, 6, 5), "Grundlovsdag"),
        (date(2026, 12, 24), "Juleaftensdag"),
        (date(2026, 5, 1), None),  # Store bededag is gone, and 1 May is a workday in general practice
        (date(2026, 3, 7), None),  # a Saturday is no holiday
    ],
)
def test_holiday_has_its_danish_name(day: date, name: str | None) -> None:
    assert holiday_name(day) == name


def test_holiday_has_an_english_name() -> None:
    assert holiday_name(date(2026, 4, 2), "en") == "Maundy Thursday"


def test_easter_and_weekend_are_no_workdays() -> None:
    week = [date(2026, 3, 30) + timedelta(days=n) for n in range(9)]
    assert [is_workday(day) for day in week] == [True, True, True, False, False, False, False, False, True]


def test_workdays_before_steps_over_easter() -> None:
    assert workdays_before(date(2026, 4, 7), 1) == date(2026, 4, 1)


def test_workdays_after_steps_over_christmas() -> None:
    assert workdays_after(date(2026, 12, 23), 2) == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("found", "allowed"),
    [
        (at(date(2026, 3, 2), 9, 13), at(date(2026, 3, 2), 9, 13)),
        (at(date(2026, 3, 2), 7, 59), at(date(2026, 3, 2), 8)),
        (at(date(2026, 3, 2), 17), at(date(2026, 3, 3), 8)),
        (at(date(2026, 3, 6), 16, 59), at(date(2026, 3, 6), 16, 59)),
        (at(date(2026, 3, 6), 20), at(date(2026, 3, 9), 8)),
        (at(date(2026, 4, 1), 18), at(date(2026, 4, 7), 8)),
    ],
)
def test_next_slot_keeps_to_workdays_and_hours(found: datetime, allowed: datetime) -> None:
    assert next_slot(found) == allowed


def test_eight_in_copenhagen_moves_in_utc_with_summer_time() -> None:
    assert [at(date(2026, 3, day), 8).hour for day in (27, 30)] == [7, 6]


@given(moments, st.integers(6, 11), st.integers(12, 20))
def test_next_slot_is_open_never_earlier_and_settled(moment: datetime, start: int, end: int) -> None:
    hours = Hours(start, end)
    slot = next_slot(moment, hours)
    assert is_open(slot, hours)
    assert slot >= moment
    assert next_slot(slot, hours) == slot


@given(moments, st.integers(6, 11), st.integers(12, 20))
def test_previous_slot_is_open_never_later_and_settled(moment: datetime, start: int, end: int) -> None:
    hours = Hours(start, end)
    slot = previous_slot(moment, hours)
    assert is_open(slot, hours)
    assert slot <= moment
    assert previous_slot(slot, hours) == slot


@pytest.mark.parametrize(
    ("found", "allowed"),
    [
        (at(date(2026, 4, 6), 12), at(date(2026, 4, 1), 16)),
        (at(date(2026, 3, 3), 7), at(date(2026, 3, 2), 16)),
        (at(date(2026, 3, 3), 20), at(date(2026, 3, 3), 16)),
    ],
)
def test_previous_slot_steps_back_over_easter_night_and_evening(found: datetime, allowed: datetime) -> None:
    assert previous_slot(found) == allowed


@given(moments)
def test_next_slot_leaves_no_allowed_hour_unused(moment: datetime) -> None:
    slot = next_slot(moment)
    earlier = slot - timedelta(minutes=1)
    assert slot == moment or not is_open(earlier, WORKING)


@given(days)
def test_a_daily_time_comes_exactly_once_each_local_day(day: date) -> None:
    fired = [at(day + timedelta(days=n), 8) for n in range(8)]
    assert [local(moment).date() for moment in fired] == [day + timedelta(days=n) for n in range(8)]
    assert {(local(moment).hour, local(moment).minute) for moment in fired} == {(8, 0)}


@given(days, st.integers(1, 12))
def test_workdays_before_and_after_are_workdays_that_many_apart(day: date, n: int) -> None:
    before = workdays_before(day, n)
    between = [before + timedelta(days=step) for step in range((day - before).days)]
    assert sum(is_workday(each) for each in between) == n
    assert is_workday(workdays_after(day, n))
