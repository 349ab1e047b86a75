"""All tables by name, for whoever needs them."""

from storage.base import Base
from storage.gatherings import Attendance, Invitation, Meeting
from storage.intake import Collected, Heading, OwnPackage
from storage.numbers import (
    Agreement,
    Assignment,
    Erratum,
    Naming,
    Objection,
    Pseudonym,
    Recall,
    Release,
    Round,
    SecondLook,
    Submission,
)
from storage.people import Cluster, Consent, Member, Practice, PracticeAlias, RosterImport, Rules
from storage.post import Audit, Card, Inbox, Outbox
from storage.running import Allowance, Chore, Compatibility

__all__ = [
    "Agreement",
    "Allowance",
    "Assignment",
    "Attendance",
    "Audit",
    "Base",
    "Card",
    "Chore",
    "Cluster",
    "Collected",
    "Compatibility",
    "Consent",
    "Erratum",
    "Heading",
    "Inbox",
    "Invitation",
    "Meeting",
    "Member",
    "Naming",
    "Objection",
    "Outbox",
    "OwnPackage",
    "Practice",
    "PracticeAlias",
    "Pseudonym",
    "Recall",
    "Release",
    "RosterImport",
    "Round",
    "Rules",
    "SecondLook",
    "Submission",
]
