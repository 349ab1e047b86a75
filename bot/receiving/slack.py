"""Our side of the wire to Slack: the web client, who we are, and Bolt with one door. The socket:
`bot.receiving.socket`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.receiving.client import Client
from cluster.members.organisations import Home

if TYPE_CHECKING:
    from bot.settings import Settings

log = structlog.get_logger()

Receive = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
PAUSES = (0.5, 1, 2, 4, 8, 15, 30, 60)


@dataclass(frozen=True)
class Identity:
    """Who Slack says that we are."""

    team_id: str
    bot_user_id: str
    bot_id: str
    enterprise_id: str = ""

    @property
    def home(self) -> Home:
        """The organisation we are installed in."""
        return Home(self.team_id, self.enterprise_id)


def web_client(settings: Settings, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client without retries of its own: what breaks after Slack took a message must not send it twice."""
    return Client(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        session=session,
        retry_handlers=[],
    )


async def introduce(slack: AsyncWebClient) -> Identity:
    """Ask who we are; an outage is waited out for a while, a refused token is not."""
    for pause in (*PAUSES, None):
        try:
            told = await slack.auth_test()
            return Identity(told["team_id"], told["user_id"], told["bot_id"], told.get("enterprise_id") or "")
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            if pause is None:
                raise
            log.warning("slack.unreachable", error=type(error).__name__)
        except SlackApiError as error:
            if pause is None or error.response.status_code < 429:
                raise
            log.warning("slack.unreachable", error=error.response.get("error"))
        await asyncio.sleep(pause)
    raise AssertionError


class SlackDoor(AsyncMiddleware):
    """Hands every request to us. A class because Bolt, given a function, works out afresh for each what it wants."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt calls by these names
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: ARG002 - the same
    ) -> BoltResponse:
        """The answer for Slack; nobody comes after us."""
        return await self._receive(req)


def bolt(
    settings: Settings,
    slack: AsyncWebClient,
    identity: Identity,
    receive: Receive,
) -> AsyncApp:
    """Bolt for signatures, sockets and parsing; everything else is ours.

    We know who we are from the start: Bolt's own question would, on a rate limit, acknowledge an event and lose it.
    """

    async def authorize(team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=team_id or identity.team_id,
            bot_user_id=identity.bot_user_id,
            bot_id=identity.bot_id,
            bot_token=slack.token,
        )

    app = AsyncApp(
        client=AsyncWebClient(base_url=slack.base_url, session=slack.session, retry_handlers=[]),
        authorize=authorize,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        process_before_response=True,
        name="klyngebot",  # without one Bolt reads the source of everybody who is calling, to find a name
    )
    app.use(SlackDoor(receive))
    return app
