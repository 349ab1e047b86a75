"""The files of an SQLite database are their owner's alone, and hold no word that was deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot.backup.sqlite import SqliteCopies
from storage.database import Database
from storage.migrate import migrate
from storage.sqlite_file import empty_log

WORDS = "Jeg kommer ikke, for jeg skal til begravelse"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "klynge.db"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    made = Database(f"sqlite+aiosqlite:///{file}")
    yield made
    await made.close()


def rights(file: Path) -> dict[str, str]:
    return {each.name: oct(each.stat().st_mode & 0o777) for each in file.parent.iterdir()}


def holds(file: Path, words: str) -> bool:
    return any(words.encode() in each.read_bytes() for each in file.parent.iterdir() if each.is_file())


async def written_and_deleted(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, words TEXT)"))
        for _ in range(20):
            await session.execute(text("INSERT INTO said (words) VALUES (:words)"), {"words": WORDS})
        await session.commit()
    async with database.write() as session:
        await session.execute(text("UPDATE said SET words = '' WHERE id <= 10"))
        await session.execute(text("DELETE FROM said WHERE id > 10"))
        await session.commit()


async def test_new_database_and_its_log_are_for_the_owner_alone(database: Database, file: Path) -> None:
    await written_and_deleted(database)
    assert rights(file) == {"klynge.db": "0o600", "klynge.db-wal": "0o600", "klynge.db-shm": "0o600"}


async def test_database_of_an_earlier_version_is_taken_from_others(database: Database, file: Path) -> None:
    await written_and_deleted(database)
    for each in file.parent.iterdir():
        each.chmod(0o664)
    await migrate(database)
    assert set(rights(file).values()) == {"0o600"}


async def test_deleted_words_are_gone_from_the_file_and_its_log(database: Database, file: Path) -> None:
    await written_and_deleted(database)
    assert holds(file, WORDS), "the log holds them until it is emptied"
    await database.empty_log()
    assert not holds(file, WORDS)


async def test_log_is_left_alone_while_somebody_reads(database: Database, file: Path) -> None:
    await written_and_deleted(database)
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM said").fetchall()
        await written_and_deleted(database)
        assert not empty_log(file)
        reader.execute("COMMIT")
    assert empty_log(file)
    assert not holds(file, WORDS)


def test_backup_holds_no_deleted_word_even_of_a_database_that_kept_them(file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file, isolation_level=None)) as careless:
        careless.execute("PRAGMA secure_delete=OFF")
        careless.execute("CREATE TABLE said (words TEXT)")
        careless.executemany("INSERT INTO said VALUES (?)", [(f"{WORDS} {n}",) for n in range(200)])
        careless.execute("DELETE FROM said")
    assert holds(file, WORDS)
    copy = tmp_path / "copies" / "copy.db"
    SqliteCopies(make_url(f"sqlite:///{file}")).take(copy)
    assert not holds(copy, WORDS)
