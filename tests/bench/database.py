"""Committed answers on SQLite at 32 tasks: our writer lock against plain WAL with deferred transactions."""

import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from storage.database import Database
from tests.bench.row import Row, percentile

TASKS, EACH = 32, 12
SCHEMA = "CREATE TABLE answer (id INTEGER PRIMARY KEY, said TEXT, n INTEGER NOT NULL DEFAULT 0)"
CLICK = "UPDATE answer SET said = 'yes', n = n + 1 WHERE id = {id}"


def prepared(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(SCHEMA)
        connection.executemany("INSERT INTO answer (id) VALUES (?)", [(number,) for number in range(TASKS)])
        connection.commit()


async def ours(path: Path) -> tuple[list[float], int]:
    database = Database(f"sqlite+aiosqlite:///{path}")
    taken: list[float] = []
    refused = 0

    async def person(number: int) -> None:
        nonlocal refused
        for _ in range(EACH):
            began = time.perf_counter()
            try:
                async with database.write() as session:
                    await session.execute(text(CLICK.format(id=number)))
                    await session.commit()
            except Exception:
                refused += 1
            taken.append(time.perf_counter() - began)

    await asyncio.gather(*(person(number) for number in range(TASKS)))
    await database.close()
    return taken, refused


async def plain(path: Path) -> list[float]:
    def click(number: int) -> float:
        began = time.perf_counter()
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute(CLICK.format(id=number))
            connection.commit()
        return time.perf_counter() - began

    async def person(number: int) -> list[float]:
        return [await asyncio.to_thread(click, number) for _ in range(EACH)]

    return [each for some in await asyncio.gather(*(person(number) for number in range(TASKS))) for each in some]


async def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        mine, other = Path(folder, "ours.db"), Path(folder, "plain.db")
        prepared(mine), prepared(other)
        taken, refused = await ours(mine)
        theirs = await plain(other)
    own, naive = percentile(taken, 0.99), percentile(theirs, 0.99)
    return [
        Row("clicks on SQLite, 32 tasks: refused as locked", str(refused), "0", refused == 0),
        Row("their p99 against plain WAL", f"{naive / own:.1f} × ({own * 1000:.0f} ms)", "≥ 5 ×", naive / own >= 5),
    ]
