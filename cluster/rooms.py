"""What the rooms of this floor say of themselves, together: one line a room."""

from cluster.charts import room as charts
from cluster.meetings import room as meetings
from cluster.members import room as members
from cluster.onboarding import room as onboarding
from cluster.operations import room as operations
from cluster.overview import room as overview
from cluster.packages import room as packages
from cluster.rounds import room as rounds
from cluster.submissions import room as submissions

ROOMS = (charts, meetings, members, onboarding, operations, overview, packages, rounds, submissions)
MESSAGE_KINDS = tuple(kind for room in ROOMS for kind in room.Kinds)
"""Every kind of message that is owed to somebody."""
KEPT = {table: kept for room in ROOMS for table, kept in room.KEPT.items()}
"""Every table."""
