"""Every feature in one table: one line a room."""

from handlers.agendas.feature import feature as agendas
from handlers.calendars.feature import feature as calendars
from handlers.chairing.feature import feature as chairing
from handlers.changes.feature import feature as changes
from handlers.charts.feature import feature as charts
from handlers.checkin.feature import feature as checkin
from handlers.conversation.feature import feature as conversation
from handlers.errors import feature as errors
from handlers.evaluations.feature import feature as evaluations
from handlers.feature import merge
from handlers.groups.feature import feature as groups
from handlers.meetings.feature import feature as meetings
from handlers.members.feature import feature as members
from handlers.minutes.feature import feature as minutes
from handlers.onboarding.feature import feature as onboarding
from handlers.operations.feature import feature as operations
from handlers.overview.feature import feature as overview
from handlers.packages.feature import feature as packages
from handlers.polls.feature import feature as polls
from handlers.rounds.feature import feature as rounds
from handlers.submissions.feature import feature as submissions
from handlers.topics.feature import feature as topics
from handlers.year.feature import feature as year

TABLE = merge(
    [
        errors,
        agendas,
        calendars,
        changes,
        chairing,
        charts,
        checkin,
        conversation,
        groups,
        evaluations,
        meetings,
        members,
        minutes,
        onboarding,
        operations,
        overview,
        packages,
        polls,
        rounds,
        submissions,
        topics,
        year,
    ]
)
