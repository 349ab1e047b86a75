"""The connection to SQLite or PostgreSQL, and the one way to begin a transaction on each.

SQLite has room for one writer: writers queue on a lock of ours and begin ``IMMEDIATE``, because a deferred
transaction that turns into a write fails at once with "database is locked" whatever the timeout says. Readers see a
snapshot and never wait.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from storage.sqlite_file import empty_log, file_of, make_private
from storage.sqlite_trips import connect
from storage.turnstile import Turnstile

BUSY_SECONDS = 30
RESTED = timedelta(seconds=1)
PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "synchronous=FULL",
    "secure_delete=ON",  # what is deleted is overwritten; not every SQLite is built to do so by itself
    f"busy_timeout={BUSY_SECONDS}000",
)


class Database:
    """Engines, the writer lock, and who wants to hear of commits.

    ``rested``: how long a connection to PostgreSQL may have been idle and still be trusted without asking.
    """

    def __init__(self, url: str, pool: int = 20, *, rested: timedelta = RESTED) -> None:
        self.url = make_url(url)
        self.name = uuid.uuid4().hex[:12]
        """Signs our signals to other processes, so that we do not heed our own."""
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._commit_listeners: list[Callable[[], None]] = []
        if self.is_sqlite:
            if file := file_of(self.url):
                file.parent.mkdir(parents=True, exist_ok=True)
            self.engine = _sqlite_engine(url)
            self._writer: Turnstile | None = Turnstile()
        else:
            self.engine = _postgresql_engine(url, pool, rested)
            self._writer = None
        self._reads = self.engine.execution_options(klynge_begin="BEGIN") if self.is_sqlite else self.engine

    @asynccontextmanager
    async def write(self, *, urgent: bool = False) -> AsyncIterator[AsyncSession]:
        """A session that may write. Nothing is kept unless the caller commits.

        ``urgent``: Slack waits for it, so it goes before other writers that wait on SQLite.
        """
        if self._writer is None:
            async with AsyncSession(self.engine, expire_on_commit=False) as session:
                yield session
            return
        async with self._writer.turn(urgent=urgent), AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads; on SQLite it does not queue behind writers."""
        async with AsyncSession(self._reads, expire_on_commit=False) as session:
            yield session

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Ask to be told after each commit made through a unit of work: the sender wakes on it."""
        self._commit_listeners.append(listener)

    def told_commit(self) -> None:
        """Tell the listeners."""
        for listener in self._commit_listeners:
            listener()

    async def empty_log(self) -> None:
        """Cut SQLite's log, so that deleted words are gone from the disk, too; the scheduler's call."""
        if file := file_of(self.url):
            await asyncio.to_thread(empty_log, file)

    async def close(self) -> None:
        """Give the connections back."""
        await self.engine.dispose()


def _postgresql_engine(url: str, pool: int, rested: timedelta) -> AsyncEngine:
    """Connections that have rested are asked whether they live; asking at each use makes every click wait."""
    engine = create_async_engine(url, hide_parameters=True, pool_size=pool, max_overflow=0)

    @event.listens_for(engine.sync_engine, "checkin")
    def rest(_connection: Any, entry: ConnectionPoolEntry) -> None:
        entry.info["rests_since"] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def wake(connection: Any, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
        rests_since = entry.info.pop("rests_since", None)
        if connection.driver_connection.is_closed():
            raise InvalidatePoolError  # the pool tries again with a new one, as it does when it asks by itself
        if rests_since is not None and time.monotonic() - rests_since > rested.total_seconds():
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise InvalidatePoolError from error

    return engine


def _sqlite_engine(url: str) -> AsyncEngine:
    options = {"timeout": BUSY_SECONDS, "async_creator_fn": connect}
    engine = create_async_engine(url, hide_parameters=True, connect_args=options)

    @event.listens_for(engine.sync_engine, "do_connect")
    def keep_from_others(*_: Any) -> None:
        if file := file_of(engine.url):
            make_private(file)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "invalidate")
    def let_go(connection: Any, _entry: ConnectionPoolEntry, _error: BaseException | None) -> None:
        """Work that is broken off in the middle of a statement must not keep the file.

        Closing alone is put off by SQLite as long as anything, such as a traceback, still holds the statement: the
        transaction lives on, and every writer finds the database locked. So it is rolled back before it is closed.
        """
        with suppress(RuntimeError):  # no loop runs any more: the connection goes with the process
            ending = asyncio.get_running_loop().create_task(connection.driver_connection.rollback())
            endings.add(ending)
            ending.add_done_callback(ended)

    endings: set[asyncio.Task[None]] = set()

    def ended(ending: asyncio.Task[None]) -> None:
        endings.discard(ending)
        if not ending.cancelled():
            ending.exception()  # it may be closed already, which is as good

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("klynge_begin", "BEGIN IMMEDIATE"))

    return engine
