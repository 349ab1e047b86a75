"""Committed answers at 32 tasks: our way on SQLite against plain WAL, and on PostgreSQL against bare asyncpg."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiosqlite
import asyncpg
from sqlalchemy import text

from storage.database import Database
from tests.bench.databases import address, postgresql
from tests.bench.row import Row, percentile

TASKS, EACH, ROUNDS = 32, 12, 5
SCHEMA = "CREATE TABLE answer (id INTEGER PRIMARY KEY, said TEXT NOT NULL, n INTEGER NOT NULL DEFAULT 0)"
CLICK = (
    "INSERT INTO answer (id, said) VALUES (:id, 'yes') ON CONFLICT (id) DO UPDATE SET said = 'yes', n = answer.n + 1"
)
STATEMENT = text(CLICK)
Click = Callable[[int], Awaitable[None]]


async def clicked(click: Click) -> tuple[list[float], float, int]:
    """The time of each click, the time of all, and how many were refused, with 32 people at it."""
    taken: list[float] = []
    refused = 0

    async def person(number: int) -> None:
        nonlocal refused
        for _ in range(EACH):
            began = time.perf_counter()
            try:
                await click(number)
            except Exception:
                refused += 1
            taken.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(person(number) for number in range(TASKS)))
    return taken, time.perf_counter() - began, refused


def ours(database: Database) -> Click:
    async def click(number: int) -> None:
        async with database.write() as session:
            await session.execute(STATEMENT, {"id": number})
            await session.commit()

    return click


def plain(connections: list[aiosqlite.Connection]) -> Click:
    """A connection for each person, WAL, a transaction that turns into a write; patient with the others' locks."""

    async def click(number: int) -> None:
        connection = connections[number]
        await connection.execute(CLICK, {"id": number})
        await connection.commit()

    return click


def bare(pool: asyncpg.Pool) -> Click:
    async def click(number: int) -> None:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(CLICK.replace(":id", "$1"), number)

    return click


async def on_sqlite(folder: str) -> list[Row]:
    database = Database(f"sqlite+aiosqlite:///{Path(folder, 'ours.db')}")
    async with database.write() as session:
        await session.execute(text(SCHEMA))
        await session.commit()
    others = [await aiosqlite.connect(Path(folder, "plain.db"), timeout=30) for _ in range(TASKS)]
    for connection in others:
        await connection.execute("PRAGMA journal_mode=WAL")
        await connection.execute("PRAGMA synchronous=FULL")
    await others[0].execute(SCHEMA)
    await others[0].commit()
    own: list[float] = []
    theirs: list[float] = []
    refused = 0
    for _ in range(ROUNDS):
        taken, _, failed = await clicked(ours(database))
        own, refused = own + taken, refused + failed
        theirs += (await clicked(plain(others)))[0]
    await database.close()
    for connection in others:
        await connection.close()
    mine, naive = percentile(own, 0.99), percentile(theirs, 0.99)
    return [
        Row("clicks on SQLite, 32 tasks: refused as locked", str(refused), "0", refused == 0),
        Row("their p99 against plain WAL", f"1/{naive / mine:.1f} ({mine * 1000:.0f} ms)", "≤ 1/5", naive / mine >= 5),
    ]


async def on_postgresql(server: Any) -> list[Row]:
    url = address(server)
    database = Database(url)
    async with database.write() as session:
        await session.execute(text(SCHEMA))
        await session.commit()
    pool = await asyncpg.create_pool(url.replace("+asyncpg", ""), min_size=20, max_size=20)
    await clicked(ours(database))
    await clicked(bare(pool))
    own = theirs = 0.0
    refused = 0
    for _ in range(ROUNDS):
        _, seconds, failed = await clicked(ours(database))
        own, refused = own + seconds, refused + failed
        theirs += (await clicked(bare(pool)))[1]
    await database.close()
    await pool.close()
    rate = TASKS * EACH * ROUNDS / own
    return [
        Row(
            "clicks on PostgreSQL, 32 tasks, against bare asyncpg",
            f"{theirs / own:.2f} × ({rate:.0f}/s)",
            "≥ 0.4 ×",
            theirs / own >= 0.4 and not refused,
        )
    ]


async def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        found = await on_sqlite(folder)
    with postgresql() as server:
        return found + await on_postgresql(server)
