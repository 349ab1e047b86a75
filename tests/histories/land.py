"""Clusters whose life is told at random, in the real program against the stand-in; the calendar stops wherever
something is due, and leaps over what the program slept through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from bot import log
from bot.app import Runtime, build
from bot.settings import Settings
from cluster.clock import MovableClock
from storage.models import Cluster, Consent, Member, Outbox, Practice, Rules
from storage.unit_of_work import UnitOfWork
from workspace import Workspace

PEOPLE = 4
"""Of each cluster; the first coordinates, the last two are of one practice."""
PATIENCE = 120.0


@dataclass(frozen=True)
class Seen:
    """A message of the bot's in somebody's direct messages."""

    at: datetime
    account: str
    tokens: tuple[str, ...]
    """The marks of what was owed: several, where reminders came in one message."""
    text: str


@dataclass
class Land:
    """Clusters, their Slack, and the program that may be stopped and started."""

    world: Workspace
    clock: MovableClock
    database_url: str
    clusters: dict[int, list[int]] = field(default_factory=dict)
    """Members of each cluster, in the order they were made."""
    accounts: dict[int, str] = field(default_factory=dict)
    bot: Runtime | None = None
    _read: dict[str, int] = field(default_factory=dict)

    @property
    def running(self) -> Runtime:
        assert self.bot is not None
        return self.bot

    @asynccontextmanager
    async def awake(self) -> AsyncIterator[None]:
        """The program runs."""
        settings = Settings(
            slack_bot_token=self.world.bot_token,
            slack_app_token=self.world.app_token,
            slack_signing_secret=self.world.signing_secret,
            slack_api_url=f"{self.world.url}/api/",
            database_url=self.database_url,
            port=0,
            lease_seconds=60,
            tick_seconds=0.5,
            pace_factor=1000,
        )
        async with build(settings, clock=self.clock) as made:
            self.bot = made
            yield
        self.bot = None

    async def settle(self, count: int) -> None:
        """Everybody has a place to work, has confirmed it and takes part."""
        for _ in range(count):
            accounts = [self.world.add_person(f"Læge {n}") for n in range(PEOPLE)]
            channel = self.world.add_channel(f"klynge-{len(self.clusters)}", [*accounts, self.world.bot_user_id])
            async with UnitOfWork(self.running.database) as uow:
                await self._settle(uow, channel, accounts)
                await uow.commit()

    async def _settle(self, uow: UnitOfWork, channel: str, accounts: list[str]) -> None:
        session, now = uow.session, self.clock.now()
        cluster = Cluster(team_id=self.world.team_id, channel_id=channel, name="Nord", region="Midt", created_at=now)
        cluster.set_up_at = now
        session.add(cluster)
        await session.flush()
        session.add(Rules(cluster_id=cluster.id, decided_at=now))
        made: list[Member] = []
        for n, account in enumerate(accounts):
            if n < len(accounts) - 1:
                practice = Practice(cluster_id=cluster.id, ydernummer=f"{n + 1:06}", name=f"Hus {n}", list_size=2000)
                session.add(practice)
                await session.flush()
            role: dict[str, Any] = {"role": "coordinator"} if n == 0 else {}
            member = Member(cluster_id=cluster.id, practice_id=practice.id, slack_user_id=account, **role)
            member.name, member.confirmed_at = f"Læge {n}", now
            session.add(member)
            await session.flush()
            made.append(member)
            if n < len(accounts) - 1:
                practice.contact_id = member.id
                session.add(Consent(practice_id=practice.id, member_id=member.id, given_at=now))
        self.clusters[cluster.id] = [each.id for each in made]
        self.accounts |= {each.id: account for each, account in zip(made, accounts, strict=True)}

    async def calm(self) -> None:
        """Wait until all that is due has been said."""
        still = 0
        self.running.wake()
        async with asyncio.timeout(PATIENCE):
            while still < 2:
                still = still + 1 if await self.running.idle() else 0
                await asyncio.sleep(0.005)

    async def next_due(self) -> datetime | None:
        """When something falls due next."""
        async with self.running.database.read() as session:
            rows = select(func.min(Outbox.due_at)).where(Outbox.state == "waiting", Outbox.due_at > self.clock.now())
            return await session.scalar(rows)

    def news(self) -> Iterator[Seen]:
        """What has come to people since this was asked last."""
        for account in self.accounts.values():
            talk = self.world.conversations.direct(account, self.world.bot_user_id)
            if talk is None:
                continue
            begun = self._read.get(account, 0)
            self._read[account] = len(talk.timeline)
            for ts in talk.timeline[begun:]:
                message = talk.messages[ts]
                marks = (message.metadata or {}).get("event_payload") or {}
                others = [each.partition("=")[0] for each in str(marks.get("also", "")).split()]
                at = datetime.fromtimestamp(int(float(ts)), self.clock.now().tzinfo)
                yield Seen(at, account, tuple(filter(None, [marks.get("token"), *others])), message.text)


@asynccontextmanager
async def land(database_url: str, start: datetime) -> AsyncIterator[Land]:
    """A workspace without people, at a moment."""
    log.set_up("ERROR", as_json=True)
    clock = MovableClock(start, stopped=True)
    world = Workspace(clock=clock)
    world.settings.change({"rate_factor": 1000.0, "ack_seconds": 60.0, "trigger_seconds": 60.0})
    world.settings.own_message_events = False
    server = await world.serve(port=0)
    yield Land(world, clock, database_url)
    await server.close()
