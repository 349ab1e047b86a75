"""The files of an SQLite database: readable by their owner alone, and without the words that were deleted."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

OWNER_ONLY = 0o600
OTHERS = 0o077
BESIDE = ("-wal", "-shm")
PATIENCE = 0.2
"""Seconds to wait for readers: writers wait behind us meanwhile, so it is tried again later instead."""


def file_of(url: URL) -> Path | None:
    """The database's file; None when the database is another, or none on the disk."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith((":memory:", "file:")):
        return None
    return Path(url.database)


def missing_file(database_url: str) -> Path | None:
    """The whole path of a database that is not there: opening it would make a new one, in whatever folder we stand.

    None when it is there, or when the database is no file.
    """
    try:
        file = file_of(make_url(database_url))
    except ArgumentError:
        return None
    return None if file is None or file.exists() else file.resolve()


def make_private(file: Path) -> None:
    """Make the file if it is not there. SQLite gives the log beside it the same rights."""
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, OWNER_ONLY))


def keep_private(file: Path) -> None:
    """Take from others what an earlier version, or a copy by hand, left to them. The owner alone can."""
    for each in (file, *(file.with_name(file.name + end) for end in BESIDE)):
        if is_open_to_others(each) and each.stat().st_uid == os.getuid():
            each.chmod(each.stat().st_mode & ~OTHERS)


def is_open_to_others(file: Path) -> bool:
    """Whether anybody but the owner may read or write it."""
    return file.exists() and bool(file.stat().st_mode & OTHERS)


def empty_log(file: Path) -> bool:
    """Move what the log holds into the database and cut it to nothing: deleted words stand in it until then.

    False when somebody was reading; nothing is lost by that. Blocks for up to `PATIENCE`.
    """
    with closing(sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)) as own:
        busy, _, _ = own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
