"""Statements to SQLite in one trip each to the thread that speaks to the file.

As the driver comes, a statement takes four: open a cursor, execute, fetch, close it. Each trip is a queue, a thread
that wakes and a loop that is woken; with small rows that is most of what a question costs. Here a statement is executed
and its rows are fetched in one go, and opening and closing a cursor, which touches no file once its rows are fetched,
takes no trip at all.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import aiosqlite
from aiosqlite.context import contextmanager

CHUNK = 64
"""Rows at a time for somebody who iterates, as the driver has it."""


class WholeCursor(aiosqlite.Cursor):
    """A cursor that holds all rows as soon as it has executed."""

    def __init__(self, conn: aiosqlite.Connection, cursor: sqlite3.Cursor) -> None:
        super().__init__(conn, cursor)
        self._rows: deque[Any] = deque()
        self._rests = True

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._rows = deque()
        self._rests = False  # and stays so if the caller is cancelled: the thread has it in hand all the same
        result = await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        self._rests = True
        return result

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> WholeCursor:
        """Execute, and fetch what it gives."""
        self._rows = await self._execute(_execute_and_fetch, self._cursor, sql, parameters or ())
        return self

    async def fetchone(self) -> Any:
        """The next row, or None."""
        return self._rows.popleft() if self._rows else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows, at most ``size``."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    async def fetchall(self) -> list[Any]:
        """The rows that are left."""
        return [self._rows.popleft() for _ in range(len(self._rows))]

    async def close(self) -> None:
        """Close; behind what the thread has in hand, if it has."""
        if self._rests:
            self._cursor.close()
        else:
            await super().close()


class ShortTrips(aiosqlite.Connection):
    """A connection whose cursors fetch at once. It must have been opened with ``check_same_thread=False``."""

    @contextmanager
    async def cursor(self) -> aiosqlite.Cursor:
        """A cursor; the file is not asked."""
        return WholeCursor(self, self._conn.cursor())


def connect(file: str, **options: Any) -> ShortTrips:
    """For the engine's ``async_creator_fn``; the thread does not keep the program from ending."""
    connection = ShortTrips(lambda: sqlite3.connect(file, **options), CHUNK)
    connection._thread.daemon = True  # as SQLAlchemy does with connections that it opens itself
    return connection


def _execute_and_fetch(cursor: sqlite3.Cursor, sql: str, parameters: Any) -> deque[Any]:
    cursor.execute(sql, parameters)
    return deque(cursor.fetchall() if cursor.description else ())
