"""What those who watch over us are told: whether we live, what is missing, and figures."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.metrics import Metrics
from bot.receiving.socket import Socket
from cluster.clock import Clock
from cluster.notices import ANSWER
from storage.backlog import Backlog, backlog
from storage.database import Database

PATIENCE = 4.0
"""Seconds for the database; whoever asks us waits about ten before saying that we are gone, which would be wrong."""


@dataclass(frozen=True)
class Health:
    """Looks at the parts that we cannot do without."""

    database: Database
    clock: Clock
    metrics: Metrics
    socket: Socket | None
    lag: float
    """Seconds that an arrival or an answer may wait before we call ourselves not ready."""

    async def missing(self) -> list[str]:
        """What keeps us from our work: ``database``, ``socket``, ``inbox`` or ``outbox`` (too far behind)."""
        missing, waiting = [], await self._backlog()
        if waiting is None:
            missing.append("database")
        if not await self._is_connected():
            missing.append("socket")
        if waiting is not None and waiting.inbox.oldest > self.lag:
            missing.append("inbox")
        if waiting is not None and waiting.outbox[ANSWER].oldest > self.lag:  # the rest may wait for Slack's pace
            missing.append("outbox")
        return missing

    async def page(self) -> bytes:
        """The figures as Prometheus reads them."""
        self.metrics.look(await self._backlog(), connected=await self._is_connected())
        return self.metrics.page()

    async def _is_connected(self) -> bool:
        return self.socket is None or await self.socket.is_connected()

    async def _backlog(self) -> Backlog | None:
        try:
            async with asyncio.timeout(PATIENCE):
                return await backlog(self.database, now=self.clock.now(), wall=self.clock.wall())
        except Exception:  # whatever it is, the database is not there for us
            return None
