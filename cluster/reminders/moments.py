"""When somebody is reminded: pure rules of a policy, the asking, the deadline and the cluster's hours.

Local time throughout, so that summer time moves nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cluster.calendar import ONE_DAY, Hours, at, next_slot, open_day, previous_slot, workdays_after
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.reminders.policy import Anchor, Fit, Pace, Policy, Timing

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
        if not found or (moment < found[0] and _days_between(moment, found[0]) >= point.gap):
            found.insert(0, moment)
    return found[-policy.most :]


def escalation_moment(policy: Policy, since: datetime, deadline: datetime, hours: Hours) -> datetime | None:
    """When the coordinators hear who has not answered, in quiet weeks too; None when there is no time for it."""
    how, always = policy.escalation, hours._replace(quiet=())
    if how is not None and how.before is not None:
        return next_slot(max(deadline - how.before, since + (deadline - since) / 2), always)
    asked = moments(policy, since, deadline, hours)
    if how is None or how.after_last is None or not asked:
        return None
    moment = next_slot(asked[-1] + how.after_last, always)
    return moment if moment < deadline else None


def snooze_moment(policy: Policy, choice: str, deadline: datetime | None, hours: Hours, *, now: datetime) -> datetime:
    """What "tomorrow", "in three days" and "Monday" mean: the first allowed hour of that day or after it."""
    how, today = policy.snoozing, local(now).date()
    if how is None:
        raise ValueError(f"nobody snoozes {policy.kind}")
    if choice not in SNOOZES:
        raise ClusterError(how.unknown)
    days = {"tomorrow": 1, "in_three_days": 3, "monday": 7 - today.weekday()}[choice]
    moment = _morning(open_day(today + timedelta(days=days), hours, ONE_DAY), how.hour, hours)
    if deadline is None or moment < deadline or (policy.asks_late and now >= deadline):
        return moment
    moment = at(open_day(local(deadline).date(), hours, -ONE_DAY), hours.start)
    if not how.squeezes or not now < moment < deadline:
        raise ClusterError(how.too_late)
    return moment


def _pace(policy: Policy, since: datetime, deadline: datetime | None) -> Pace:
    lead = deadline - since if deadline is not None else timedelta.max
    return next((pace for pace in policy.paces if lead >= pace.lead), Pace(()))


def _wanted(
    point: Timing, since: datetime, deadline: datetime | None, following: datetime | None, hours: Hours
) -> datetime:
    if point.anchor is Anchor.START:
        return at(workdays_after(local(since).date(), point.days), hours.start)
    anchor = following if point.anchor is Anchor.NEXT else deadline
    if anchor is None:
        raise ValueError("a reminder counted from what there is not")
    here = local(anchor - point.elapsed)
    return anchor - point.elapsed if not point.days else _clock_of(here, here.date() - timedelta(days=point.days))


def _days_between(one: datetime, other: datetime) -> int:
    return (local(other).date() - local(one).date()).days


def _clock_of(moment: datetime, day: date) -> datetime:
    return at(day, moment.hour, moment.minute)


def _fitted(
    point: Timing, wanted: datetime, since: datetime, deadline: datetime | None, hours: Hours, hour: int
) -> datetime | None:
    if point.fit is Fit.MORNING:
        day = local(wanted).date()
        before, after = (_morning(open_day(day, hours, way), hour, hours) for way in (-ONE_DAY, ONE_DAY))
    else:
        before, after = previous_slot(wanted, hours), next_slot(wanted, hours)
    slots = [after, before] if point.fit is Fit.AFTER else [before, after]
    if point.fit in (Fit.BEFORE, Fit.MORNING) and not _is_moved_by_quiet(wanted, hours):
        slots = [before]
    latest = deadline - point.rest if deadline is not None else None
    return next((slot for slot in slots if since + point.peace <= slot and (latest is None or slot <= latest)), None)


def _morning(day: date, hour: int, hours: Hours) -> datetime:
    return at(day, hour if hours.start <= hour < hours.end else hours.start)


def _is_moved_by_quiet(wanted: datetime, hours: Hours) -> bool:
    """Whether quiet weeks keep a reminder from where it would go: then it may come after them as well."""
    day = local(wanted).date()
    return open_day(day, hours, -ONE_DAY) != open_day(day, hours._replace(quiet=()), -ONE_DAY)
