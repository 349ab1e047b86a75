"""Once a day, whoever leads deletes what has been kept long enough."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.leader import Leader
from bot.metrics import Metrics
from cluster.clock import Clock
from storage import retention
from storage.database import Database

log = structlog.get_logger()

CHORE = "retention"
DAILY = timedelta(days=1)
PAUSE = 0.05
"""Seconds between batches: those who wait for the database come first."""


@dataclass(frozen=True)
class Retention:
    """Deletes settled rows older than ``days``."""

    database: Database
    clock: Clock
    leader: Leader
    metrics: Metrics
    days: int

    async def look(self) -> None:
        """The scheduler's call: does the day's work if it is ours and not done. Trouble waits until tomorrow."""
        try:
            if await self.leader.may(CHORE, every=DAILY):
                await self.run()
        except Exception as error:
            log.error("retention.failed", error=type(error).__name__)

    async def run(self) -> dict[str, int]:
        """Delete everything that has been kept long enough; how many rows of each table went."""
        wall, now = (retention.limit(moment, self.days) for moment in (self.clock.wall(), self.clock.now()))
        gone = {"inbox": 0, "outbox": 0, "roster_import": await retention.forget_lists(self.database, before=now)}
        while count := await retention.forget_arrivals(self.database, before=wall):
            gone["inbox"] += count
            await asyncio.sleep(PAUSE)
        after: int | None = 0
        while after is not None:
            count, after = await retention.forget_messages(self.database, before=wall, now=now, after=after)
            gone["outbox"] += count
            await asyncio.sleep(PAUSE)
        for table, count in gone.items():
            self.metrics.deleted(table, count)
        log.info("retention.done", **gone)
        return gone
