"""``INSERT … ON CONFLICT`` in the words of either database."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from storage.tables.base import Base


def insert_for(dialect: str) -> Callable[..., Any]:
    """``insert`` as SQLAlchemy has it for ``"sqlite"`` or ``"postgresql"``: they agree on all that we say with it."""
    return sqlite.insert if dialect == "sqlite" else postgresql.insert


@cache
def once(dialect: str, table: type[Base], unique: str, *, holding: bool = False) -> Any:
    """Add a row (the statement's parameters, by column) and return its id; nothing when ``unique`` is there already.

    ``holding`` keeps a row that is there already from everybody else until the commit, and returns its id. Made once
    and without the mapper: making such a statement costs more than running it.
    """
    core = table.__table__
    insert = insert_for(dialect)(core)
    if holding:
        insert = insert.on_conflict_do_update(index_elements=[unique], set_={unique: insert.excluded[unique]})
    else:
        insert = insert.on_conflict_do_nothing(index_elements=[unique])
    return insert.returning(core.c.id)
