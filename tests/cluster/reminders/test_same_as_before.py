"""The one engine gives the moments that meetings and rounds had rules of their own for; goes when they go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster.calendar import Hours, at, next_slot, workdays_after
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings import reminder_rules
from cluster.meetings.reminders import POLICY as MEETINGS
from cluster.members.consent_terms import ASKED_BEFORE
from cluster.members.consent_terms import POLICY as CONSENTS
from cluster.onboarding.welcome import POLICY as WELCOME
from cluster.onboarding.welcome import REMINDED_AFTER
from cluster.reminders.moments import SNOOZES, escalation_moment, moments, snooze_moment
from cluster.rounds import chasing
from cluster.rounds.reminders import POLICY as ROUNDS

starts = st.datetimes(datetime(2026, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - UTC is put on
leads = st.timedeltas(timedelta(0), timedelta(days=60)) | st.timedeltas(timedelta(0), timedelta(days=9))
hours_of_day = st.tuples(st.integers(7, 10), st.integers(11, 18)).map(lambda both: Hours(*both))
MANY = settings(max_examples=1000, deadline=None)


@MANY
@given(starts, leads, hours_of_day)
def test_meetings(since: datetime, lead: timedelta, hours: Hours) -> None:
    until = since + lead
    assert moments(MEETINGS, since, until, hours) == reminder_rules.due_moments(until, since, hours)
    assert escalation_moment(MEETINGS, since, until, hours) == reminder_rules.digest_moment(until, since, hours)


@MANY
@given(starts, leads, hours_of_day)
def test_rounds(since: datetime, lead: timedelta, hours: Hours) -> None:
    until = since + lead
    assert moments(ROUNDS, since, until, hours) == chasing.moments(since, until, hours)
    assert escalation_moment(ROUNDS, since, until, hours) == chasing.digest_moment(since, until, hours)


@MANY
@given(starts, hours_of_day)
def test_welcome_and_consents(since: datetime, hours: Hours) -> None:
    again = next_slot(at(workdays_after(local(since).date(), REMINDED_AFTER), hours.start), hours)
    assert moments(WELCOME, since, None, hours) == [again]
    ends = since + timedelta(days=365)
    assert moments(CONSENTS, since, ends, hours) == [next_slot(ends - ASKED_BEFORE, hours)]


@MANY
@given(starts, hours_of_day, st.sampled_from(SNOOZES), leads)
def test_snoozing(now: datetime, hours: Hours, choice: str, lead: timedelta) -> None:
    until = reminder_rules.snooze_moment(choice, now, hours)
    try:
        assert snooze_moment(MEETINGS, choice, now + lead, hours, now=now) == until
    except ClusterError:
        assert until >= now + lead
    else:
        assert until < now + lead


@MANY
@given(starts, hours_of_day, st.sampled_from(SNOOZES), leads)
def test_snoozing_a_round(now: datetime, hours: Hours, choice: str, lead: timedelta) -> None:
    deadline = now + lead - timedelta(days=2)
    moment = at(chasing._snooze_day(local(now).date(), choice), max(chasing.HOUR, hours.start))
    if moment >= deadline > now:
        moment = at(chasing._workday_by(local(deadline).date()), hours.start)
        if not now < moment < deadline:
            with pytest.raises(ClusterError, match=r"data.no_time_to_wait"):
                snooze_moment(ROUNDS, choice, deadline, hours, now=now)
            return
    assert snooze_moment(ROUNDS, choice, deadline, hours, now=now) == moment
