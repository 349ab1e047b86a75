"""``INSERT … ON CONFLICT`` in the words of either database; only those of the one that is used are loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def insert_for(dialect: str) -> Callable[..., Any]:
    """``insert`` as SQLAlchemy has it for ``"sqlite"`` or ``"postgresql"``: they agree on all that we say with it."""
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as for_sqlite

        return for_sqlite
    from sqlalchemy.dialects.postgresql import insert as for_postgresql

    return for_postgresql
