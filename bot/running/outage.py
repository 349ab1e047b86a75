"""Telling what is wrong with a thing from somebody being away for the moment, which is waited out."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import DBAPIError

NO_SERVICE = frozenset(
    [
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "ratelimited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
        "org_login_required",
    ]
)
"""Slack is not there for us at the moment: nothing wrong with the message."""


def is_away(error: Exception) -> bool:
    """Whether Slack, the database or the way to them is not there at the moment."""
    if isinstance(error, SlackApiError):
        return error.response.get("error") in NO_SERVICE or error.response.status_code >= 500
    if isinstance(error, DBAPIError):
        return error.connection_invalidated
    return isinstance(error, aiohttp.ClientError | OSError | TimeoutError)


def asked_pause(error: Exception) -> timedelta:
    """How long Slack asked to be left alone; nothing when it did not say."""
    if isinstance(error, SlackApiError):
        headers = {name.lower(): value for name, value in error.response.headers.items()}
        said = str(headers.get("retry-after", ""))
        return timedelta(seconds=int(said)) if said.isdecimal() else timedelta()
    return timedelta()
