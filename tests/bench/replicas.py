"""Messages sent by one, two and three workers on this machine, to a Slack that takes a tenth of a second to answer."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from cluster.notices import owe
from storage.database import Database
from storage.models import Outbox
from storage.unit_of_work import UnitOfWork
from tests.bench import databases
from tests.bench.row import Row
from workspace import Desk, Workspace

MESSAGES = 600
ANSWERS_AFTER = 0.1
WORKERS = (1, 2, 3)
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


@asynccontextmanager
async def worker(world: Workspace, database: Database) -> AsyncIterator[None]:
    environment = {
        "PATH": os.defpath,
        "PYTHONPATH": str(Path.cwd()),
        "KLYNGE_SLACK_BOT_TOKEN": world.bot_token,
        "KLYNGE_SLACK_API_URL": f"{world.url}/api/",
        "KLYNGE_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "KLYNGE_ROLE": "worker",
        "KLYNGE_PORT": "0",
        "KLYNGE_PACE_FACTOR": "10000",
    }
    command = (sys.executable, "-m", "tests.replicas.replica")
    child = await asyncio.create_subprocess_exec(*command, env=environment, stderr=asyncio.subprocess.PIPE)
    assert child.stderr is not None
    while b'"started"' not in await child.stderr.readline():
        pass
    rest = asyncio.create_task(child.stderr.read())  # a full pipe would stop it
    yield
    child.terminate()
    await asyncio.gather(child.wait(), rest)


async def sent(database: Database) -> int:
    async with database.read() as session:
        counted = select(func.count()).select_from(Outbox).where(Outbox.state == "sent")
        return int(await session.scalar(counted) or 0)


async def a_second(server: Any, workers: int) -> float:
    """How many messages a second that many workers send."""
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(databases.empty(server))
        world = Workspace()
        world.settings.change({"rate_factor": 10000.0})
        stand_in = await world.serve(port=0)
        stack.push_async_callback(stand_in.close)
        desk = await stack.enter_async_context(Desk(world.url))
        await desk.fail("chat.postMessage", delay=ANSWERS_AFTER, times=MESSAGES)
        conversations = [world.add_channel(name=f"rum-{n}", members=[world.bot_user_id]) for n in range(MESSAGES)]
        for _ in range(workers):
            await stack.enter_async_context(worker(world, database))
        async with UnitOfWork(database) as uow:
            for n, conversation in enumerate(conversations):
                await owe(uow, "test.notice", key=f"{n}", now=BEFORE, channel_id=conversation, text=f"nr. {n}")
            await uow.commit()
        began = time.perf_counter()
        while True:
            await asyncio.sleep(0.02)
            if await sent(database) == MESSAGES:
                return MESSAGES / (time.perf_counter() - began)


async def rows() -> list[Row]:
    with databases.postgresql() as server:
        figures = [await a_second(server, workers) for workers in WORKERS]
    each = ", ".join(f"{figure:.0f}" for figure in figures)
    gain = figures[1] / figures[0]
    return [
        Row("messages a second with 1, 2, 3 workers", each, "–", True),
        Row("two workers against one", f"{gain:.1f} ×", "≥ 1.5 ×", gain >= 1.5),
    ]
