"""What every feature's reminders keep, whatever happens between the asking and the answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cluster.calendar import Hours, at, is_open, next_slot
from cluster.clock import local
from cluster.meetings.reminders import GAP
from cluster.meetings.reminders import POLICY as MEETINGS
from cluster.quiet import read
from cluster.reminders.moments import moments
from cluster.reminders.policy import Leave, Policy
from cluster.reminders.situation import LATELY, Due, Situation, when_to_say
from cluster.rounds.reminders import POLICY as ROUNDS
from tests.cluster.reminders.history import History, events, hours_of_day, starts
from tests.cluster.reminders.policies import POLICIES

leads = st.timedeltas(timedelta(hours=1), timedelta(days=60))
everybody = pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: str(policy.kind))


@everybody
@given(since=starts, lead=leads, hours=hours_of_day, happens=events)
@example(  # quiet weeks move two of them to the Monday after
    since=datetime(2028, 7, 21, tzinfo=UTC), lead=timedelta(days=20), hours=Hours(8, 12, read("29-31")), happens=[]
)
def test_reminders_are_few_decent_and_true(
    policy: Policy, since: datetime, lead: timedelta, hours: Hours, happens: list[tuple[timedelta, str, int]]
) -> None:
    history = History(policy, hours, since, since + lead)
    said = history.live(happens)
    planned = [each for each in said if each.due.number]
    assert len(planned) <= policy.most
    assert [each.due.number for each in planned] == sorted({each.due.number for each in planned})
    for each in said:
        assert since < each.at or each.due.number == 0
        is_wish = (each.due.number, each.due.snoozed) == (0, None)
        pressed = is_wish and next_slot(each.at, hours) >= since + lead
        assert is_open(each.at, hours._replace(quiet=()) if pressed else hours)
        assert each.at < since + lead or (each.due.number == 0 and policy.asks_late)
        assert history.answered_at is None or each.at < history.answered_at
        away = each.situation.away_until
        if away is not None and each.at < away:
            assert (policy.leave, away >= since + lead) == (Leave.WAITS_IN_TIME, True)
        snoozed = each.situation.snoozed_until
        if snoozed is not None and each.at < snoozed:
            assert (each.due.number, each.due.snoozed) == (0, None)  # only the coordinator's own wish
    if not history.was_dark:
        wished = [each.at for each in said if (each.due.number, each.due.snoozed) == (0, None)]
        assert not [each.at for each in planned for at_ in wished if timedelta() <= each.at - at_ < LATELY]
        days = [local(each.at).date() for each in planned]
        gap = timedelta(days=GAP.days) if policy is MEETINGS else timedelta()
        assert all(later - earlier >= gap for earlier, later in pairwise(days))


@everybody
@given(since=starts, lead=leads, hours=hours_of_day)
def test_summer_time_moves_no_reminder(policy: Policy, since: datetime, lead: timedelta, hours: Hours) -> None:
    """Counted in days, a reminder comes at the hour of the deadline, at the policy's, or where the workday ends."""
    deadline = since + lead
    kept = {local(deadline).time().replace(second=0, microsecond=0), time(hours.start), time(hours.end - 1)}
    kept.add(time(policy.hour))
    pace = next((pace for pace in policy.paces if lead >= pace.lead), None)
    if pace is not None and not any(point.elapsed for point in pace.points):
        assert {local(each).time() for each in moments(policy, since, deadline, hours)} <= kept


@everybody
@given(since=starts, lead=leads, hours=hours_of_day)
def test_who_never_answers_hears_every_reminder_there_was_room_for(
    policy: Policy, since: datetime, lead: timedelta, hours: Hours
) -> None:
    laid_out = moments(policy, since, since + lead, hours)
    said = History(policy, hours, since, since + lead).live([])
    assert [each.at for each in said if each.at < since + lead] == [each for each in laid_out if each < since + lead]


@everybody
@given(since=starts, hours=hours_of_day, dark=st.integers(0, 50))
def test_after_an_outage_one_reminder_is_said_and_not_all(
    policy: Policy, since: datetime, hours: Hours, dark: int
) -> None:
    said = History(policy, hours, since, since + timedelta(days=60)).live([(timedelta(0), "dark", dark + 1)])
    assert len({each.at for each in said}) == len(said)


def test_reminders_come_before_quiet_weeks_or_after_them_as_the_deadline_allows() -> None:
    hours = Hours(8, 17, read("7"))  # 9 to 15 February 2026
    asked, monday = at(date(2026, 2, 2), 9), at(date(2026, 2, 16), 17)
    assert moments(ROUNDS, asked, monday, hours) == [at(date(2026, 2, 6), 9)]
    assert moments(ROUNDS, at(date(2026, 2, 6), 12), monday, hours) == [at(date(2026, 2, 16), 9)]
    assert moments(MEETINGS, asked, at(date(2026, 2, 18), 12), hours)[-1] == at(date(2026, 2, 16), 12)
    assert moments(MEETINGS, asked, at(date(2026, 2, 14), 12), hours)[-1] == at(date(2026, 2, 6), 16)


def test_reminder_laid_out_before_the_weeks_were_quiet_comes_after_them_or_not_at_all() -> None:
    """As the settings say where the weeks are written."""
    week = Hours(8, 17, read("7"))  # 9 to 15 February 2026
    wednesday = at(date(2026, 2, 11), 9)
    for deadline, said in ((at(date(2026, 2, 16), 12), at(date(2026, 2, 16), 8)), (at(date(2026, 2, 13), 12), None)):
        due = Due(wednesday, number=1)
        later = when_to_say(MEETINGS, Situation(True, deadline, week), due, (), now=wednesday)
        assert later == at(date(2026, 2, 16), 8)
        assert when_to_say(MEETINGS, Situation(True, deadline, week), due, (), now=later) == said
