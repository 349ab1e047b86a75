"""Slack in, sentences out: every feature's routes in one table."""

from handlers import answers, errors
from handlers.routes import merge

TABLE = merge([errors.routes, answers.routes])
