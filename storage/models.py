"""All tables by name, for whoever needs them."""

from storage.base import Base
from storage.gatherings import Attendance, Invitation, Meeting
from storage.numbers import Assignment, Objection, Pseudonym, Release, Round, Submission
from storage.people import Cluster, Consent, Member, Practice, RosterImport, Rules
from storage.post import Audit, Card, Inbox, Outbox

__all__ = [
    "Assignment",
    "Attendance",
    "Audit",
    "Base",
    "Card",
    "Cluster",
    "Consent",
    "Inbox",
    "Invitation",
    "Meeting",
    "Member",
    "Objection",
    "Outbox",
    "Practice",
    "Pseudonym",
    "Release",
    "RosterImport",
    "Round",
    "Rules",
    "Submission",
]
