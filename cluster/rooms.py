"""What the rooms of this floor say of themselves, together: one line a room."""

from cluster.charts import kinds as charts
from cluster.meetings import kinds as meetings
from cluster.members import kinds as members
from cluster.onboarding import kinds as onboarding
from cluster.operations import kinds as operations
from cluster.overview import kinds as overview
from cluster.packages import kinds as packages
from cluster.rounds import kinds as rounds
from cluster.submissions import kinds as submissions

ROOMS = (charts, meetings, members, onboarding, operations, overview, packages, rounds, submissions)
KINDS = tuple(kind for room in ROOMS for kind in room.Kinds)
"""Every kind of message that is owed to somebody."""
