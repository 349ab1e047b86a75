"""Whether the file of an SQLite database is there: opening it would make a new one, in whatever folder we stand."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

NOT_A_PATH = (":memory:", "file:")


def missing_file(database_url: str) -> Path | None:
    """The whole path of a file that is not there; None when it is, or when the database is no file."""
    try:
        url = make_url(database_url)
    except ArgumentError:
        return None
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith(NOT_A_PATH):
        return None
    file = Path(url.database).resolve()
    return None if file.exists() else file
