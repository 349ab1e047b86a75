"""Every kind of reminder that there is, of whatever feature."""

from __future__ import annotations

from cluster.meetings import reminders as meetings
from cluster.members import consent_terms
from cluster.onboarding import welcome
from cluster.rounds import reminders as rounds

POLICIES = (meetings.POLICY, rounds.POLICY, welcome.POLICY, consent_terms.POLICY)
REMINDER_KINDS = frozenset(kind for policy in POLICIES for kind in policy.kinds)
"""What is a reminder: said once a day to a member, in one message."""
