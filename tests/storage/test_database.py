"""Transactions: many writers, no "database is locked", nothing half kept."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from cluster.notices import owe
from storage.database import Database
from storage.inbox import claim, keep
from storage.models import Cluster, Inbox, Outbox, Practice
from storage.unit_of_work import AlreadyDone, UnitOfWork

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


async def a_cluster(database: Database) -> int:
    async with UnitOfWork(database) as uow:
        cluster = Cluster(team_id="T1", channel_id="C1", created_at=NOW)
        uow.session.add(cluster)
        await uow.commit()
    return cluster.id


async def kept(database: Database, source_id: str = "event:1") -> int:
    await keep(database, source_id=source_id, kind="event:message", person="T1:U1", body={"type": "x"}, now=NOW)
    async with database.read() as session:
        return int(await session.scalar(select(Inbox.id).where(Inbox.source_id == source_id)) or 0)


@pytest.mark.long
@pytest.mark.both_databases
async def test_many_writers_are_all_kept(database: Database) -> None:
    cluster_id = await a_cluster(database)

    async def write(n: int) -> None:
        for m in range(10):
            async with UnitOfWork(database) as uow:
                count = await uow.session.scalar(select(func.count()).select_from(Practice))
                assert count is not None
                uow.session.add(Practice(cluster_id=cluster_id, ydernummer=f"{n:03}{m:03}", name="Lægehus"))
                await uow.commit()

    await asyncio.gather(*(write(n) for n in range(32)))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Practice)) == 320


async def test_two_connections_to_one_file_never_find_it_locked(database_url: str, database: Database) -> None:
    """Two processes have a writer lock each, so they meet in SQLite itself."""
    other = Database(database_url)
    cluster_id = await a_cluster(database)

    async def write(which: Database, n: int) -> None:
        async with UnitOfWork(which) as uow:
            assert (await uow.session.get(Cluster, cluster_id)) is not None
            uow.session.add(Practice(cluster_id=cluster_id, ydernummer=f"{n:06}", name="Lægehus"))
            await uow.commit()

    await asyncio.gather(*(write((database, other)[n % 2], n) for n in range(64)))
    async with other.read() as session:
        assert await session.scalar(select(func.count()).select_from(Practice)) == 64
    await other.close()


@pytest.mark.both_databases
async def test_unit_without_commit_keeps_nothing(database: Database) -> None:
    async with UnitOfWork(database) as uow:
        uow.session.add(Cluster(team_id="T1", channel_id="C1", created_at=NOW))
        await uow.session.flush()
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Cluster)) == 0


@pytest.mark.both_databases
async def test_reference_to_nothing_is_refused(database: Database) -> None:
    async with UnitOfWork(database) as uow:
        uow.session.add(Practice(cluster_id=404, ydernummer="000001", name="Lægehus"))
        with pytest.raises(IntegrityError):
            await uow.commit()


@pytest.mark.both_databases
async def test_moment_comes_back_aware_and_naive_ones_are_refused(database: Database) -> None:
    cluster_id = await a_cluster(database)
    async with database.read() as session:
        cluster = await session.get(Cluster, cluster_id)
        assert cluster is not None
        assert cluster.created_at == NOW
        assert cluster.created_at.tzinfo is UTC
    async with UnitOfWork(database) as uow:
        uow.session.add(Cluster(team_id="T1", channel_id="C2", created_at=datetime(2026, 3, 2)))  # noqa: DTZ001 - must be refused
        with pytest.raises(StatementError):
            await uow.session.flush()


@pytest.mark.both_databases
async def test_commit_settles_the_inbox_row_and_forgets_its_words(database: Database) -> None:
    inbox_id = await kept(database)
    async with UnitOfWork(database, inbox_id=inbox_id, wall=lambda: NOW) as uow:
        await uow.commit()
    async with database.read() as session:
        row = await session.get(Inbox, inbox_id)
    assert row is not None
    assert (row.state, row.body, row.done_at) == ("done", {}, NOW)


@pytest.mark.both_databases
async def test_second_commit_for_the_same_event_keeps_nothing(database: Database) -> None:
    inbox_id = await kept(database)
    async with UnitOfWork(database, inbox_id=inbox_id) as uow:
        await uow.commit()
    async with UnitOfWork(database, inbox_id=inbox_id) as uow:
        await owe(uow, "greeting", key="greeting:1", now=NOW, channel_id="C1")
        with pytest.raises(AlreadyDone):
            await uow.commit()
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Outbox)) == 0


@pytest.mark.both_databases
async def test_error_texts_hold_no_values(database: Database) -> None:
    async with UnitOfWork(database) as uow:
        uow.session.add(Practice(cluster_id=404, ydernummer="000001", name="Hemmelig Praksis"))
        with pytest.raises(IntegrityError) as caught:
            await uow.commit()
    assert "Hemmelig" not in str(caught.value)


@pytest.mark.both_databases
async def test_claims_of_many_take_each_row_once(database: Database) -> None:
    from datetime import timedelta

    for n in range(40):
        await keep(database, source_id=f"event:{n}", kind="event:x", person=f"T1:U{n}", body={}, now=NOW)

    async def take() -> list[int]:
        mine: list[int] = []
        while rows := await claim(database, 3, wall=NOW, lease=timedelta(minutes=1)):
            mine += [row.id for row in rows]
        return mine

    taken = [row_id for mine in await asyncio.gather(*(take() for _ in range(6))) for row_id in mine]
    assert (len(taken), len(set(taken))) == (40, 40)


async def test_work_broken_off_in_a_statement_does_not_keep_the_file(database: Database) -> None:
    def add_nap(connection: Any, _entry: Any) -> None:
        connection.run_async(lambda raw: raw.create_function("nap", 1, sleep))

    event.listen(database.engine.sync_engine, "connect", add_nap)

    async def write(seconds: float) -> None:
        async with database.write() as session:
            naps = text("INSERT INTO naps VALUES (nap(:seconds)), (nap(:seconds)), (nap(:seconds)) RETURNING length")
            (await session.execute(naps, {"seconds": seconds})).all()
            await session.commit()

    async with database.write() as session:
        await session.execute(text("CREATE TABLE naps (length)"))
        await session.commit()
    breaking_off = asyncio.create_task(write(0.1))
    await asyncio.sleep(0.15)
    breaking_off.cancel()
    broken = (await asyncio.gather(breaking_off, return_exceptions=True))[0]
    async with asyncio.timeout(5):
        await write(0)
    assert isinstance(broken, asyncio.CancelledError)  # held on to until here, with all that its traceback holds


def sleep(seconds: float) -> float:
    """Keeps SQLite in the middle of a statement."""
    time.sleep(seconds)
    return seconds


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("is_noticed", [True, False], ids=["noticed", "unnoticed"])
async def test_connection_that_died_while_it_rested_is_replaced(
    database_url: str, postgresql: Any, is_noticed: bool
) -> None:
    """The end is seen on the socket, or, before the loop has had a turn, by asking."""
    database = Database(database_url, rested=timedelta(0))
    await kept(database)
    mine = f"datname = '{database.url.database}'"
    postgresql.psql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine};")  # noqa: S608 - our own name
    if is_noticed:
        await asyncio.to_thread(postgresql.psql, "SELECT 1;")
    assert await kept(database, "event:2") == 2
    await database.close()
