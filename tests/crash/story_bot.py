"""The unchanged bot in a process of its own, on the story's calendar: ``python -m tests.crash.story_bot DESK CLOCK``.

The moment that it lives in stands in the file CLOCK: nothing happens in the story before the bot knows the hour.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp

from bot import log
from bot.app import build
from bot.settings import read_settings
from cluster.clock import MovableClock

LOOK_EVERY = 0.03
"""Seconds between looks at the story's calendar."""


async def read(http: aiohttp.ClientSession, desk: str) -> datetime:
    """What the calendar in the other process shows."""
    async with http.get(f"{desk}/desk/clock") as answer:
        return datetime.fromisoformat((await answer.json())["now"])


def show(moment: datetime, shown: Path) -> None:
    """Tell the story which moment this process lives in."""
    shown.write_text(moment.isoformat())


async def main(desk: str, shown: Path) -> None:
    """Run until killed."""
    settings = read_settings()
    log.set_up(settings.log_level, as_json=settings.log_json)
    async with aiohttp.ClientSession() as http:
        clock = MovableClock(await read(http, desk), stopped=True)
        async with build(settings, clock=clock):
            while True:
                if (moment := await read(http, desk)) - clock.now() > timedelta(0):
                    clock.move_to(moment)
                show(clock.now(), shown)
                await asyncio.sleep(LOOK_EVERY)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
