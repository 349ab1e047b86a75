"""The tables' history has one end, and that end is what the code expects, on both databases."""

from __future__ import annotations

import asyncio

import pytest
from alembic import command
from sqlalchemy import Connection, inspect, select, text

from storage.database import Database
from storage.migrate import LOCK_SECONDS, NewerDatabaseError, configuration, differences, migrate, newest, revision
from storage.models import Base, Compatibility


@pytest.mark.both_databases
async def test_newest_tables_equal_the_models(database: Database) -> None:
    assert await differences(database) == []


@pytest.mark.both_databases
async def test_migrate_twice_changes_nothing(database: Database) -> None:
    await migrate(database)
    assert await revision(database) == newest()


@pytest.mark.long
@pytest.mark.both_databases
async def test_migrate_back_leaves_no_table(database: Database) -> None:
    def back(connection: Connection) -> list[str]:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        return inspect(connection).get_table_names()

    async with database.engine.begin() as connection:
        assert await connection.run_sync(back) == ["alembic_version"]


async def test_differences_notice_a_missing_table(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.tables["objection"].drop)
    assert [change[0] for change in await differences(database)] == ["add_table", "add_index"]


async def stand_at(database: Database, revision: str, works_with: str | None) -> None:
    """As a newer version would leave the tables."""
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})
        await connection.execute(text("DELETE FROM compatibility"))
        if works_with is not None:
            said = {"revision": revision, "works_with": works_with}
            await connection.execute(text("INSERT INTO compatibility VALUES (:revision, :works_with)"), said)


@pytest.mark.both_databases
async def test_newer_tables_that_let_older_code_work_are_left_as_they_are(database: Database) -> None:
    await stand_at(database, "9998", works_with="0001")
    await migrate(database)
    assert await revision(database) == "9998"


@pytest.mark.parametrize("works_with", ["9997", None])
async def test_newer_tables_that_older_code_would_spoil_are_refused(database: Database, works_with: str | None) -> None:
    await stand_at(database, "9998", works_with)
    with pytest.raises(NewerDatabaseError, match="9998"):
        await migrate(database)


@pytest.mark.both_databases
async def test_migration_notes_which_code_may_go_on(database: Database) -> None:
    async with database.read() as session:
        noted = (await session.execute(select(Compatibility.revision, Compatibility.works_with))).all()
    assert [tuple(row) for row in noted] == [(newest(), "0001")]


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_migration_waits_for_a_table_in_use_without_holding_others_up(database: Database) -> None:
    """Somebody reads the outbox for long: we give up the lock, try again, and succeed when they are done."""

    def back(connection: Connection) -> None:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")

    async with database.engine.begin() as connection:
        await connection.run_sync(back)
    async with database.engine.connect() as reader:
        await reader.execute(text("SELECT count(*) FROM outbox"))
        work = asyncio.create_task(migrate(database))
        await asyncio.sleep(LOCK_SECONDS + 0.5)
        async with database.read() as session:  # queued behind nobody: the migration has let go
            await session.execute(text("SET lock_timeout = '200ms'"))
            assert await session.scalar(text("SELECT count(*) FROM outbox")) == 0
        await reader.rollback()
    await work
    assert await revision(database) == newest()
