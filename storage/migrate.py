"""Brings a database to the newest tables. Safe to run by several processes at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from storage.database import Database
from storage.models import Base

if TYPE_CHECKING:
    from alembic.config import Config

ONE_AT_A_TIME = 0x6B6C796E6765
"""Key of the advisory lock by which processes that start together take turns on PostgreSQL."""


def configuration() -> Config:
    """Alembic's settings, made in code: nothing to find on the disk but this package."""
    from alembic.config import Config  # alembic is loaded only where tables are looked after

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def newest() -> str:
    """The newest revision; raises when the history has several heads."""
    from alembic.script import ScriptDirectory

    return str(ScriptDirectory.from_config(configuration()).get_current_head())


async def migrate(database: Database) -> None:
    """Create or change the tables until they are those of this version."""
    async with database.engine.begin() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        await connection.run_sync(_upgrade)


async def revision(database: Database) -> str | None:
    """The revision the database is at."""
    from alembic.migration import MigrationContext

    async with database.engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


async def differences(database: Database) -> list[object]:
    """What the database's tables still lack compared with the models: empty when all is well."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_differences)


def _upgrade(connection: Connection) -> None:
    from alembic import command

    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _differences(connection: Connection) -> list[object]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))
