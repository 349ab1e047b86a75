"""What SQLAlchemy has compiled of a statement is kept from one test's database to the next.

Every test has a database of its own, so an engine of its own, that would compile each statement of the program again:
a fifth of what a test of a feature costs. Engines of one kind compile alike here: one driver, one version, one file of
settings.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.util import LRUCache

KEPT: LRUCache[Any, Any] = LRUCache(4000)


def keep() -> None:
    """Let all engines of this process share what they compile; the dialect is part of the key it is kept under."""
    for dialect in (SQLiteDialect_aiosqlite, PGDialect_asyncpg):
        dialect.__eq__ = _is_same_kind  # type: ignore[method-assign]
        dialect.__hash__ = _kind  # type: ignore[method-assign]
    event.listen(Engine, "engine_connect", _share)


def _share(connection: Connection) -> None:
    if "compiled_cache" not in connection.engine.get_execution_options():
        connection.engine.update_execution_options(compiled_cache=KEPT)  # from its second connection on


def _is_same_kind(one: object, other: object) -> bool:
    return type(one) is type(other)


def _kind(one: object) -> int:
    return hash(type(one))
