"""Brings a database to the newest tables. Safe to run by several processes at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database
from storage.models import Base

ONE_AT_A_TIME = 0x6B6C796E6765
"""Key of the advisory lock by which processes that start together take turns on PostgreSQL."""


def configuration() -> Config:
    """Alembic's settings, made in code: nothing to find on the disk but this package."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def newest() -> str:
    """The newest revision; raises when the history has several heads."""
    return str(ScriptDirectory.from_config(configuration()).get_current_head())


async def migrate(database: Database) -> None:
    """Create or change the tables until they are those of this version."""
    async with database.engine.begin() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        await connection.run_sync(_upgrade)


async def revision(database: Database) -> str | None:
    """The revision the database is at."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


async def differences(database: Database) -> list[object]:
    """What the database's tables still lack compared with the models: empty when all is well."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_differences)


def _upgrade(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))
