"""Whether Slack knows us, lets us do what we must, and can reach us."""

from __future__ import annotations

from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.doctor.finding import Diagnosis, compare
from bot.log import describe
from bot.receiving.slack import web_client
from bot.settings import Settings
from cluster.clock import Clock
from locales import Texts

SCOPES = (
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
    "users:read.email",
)
"""Those of manifest.yml, which does not travel with the installed program."""
PATIENCE = aiohttp.ClientTimeout(total=15)


async def look(settings: Settings, clock: Clock, t: Texts) -> AsyncIterator[Diagnosis]:
    """Asks Slack who we are, and in socket mode for an address to connect to."""
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        slack = web_client(settings, session)
        if settings.slack_bot_token.get_secret_value():
            async for finding in _bot(slack, clock, t):
                yield finding
        if settings.mode == "socket" and (token := settings.slack_app_token.get_secret_value()):
            yield await _socket(slack, token, t)


async def _bot(slack: AsyncWebClient, clock: Clock, t: Texts) -> AsyncIterator[Diagnosis]:
    try:
        told = await slack.auth_test()
    except SlackApiError as error:
        yield Diagnosis(
            t("Slack: refuses the bot token ({error}).", error=error.response.get("error")),
            t("Copy the Bot User OAuth Token (xoxb-…) from the app's page once more, or reinstall the app."),
        )
        return
    except Exception as error:
        yield _unreachable(error, t)
        return
    headers = {name.lower(): value for name, value in told.headers.items()}
    yield Diagnosis(t("Slack: knows the bot, in workspace {team}.", team=told["team_id"]))
    yield _scopes(str(headers.get("x-oauth-scopes", "")), t)
    if "date" in headers:
        yield compare(clock.wall(), parsedate_to_datetime(headers["date"]), t("Slack"), t)


def _scopes(told: str, t: Texts) -> Diagnosis:
    granted = {scope.strip() for scope in told.split(",") if scope.strip()}
    if not granted:
        return Diagnosis(
            t("Slack: does not say what the app may do."),
            t("Compare the scopes on the app's page with manifest.yml. Something in between may have left them out."),
            is_known=False,
        )
    if missing := [scope for scope in SCOPES if scope not in granted]:
        return Diagnosis(
            t("Slack: the app lacks {scopes}.", scopes=", ".join(missing)),
            t("Paste manifest.yml into the app's page once more and reinstall the app."),
        )
    return Diagnosis(t("Slack: the app may do everything the bot needs."))


async def _socket(slack: AsyncWebClient, token: str, t: Texts) -> Diagnosis:
    try:
        await slack.apps_connections_open(app_token=token)
    except SlackApiError as error:
        return Diagnosis(
            t("Slack: refuses the app token ({error}).", error=error.response.get("error")),
            t("Make an app-level token (xapp-…) with connections:write, and switch Socket Mode on."),
        )
    except Exception as error:
        return _unreachable(error, t)
    return Diagnosis(t("Slack: gives the bot a socket."))


def _unreachable(error: Exception, t: Texts) -> Diagnosis:
    return Diagnosis(
        t("Slack: does not answer ({error}).", error=describe(error)),
        t("Check the network, a proxy, and KLYNGE_SLACK_API_URL."),
    )
