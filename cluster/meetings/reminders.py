"""Reminders to answer an invitation.

The rules are those of the scheduling tools that annoy least: two days before the answer-by when there is time, a day
and a half when there is little, none when there is next to none; at most three; never closer than three days; then it
is the coordinator's turn.
"""

from __future__ import annotations

from datetime import timedelta

from cluster.reminders.policy import Anchor, Escalation, Fit, Leave, Pace, Point, Policy, Snoozing

GAP = timedelta(days=3)
BREATH = timedelta(hours=6)
"""Never sooner than this after an invitation, nor later than this before the answer-by."""
SHORT = Pace((Point(elapsed=timedelta(hours=36), fit=Fit.NEAR, peace=BREATH, rest=BREATH),), lead=timedelta(days=2))
LONG = Pace(
    (
        Point(days=2, fit=Fit.NEAR, peace=timedelta(days=1), rest=BREATH),
        Point(Anchor.NEXT, days=5, peace=GAP),
        Point(Anchor.NEXT, days=7, peace=GAP),
    ),
    lead=timedelta(days=5),
)
POLICY = Policy(
    kind="meeting.reminder",
    paces=(LONG, SHORT),
    gap=GAP,
    leave=Leave.LEFT_OUT,
    planned_key="remind:{about}:{n}:{who}",
    nudge_key="nudge:{about}:{day}:{who}",
    snooze_key="snooze:{about}:{day}:{who}",
    snoozing=Snoozing("meeting.reminder", unknown="meeting.snooze_unknown", too_late="meeting.snooze_too_late"),
    escalation=Escalation(before=timedelta(days=1)),
)
