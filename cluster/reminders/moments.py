"""When somebody is reminded: pure rules of a policy, the asking, the deadline and the cluster's hours.

Local time throughout, so that summer time moves nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cluster.calendar import Hours, at, is_workday, next_slot, previous_slot, workdays_after, workdays_before
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.reminders.policy import Anchor, Fit, Pace, Point, Policy

SNOOZES = ("tomorrow", "in_three_days", "monday")
"""What can be chosen for "remind me later"."""


def moments(policy: Policy, since: datetime, deadline: datetime | None, hours: Hours) -> list[datetime]:
    """When somebody who was asked ``since`` then is reminded, in order."""
    found: list[datetime] = []
    for point in _pace(policy, since, deadline).points:
        wanted = _wanted(point, since, deadline, found[0] if found else None, hours)
        moment = _fitted(point, wanted, since, deadline, hours, policy.hour)
        if moment is None:
            break
        if not found or moment < found[0]:
            found.insert(0, moment)
    return found[-policy.most :]


def escalation_moment(policy: Policy, since: datetime, deadline: datetime, hours: Hours) -> datetime | None:
    """When the coordinators hear who has not answered; None when there is no time for it."""
    how = policy.escalation
    if how is not None and how.before is not None:
        return next_slot(max(deadline - how.before, since + (deadline - since) / 2), hours)
    asked = moments(policy, since, deadline, hours)
    if how is None or how.after_last is None or not asked:
        return None
    moment = next_slot(asked[-1] + how.after_last, hours)
    return moment if moment < deadline else None


def snooze_moment(policy: Policy, choice: str, deadline: datetime | None, hours: Hours, *, now: datetime) -> datetime:
    """What "tomorrow", "in three days" and "Monday" mean: the first allowed hour of that day or after it."""
    how, today = policy.snoozing, local(now).date()
    if how is None:
        raise ValueError(f"nobody snoozes {policy.kind}")
    if choice not in SNOOZES:
        raise ClusterError(how.unknown)
    days = {"tomorrow": 1, "in_three_days": 3, "monday": 7 - today.weekday()}[choice]
    moment = _morning(next_workday(today + timedelta(days=days)), how.hour, hours)
    if deadline is None or moment < deadline or (policy.asks_late and now >= deadline):
        return moment
    moment = at(_workday_by(local(deadline).date()), hours.start)
    if not how.squeezes or not now < moment < deadline:
        raise ClusterError(how.too_late)
    return moment


def next_workday(day: date) -> date:
    """The day itself when it is a workday, else the next that is."""
    return day if is_workday(day) else workdays_after(day, 1)


def _pace(policy: Policy, since: datetime, deadline: datetime | None) -> Pace:
    lead = deadline - since if deadline is not None else timedelta.max
    return next((pace for pace in policy.paces if lead >= pace.lead), Pace(()))


def _wanted(
    point: Point, since: datetime, deadline: datetime | None, following: datetime | None, hours: Hours
) -> datetime:
    if point.anchor is Anchor.START:
        return at(workdays_after(local(since).date(), point.days), hours.start)
    anchor = following if point.anchor is Anchor.NEXT else deadline
    if anchor is None:
        raise ValueError("a reminder counted from what there is not")
    here = local(anchor - point.elapsed)
    return anchor - point.elapsed if not point.days else _clock_of(here, here.date() - timedelta(days=point.days))


def _clock_of(moment: datetime, day: date) -> datetime:
    return at(day, moment.hour, moment.minute)


def _fitted(
    point: Point, wanted: datetime, since: datetime, deadline: datetime | None, hours: Hours, hour: int
) -> datetime | None:
    if point.fit is Fit.MORNING:
        slots = [_morning(_workday_by(local(wanted).date()), hour, hours)]
    else:
        before, after = previous_slot(wanted, hours), next_slot(wanted, hours)
        slots = {Fit.BEFORE: [before], Fit.AFTER: [after], Fit.NEAR: [before, after]}[point.fit]
    latest = deadline - point.rest if deadline is not None else None
    return next((slot for slot in slots if since + point.peace <= slot and (latest is None or slot <= latest)), None)


def _morning(day: date, hour: int, hours: Hours) -> datetime:
    return at(day, hour if hours.start <= hour < hours.end else hours.start)


def _workday_by(day: date) -> date:
    return day if is_workday(day) else workdays_before(day, 1)
