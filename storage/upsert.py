"""``INSERT … ON CONFLICT`` in the words of either database."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from storage.base import Base


def insert_for(dialect: str) -> Callable[..., Any]:
    """``insert`` as SQLAlchemy has it for ``"sqlite"`` or ``"postgresql"``: they agree on all that we say with it."""
    return sqlite.insert if dialect == "sqlite" else postgresql.insert


@cache
def once(dialect: str, table: type[Base], unique: str) -> Any:
    """Add a row (the statement's parameters, by column) and return its id; nothing when ``unique`` is there already.

    Made once and without the mapper: making such a statement costs three times as much as running it.
    """
    core = table.__table__
    return insert_for(dialect)(core).on_conflict_do_nothing(index_elements=[unique]).returning(core.c.id)
