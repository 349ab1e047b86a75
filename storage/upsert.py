"""``INSERT … ON CONFLICT`` in the words of either database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite


def insert_for(dialect: str) -> Callable[..., Any]:
    """``insert`` as SQLAlchemy has it for ``"sqlite"`` or ``"postgresql"``: they agree on all that we say with it."""
    return sqlite.insert if dialect == "sqlite" else postgresql.insert
