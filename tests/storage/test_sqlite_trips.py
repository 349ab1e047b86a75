"""A statement is one trip to the thread that speaks to the file, and work that is broken off stays where it is."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.sqlite_trips import ShortTrips, connect


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[ShortTrips]:
    """A file with a table of three rows."""
    async with connect(str(tmp_path / "three.db"), check_same_thread=False, isolation_level=None) as made:
        cursor = await made.cursor()
        await cursor.execute("CREATE TABLE row (n INTEGER)")
        await cursor.executemany("INSERT INTO row VALUES (?)", [(1,), (2,), (3,)])
        await cursor.close()
        yield made


async def test_statement_with_its_rows_is_one_trip(connection: ShortTrips, monkeypatch: pytest.MonkeyPatch) -> None:
    trips, send = [], connection._execute
    monkeypatch.setattr(connection, "_execute", lambda *args: trips.append(args) or send(*args))
    async with connection.cursor() as cursor:
        await cursor.execute("SELECT n FROM row ORDER BY n")
        assert await cursor.fetchall() == [(1,), (2,), (3,)]
    assert len(trips) == 1


async def test_rows_are_given_one_some_and_the_rest_of_them_once(connection: ShortTrips) -> None:
    async with connection.cursor() as cursor:
        await cursor.execute("SELECT n FROM row ORDER BY n")
        assert (await cursor.fetchone(), await cursor.fetchmany(), await cursor.fetchmany(9)) == ((1,), [(2,)], [(3,)])
        assert (await cursor.fetchone(), await cursor.fetchall()) == (None, [])
        await cursor.execute("UPDATE row SET n = n + ? WHERE n > ?", (10, 1))
        assert (cursor.rowcount, await cursor.fetchall()) == (2, [])


async def test_cursor_whose_statement_was_broken_off_closes_behind_it(connection: ShortTrips) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def hold(number: int) -> int:
        begun.set()
        may_end.wait()
        return number

    await connection.create_function("hold", 1, hold)
    cursor = await connection.cursor()
    asking = asyncio.create_task(cursor.execute("SELECT hold(n) FROM row"))
    await asyncio.to_thread(begun.wait)
    asking.cancel()
    closing = asyncio.create_task(cursor.close())
    await asyncio.sleep(0)
    assert not closing.done()
    may_end.set()
    await closing
    async with connection.cursor() as other:
        await other.execute("SELECT count(*) FROM row")
        assert await other.fetchone() == (3,)
