"""Runs the program until it is told to stop, and lets it finish what is in hand."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

from bot.app import Runtime, build
from bot.settings import Settings
from handlers.routes import Routes


async def serve(
    settings: Settings, *, routes: Routes | None = None, started: Callable[[Runtime], None] = lambda _: None
) -> None:
    """Until Ctrl-C or SIGTERM. What is not finished then stands in the database, for whoever comes next."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    async with build(settings, routes=routes) as runtime:
        started(runtime)
        await told.wait()
