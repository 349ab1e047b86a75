"""What the database does with a million messages ahead: taking them in, a tick, and giving them out."""

import statistics
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cluster.notices import owe
from storage import outbox
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bench.databases import empty, postgresql
from tests.bench.queue import tick
from tests.scale.filled import NOW, add_due, fill

TICKS, OWED, DUE, AT_ONCE = 40, 400, 400, 8
LEASE = timedelta(seconds=60)


@dataclass(frozen=True)
class Stored:
    """Rates beside a million rows, one writer."""

    database: str
    rows: int
    fill_seconds: float
    tick_ms: float
    owed_per_second: float
    """Rows owed by our own code, fifty to a transaction."""
    claimed_per_second: float
    """Taken with a lease, eight at a time, and marked as sent one by one."""


async def measure(rows: int) -> list[Stored]:
    with postgresql() as server:
        return [await _measured("SQLite", None, rows), await _measured("PostgreSQL", server, rows)]


async def _measured(name: str, server: Any, rows: int) -> Stored:
    async with empty(server) as database:
        began = time.perf_counter()
        await fill(database, rows)
        filled = time.perf_counter() - began
        ticks = [await tick(database) for _ in range(TICKS)]
        owed = await _owing(database)
        await add_due(database, 0, DUE)
        taken = await _giving(database)
    return Stored(
        name,
        rows,
        round(filled, 1),
        round(statistics.median(ticks) * 1000, 2),
        round(OWED / owed),
        round(DUE / taken),
    )


async def _owing(database: Database) -> float:
    began = time.perf_counter()
    for first in range(0, OWED, 50):
        async with UnitOfWork(database) as uow:
            for number in range(first, first + 50):
                await owe(uow, "meeting.reminder", key=f"more:{number}", now=NOW, due_at=NOW + LEASE, channel_id="C1")
            await uow.commit()
    return time.perf_counter() - began


async def _giving(database: Database) -> float:
    began, given = time.perf_counter(), 0
    while given < DUE:
        for row in await outbox.claim(database, AT_ONCE, now=NOW, wall=NOW, lease=LEASE):
            async with database.write() as session:
                await outbox.mark(session, row.id, state="sent", leased_until=None, done_at=NOW)
                await session.commit()
            given += 1
    return time.perf_counter() - began
