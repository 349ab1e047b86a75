"""A wave of messages at Slack's real limits, on a clock that leaps over waiting, against the least time they allow."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sending.pacing import WORKSPACE_PER_MINUTE
from tests.bench.row import Row
from tests.scale.country import Wave, country
from tests.scale.leaping import run

PEOPLE = 900
MEMORY = Path("/dev/shm")
"""A folder without a disk below it: what is measured is waiting for Slack."""


def memory() -> Path | None:
    return MEMORY if MEMORY.is_dir() else None


@asynccontextmanager
async def folder() -> AsyncIterator[Path]:
    with tempfile.TemporaryDirectory(dir=memory()) as name:
        yield Path(name)


async def wave() -> Wave:
    async with folder() as place, country(place, PEOPLE) as land:
        return await land.wave("scale.text", people=PEOPLE)


async def rows() -> list[Row]:
    done = await asyncio.to_thread(run, wave)
    least = (PEOPLE - WORKSPACE_PER_MINUTE) / WORKSPACE_PER_MINUTE * 60
    ratio = done.seconds / least
    return [
        Row(
            f"{PEOPLE} messages against the least time that Slack allows",
            f"{ratio:.2f} × ({done.seconds:.0f} s)",
            "≤ 1.05 ×",
            ratio <= 1.05,
        ),
        Row("the same: answers 429", str(done.refused), "0", done.refused == 0),
    ]
