"""Whole stories, each played once a session and looked at by several tests."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from bot import log
from bot.rehearsal.cast import Cast, vestfjord
from bot.rehearsal.story import Acts, perform
from bot.rehearsal.year.story import play_the_year
from tests.journeys.performance import FIVE, Mode, Performance, Played

SEED = 1


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """``played(cast, mode="http", database_url=…)`` plays the story from beginning to end."""
    log.set_up("ERROR", as_json=False)

    def play(cast: Cast, *, mode: Mode = "socket", database_url: str = "", acts: Acts | None = None) -> Performance:
        folder, lines = tmp_path_factory.mktemp("story"), list[str]()
        out, begun = folder / "charts", time.process_time()
        where = {"folder": folder, "out": out, "mode": mode, "database_url": database_url}
        differences = asyncio.run(perform(cast, seed=SEED, write=lines.append, acts=acts, **where))
        charts = {path.name: path.read_bytes() for path in sorted(out.iterdir())}
        return Performance("\n".join(lines), differences, charts, time.process_time() - begun)

    return play


@pytest.fixture(scope="session")
def cast(request: pytest.FixtureRequest) -> Cast:
    """Who plays: five practices, or in `make whole` Vestfjord's, whose story `.ci/run` plays three times anyway."""
    return vestfjord(SEED) if request.config.getoption("--whole") else FIVE


@pytest.fixture(scope="session")
def by_socket(played: Played, cast: Cast) -> Performance:
    """The story in Socket Mode on SQLite."""
    return played(cast)


@pytest.fixture(scope="session")
def otherwise(played: Played, cast: Cast, postgresql: Any) -> Performance:
    """The story by the other door and on the other database at once: by signed HTTP on PostgreSQL."""
    return played(cast, mode="http", database_url=_database(postgresql, "otherwise"))


@pytest.fixture(scope="session")
def by_http(played: Played, cast: Cast) -> Performance:
    """The story by signed HTTP on SQLite."""
    return played(cast, mode="http")


@pytest.fixture(scope="session")
def on_postgresql(played: Played, cast: Cast, postgresql: Any) -> Performance:
    """The story in Socket Mode on PostgreSQL."""
    return played(cast, database_url=_database(postgresql, "story"))


@pytest.fixture(scope="session")
def the_year(played: Played) -> Performance:
    """A year of five practices, in Socket Mode on SQLite."""
    return played(FIVE, acts=play_the_year)


@pytest.fixture(scope="session")
def year_otherwise(played: Played, postgresql: Any) -> Performance:
    """The same by signed HTTP on PostgreSQL."""
    return played(FIVE, mode="http", database_url=_database(postgresql, "year"), acts=play_the_year)


@pytest.fixture(scope="session")
def practice_file() -> Path:
    """Published counts of English practices, kept beside the project."""
    path = Path(__file__).parents[3] / "shared" / "data" / "copd_asthma_practices_2017_19.csv"
    if not path.is_file():
        pytest.skip(f"no file of real practices at {path}: the story is not played on real numbers")
    return path


def _database(server: Any, name: str) -> str:
    server.psql(f"CREATE DATABASE {name};")
    url: str = server.get_uri(database=name)
    return url.replace("postgresql://", "postgresql+asyncpg://")
