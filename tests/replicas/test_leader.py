"""One leads: whatever becomes of leaders, a slot of time has its tick and its chores once."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.running.leader import Leader
from cluster.clock import MovableClock
from storage import chores
from storage.database import Database
from storage.signals import Wire

CHANGES = 1000
SLOT = timedelta(seconds=5)
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TABLE = "CREATE TABLE ticked (slot timestamptz, who text)"

pytestmark = pytest.mark.postgres


class WallClock(MovableClock):
    """The wall stands still between moves as well, so that every slot can be looked at."""

    def wall(self) -> datetime:
        """The moved hour."""
        return self.now()


class Candidate:
    """One of several who may lead."""

    def __init__(self, name: str, database: Database, clock: WallClock) -> None:
        self.name = name
        self.clock = clock
        self.database = database
        self.up = asyncio.Event()
        self.wire = Wire(database, heard=lambda _: None, opened=self.up.set)
        self.leader = Leader(database, clock, self.wire)

    async def tick(self) -> None:
        """Do what the leader does in a slot, and write down that it was done."""
        if await self.leader.may("tick", every=SLOT):
            async with self.database.engine.begin() as connection:
                done = text("INSERT INTO ticked VALUES (:slot, :who)")
                await connection.execute(done, {"slot": self.clock.wall(), "who": self.name})

    async def cut(self) -> None:
        """The network takes the connection away."""
        self.up.clear()
        await self.wire.ask("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.fixture
async def candidates(database_url: str, database: Database) -> AsyncIterator[list[Candidate]]:
    clock = WallClock(NOW, stopped=True)
    async with database.engine.begin() as connection:
        await connection.execute(text(TABLE))
    async with AsyncExitStack() as stack:
        made = []
        for name in ("a", "b", "c"):
            own = Database(database_url)
            stack.push_async_callback(own.close)
            candidate = Candidate(name, own, clock)
            candidate.wire.open()
            stack.push_async_callback(candidate.wire.close)
            await candidate.up.wait()
            made.append(candidate)
        yield made


async def ticked(database: Database) -> Counter[datetime]:
    async with database.engine.connect() as connection:
        return Counter((await connection.execute(text("SELECT slot FROM ticked"))).scalars())


async def led(candidates: list[Candidate]) -> Candidate:
    """The one who leads, when somebody does."""
    while True:
        for candidate in candidates:
            if candidate.wire.is_up and await candidate.leader.stand():
                return candidate
        await asyncio.sleep(0.01)


async def test_thousand_changes_of_leader_tick_every_slot_once(
    candidates: list[Candidate], database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of the leaders are cut off; the other half lose the lock without noticing, and go on as if they led."""
    chance, lost, clock = random.Random(7), Counter[str](), candidates[0].clock
    leaders = [(await led(candidates)).name]
    while lost.total() < CHANGES:
        leader = await led(candidates)
        leaders.append(leader.name)
        how = chance.choice(("cut", "unnoticed"))
        lost[how] += 1
        ends = leader.cut() if how == "cut" else leader.wire.ask("SELECT pg_advisory_unlock_all()")
        doings = [candidate.tick() for candidate in candidates for _ in range(2)] + [ends]
        chance.shuffle(doings)
        await asyncio.gather(*doings, return_exceptions=True)
        while not (await ticked(database))[clock.wall()]:
            await asyncio.gather(*(candidate.tick() for candidate in candidates))
        clock.forward(SLOT)
    slots = await ticked(database)
    doubled, missed = sum(slots.values()) - len(slots), CHANGES - len(slots)
    others = sum(before != after for before, after in itertools.pairwise(leaders))
    with capsys.disabled():
        print(f"\n{lost.total()} leaders lost ({dict(lost)}), {others} followed by another: ", end="")
        print(f"{len(slots)} slots ticked, doubled {doubled}, missed {missed}")
    assert (doubled, missed) == (0, 0)


async def test_leader_who_does_not_know_that_it_is_over_does_nothing_twice(candidates: list[Candidate]) -> None:
    first, second, _ = candidates
    assert await first.leader.may("tick", every=SLOT)
    await first.wire.ask("SELECT pg_advisory_unlock_all()")
    assert await second.leader.stand()
    assert (first.leader.is_leading, second.leader.is_leading) == (True, True)
    assert [await each.leader.may("tick", every=SLOT) for each in (first, second)] == [False, False]
    first.clock.forward(SLOT)
    assert [await each.leader.may("tick", every=SLOT) for each in (first, second)] == [True, False]


async def test_lead_ends_with_the_connection_it_was_won_on(candidates: list[Candidate]) -> None:
    first, second, _ = candidates
    assert [await each.leader.stand() for each in (first, second)] == [True, False]
    await asyncio.gather(first.cut(), return_exceptions=True)
    await first.up.wait()
    assert first.leader.is_leading is False
    assert await led([second]) is second


async def test_slot_noted_by_a_clock_that_went_wrong_binds_nobody(database: Database) -> None:
    async def take(wall: datetime) -> bool:
        async with database.write() as session:
            taken = await chores.take(session, "tick", wall=wall, every=SLOT)
            await session.commit()
        return taken

    assert [await take(NOW), await take(NOW + timedelta(days=365)), await take(NOW)] == [True, True, True]
    assert [await take(NOW + timedelta(seconds=4)), await take(NOW + SLOT)] == [False, True]
