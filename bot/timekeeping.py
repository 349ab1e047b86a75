"""Notices when the machine's clock is put back, and frees what would wait until it comes round again.

A clock that is put ahead needs nothing: what is due early is looked at again when it is sent, and leases are renewed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
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

    def __init__(self, database: Database, clock: Clock, *, lease: timedelta, wake: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._lease = lease
        self._wake = wake
        self._offset = self._measure()

    async def look(self) -> None:
        """Called at every tick."""
        offset = self._measure()
        back = self._offset - offset
        if back > TOLERATED:
            log.warning("clock.put_back", seconds=round(back))
            try:
                await bring_back(self._database, now=self._clock.now(), wall=self._clock.wall(), lease=self._lease)
            except Exception as error:  # the database is away: again at the next tick
                log.warning("clock.not_mended", error=type(error).__name__)
                return
            self._wake()
        self._offset = offset

    def _measure(self) -> float:
        return self._clock.wall().timestamp() - asyncio.get_running_loop().time()
