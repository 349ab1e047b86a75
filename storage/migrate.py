"""Brings a database to the newest tables. Safe to run by several processes at once, and beside older ones.

Every migration says in ``works_with`` which is the oldest revision whose code may go on against the new tables; that is
noted in the database, because the older code, which starts again after us, has never heard of the new revision.
"""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import Connection, delete, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.models import Base, Compatibility
from storage.sqlite_file import file_of, keep_private

log = structlog.get_logger()

if TYPE_CHECKING:
    from alembic.config import Config

ONE_AT_A_TIME = 0x6B6C796E6765
"""Key of the advisory lock by which processes that start together take turns on PostgreSQL."""


LOCK_SECONDS = 3
PAUSES = (1, 2, 4, 8, 15)
LOCK_NOT_AVAILABLE = "55P03"


class NewerDatabaseError(Exception):
    """The tables are of a newer version, which says that this one cannot work with them."""


def configuration() -> Config:
    """Alembic's settings, made in code: nothing to find on the disk but this package."""
    from alembic.config import Config  # alembic is loaded only where tables are looked after

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


@cache
def newest() -> str:
    """The newest revision; raises when the history has several heads. The files are looked through once a process."""
    from alembic.script import ScriptDirectory

    return str(ScriptDirectory.from_config(configuration()).get_current_head())


async def migrate(database: Database) -> None:
    """Create or change the tables until they are those of this version; NewerDatabaseError when they are too new.

    Waits a few seconds only for a table that others use, so that they do not queue up behind us, and tries again.
    """
    if file := file_of(database.url):
        keep_private(file)
    for pause in (*PAUSES, None):
        try:
            async with database.engine.begin() as connection:
                if not database.is_sqlite:
                    await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
                    await connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
                await connection.run_sync(_bring)
            return
        except DBAPIError as error:
            if pause is None or getattr(error.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            log.warning("migrate.waits", seconds=pause)
            await asyncio.sleep(pause)


@cache
def known() -> frozenset[str]:
    """Every revision that this version has heard of."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions())


async def revision(database: Database) -> str | None:
    """The revision the database is at."""
    from alembic.migration import MigrationContext

    async with database.engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


async def differences(database: Database) -> list[object]:
    """What the database's tables still lack compared with the models: empty when all is well."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_differences)


def _bring(connection: Connection) -> None:
    """Up to our newest; tables of a newer version are left as they are, when they let us."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    now = MigrationContext.configure(connection).get_current_revision()
    if now is not None and now not in known():
        oldest = _works_with(connection, now)
        if oldest is None or newest() < oldest:
            raise NewerDatabaseError(
                f"The database is at revision {now}; this version knows {newest()}. Install the newer."
            )
        log.warning("database.newer", revision=now, ours=newest())
    elif now != newest():
        _upgrade(connection)
        script = ScriptDirectory.from_config(configuration()).get_revision(newest())
        connection.execute(delete(Compatibility))
        connection.execute(insert(Compatibility).values(revision=newest(), works_with=script.module.works_with))


def _works_with(connection: Connection, now: str) -> str | None:
    if not inspect(connection).has_table(Compatibility.__tablename__):
        return None
    return connection.scalar(select(Compatibility.works_with).where(Compatibility.revision == now))


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
