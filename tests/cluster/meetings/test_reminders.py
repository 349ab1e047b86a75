"""The reminder rules: which moments, through fifteen years of weekends, Easters and changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster.calendar import WORKING, Hours, at, is_open, is_workday
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings.occasions import after_moment, eve_moment
from cluster.meetings.reminders import GAP, POLICY
from cluster.reminders.moments import escalation_moment, snooze_moment
from cluster.reminders.moments import moments as moments_of

moments = st.datetimes(datetime(2026, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - UTC is put on
leads = st.timedeltas(timedelta(hours=1), timedelta(days=60))
MONDAY = at(date(2026, 3, 2), 9)


def due_moments(answer_by: datetime, since: datetime, hours: Hours) -> list[datetime]:
    return moments_of(POLICY, since, answer_by, hours)


def test_three_reminders_when_there_is_time_two_days_before_the_answer_by_and_earlier() -> None:
    assert due_moments(at(date(2026, 3, 26), 12), MONDAY, WORKING) == [
        at(date(2026, 3, 12), 12),
        at(date(2026, 3, 19), 12),
        at(date(2026, 3, 24), 12),
    ]


def test_one_reminder_a_day_and_a_half_before_when_there_is_little_time() -> None:
    assert due_moments(at(date(2026, 3, 5), 20), MONDAY, WORKING) == [at(date(2026, 3, 4), 8)]


def test_no_reminder_when_the_answer_is_wanted_within_two_days() -> None:
    assert due_moments(at(date(2026, 3, 4), 8), MONDAY, WORKING) == []


def test_reminder_that_would_fall_in_easter_comes_before_it() -> None:
    assert due_moments(at(date(2026, 4, 7), 12), at(date(2026, 3, 30), 9), WORKING) == [at(date(2026, 4, 1), 16)]


@pytest.mark.long
@given(moments, leads, st.integers(7, 10), st.integers(14, 18))
def test_reminders_are_few_allowed_apart_and_in_time(since: datetime, lead: timedelta, start: int, end: int) -> None:
    hours, answer_by = Hours(start, end), since + lead
    due = due_moments(answer_by, since, hours)
    assert len(due) <= POLICY.most
    assert all(is_open(moment, hours) and since < moment < answer_by for moment in due)
    assert all(later - earlier >= GAP for earlier, later in pairwise(due))
    assert len({local(moment).date() for moment in due}) == len(due)


@given(moments, st.integers(5, 60))
def test_nobody_with_five_days_goes_without_a_reminder_unless_they_are_closed(since: datetime, days: int) -> None:
    answer_by = since + timedelta(days=days)
    first = local(since).date()
    workdays = [day for n in range(2, days - 1) if is_workday(day := first + timedelta(days=n))]
    assert due_moments(answer_by, since, WORKING) or not workdays


@given(moments, leads)
def test_digest_comes_after_the_last_reminder_in_allowed_hours(since: datetime, lead: timedelta) -> None:
    digest = escalation_moment(POLICY, since, since + lead, WORKING)
    assert digest is not None
    assert is_open(digest, WORKING)
    assert all(moment <= digest for moment in due_moments(since + lead, since, WORKING))


@pytest.mark.parametrize(
    ("starts", "eve"),
    [
        (at(date(2026, 3, 26), 16, 30), at(date(2026, 3, 25), 10)),
        (at(date(2026, 3, 30), 16, 30), at(date(2026, 3, 27), 10)),  # Monday: the Friday, before the clock changes
        (at(date(2026, 4, 7), 16, 30), at(date(2026, 4, 1), 10)),  # the Tuesday after Easter
    ],
)
def test_note_of_the_eve_comes_on_the_workday_before(starts: datetime, eve: datetime) -> None:
    assert eve_moment(starts, WORKING) == eve


@given(moments)
def test_note_of_the_eve_is_once_before_the_day_and_allowed(starts: datetime) -> None:
    eve = eve_moment(starts, WORKING)
    assert is_open(eve, WORKING)
    assert local(eve).date() < local(starts).date()


def test_attendance_sheet_of_an_evening_meeting_comes_next_morning() -> None:
    assert after_moment(at(date(2026, 3, 26), 19), WORKING) == at(date(2026, 3, 27), 8)


def test_attendance_sheet_of_an_afternoon_meeting_comes_a_quarter_later() -> None:
    assert after_moment(at(date(2026, 3, 26), 15), WORKING) == at(date(2026, 3, 26), 15, 15)


@pytest.mark.parametrize(
    ("choice", "moment"),
    [
        ("tomorrow", at(date(2026, 3, 28), 8)),
        ("in_three_days", at(date(2026, 3, 30), 8)),
        ("monday", at(date(2026, 3, 30), 8)),
    ],
)
def test_snooze_goes_to_the_first_allowed_hour_across_the_change_of_the_clock(choice: str, moment: datetime) -> None:
    expected = moment if choice != "tomorrow" else at(date(2026, 3, 30), 8)  # tomorrow is a Saturday
    assert snooze_moment(POLICY, choice, None, WORKING, now=at(date(2026, 3, 27), 12)) == expected


def test_unknown_snooze_is_refused() -> None:
    with pytest.raises(ClusterError, match=r"meeting.snooze_unknown"):
        snooze_moment(POLICY, "never", None, WORKING, now=MONDAY)
