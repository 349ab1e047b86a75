"""What is killed: a bot, the one that leads, the one that works, the process it draws in, or the database itself."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import text

from bot.running.leader import LEADER
from storage.database import Database
from tests.crash.postgres import Postgres, role
from tests.crash.process import Process

BOT, LEADING, WORKER, DRAWING, POSTGRESQL = "bot", "leader", "worker", "chart process", "PostgreSQL"
LEADS = text(
    "SELECT usename FROM pg_locks JOIN pg_stat_activity USING (pid) "
    "WHERE locktype = 'advisory' AND granted AND objid = :leader"
)


@dataclass
class Victims:
    """Whoever may be struck in a session."""

    bots: list[Process]
    workers: list[Process]
    database: Database
    postgres: Postgres | None
    chance: random.Random

    async def strike(self, what: str) -> None:
        """Kill it and let it come back."""
        pause = self.chance.choice([0, 0, 0.3])
        if what == POSTGRESQL:
            assert self.postgres is not None
            await self.postgres.kill()
            await asyncio.sleep(pause)
            await self.postgres.start()
        elif what == DRAWING:
            for helper in [each for bot in self.bots for each in bot.helpers()]:
                with suppress(ProcessLookupError):
                    os.kill(helper, signal.SIGKILL)
        else:
            victim = await self._chosen(what)
            await victim.kill()
            await asyncio.sleep(pause)
            await victim.start()

    async def _chosen(self, what: str) -> Process:
        if what == LEADING:
            return await self._leader()
        return self.chance.choice(self.workers if what == WORKER else self.bots)

    async def _leader(self) -> Process:
        """The bot whose session holds the leader's lock."""
        async with asyncio.timeout(30):
            while True:
                async with self.database.read() as session:
                    names = set((await session.scalars(LEADS, {"leader": LEADER})).all())
                leaders = [bot for number, bot in enumerate(self.bots) if role(number) in names]
                if leaders:
                    return leaders[0]
                await asyncio.sleep(0.1)
