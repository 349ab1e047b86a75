"""Asking again: only those who still owe, on workdays, three times at most, and then the coordinator.

All of it is owed in advance with an hour to be sent at; whoever renders it looks at the state again first.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cluster.calendar import Hours, at, is_workday, next_slot, workdays_after, workdays_before
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import members
from cluster.notices import owe, owe_each, take_back
from cluster.subjects import ASSIGNMENT, ROUND
from storage.models import Assignment, Round, Rules
from storage.unit_of_work import UnitOfWork

DAYS_BEFORE = (7, 3, 1)
"""Days before the deadline on which those who still owe are asked again."""
PEACE = timedelta(hours=40)
"""Nobody is asked again before this much time has gone since the first asking."""
SOON = timedelta(days=1)
HOUR = 9
DIGEST_AFTER = timedelta(hours=5)
SNOOZES = ("tomorrow", "in_three_days", "monday")


def hours_of(rules: Rules) -> Hours:
    """The hours in which the cluster lets itself be disturbed."""
    return Hours(rules.reminders_from, rules.reminders_to)


def moments(asked_at: datetime, deadline: datetime, hours: Hours) -> list[datetime]:
    """When to ask again, in order: at most three, on workdays in the morning, before the deadline."""
    last = local(deadline).date()
    hour = max(HOUR, hours.start) if max(HOUR, hours.start) < hours.end else hours.start
    days = {_workday_by(last - timedelta(days=days)) for days in DAYS_BEFORE}
    found = sorted(at(day, hour) for day in days)
    return [moment for moment in found if asked_at + PEACE <= moment < deadline]


def digest_moment(asked_at: datetime, deadline: datetime, hours: Hours) -> datetime | None:
    """When the coordinator hears who has not answered: after the last asking, before the deadline."""
    asked = moments(asked_at, deadline, hours)
    if not asked:
        return None
    moment = next_slot(asked[-1] + DIGEST_AFTER, hours)
    return moment if moment < deadline else None


def is_overtaken(round_: Round, n: int, hours: Hours, now: datetime) -> bool:
    """Whether the ``n``-th asking has lost its point: the next one is due within the day, or the deadline has passed.

    After an outage or a pause several may be due at once. Only the last of them is sent, and none after the deadline,
    when the coordinators hear who is missing.
    """
    later = moments(round_.created_at, round_.deadline, hours)[n:]
    return now >= round_.deadline or any(moment < now + SOON for moment in later)


async def plan(
    uow: UnitOfWork,
    round_: Round,
    assignment: Assignment,
    rules: Rules,
    *,
    now: datetime,
    peace: timedelta = timedelta(0),
) -> None:
    """Owe one practice's reminders. Those whose hour has gone, or comes before the ``peace`` of who is asked only now
    is over, are not made up for."""
    for n, moment in enumerate(moments(round_.created_at, round_.deadline, hours_of(rules)), start=1):
        if moment > now + peace:
            key = f"chase:{round_.id}:{n}:{assignment.practice_id}"
            await _owe(uow, round_, assignment, key, due_at=moment, now=now, n=n)


async def plan_digest(uow: UnitOfWork, round_: Round, rules: Rules, *, now: datetime) -> None:
    """Owe the coordinators the list of those who still owe."""
    moment = digest_moment(round_.created_at, round_.deadline, hours_of(rules))
    if moment is None or moment <= now:
        return
    await owe_each(
        uow,
        "round.digest",
        await members.coordinators(uow, round_.cluster_id),
        key=f"round-digest:{round_.id}",
        now=now,
        cluster_id=round_.cluster_id,
        subject=ROUND.about(round_.id),
        due_at=moment,
    )


async def hush(uow: UnitOfWork, assignment: Assignment) -> None:
    """The practice has answered: not one more reminder."""
    await take_back(uow, ASSIGNMENT.about(assignment.id), kinds=("data.chase", "data.snoozed"))
    assignment.snoozed_until = None


async def nudge(uow: UnitOfWork, round_: Round, assignment: Assignment, rules: Rules, *, now: datetime) -> bool:
    """The coordinator asks one practice again, at the next decent hour; once a day at most."""
    moment = next_slot(now, hours_of(rules))
    key = f"nudge:{round_.id}:{assignment.practice_id}:{local(moment).date():%Y%m%d}"
    return await _owe(uow, round_, assignment, key, due_at=moment, now=now, n=0)


async def snooze(
    uow: UnitOfWork, round_: Round, assignment: Assignment, choice: str, rules: Rules, *, now: datetime
) -> datetime:
    """ "Remind me later": quiet until then, and one reminder at that hour. Never later than the deadline's morning."""
    hours = hours_of(rules)
    moment = at(_snooze_day(local(now).date(), choice), max(HOUR, hours.start))
    if moment >= round_.deadline > now:
        moment = at(_workday_by(local(round_.deadline).date()), hours.start)
        if not now < moment < round_.deadline:
            raise ClusterError("data.no_time_to_wait")
    assignment.snoozed_until = moment
    await take_back(uow, ASSIGNMENT.about(assignment.id), kinds=("data.snoozed",))
    await _owe(
        uow,
        round_,
        assignment,
        f"snooze:{assignment.id}:{moment:%Y%m%d}",
        due_at=moment,
        now=now,
        n=0,
        kind="data.snoozed",
    )
    return moment


def _snooze_day(today: date, choice: str) -> date:
    if choice == "monday":
        day = today + timedelta(days=7 - today.weekday())
    elif choice == "in_three_days":
        day = today + timedelta(days=3)
    elif choice == "tomorrow":
        day = today + timedelta(days=1)
    else:
        raise ClusterError("data.no_such_choice")
    return day if is_workday(day) else workdays_after(day, 1)


def _workday_by(day: date) -> date:
    return day if is_workday(day) else workdays_before(day, 1)


async def _owe(
    uow: UnitOfWork,
    round_: Round,
    assignment: Assignment,
    key: str,
    *,
    due_at: datetime,
    now: datetime,
    n: int,
    kind: str = "data.chase",
) -> bool:
    return await owe(
        uow,
        kind,
        key=key,
        now=now,
        member_id=assignment.member_id,
        cluster_id=round_.cluster_id,
        subject=ASSIGNMENT.about(assignment.id),
        due_at=due_at,
        n=n,
    )
