"""How processes that share a PostgreSQL wake each other: a signal is kept, and heard, with the rows it is about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import asyncpg
import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database

log = structlog.get_logger()

CHANNEL = "klynge"
INBOX, OUTBOX, TICK = "inbox", "outbox", "tick"
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
BEAT = 10.0
"""Seconds after which a silent connection is asked whether it lives."""
ANSWER = 5.0
OURS_ALONE = ("prepared_statement_cache_size", "prepared_statement_name_func", "async_creator_fn")
"""Options of an address that mean something to SQLAlchemy only."""
NOTICED_SOON = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
"""A machine that vanishes frees what it held within half a minute, not after two hours."""


async def tell(session: AsyncSession, what: str, *, by: str) -> None:
    """Signal the other processes when this transaction is kept. On SQLite there are none."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_notify(CHANNEL, f"{what} {by}")))


class Down(Exception):
    """There is no connection at the moment."""


class Wire:
    """A connection of one's own, kept up: what others signal is heard on it, and what is held on it ends with it."""

    def __init__(self, database: Database, *, heard: Callable[[str], None], opened: Callable[[], None]) -> None:
        self._database = database
        self._heard = heard
        self._opened = opened
        self._connection: asyncpg.Connection | None = None
        self._one_at_a_time = asyncio.Lock()
        self._keeper: asyncio.Task[None] | None = None
        self.number = 0
        """Which connection this is: a new one holds nothing of what the one before held."""

    @property
    def is_up(self) -> bool:
        """Whether signals are heard at the moment."""
        return self._connection is not None and not self._connection.is_closed()

    async def ask(self, query: str, *values: Any) -> Any:
        """One value; Down when there is nobody to ask."""
        async with self._one_at_a_time:
            if self._connection is None or self._connection.is_closed():
                raise Down
            try:
                return await self._connection.fetchval(query, *values, timeout=ANSWER)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                self._connection.terminate()
                raise Down from None

    def open(self) -> None:
        """Connect, and again whenever the connection is lost."""
        self._keeper = asyncio.create_task(self._keep(), name="wire")

    async def close(self) -> None:
        """Let go of everything that is held on it."""
        if self._keeper is not None:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper

    async def _keep(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                await self._connect()
                pause = FIRST_PAUSE
                await self._watch()
            except Exception as error:  # whatever it is: everybody looks for himself meanwhile
                log.warning("wire.lost", error=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _connect(self) -> None:
        connection = await asyncpg.connect(**_options(self._database), timeout=ANSWER, server_settings=NOTICED_SOON)
        try:
            await connection.add_listener(CHANNEL, self._hear)
        except BaseException:  # cut off, or told to stop, before it was of use
            connection.terminate()
            raise
        self._connection = connection
        self.number += 1
        self._opened()

    async def _watch(self) -> None:
        """Returns or raises when the connection is lost."""
        connection, lost = self._connection, asyncio.Event()
        assert connection is not None  # noqa: S101 - it has just been made
        connection.add_termination_listener(lambda _: lost.set())
        try:
            while not connection.is_closed():
                with suppress(TimeoutError):
                    async with asyncio.timeout(BEAT):
                        await lost.wait()
                await self.ask("SELECT 1")
        finally:
            self._connection = None
            connection.terminate()

    def _hear(self, _connection: object, _pid: int, _channel: str, said: object) -> None:
        what, _, by = str(said).partition(" ")
        if by != self._database.name:  # our own commits wake us without a detour
            self._heard(what)


def _options(database: Database) -> dict[str, Any]:
    _, options = database.engine.dialect.create_connect_args(database.url)
    return {name: value for name, value in options.items() if name not in OURS_ALONE}
