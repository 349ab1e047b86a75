"""The tables' history has one end, and that end is what the code expects, on both databases."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import Connection, inspect

from storage.database import Database
from storage.migrate import configuration, differences, migrate, newest, revision
from storage.models import Base


@pytest.mark.both_databases
async def test_newest_tables_equal_the_models(database: Database) -> None:
    assert await differences(database) == []


@pytest.mark.both_databases
async def test_migrate_twice_changes_nothing(database: Database) -> None:
    await migrate(database)
    assert await revision(database) == newest()


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
    assert [change[0] for change in await differences(database)] == ["add_table", "add_index"]  # type: ignore[index]
