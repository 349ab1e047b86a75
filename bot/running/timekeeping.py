"""Notices when the machine's clock is put back, and frees what would wait until it comes round again.

A clock that is put ahead needs nothing: what is due early is looked at again when it is sent, and leases are renewed.
It looks by a pause of its own, not by the scheduler: that one waits for moments of the very calendar that was put back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import structlog

from cluster.clock import Clock
from storage.database import Database
from storage.moments import bring_back

log = structlog.get_logger()

TOLERATED = 5.0
"""Seconds by which a clock may be set right without anybody noticing."""


class Timekeeper:
    """Holds the machine's calendar against the time that has really passed."""

    def __init__(
        self, database: Database, clock: Clock, *, lease: timedelta, every: float, put_back: Callable[[], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._lease = lease
        self._every = every
        self._put_back = put_back
        self._offset = self._measure()
        self._looking: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to look, as often as there are ticks."""
        self._looking = asyncio.create_task(self._keep_looking(), name="timekeeper")

    async def close(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            await self._look()

    async def _look(self) -> None:
        offset = self._measure()
        back = self._offset - offset
        if back > TOLERATED:
            log.warning("clock.put_back", seconds=round(back))
            try:
                await bring_back(self._database, now=self._clock.now(), wall=self._clock.wall(), lease=self._lease)
            except Exception as error:  # the database is away: again at the next look
                log.warning("clock.not_mended", error=type(error).__name__)
                return
            self._put_back()
        self._offset = offset

    def _measure(self) -> float:
        return self._clock.wall().timestamp() - asyncio.get_running_loop().time()
