"""Asking a practice again for its numbers: on workdays, three times at most, and then the coordinator."""

from __future__ import annotations

from datetime import timedelta

from cluster.reminders.policy import Escalation, Fit, Leave, Pace, Point, Policy, Snoozing

PEACE = timedelta(hours=40)
"""Nobody is asked again before this much time has gone since the first asking."""
DAYS_BEFORE = (1, 3, 7)
"""Days before the deadline on which those who still owe are asked again, the last first."""
HOUR = 9
POLICY = Policy(
    kind="data.chase",
    paces=(Pace(tuple(Point(days=days, fit=Fit.MORNING, peace=PEACE) for days in DAYS_BEFORE)),),
    hour=HOUR,
    leave=Leave.WAITS,
    overtaken_by=timedelta(hours=23),  # within the day; by the full day, seconds of delay would decide
    asks_late=True,
    planned_key="chase:{about}:{n}:{who}",
    nudge_key="nudge:{about}:{who}:{day:%Y%m%d}",
    snooze_key="snooze:{id}:{day:%Y%m%d}",
    snoozing=Snoozing(
        "data.snoozed",
        unknown="data.no_such_choice",
        too_late="data.no_time_to_wait",
        hour=HOUR,
        squeezes=True,
        holds_nudges=True,
    ),
    escalation=Escalation(after_last=timedelta(hours=5)),
    numbered="n",
)
