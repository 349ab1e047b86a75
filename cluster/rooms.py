"""What the rooms of this floor say of themselves, together: one line a room."""

from cluster.agendas import room as agendas
from cluster.calendars import room as calendars
from cluster.chairing import room as chairing
from cluster.changes import room as changes
from cluster.charts import room as charts
from cluster.checkin import room as checkin
from cluster.evaluations import room as evaluations
from cluster.groups import room as groups
from cluster.meetings import room as meetings
from cluster.members import room as members
from cluster.message_kinds import MessageKind, Trait
from cluster.minutes import room as minutes
from cluster.onboarding import room as onboarding
from cluster.operations import room as operations
from cluster.overview import room as overview
from cluster.packages import room as packages
from cluster.polls import room as polls
from cluster.rounds import room as rounds
from cluster.submissions import room as submissions
from cluster.topics import room as topics
from cluster.year import room as year

ROOMS = (
    agendas, calendars, chairing, changes, charts, checkin, evaluations, groups, meetings, members, minutes,
    onboarding, operations, overview, packages, polls, rounds, submissions, topics, year,
)  # fmt: skip
MESSAGE_KINDS = tuple(kind for room in ROOMS for kind in room.Kinds)
"""Every kind of message that is owed to somebody."""
ONCE_ONLY = tuple(prefix for room in ROOMS for prefix in getattr(room, "ONCE_ONLY", ()))
"""Beginnings of keys that hold the number of one event, or a moment: such a key cannot come again."""
KEPT = {table: kept for room in ROOMS for table, kept in room.KEPT.items()}
"""Every table."""


def kinds_that(trait: Trait) -> tuple[MessageKind, ...]:
    """The kinds of messages of which this is true, of whatever room."""
    return tuple(kind for kind in MESSAGE_KINDS if trait in kind.traits)


REMINDERS = frozenset(kinds_that(Trait.REMINDS))
"""What is a reminder: said once a day to a member, in one message."""
