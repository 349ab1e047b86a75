"""Looking again: at every tick of the leader, at every signal of another process, and by oneself when neither comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.running.leader import Leader
from cluster.clock import Clock
from storage.database import Database
from storage.signals import INBOX, TICK, Wire, tell

log = structlog.get_logger()

FOLD_SECONDS = 0.02
"""Signals that come so close to each other are one look; and whoever kept a row has had the first try at it."""
MISSED_TICKS = 3
"""Ticks of the leader that may stay away before everybody looks for himself."""


class Ticks:
    """Wakes the pumps of this process. What is due stands in the database; a tick only says "look again"."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        every: float,
        wake_inbox: Callable[[], None],
        wake_outbox: Callable[[], None],
    ) -> None:
        self._database = database
        self._every = timedelta(seconds=every)
        self._wakes = {INBOX: (wake_inbox,), TICK: (wake_inbox, wake_outbox)}
        self._otherwise = (wake_outbox,)
        self._folded: dict[Callable[[], None], asyncio.TimerHandle] = {}
        self._told_at = 0.0
        self._ticking = asyncio.Lock()
        self._closed = False
        self.wire = None if database.is_sqlite else Wire(database, heard=self._heard, opened=self._opened)
        self.leader = Leader(database, clock, self.wire)

    async def tick(self) -> None:
        """The scheduler's call. A coroutine: anything else it runs in a thread, from where nobody is woken safely."""
        if self._is_alone():
            for wake in self._wakes[TICK]:
                wake()
        if self.wire is not None:
            async with self._ticking:
                await self._lead()

    def _is_alone(self) -> bool:
        silence = asyncio.get_running_loop().time() - self._told_at
        return self.wire is None or not self.wire.is_up or silence > MISSED_TICKS * self._every.total_seconds()

    async def _lead(self) -> None:
        try:
            if not self._closed and await self.leader.may(TICK, every=self._every):
                async with self._database.write() as session:
                    await tell(session, TICK, by=self._database.name)
                    await session.commit()
                self._heard(TICK)
        except Exception as error:  # the database is away; the scheduler calls again
            log.warning("tick.failed", error=type(error).__name__)

    def open(self) -> None:
        """Begin to listen."""
        if self.wire is not None:
            self.wire.open()

    async def close(self) -> None:
        """Hear nothing more and lead no more."""
        async with self._ticking:
            self._closed = True
        if self.wire is not None:
            await self.wire.close()
        for handle in self._folded.values():
            handle.cancel()

    def _opened(self) -> None:
        """Nobody told us anything while we did not listen."""
        log.info("wire.open")
        self._heard(TICK)

    def _heard(self, what: str) -> None:
        if what == TICK:
            self._told_at = asyncio.get_running_loop().time()
        for wake in self._wakes.get(what, self._otherwise):
            if wake not in self._folded:
                self._folded[wake] = asyncio.get_running_loop().call_later(FOLD_SECONDS, self._wake, wake)

    def _wake(self, wake: Callable[[], None]) -> None:
        del self._folded[wake]
        wake()
