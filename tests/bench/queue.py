"""A tick with a million messages ahead against a tick with a thousand: nothing due, and some due."""

import statistics
import time
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

from storage import inbox, outbox
from storage.database import Database
from tests.bench.databases import empty, postgresql
from tests.bench.row import Row
from tests.scale.filled import NOW, add_due, fill

FEW, MANY = 1_000, 1_000_000
ROUNDS, AT_ONCE = 60, 8
LEASE = timedelta(seconds=60)


async def tick(database: Database) -> float:
    """The time of one look at what is due, incoming and outgoing. What it finds is sent, but that is not counted."""
    began = time.perf_counter()
    await inbox.claim(database, AT_ONCE, wall=NOW, lease=LEASE)
    taken = await outbox.claim(database, AT_ONCE, now=NOW, wall=NOW, lease=LEASE)
    seconds = time.perf_counter() - began
    async with database.write() as session:
        for row in taken:
            await outbox.mark(session, row.id, state="sent", leased_until=None, done_at=NOW)
        await session.commit()
    return seconds


async def compared(server: Any) -> tuple[float, float, float, float]:
    """Median ratios of many to few, for a tick with nothing due and one with some; the medians for many."""
    async with AsyncExitStack() as stack:
        few, many = [await stack.enter_async_context(empty(server)) for _ in range(2)]
        await fill(few, FEW)
        await fill(many, MANY)
        quiet: list[tuple[float, float]] = []
        busy: list[tuple[float, float]] = []
        for number in range(ROUNDS):
            quiet.append((await tick(many), await tick(few)))
            for database in (many, few):
                await add_due(database, number * AT_ONCE, AT_ONCE)
            busy.append((await tick(many), await tick(few)))
    found = []
    for pairs in (quiet, busy):
        found.append(statistics.median(own for own, _ in pairs) / statistics.median(other for _, other in pairs))
    return found[0], found[1], statistics.median(own for own, _ in quiet), statistics.median(own for own, _ in busy)


async def rows() -> list[Row]:
    found = []
    with postgresql() as server:
        for name, place in (("SQLite", None), ("PostgreSQL", server)):
            quiet, busy, seconds, longer = await compared(place)
            for what, ratio, took in (("nothing due", quiet, seconds), ("8 due", busy, longer)):
                figure = f"{ratio:.2f} × ({took * 1000:.1f} ms)"
                found.append(
                    Row(f"tick with 1,000,000 ahead against 1,000, {what}, {name}", figure, "≤ 1.3 ×", ratio <= 1.3)
                )
    return found
