"""One workspace, one database, some bots, and the kills of a few trials."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from cluster.notices import owe
from storage.database import Database
from storage.inbox import waiting
from storage.migrate import migrate
from storage.models import Cluster, Member
from storage.outbox import due
from storage.unit_of_work import UnitOfWork
from tests.crash.account import settle_account
from tests.crash.little_bot import CARD
from tests.crash.people import Crowd, Person
from tests.crash.postgres import Postgres, role
from tests.crash.process import Process
from tests.crash.tally import Tally
from tests.crash.victims import Victims
from workspace import Desk, Workspace

PEOPLE = 4
LEASE_SECONDS = 2
PATIENCE, PATIENCE_WITH_SABOTAGE = 300.0, 20.0


@dataclass
class Session:
    """Everything that stands while trials are made. ``workers`` of the bots only work and hear nothing of Slack."""

    folder: Path
    chance: random.Random
    replicas: int = 1
    workers: int = 0
    postgres: Postgres | None = None
    forgetting: Sequence[str] = ()
    """SQL that makes the database forget something: the sabotage."""
    world: Workspace = field(init=False)
    desk: Desk = field(init=False)
    database: Database = field(init=False)
    bots: list[Process] = field(init=False)
    people: list[Person] = field(init=False, default_factory=list)

    @property
    def trap(self) -> Path:
        """Where the bots look for the step at which they end."""
        return self.folder / "trap"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Session]:
        """Everything up, everybody's card on its way."""
        url = self.postgres.fresh() if self.postgres else f"sqlite+aiosqlite:///{self.folder}/klynge.db"
        async with AsyncExitStack() as stack:
            self.world = Workspace(seed=self.chance.randrange(10**6))
            self.world.settings.change({"rate_factor": 1000.0})
            server = await self.world.serve(port=0)
            stack.push_async_callback(server.close)
            self.database = Database(url)
            stack.push_async_callback(self.database.close)
            await migrate(self.database)
            await self._forget()
            await self._people_in()
            self.desk = await stack.enter_async_context(Desk(self.world.url))
            self.bots = [self._bot(number) for number in range(self.replicas)]
            for bot in self.bots:
                stack.push_async_callback(bot.kill)
            await asyncio.gather(*(bot.start() for bot in self.bots))
            yield self

    async def strike(self, what: str, times: int) -> Tally:
        """People talk, and something is killed that many times at random moments."""
        victims = Victims(self.bots, self.bots[-self.workers :], self.database, self.postgres, self.chance)
        crowd = Crowd(self.people, self.chance)
        await self.rest()  # everybody has a card to click on
        async with asyncio.TaskGroup() as talking:
            talking.create_task(crowd.talk(self.desk))
            for _ in range(times):
                await asyncio.sleep(self.chance.uniform(0.8, 3.0))
                await victims.strike(what)
            crowd.talking = False
        return await self.account(times)

    async def account(self, trials: int) -> Tally:
        """Let everything come to rest and count."""
        await self.rest()
        tally = await settle_account(self.desk, self.database, self.people)
        tally.trials = trials
        return tally

    async def rest(self) -> None:
        """Until Slack has told everything and the bots have done and sent everything.

        Bots without a lease may never come to rest: then it is counted what stands there after a while.
        """
        await self.desk.clear_failures()
        with suppress(TimeoutError) if self.forgetting else nullcontext():
            async with asyncio.timeout(PATIENCE_WITH_SABOTAGE if self.forgetting else PATIENCE):
                await self._calm()

    async def _calm(self) -> None:
        calm = 0
        while calm < 3:
            calm = calm + 1 if await self.is_calm() else 0
            await asyncio.sleep(0.1)

    async def is_calm(self) -> bool:
        """Whether nothing is on its way just now, and somebody listens."""
        now = datetime.now(UTC)  # noqa: TID251 - the bot under test runs on the machine's clock
        left = (await self.desk.pending())["deliveries"] + await waiting(self.database)
        left += await due(self.database, now=now + timedelta(minutes=5))
        return not left and self.world.sockets.count > 0

    def _bot(self, number: int) -> Process:
        url = self.database.url
        is_worker = number >= self.replicas - self.workers
        environment = {
            "KLYNGE_SLACK_BOT_TOKEN": self.world.bot_token,
            "KLYNGE_SLACK_APP_TOKEN": self.world.app_token,
            "KLYNGE_SLACK_SIGNING_SECRET": self.world.signing_secret,
            "KLYNGE_SLACK_API_URL": f"{self.world.url}/api/",
            "KLYNGE_DATABASE_URL": (url.set(username=role(number)) if self.postgres else url).render_as_string(False),
            "KLYNGE_PORT": "0",
            "KLYNGE_LEASE_SECONDS": str(LEASE_SECONDS),
            "KLYNGE_TICK_SECONDS": "0.3",
            "KLYNGE_PACE_FACTOR": "1000",
            "KLYNGE_ROLE": ("worker" if is_worker else "chat") if self.workers else "all",
        }
        return Process("tests.crash.little_bot", [str(self.trap)], environment, self.folder / f"bot{number}.log")

    async def _forget(self) -> None:
        async with self.database.write() as session:
            for statement in self.forgetting:
                await session.execute(text(statement))
            await session.commit()

    async def _people_in(self) -> None:
        now = datetime.now(UTC)  # noqa: TID251 - as above
        async with UnitOfWork(self.database) as uow:
            cluster = Cluster(team_id=self.world.team_id, channel_id="C1", created_at=now, set_up_at=now)
            uow.session.add(cluster)
            await uow.session.flush()
            for n in range(PEOPLE):
                user = self.world.add_person(f"Læge {n}")
                member = Member(cluster_id=cluster.id, slack_user_id=user, name=f"Læge {n}")
                uow.session.add(member)
                await uow.session.flush()
                self.people.append(Person(user, member.id))
                subject = f"member:{member.id}"
                await owe(uow, CARD, key=f"card:{member.id}", now=now, member_id=member.id, subject=subject)
            await uow.commit()
