"""A statement is one trip to the thread that speaks to the file, and work that is broken off stays where it is."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
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


async def test_statement_with_its_rows_is_one_trip(connection: ShortTrips, caplog: pytest.LogCaptureFixture) -> None:
    """The driver writes down what its thread is given."""
    with caplog.at_level(logging.DEBUG, "aiosqlite"):
        async with connection.cursor() as cursor:
            await cursor.execute("SELECT n FROM row ORDER BY n")
            assert await cursor.fetchall() == [(1,), (2,), (3,)]
    assert sum(said.startswith("executing") for said in caplog.messages) == 1


async def test_rows_are_given_one_some_and_the_rest_of_them_once(connection: ShortTrips) -> None:
    async with connection.cursor() as cursor:
        await cursor.execute("SELECT n FROM row ORDER BY n")
        assert (await cursor.fetchone(), await cursor.fetchmany(), await cursor.fetchmany(9)) == ((1,), [(2,)], [(3,)])
        assert (await cursor.fetchone(), await cursor.fetchall()) == (None, [])
        await cursor.execute("UPDATE row SET n = n + ? WHERE n > ?", (10, 1))
        assert (cursor.rowcount, await cursor.fetchall()) == (2, [])


async def test_statement_that_fails_gives_no_rows_of_the_one_before(connection: ShortTrips) -> None:
    async with connection.cursor() as cursor:
        await cursor.execute("SELECT n FROM row")
        with pytest.raises(sqlite3.OperationalError):
            await cursor.execute("SELECT nothing FROM nowhere")
        assert await cursor.fetchall() == []
        await cursor.execute("SELECT n FROM row")
        await cursor.executemany("INSERT INTO row VALUES (?)", [(4,)])
        assert await cursor.fetchone() is None


async def test_statements_at_once_wait_for_each_other_and_closing_for_them_all(connection: ShortTrips) -> None:
    one, other = await connection.cursor(), await connection.cursor()
    asking = [
        asyncio.create_task(one.execute("SELECT n FROM row WHERE n < ?", (3,))),
        asyncio.create_task(other.execute("SELECT n FROM row WHERE n > ?", (2,))),
    ]
    await asyncio.sleep(0)
    await connection.close()
    await asyncio.gather(*asking)
    assert (await one.fetchall(), await other.fetchall()) == ([(1,), (2,)], [(3,)])


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
