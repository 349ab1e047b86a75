"""Slack in, sentences out: every feature's routes in one table."""

from handlers import (
    answers,
    consent,
    errors,
    help,
    home,
    invitation_cards,
    invitations,
    meeting_news,
    meetings,
    members,
    newcomers,
    reminders,
    roster,
    settings,
    setup,
    welcome,
)
from handlers.routes import merge

TABLE = merge(
    [
        errors.routes,
        answers.routes,
        consent.routes,
        help.routes,
        home.routes,
        invitation_cards.routes,
        invitations.routes,
        meeting_news.routes,
        meetings.routes,
        members.routes,
        newcomers.routes,
        reminders.routes,
        roster.routes,
        settings.routes,
        setup.routes,
        welcome.routes,
    ]
)
