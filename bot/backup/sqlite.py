"""Copies of an SQLite database, by SQLite's own online backup: a snapshot, however much is written meanwhile."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from bot.backup.error import BackupError

BESIDE = ("-wal", "-shm")


class SqliteCopies:
    """Of the file that the address names."""

    def __init__(self, url: URL) -> None:
        self._file = Path(url.database or "")

    def take(self, file: Path) -> None:
        """A copy in one file, readable by its owner only."""
        if self.is_empty():
            raise BackupError(f"There is no database {self._file.resolve()}, or it is empty.")
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(self._file)) as live, closing(sqlite3.connect(file)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            copy.execute("VACUUM")  # only what is still there goes along, whatever once stood in the pages

    def revision_in(self, file: Path) -> str:
        """The revision of a backup's tables, once it has been read through and found whole."""
        if not file.is_file():
            raise BackupError(f"There is no file {file}.")
        try:
            with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
                whole = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                fitting = not copy.execute("PRAGMA foreign_key_check").fetchall()
                found = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError as error:
            raise BackupError(f"{file} is no backup of Klyngebot ({error}).") from None
        if not (whole and fitting and found):
            raise BackupError(f"{file} is damaged.")
        return str(found[0])

    def is_empty(self) -> bool:
        """Whether there is nothing that could be lost."""
        return not self._file.exists() or self._file.stat().st_size == 0

    def is_in_use(self) -> bool:
        """Whether a process has the database open: leaving the WAL needs it all to itself."""
        if self.is_empty():
            return False
        with closing(sqlite3.connect(self._file, timeout=0.2, isolation_level=None)) as alone:
            try:
                return bool(alone.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete")
            except sqlite3.OperationalError:
                return True

    def put_back(self, file: Path) -> None:
        """Take the place of the database in one step; a half-written copy never does."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_name(f"{self._file.name}.restoring")
        fresh.unlink(missing_ok=True)
        SqliteCopies(URL.create("sqlite", database=str(file))).take(fresh)
        self.revision_in(fresh)
        for end in BESIDE:
            self._file.with_name(self._file.name + end).unlink(missing_ok=True)
        fresh.replace(self._file)
