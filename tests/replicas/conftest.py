"""Replicas share one PostgreSQL: every test here runs on one."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.app import Runtime, build
from bot.settings import Settings
from cluster.clock import Clock, MovableClock
from cluster.notices import owe
from handlers.feature import FeatureTable
from storage.database import Database
from storage.models import Cluster, Member, Outbox
from storage.unit_of_work import UnitOfWork
from tests.replicas.replica import ROUTES
from workspace import Desk, Workspace

_numbers = itertools.count(1)


@pytest.fixture
def database_url(migrated_server: Any) -> str:
    """The address of a migrated, empty PostgreSQL database."""
    name = f"replicas_{next(_numbers)}"
    migrated_server.psql(f"CREATE DATABASE {name} TEMPLATE newest;")
    address: str = migrated_server.get_uri(database=name)
    return address.replace("postgresql://", "postgresql+asyncpg://")


@dataclass(frozen=True)
class Company:
    """Several programs on one database, and one member to tell things."""

    settings: Settings
    clock: MovableClock
    desk: Desk
    database: Database
    user: str
    member_id: int
    channel: str
    stack: AsyncExitStack

    async def join(self, *, clock: Clock | None = None, routes: FeatureTable = ROUTES, **settings: Any) -> Runtime:
        """Another program."""
        chosen = self.settings.model_copy(update={"tick_seconds": 60, **settings})
        return await self.stack.enter_async_context(build(chosen, clock=clock or self.clock, routes=routes))

    async def owe(self, database: Database, text: str, *, kind: str = "test.notice", **more: Any) -> int:
        """Owe the member a message; the id of its row."""
        async with UnitOfWork(database) as uow:
            await owe(uow, kind, key=text, now=self.clock.now(), member_id=self.member_id, text=text, **more)
            row_id = int(await uow.session.scalar(select(Outbox.id).where(Outbox.key == text)) or 0)
            await uow.commit()
        return row_id

    async def texts(self) -> list[str]:
        """What is in the member's conversation."""
        return [message["text"] for message in await self.desk.dm(self.user)]

    async def until(self, holds: Callable[[], Awaitable[bool]], seconds: float = 60) -> float:
        """Wait until something holds; how long it took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with asyncio.timeout(seconds):
            while True:
                if await holds():
                    return loop.time() - began
                await asyncio.sleep(0.02)

    async def until_said(self, *texts: str) -> float:
        """Wait until these messages stand there, in this order and no others."""

        async def holds() -> bool:
            return await self.texts() == list(texts)

        return await self.until(holds)

    async def cut_all(self) -> None:
        """End every connection to the database, as a restart of it does."""
        ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        async with self.database.engine.connect() as connection:
            await connection.execute(text(f"{ending} AND pid <> pg_backend_pid()"))


@pytest.fixture
async def company(
    settings: Settings, world: Workspace, desk: Desk, clock: MovableClock, database: Database
) -> AsyncIterator[Company]:
    """One member in a cluster, and no program yet."""
    user = world.add_person("Læge 1")
    channel = world.add_channel(name="klynge", members=[user, world.bot_user_id])
    async with UnitOfWork(database) as uow:
        cluster = Cluster(team_id=world.team_id, channel_id=channel, created_at=clock.now(), set_up_at=clock.now())
        uow.session.add(cluster)
        await uow.session.flush()
        member = Member(cluster_id=cluster.id, slack_user_id=user, name="Læge 1")
        uow.session.add(member)
        await uow.commit()
    async with AsyncExitStack() as stack:
        yield Company(settings, clock, desk, database, user, member.id, channel, stack)
