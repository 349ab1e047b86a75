"""Histories, many at once: everything that falls due is met at its minute, but for what the program slept through."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heapify, heapreplace

from storage.unit_of_work import UnitOfWork, look
from tests.histories.judging import Judge
from tests.histories.land import Land, land
from tests.histories.lives import Life

STARTS = (datetime(2026, 3, 9, 8, 0, tzinfo=UTC), datetime(2026, 10, 5, 8, 0, tzinfo=UTC))
"""Three weeks before the clocks are changed; Easter or the autumn holidays lie within."""
LENGTH = timedelta(days=42)
NAPS = 3
"""How often the program is away, for an hour or a long weekend."""


@dataclass(frozen=True)
class Nap:
    """The program is down."""

    begins: datetime
    ends: datetime


def naps(start: datetime, chance: random.Random) -> list[Nap]:
    """When the program is down, in order and apart from each other."""
    days = sorted(chance.sample(range(2, LENGTH.days - 5, 5), NAPS))
    begins = [start + timedelta(days=day, hours=chance.randrange(24)) for day in days]
    return [Nap(each, each + timedelta(hours=chance.choice([1, 5, 14, 70]))) for each in begins]


async def live(database_url: str, count: int, seed: int) -> Judge:
    """So many histories, in one program."""
    chance = random.Random(seed)
    start, judge = STARTS[seed % len(STARTS)], Judge()
    asleep = naps(start, chance)
    async with land(database_url, start) as here:
        async with here.awake():
            await here.settle(count)
        lives = [Life(each, people, chance.randrange(2**32)) for each, people in here.clusters.items()]
        begin = start
        for nap in [*asleep, None]:
            async with here.awake():
                if begin != start:
                    here.clock.move_to(begin)
                    await _look(here, judge, slept=True)
                await _stay_awake(here, judge, lives, begin, nap.begins if nap else start + LENGTH)
            if nap:
                begin = nap.ends
        people = list(here.accounts)
        async with here.awake(), look(here.running.database) as state:
            await judge.account(state, people)
    return judge


async def _stay_awake(here: Land, judge: Judge, lives: list[Life], begin: datetime, end: datetime) -> None:
    """Go from one moment at which anything happens to the next."""
    agenda = [(life.next_deed(begin), n) for n, life in enumerate(lives)]
    heapify(agenda)
    while True:
        due, (deed, n) = await here.next_due(), agenda[0]
        moment = min(deed, due or deed)
        if moment >= end:
            return
        here.clock.move_to(moment)
        if deed == moment:
            async with UnitOfWork(here.running.database) as uow:
                await lives[n].act(uow, moment)
                await uow.commit()
            heapreplace(agenda, (lives[n].next_deed(moment), n))
        await _look(here, judge, slept=False)


async def _look(here: Land, judge: Judge, *, slept: bool) -> None:
    now = here.clock.now()
    people = list(here.accounts)
    await here.calm()
    async with look(here.running.database) as state:
        await judge.hear(state, list(here.news()), {account: each for each, account in here.accounts.items()}, now)
        await judge.watch(state, people, now, slept=slept)


def batches(histories: int, size: int) -> Iterator[int]:
    """How many at once."""
    while histories > 0:
        yield min(size, histories)
        histories -= size


def one(count: int, seed: int) -> Judge:
    """A batch, in a loop and a database of its own."""
    with tempfile.TemporaryDirectory(prefix="klynge-histories-") as folder:
        return asyncio.run(live(f"sqlite+aiosqlite:///{folder}/klynge.db", count, seed))
