"""The wire from a test or a script to the desk: requests, refusals, and waiting for changes."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import time
from collections.abc import Callable
from typing import Any, Self

import aiohttp

Json = dict[str, Any]


class DeskError(Exception):
    """The desk refused; `code` is its error and `body` the whole answer."""

    def __init__(self, body: Json) -> None:
        super().__init__(f"{body.get('error')}: {body.get('detail', '')}".rstrip(": "))
        self.code = str(body.get("error"))
        self.body = body


class Wire:
    """One connection to a desk and one ear for its notes."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None
        self._changed = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None
        self._listening = asyncio.Event()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Let go of the connections."""
        if self._listener is not None:
            self._listener.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listener
            self._listener = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def wait_for(
        self,
        predicate: Callable[[], Any],
        timeout: float = 10,  # noqa: ASYNC109 - the caller's patience, with its own message
    ) -> Any:
        """Ask again at every change in the workspace until the answer (awaited if need be) is true-ish; returns it."""
        deadline = time.monotonic() + timeout
        await self._listen(timeout)
        while True:
            self._changed.clear()
            asked = predicate()
            found = await asked if inspect.isawaitable(asked) else asked
            if found:
                return found
            left = deadline - time.monotonic()
            try:
                await asyncio.wait_for(self._changed.wait(), max(left, 0.0))
            except TimeoutError:
                raise TimeoutError(f"waited {timeout} s for {getattr(predicate, '__qualname__', predicate)}") from None

    async def get(self, name: str, args: Json | None = None) -> Json:
        return await self._request("GET", name, args or {}, None)

    async def post(self, name: str, body: Json) -> Json:
        return await self._request("POST", name, {}, {key: value for key, value in body.items() if value is not None})

    async def _request(self, verb: str, name: str, args: Json, body: Json | None) -> Json:
        params = {key: str(value) for key, value in args.items()}
        async with self.http().request(verb, f"{self.url}/desk/{name}", params=params, json=body) as response:
            return checked(await response.json())

    async def _listen(self, patience: float) -> None:
        if self._listener is None or self._listener.done():
            self._listening.clear()
            self._listener = asyncio.create_task(self._hear())
        await asyncio.wait_for(self._listening.wait(), patience)

    async def _hear(self) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        async with self.http().get(f"{self.url}/desk/events", timeout=timeout) as response:
            async for line in response.content:
                self._listening.set()
                if line.startswith(b"data:"):
                    self._changed.set()

    def http(self) -> aiohttp.ClientSession:
        """The one session, made when it is first needed."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        return self._session


def checked(body: Json) -> Json:
    if not body.get("ok"):
        raise DeskError(body)
    return body
