"""Fair shares of what only a few can use at a time: by turns between clusters, first come first served within one."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from contextvars import ContextVar

working_for: ContextVar[Hashable] = ContextVar("working_for", default=None)
"""Whose work the task does: the id of a cluster, or nobody's in particular."""


class Shares:
    """A number of places. Those who wait are let in by turns, one of each cluster that has somebody waiting."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._lines: dict[Hashable, deque[asyncio.Future[None]]] = {}
        """In the order of their turns; a cluster that has had its turn goes to the end."""

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """``async with shares.turn(): …`` with one of the places."""
        await self._enter()
        try:
            yield
        finally:
            self._pass_on()

    async def _enter(self) -> None:
        if self._free:
            self._free -= 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(working_for.get(), deque()).append(place)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():  # it was given just before
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._lines:
            whose = next(iter(self._lines))
            line = self._lines.pop(whose)
            place = line.popleft()
            if line:
                self._lines[whose] = line
            if not place.done():
                place.set_result(None)
                return
        self._free += 1
