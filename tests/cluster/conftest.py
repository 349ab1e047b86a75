"""A database of its own for each test of the rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database
from storage.models import Base

T0 = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""Monday 2 March 2026, 09:00 in Copenhagen."""


@pytest.fixture
def now() -> datetime:
    """The calendar moment at which a test begins."""
    return T0


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database with all tables."""
    made = Database(f"sqlite+aiosqlite:///{tmp_path / 'klynge.db'}")
    async with made.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield made
    await made.close()
