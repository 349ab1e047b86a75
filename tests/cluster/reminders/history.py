"""What happens between an asking and its answer, and what is said meanwhile: a small outbox over the pure rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import strategies as st

from cluster.calendar import Hours
from cluster.errors import ClusterError
from cluster.quiet import read
from cluster.reminders.moments import SNOOZES, moments, snooze_moment
from cluster.reminders.policy import Policy
from cluster.reminders.situation import Due, Situation, when_to_say, wished_slot

starts = st.datetimes(datetime(2026, 1, 1), datetime(2036, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - UTC is put on
quiet_times = st.sampled_from(["", "7", "29-31", "7, 29-31, 42, jul", "1/5-15/6", "52-2", "3, 5, 7, 9, 11, 13"]).map(
    read
)
hours_of_day = st.builds(Hours, st.integers(8, 10), st.integers(12, 17), quiet_times)
WORDS = ("answer", "nudge", "away", "dark", *SNOOZES)
events = st.lists(
    st.tuples(st.timedeltas(timedelta(0), timedelta(days=45)), st.sampled_from(WORDS), st.integers(1, 9)), max_size=6
)


@dataclass
class Said:
    """One reminder that was said, and how things stood."""

    at: datetime
    due: Due
    situation: Situation


@dataclass
class History:
    """One asking, lived through to its end."""

    policy: Policy
    hours: Hours
    since: datetime
    deadline: datetime | None
    said: list[Said] = field(default_factory=list)
    answered_at: datetime | None = None
    away_until: datetime | None = None
    snoozed_until: datetime | None = None
    dark_until: datetime | None = None
    """The program does not run."""
    was_dark: bool = False
    rows: dict[int, Due] = field(default_factory=dict)
    """Every reminder that is or was owed."""
    _ids: count[int] = field(default_factory=count)

    def live(self, happens: list[tuple[timedelta, str, int]]) -> list[Said]:
        """Everything that is said, when these things happen so long after the asking."""
        for number, moment in enumerate(moments(self.policy, self.since, self.deadline, self.hours), 1):
            self._owe(Due(moment, number))
        for after, word, days in sorted(happens):
            self._work_until(self.since + after)
            self._happen(word, days, self.since + after)
        self._work_until(self.since + timedelta(days=500))
        return self.said

    def prepare(self, happens: list[tuple[timedelta, str, int]]) -> None:
        """Lay out what is owed, with wishes that come meanwhile, and say nothing yet."""
        for number, moment in enumerate(moments(self.policy, self.since, self.deadline, self.hours), 1):
            self._owe(Due(moment, number))
        for after, word, days in sorted(happens):
            self._happen(word, days, self.since + after)

    def look(self, key: int, now: datetime) -> datetime | None:
        """When one of the rows is to be said, asked now."""
        others = [each for other, each in self.rows.items() if other != key]
        return when_to_say(self.policy, self.situation(), self.rows[key], others, now=now)

    def situation(self) -> Situation:
        """How it stands now."""
        owes = self.answered_at is None
        return Situation(owes, self.deadline, self.hours, self.away_until, self.snoozed_until)

    def _happen(self, word: str, days: int, now: datetime) -> None:
        if word == "answer":
            self.answered_at = self.answered_at or now
        elif word == "away":
            self.away_until = now + timedelta(days=days)
        elif word == "dark":
            self.dark_until, self.was_dark = now + timedelta(days=days), True
        elif word == "nudge" and self.policy.nudge_key:
            wish = Due(wished_slot(now, self.hours, self.deadline))
            if wish not in self.rows.values():  # the same key
                self._owe(wish)
        elif word in SNOOZES and self.policy.snoozing is not None and self.answered_at is None:
            try:
                until = snooze_moment(self.policy, word, self.deadline, self.hours, now=now)
            except ClusterError:
                return
            self.snoozed_until = until
            self._owe(Due(until, snoozed=until))

    def _owe(self, due: Due) -> None:
        self.rows[next(self._ids)] = due

    def _work_until(self, end: datetime) -> None:
        while waiting := [(row.due_at, key) for key, row in self.rows.items() if row.state == "waiting"]:
            due_at, key = min(waiting)
            now = max(due_at, self.dark_until or due_at)
            if now >= end:
                return
            row, when = self.rows[key], self.look(key, now)
            if when == now:
                self.said.append(Said(now, row, self.situation()))
            if when is None or when == now:
                self.rows[key] = row._replace(state="dropped" if when is None else "sent")
            else:
                self.rows[key] = row._replace(due_at=when)
