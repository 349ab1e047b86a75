"""A program of the version before starts and works on tables that a newer one has made."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.settings import Settings
from storage.database import Database
from storage.migrate import revision
from tests.bot.scene import Scene


@pytest.fixture
async def settings(settings: Settings) -> Settings:
    """A migration of the future has added a table, columns and a revision that nobody here has heard of."""
    database = Database(settings.database_url)
    number = "INTEGER" if database.is_sqlite else "BIGINT"
    async with database.write() as session:
        for statement in (
            f"CREATE TABLE future (id {number} PRIMARY KEY, member_id {number} REFERENCES member (id))",
            "ALTER TABLE outbox ADD COLUMN future VARCHAR(64)",
            "ALTER TABLE member ADD COLUMN future VARCHAR(64) DEFAULT '' NOT NULL",
            "ALTER TABLE inbox ADD COLUMN future VARCHAR(64)",
            "UPDATE alembic_version SET version_num = '9998'",
            "UPDATE compatibility SET revision = '9998'",
        ):
            await session.execute(text(statement))
        await session.commit()
    await database.close()
    return settings


@pytest.mark.both_databases
async def test_older_program_goes_on_beside_newer_tables(scene: Scene) -> None:
    await scene.owed("one", member_id=scene.member_id)
    await scene.settle()
    assert len(await scene.texts()) == 1
    assert await revision(scene.bot.database) == "9998"
