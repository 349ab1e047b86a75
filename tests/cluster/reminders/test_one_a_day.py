"""A member who is asked several things by several features is reminded once a day, and of everything."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster.calendar import Hours, at, is_open
from cluster.clock import local
from cluster.reminders.policy import Policy
from cluster.reminders.situation import Due, next_day
from tests.cluster.reminders.history import History, events, hours_of_day, starts
from tests.cluster.reminders.policies import POLICIES

Asked = tuple[Policy, timedelta, timedelta]
askings = st.lists(
    st.tuples(
        st.sampled_from(POLICIES),
        st.timedeltas(timedelta(0), timedelta(days=10)),
        st.timedeltas(timedelta(days=1), timedelta(days=40)),
    ),
    min_size=2,
    max_size=4,
)


class Person:
    """One member's lane: the askings, and the messages that were said, each with the reminders that it held."""

    def __init__(self, histories: list[History]) -> None:
        self.histories = histories
        self.messages: list[tuple[datetime, list[tuple[History, int, Due]]]] = []
        self.pressed: list[datetime] = []
        """Messages that could not wait for another day."""

    def live(self, end: datetime) -> None:
        while waiting := [
            (due.due_at, number, key)
            for number, history in enumerate(self.histories)
            for key, due in history.rows.items()
            if due.state == "waiting"
        ]:
            now, number, key = min(waiting)
            if now >= end:
                return
            self._turn(self.histories[number], key, now)

    def _turn(self, history: History, key: int, now: datetime) -> None:
        due, when = history.rows[key], history.look(key, now)
        today = local(now).date()
        if when == now and any(local(at_).date() == today for at_, _ in self.messages):
            when = next_day(history.policy, now, history.hours, history.deadline, planned=due.number > 0)
            if when == now:
                self.pressed.append(now)
        if when != now:
            history.rows[key] = due._replace(state="dropped") if when is None else due._replace(due_at=when)
            return
        said = [(history, key)]
        midnight = at(today + timedelta(days=1), 0)
        for other in self.histories:
            for fellow, row in other.rows.items():
                is_due = row.state == "waiting" and row.due_at < midnight and (other, fellow) != (history, key)
                if is_due and other.look(fellow, now) == now:
                    said.append((other, fellow))
        self.messages.append((now, [(each, fellow, each.rows[fellow]) for each, fellow in said]))
        for each, fellow in said:
            each.rows[fellow] = each.rows[fellow]._replace(state="sent")


@pytest.mark.long
@given(since=starts, hours=hours_of_day, asked=askings, happens=st.lists(events, min_size=4, max_size=4))
def test_one_message_a_day_nothing_doubled_and_nothing_lost(
    since: datetime, hours: Hours, asked: list[Asked], happens: list[list[tuple[timedelta, str, int]]]
) -> None:
    histories = [History(policy, hours, since + after, since + after + lead) for policy, after, lead in asked]
    for history, what in zip(histories, happens, strict=False):
        history.prepare([each for each in what if each[1] in ("nudge", "away")])
    person = Person(histories)
    person.live(since + timedelta(days=500))
    days = Counter(local(moment).date() for moment, _ in person.messages)
    pressed = Counter(local(moment).date() for moment in person.pressed)
    assert all(count == 1 + pressed[day] for day, count in days.items())
    said = Counter((id(history), key) for _, parts in person.messages for history, key, _ in parts)
    assert set(said.values()) <= {1}
    for moment, parts in person.messages:
        assert is_open(moment, hours._replace(quiet=()))
        wishes = [due for _, _, due in parts if (due.number, due.snoozed) == (0, None)]
        assert wishes or is_open(moment, hours)
        for history, _, due in parts:
            is_wished = due.number == 0 and history.policy.asks_late
            assert history.deadline is None or moment < history.deadline or is_wished
    assert not any(due.state == "waiting" for history in histories for due in history.rows.values())


def test_second_reminder_of_a_day_waits_for_the_next_unless_its_deadline_comes_first() -> None:
    hours, noon = Hours(8, 17), at(date(2026, 3, 6), 12)  # a Friday
    monday = at(date(2026, 3, 9), 8)
    for policy in POLICIES:
        assert next_day(policy, noon, hours, None, planned=True) == monday
        assert next_day(policy, noon, hours, monday + timedelta(minutes=1), planned=True) == monday
        assert next_day(policy, noon, hours, monday, planned=True) == noon
