"""Slack in, sentences out: every feature's routes in one table."""

from handlers import answers, consent, errors, help, home, members, newcomers, roster, settings, setup, welcome
from handlers.routes import merge

TABLE = merge(
    [
        errors.routes,
        answers.routes,
        consent.routes,
        help.routes,
        home.routes,
        members.routes,
        newcomers.routes,
        roster.routes,
        settings.routes,
        setup.routes,
        welcome.routes,
    ]
)
