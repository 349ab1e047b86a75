"""When people are reminded of a meeting. Pure rules of the meeting, the cluster's hours and the moment.

The rules are those of the scheduling tools that annoy least: two days before the answer-by when there is time, a day
and a half when there is little, none when there is next to none; at most three; never closer than three days; then it
is the coordinator's turn. Local time throughout, so that summer time moves nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cluster.calendar import Hours, at, is_workday, next_slot, previous_slot, workdays_before
from cluster.clock import local
from cluster.errors import ClusterError

MOST = 3
GAP = timedelta(days=3)
BREATH = timedelta(hours=6)
"""Never sooner than this after an invitation, nor later than this before the answer-by."""
SNOOZES = ("tomorrow", "in_three_days", "monday")


def due_moments(answer_by: datetime, since: datetime, hours: Hours) -> list[datetime]:
    """When somebody invited ``since`` then is reminded to answer: none to three moments, in order."""
    lead = answer_by - since
    if lead < timedelta(days=2):
        return []
    if lead < timedelta(days=5):
        short = _fit(answer_by - timedelta(hours=36), since + BREATH, answer_by - BREATH, hours)
        return [short] if short else []
    last = _fit(_days_before(answer_by, 2), since + timedelta(days=1), answer_by - BREATH, hours)
    if last is None:
        return []
    moments = [last]
    for step in (5, 7)[: MOST - 1]:
        earlier = previous_slot(_days_before(moments[0], step), hours)
        if earlier < since + GAP:
            break
        moments.insert(0, earlier)
    return moments


def digest_moment(answer_by: datetime, since: datetime, hours: Hours) -> datetime:
    """When the coordinator hears who has not answered: a day before the answer-by, later when there is little time."""
    return next_slot(max(answer_by - timedelta(days=1), since + (answer_by - since) / 2), hours)


def eve_moment(starts_at: datetime, hours: Hours) -> datetime:
    """When those who come get a note: ten o'clock the day before, or on the last workday before."""
    day = local(starts_at).date() - timedelta(days=1)
    if not is_workday(day):
        day = workdays_before(day, 1)
    return at(day, min(max(10, hours.start), hours.end - 1))


def after_moment(ends_at: datetime, hours: Hours) -> datetime:
    """When the coordinator gets the attendance sheet: a quarter of an hour after the end, or the next allowed hour."""
    return next_slot(ends_at + timedelta(minutes=15), hours)


def snooze_moment(choice: str, now: datetime, hours: Hours) -> datetime:
    """What "tomorrow", "in three days" and "Monday" mean: the first allowed hour of that day or after it."""
    today = local(now).date()
    days = {"tomorrow": 1, "in_three_days": 3, "monday": 7 - today.weekday()}
    if choice not in days:
        raise ClusterError("meeting.snooze_unknown")
    return next_slot(at(today + timedelta(days=days[choice]), hours.start), hours)


def _fit(wanted: datetime, earliest: datetime, latest: datetime, hours: Hours) -> datetime | None:
    before, after = previous_slot(wanted, hours), next_slot(wanted, hours)
    return next((slot for slot in (before, after) if earliest <= slot <= latest), None)


def _days_before(moment: datetime, days: int) -> datetime:
    here = local(moment)
    return at(here.date() - timedelta(days=days), here.hour, here.minute)
