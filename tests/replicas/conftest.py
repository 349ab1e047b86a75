"""Replicas share one PostgreSQL: every test here runs on one."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

_numbers = itertools.count(1)


@pytest.fixture
def database_url(migrated_server: Any) -> str:
    """The address of a migrated, empty PostgreSQL database."""
    name = f"replicas_{next(_numbers)}"
    migrated_server.psql(f"CREATE DATABASE {name} TEMPLATE newest;")
    address: str = migrated_server.get_uri(database=name)
    return address.replace("postgresql://", "postgresql+asyncpg://")
