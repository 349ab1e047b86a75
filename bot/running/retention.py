"""Once a day, whoever leads deletes what has been kept long enough."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.metrics import Metrics
from bot.running.leader import Leader
from cluster import subjects, undoing
from cluster.clock import Clock
from cluster.message_kinds import Trait
from cluster.rooms import ONCE_ONLY, kinds_that
from storage import retention
from storage.database import Database
from storage.models import Meeting, Round
from storage.unit_of_work import UnitOfWork, look

log = structlog.get_logger()

CHORE = "retention"
DAILY = timedelta(days=1)
GUARDS = retention.Guards(ONCE_ONLY, kinds_that(Trait.COMPARES), subjects.over)
PAUSE = 0.05
"""Seconds between batches: those who wait for the database come first."""


@dataclass(frozen=True)
class Retention:
    """Deletes settled rows older than ``days``, and what people gave and did after ``years``."""

    database: Database
    clock: Clock
    leader: Leader
    metrics: Metrics
    days: int
    years: int = 0
    """Of numbers, answers and attendance; 0 keeps them until somebody asks to delete them."""

    async def look(self) -> None:
        """The scheduler's call: does the day's work if it is ours and not done. Trouble waits until tomorrow."""
        try:
            async with UnitOfWork(self.database) as uow:
                await undoing.forget_old(uow, now=self.clock.now())
                await uow.commit()
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
            count, after = await retention.forget_messages(self.database, GUARDS, before=wall, now=now, after=after)
            gone["outbox"] += count
            await asyncio.sleep(PAUSE)
        if self.years:
            gone |= await self._forget_years()
        for table, count in gone.items():
            self.metrics.deleted(table, count)
        log.info("retention.done", **gone)
        return gone

    async def _forget_years(self) -> dict[str, int]:
        """One round or meeting at a time, each in a transaction of its own."""
        from cluster.operations import forgetting  # and all packages with it: once a day, not at every start

        before, gone = (
            retention.limit(self.clock.now(), self.years * 365),
            {"submission": 0, "attendance": 0, "poll_answer": 0},
        )
        async with look(self.database) as state:
            rounds = await forgetting.old_rounds(state, before=before)
            meetings = await forgetting.old_meetings(state, before=before)
            polls = await forgetting.old_polls(state, before=before)
        for number in rounds:
            async with UnitOfWork(self.database) as uow:
                round_ = await uow.session.get_one(Round, number)
                gone["submission"] += await forgetting.forget_numbers(uow, round_, now=self.clock.now())
                await uow.commit()
            await asyncio.sleep(PAUSE)
        for number in meetings:
            async with UnitOfWork(self.database) as uow:
                meeting = await uow.session.get_one(Meeting, number)
                gone["attendance"] += await forgetting.forget_attendance(uow, meeting, now=self.clock.now())
                await uow.commit()
            await asyncio.sleep(PAUSE)
        for number in polls:
            async with UnitOfWork(self.database) as uow:
                gone["poll_answer"] += await forgetting.forget_poll(uow, number)
                await uow.commit()
            await asyncio.sleep(PAUSE)
        return gone
