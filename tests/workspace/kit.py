"""What the tests of the stand-in share: a place to be, Bolt apps in both modes, and small Block Kit builders."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from workspace import Desk, Workspace
from workspace.server import Server

Running = Callable[[AsyncApp], Awaitable[None]]
T0 = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@dataclass
class Place:
    """Everything a test needs of one workspace."""

    world: Workspace
    server: Server
    desk: Desk
    client: AsyncWebClient
    anne: str
    bo: str
    channel: str

    @property
    def dm(self) -> str:
        conversation = self.world.conversations.direct(self.anne, self.world.bot_user_id)
        assert conversation is not None
        return conversation.id

    def app(self) -> AsyncApp:
        """A real Bolt app that speaks to this workspace."""
        return AsyncApp(client=self.client, signing_secret=self.world.signing_secret, process_before_response=True)


@asynccontextmanager
async def listening(place: Place, app: AsyncApp) -> AsyncIterator[None]:
    """The app under Socket Mode."""
    handler = AsyncSocketModeHandler(app, place.world.app_token, web_client=place.client, ping_interval=0.5)
    await handler.connect_async()
    assert await place.world.sockets.arrival(5)
    try:
        yield
    finally:
        await handler.close_async()


@asynccontextmanager
async def answering(place: Place, app: AsyncApp) -> AsyncIterator[None]:
    """The app under signed HTTP."""
    runner = web.AppRunner(app.web_app("/slack/events"), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    place.world.http_target = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield
    finally:
        await runner.cleanup()


def button(action_id: str, value: str = "1", text: str = "Kommer") -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": action_id,
        "value": value,
        "text": {"type": "plain_text", "text": text},
    }


def actions(*elements: dict[str, Any], block_id: str = "row") -> dict[str, Any]:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def field(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    label = {"type": "plain_text", "text": block_id.capitalize()}
    return {"type": "input", "block_id": block_id, "label": label, "element": element, **more}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    words = {"title": "Nyt møde", "submit": "Opret", "close": "Fortryd"}
    texts = {key: {"type": "plain_text", "text": text} for key, text in words.items()}
    return {"type": "modal", "callback_id": "meeting.new", "blocks": list(blocks), **texts, **more}


def option(value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": value.capitalize()}, "value": value}


PLACEHOLDER = {"type": "plain_text", "text": "Vælg"}


async def posted(place: Place, *blocks: dict[str, Any], text: str = "Kort") -> dict[str, Any]:
    """A card of the bot's in Anne's direct message, as she sees it."""
    sent = await place.client.chat_postMessage(channel=place.anne, text=text, blocks=list(blocks))
    seen = await place.desk.dm(place.anne)
    return next(message for message in seen if message["ts"] == sent["ts"])


async def shown(place: Place, *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A modal the bot opened for Anne, as she sees it: {id, hash, view}."""
    await place.client.views_open(trigger_id=place.world.triggers.give(place.anne), view=modal(*blocks, **more))
    view = await place.desk.top_view(place.anne)
    assert view is not None
    return view


class Heard:
    """Keeps every payload the app gets and acknowledges it, with an answer when one is set."""

    def __init__(self, app: AsyncApp) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, Any]] = []
        self.answer: dict[str, Any] | None = None
        self.status = 200
        app.middleware(self._keep)

    async def _keep(self, body: dict[str, Any], req: AsyncBoltRequest) -> BoltResponse:
        self.bodies.append(body)
        self.headers.append(dict(req.headers))
        if self.answer is None:
            return BoltResponse(status=self.status)
        return BoltResponse(status=self.status, body=self.answer)

    @property
    def events(self) -> list[dict[str, Any]]:
        """The inner events, in the order they came."""
        return [body["event"] for body in self.bodies if "event" in body]
