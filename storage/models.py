"""All tables by name, for whoever needs them."""

from storage.tables.agendas import Agenda, AgendaItem, CheckIn, Parked, Sitting
from storage.tables.base import Base
from storage.tables.evenings import (
    Appraisal,
    AppraisalAnswer,
    AppraisalAsked,
    AppraisalTally,
    Commitment,
    CommitmentCount,
)
from storage.tables.gatherings import Attendance, Invitation, Meeting
from storage.tables.groups import GroupNote, GroupSeat, Seating, Team, TeamMember
from storage.tables.intake import Collected, Heading, OwnPackage
from storage.tables.minutes import Minutes, MinutesVersion
from storage.tables.numbers import (
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
from storage.tables.people import (
    CalendarFeed,
    Cluster,
    Consent,
    Member,
    Practice,
    PracticeAlias,
    RosterImport,
    Rules,
)
from storage.tables.polls import Poll, PollAnswer, PollDate
from storage.tables.post import Audit, Card, Inbox, Outbox, Undoable
from storage.tables.running import Allowance, Chore, Compatibility
from storage.tables.topics import Elector, Idea, TopicDecision, TopicRule, Vote, VoteChoice, Wish
from storage.tables.years import NotedDay, YearPlan

__all__ = [
    "Agenda",
    "AgendaItem",
    "Agreement",
    "Allowance",
    "Appraisal",
    "AppraisalAnswer",
    "AppraisalAsked",
    "AppraisalTally",
    "Assignment",
    "Attendance",
    "Audit",
    "Base",
    "CalendarFeed",
    "Card",
    "CheckIn",
    "Chore",
    "Cluster",
    "Collected",
    "Commitment",
    "CommitmentCount",
    "Compatibility",
    "Consent",
    "Elector",
    "Erratum",
    "GroupNote",
    "GroupSeat",
    "Heading",
    "Idea",
    "Inbox",
    "Invitation",
    "Meeting",
    "Member",
    "Minutes",
    "MinutesVersion",
    "Naming",
    "NotedDay",
    "Objection",
    "Outbox",
    "OwnPackage",
    "Parked",
    "Poll",
    "PollAnswer",
    "PollDate",
    "Practice",
    "PracticeAlias",
    "Pseudonym",
    "Recall",
    "Release",
    "RosterImport",
    "Round",
    "Rules",
    "Seating",
    "SecondLook",
    "Sitting",
    "Submission",
    "Team",
    "TeamMember",
    "TopicDecision",
    "TopicRule",
    "Undoable",
    "Vote",
    "VoteChoice",
    "Wish",
    "YearPlan",
]
