"""The start page of the largest cluster, drawn again and again: processor time, however busy the machine is."""

import statistics
import tempfile
import time
from pathlib import Path

from cluster.overview.homepage import parts_of
from handlers import TABLE
from handlers.overview.home import page_of
from locales import texts_for
from storage.database import Database
from storage.migrate import migrate
from storage.unit_of_work import UnitOfWork, look
from tests.bench.row import Row
from tests.conftest import T0
from tests.handlers.overview.large import COORDINATOR, MEMBER, TEAM, account, large_cluster

MARK = 0.05
MOST_SLOWER = 1.2
TIMES = 30
OLD = 40
"""Meetings and rounds of ten years, four a year."""


async def rows() -> list[Row]:
    old, young = await medians(past=OLD), await medians(past=1)
    figure = "; ".join(f"{seconds * 1000:.0f} ms" for seconds in old.values())
    ratios = {who: seconds / young[who] for who, seconds in old.items()}
    said = "; ".join(f"{ratio:.2f} ×" for ratio in ratios.values())
    return [
        Row(
            "start page, 73 doctors, six open things, ten years behind: coordinator; member",
            figure,
            f"≤ {MARK * 1000:.0f} ms",
            max(old.values()) <= MARK,
        ),
        Row(
            "… against the same cluster a month old: coordinator; member",
            said,
            f"≤ {MOST_SLOWER} ×",
            max(ratios.values()) <= MOST_SLOWER,
        ),
    ]


async def medians(*, past: int) -> dict[str, float]:
    """Seconds of processor, with that many meetings and rounds behind."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'klynge.db'}")
        await migrate(database)
        async with UnitOfWork(database) as uow:
            await large_cluster(uow, T0, past=past)
            await uow.commit()
        took = {who: [await once(database, user) for _ in range(TIMES)] for who, user in WHO.items()}
        await database.close()
    return {who: statistics.median(times) for who, times in took.items()}


WHO = {"coordinator": COORDINATOR, "member": MEMBER}


async def once(database: Database, user: str) -> float:
    """Everything from the first question to the blocks."""
    began = time.process_time()
    async with look(database) as state:
        parts = await parts_of(state, TEAM, account(user), T0)
        await page_of(state, parts, TABLE, T0, texts_for("da"))
    return time.process_time() - began
