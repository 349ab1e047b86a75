"""The socket to Slack, and an eye on it: one that has been silent for too long is thrown away and opened again.

slack_sdk pings every five seconds and reconnects by itself when no answer comes. What it does not get out of: a
connection attempt that is repeated for ever with an address whose ticket has run out, a session closed under it, and a
monitor that hangs in either. Its maintainers' advice is to make a new client then, which is what we do.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics

if TYPE_CHECKING:
    from bot.settings import Settings

log = structlog.get_logger()

PING_SECONDS = 5
LOOKS = 4
"""How often we look while the longest allowed silence lasts."""
CLOSING_SECONDS = 5
ANSWERING_SECONDS = 3
"""Slack waits three seconds for an acknowledgement; later ones are of no use."""
Handle = Callable[[Any, Any], Awaitable[None]]
HEARD = frozenset([aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.PING, aiohttp.WSMsgType.PONG])


class Socket:
    """Opened, watched and closed tidily."""

    def __init__(self, settings: Settings, app: AsyncApp, slack: AsyncWebClient, metrics: Metrics) -> None:
        self._settings = settings
        self._app = app
        self._slack = slack
        self._metrics = metrics
        self._handler: AsyncSocketModeHandler | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._greeted = asyncio.Event()
        self._heard = 0.0
        self._inside = 0
        self._answered = asyncio.Event()
        self._answered.set()

    async def is_connected(self) -> bool:
        """Whether Slack can reach us."""
        return self._handler is not None and bool(await self._handler.client.is_connected())

    async def open(self) -> None:
        """Connect, however often it takes, until Slack says hello."""
        await self._connect()
        self._keep(self._watch())
        await self._greeted.wait()

    async def close(self) -> None:
        """Disconnect and wait for everything that we and the client have begun."""
        for task in self._tasks:
            task.cancel()
        if self._handler is not None:
            with suppress(TimeoutError):  # what we were told is acknowledged: who clicks while we stop sees no error
                await asyncio.wait_for(self._answered.wait(), ANSWERING_SECONDS)
            await _shut(self._handler)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connect(self) -> None:
        handler = AsyncSocketModeHandler(
            self._app,
            app_token=self._settings.slack_app_token.get_secret_value(),
            web_client=self._slack,
            ping_interval=min(PING_SECONDS, self._settings.silence_seconds / LOOKS),
        )
        client = handler.client
        await client.aiohttp_client_session.close()
        client.aiohttp_client_session = aiohttp.ClientSession(ws_response_class=_listening(self._hear))
        client.on_message_listeners.append(self._read)
        client.socket_mode_request_listeners[:] = [self._counting(handler.handle)]
        self._handler, self._heard = handler, asyncio.get_running_loop().time()
        self._keep(handler.connect_async())  # type: ignore[no-untyped-call]  # slack_bolt says no types

    async def _watch(self) -> None:
        """Looks now and then; whatever goes wrong, goes on looking."""
        longest, loop = self._settings.silence_seconds, asyncio.get_running_loop()
        while True:
            await asyncio.sleep(longest / LOOKS)
            if loop.time() - self._heard <= longest:
                continue
            log.warning("socket.silent", seconds=round(loop.time() - self._heard))
            self._metrics.rebuilt()
            old = self._handler
            with suppress(Exception):
                await self._connect()
            if old is not None and old is not self._handler:
                with suppress(Exception):
                    await asyncio.wait_for(_shut(old), CLOSING_SECONDS)

    async def _read(self, message: aiohttp.WSMessage) -> None:
        if message.type is aiohttp.WSMsgType.TEXT and json.loads(message.data).get("type") == "hello":
            self._metrics.greeted()
            self._greeted.set()
            log.info("socket.open")

    def _counting(self, handle: Handle) -> Handle:
        async def counted(client: Any, request: Any) -> None:
            self._inside += 1
            self._answered.clear()
            try:
                await handle(client, request)
            finally:
                self._inside -= 1
                if not self._inside:
                    self._answered.set()

        return counted

    def _hear(self) -> None:
        self._heard = asyncio.get_running_loop().time()

    def _keep(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _listening(heard: Any) -> type[aiohttp.ClientWebSocketResponse]:
    """A connection that tells when anything at all was heard on it: the client keeps pings to itself."""

    class Listening(aiohttp.ClientWebSocketResponse):
        async def receive(self, timeout: float | None = None) -> Any:  # noqa: ASYNC109 - aiohttp's own signature
            message = await super().receive(timeout)
            if message.type in HEARD:
                heard()
            return message

    return Listening


async def _shut(handler: AsyncSocketModeHandler) -> None:
    """Close the client and wait for its own tasks, which it cancels without waiting."""
    client = handler.client
    tasks = [client.message_processor, client.current_session_monitor, client.message_receiver]
    await handler.close_async()  # type: ignore[no-untyped-call]  # slack_bolt says no types
    await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)
