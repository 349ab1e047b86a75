"""Socket Mode: the open connections, and envelopes that go to exactly one of them."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from workspace.state.errors import Json, SlackError

if TYPE_CHECKING:
    from workspace.world import Workspace

PING_SECONDS = 10.0


class SocketLostError(Exception):
    """The connection went away before the envelope was acknowledged."""


class Sockets:
    """Opens connections on tickets, picks one for each envelope in turn, matches acknowledgements."""

    def __init__(self, world: Workspace) -> None:
        self._world = world
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._turn = 0
        self._waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Json]]] = {}
        self._arrivals: set[asyncio.Future[None]] = set()
        self._sends: set[asyncio.Task[None]] = set()
        self.silent = False
        self.late = False
        """Whether tickets have run out by the time that somebody comes with them."""

    @property
    def count(self) -> int:
        return len(self._open)

    def new_url(self) -> str:
        """A fresh address for apps.connections.open; its ticket opens one connection."""
        ticket = self._world.ids.secret()
        if not self.late:
            self._tickets.add(ticket)
        return f"{self._world.url.replace('http', 'ws', 1)}/socket?ticket={ticket}&app_id={self._world.app_id}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection from hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="unknown ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False, max_msg_size=16 * 1024 * 1024)
        await socket.prepare(request)
        if len(self._open) >= self._world.settings.most_sockets:
            await socket.send_str(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        await socket.send_str(self._hello())
        self._open.append(socket)
        self._note("open")
        self.wake()
        pings = asyncio.create_task(self._ping(socket))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledge(json.loads(message.data))
                elif message.type is WSMsgType.PING and not self.silent:
                    await socket.pong(message.data)
        finally:
            pings.cancel()
            self._forget(socket)
        return socket

    async def arrival(self, seconds: float | None) -> bool:
        """Wait until a connection is open or all goes by HTTP, at most `seconds` of pace; true when one is open.

        One that went again before we had our turn is none: we wait on for the next.
        """
        pace = self._world.pace
        deadline = None if seconds is None else pace.now() + seconds
        while not self._open and self._world.http_target is None:
            arrival: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._arrivals.add(arrival)
            try:
                if not await pace.within(arrival, None if deadline is None else deadline - pace.now()):
                    return False
            finally:
                self._arrivals.discard(arrival)
        return bool(self._open)

    def wake(self) -> None:
        """Let everyone who waits for a connection look again."""
        for arrival in self._arrivals:
            if not arrival.done():
                arrival.set_result(None)

    async def send(
        self, kind: str, payload: Json, *, attempt: int, reason: str | None, answerable: bool
    ) -> Json | None:
        """One envelope to one connection; its acknowledgement's payload, or None after the time to acknowledge.

        Raises SocketLostError when the connection closes first.
        """
        if not self._open:
            raise SocketLostError
        self._turn += 1
        socket = self._open[self._turn % len(self._open)]
        envelope_id = self._envelope_id()
        envelope: Json = {
            "envelope_id": envelope_id,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": answerable,
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason or ""}
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (socket, answer)
        try:
            if self._world.settings.socket_delay:
                self._hand_over(self._write_late(socket, json.dumps(envelope)))
            elif not self.silent:
                await self._write(socket, json.dumps(envelope))
            if not await self._world.pace.within(answer, self._world.settings.ack_seconds):
                return None
            return answer.result()
        finally:
            self._waiting.pop(envelope_id, None)

    async def disconnect(self, reason: str) -> int:
        """Tell connections to go: `refresh_requested` and `link_disabled` close them, `warning` only warns."""
        if reason not in {"warning", "refresh_requested", "link_disabled"}:
            raise SlackError("bad_reason", detail=reason)
        asked = list(self._open)
        if reason != "warning":
            for socket in asked:
                self._forget(socket)
        for socket in asked:
            with contextlib.suppress(ConnectionError):
                await socket.send_str(_disconnect(reason))
        if reason == "link_disabled":
            await self._close(asked)
        return len(asked)

    async def drop(self) -> int:
        """Cut all connections without a word."""
        asked = list(self._open)
        for socket in asked:
            self._forget(socket)
        await self._close(asked)
        return len(asked)

    async def _close(self, sockets: list[web.WebSocketResponse]) -> None:
        for socket in sockets:
            self._hand_over(_shut(socket))

    async def close(self) -> None:
        """End everything, for the server's shutdown."""
        await self.drop()
        if self._sends:
            await asyncio.wait(self._sends, timeout=2)

    async def _write(self, socket: web.WebSocketResponse, text: str) -> None:
        try:
            await socket.send_str(text)
        except ConnectionError:
            self._forget(socket)
            raise SocketLostError from None

    async def _write_late(self, socket: web.WebSocketResponse, text: str) -> None:
        await asyncio.sleep(self._world.settings.socket_delay)
        with contextlib.suppress(SocketLostError):
            await self._write(socket, text)

    def _hand_over(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._sends.add(task)
        task.add_done_callback(self._sends.discard)

    def _acknowledge(self, ack: Json) -> None:
        _, answer = self._waiting.get(str(ack.get("envelope_id")), (None, None))
        if answer is not None and not answer.done():
            answer.set_result(ack.get("payload") or {})

    def _forget(self, socket: web.WebSocketResponse) -> None:
        if socket in self._open:
            self._open.remove(socket)
            self._note("close")
        for owner, answer in list(self._waiting.values()):
            if owner is socket and not answer.done():
                answer.set_exception(SocketLostError())

    async def _ping(self, socket: web.WebSocketResponse) -> None:
        with contextlib.suppress(ConnectionError):
            while not socket.closed:
                await asyncio.sleep(PING_SECONDS)
                if not self.silent:
                    await socket.ping(b"Ping from the workspace")

    def _note(self, what: str) -> None:
        self._world.traffic.record("in", "socket", what, response={"open": len(self._open)})

    def _envelope_id(self) -> str:
        made = self._world.ids.secret()
        return f"{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}"

    def _hello(self) -> str:
        info: dict[str, Any] = {
            "type": "hello",
            "num_connections": len(self._open) + 1,
            "debug_info": {"host": "workspace", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._world.app_id},
        }
        return json.dumps(info)


def _disconnect(reason: str) -> str:
    return json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "workspace"}})


async def _shut(socket: web.WebSocketResponse) -> None:
    with contextlib.suppress(ConnectionError, asyncio.TimeoutError):
        await socket.close()
