"""Replicas of the version before go on while the tables change under them: every migration only adds."""

import re
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event

from storage.migrate import configuration

ALLOWED = re.compile(
    r"""
    CREATE \s TABLE \s (?!_alembic_tmp)
    | CREATE \s INDEX
    | ALTER \s TABLE \s \w+ \s ADD \s COLUMN \s (?! .* UNIQUE) (?: .* DEFAULT | (?! .* NOT \s NULL))
    | (?: INSERT \s INTO | UPDATE | SELECT) \b .* (?: alembic_version | compatibility)
    | PRAGMA | SELECT
    """,
    re.VERBOSE | re.DOTALL,
)


def not_additive(statements: list[str]) -> list[str]:
    """Which statements take something away from the code that came before, or forbid it something."""
    return [found for each in statements if not ALLOWED.match(found := re.sub(r"\s+", " ", each).strip())]


def statements_of(tmp_path: Path, revision: str, before: str | None) -> list[str]:
    """What one migration says to a database that stands at the one before."""
    engine = create_engine(f"sqlite:///{tmp_path / 'some.db'}")
    said: list[str] = []
    config = configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, before or "base")

        def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            said.append(statement)

        event.listen(connection, "before_cursor_execute", hear)
        command.upgrade(config, revision)
    engine.dispose()
    return said


SCRIPTS = [script for script in ScriptDirectory.from_config(configuration()).walk_revisions() if script.down_revision]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.revision)
def test_migration_only_adds(tmp_path: Path, script: Any):
    assert not_additive(statements_of(tmp_path, script.revision, script.down_revision)) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.revision)
def test_migration_says_which_code_may_go_on(script: Any):
    assert "0001" <= script.module.works_with <= script.revision


def test_check_notices_what_takes_away():
    bad = [
        "DROP TABLE member",
        "ALTER TABLE member DROP COLUMN name",
        "ALTER TABLE member RENAME TO person",
        "ALTER TABLE member ADD COLUMN age INTEGER NOT NULL",
        "CREATE UNIQUE INDEX ix_member_name ON member (name)",
        "CREATE TABLE _alembic_tmp_member (id INTEGER)",
        "UPDATE member SET name = ''",
    ]
    assert not_additive(bad) == bad
    good = ["ALTER TABLE member ADD COLUMN age INTEGER", "ALTER TABLE a ADD COLUMN b INTEGER DEFAULT '0' NOT NULL"]
    assert not_additive([*good, "CREATE TABLE x (\n\tid INTEGER NOT NULL\n)", "CREATE INDEX ix ON x (id)"]) == []
