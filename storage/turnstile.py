"""A lock with a second door: who has somebody waiting at the other end goes before those who only have work to do."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

Waiting = asyncio.Future[None]


class Turnstile:
    """One at a time; the urgent first, otherwise in the order of coming."""

    def __init__(self) -> None:
        self._is_taken = False
        self._urgent: deque[Waiting] = deque()
        self._ordinary: deque[Waiting] = deque()

    @asynccontextmanager
    async def turn(self, *, urgent: bool = False) -> AsyncIterator[None]:
        """``async with turnstile.turn(): …`` alone."""
        await self._enter(self._urgent if urgent else self._ordinary)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, queue: deque[Waiting]) -> None:
        if not self._is_taken:
            self._is_taken = True
            return
        waiting: Waiting = asyncio.get_running_loop().create_future()
        queue.append(waiting)
        try:
            await waiting
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled():  # the turn had come already: it is the next one's
                self._leave()
            elif waiting in queue:
                queue.remove(waiting)
            raise

    def _leave(self) -> None:
        """Hand the turn on. It is never free in between, so nobody slips in before those who wait."""
        for queue in (self._urgent, self._ordinary):
            while queue:
                waiting = queue.popleft()
                if not waiting.done():
                    waiting.set_result(None)
                    return
        self._is_taken = False
