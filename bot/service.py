"""Runs the program until it is told to stop, and lets it finish what is in hand."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

from bot.app import Runtime, build
from bot.log import describe
from bot.settings import Settings
from handlers.feature import FeatureTable
from storage.migrate import NewerDatabaseError


class NotStartedError(Exception):
    """The program could not start. The message says why, for whoever runs it, without anything secret."""


async def serve(
    settings: Settings, *, routes: FeatureTable | None = None, started: Callable[[Runtime], None] = lambda _: None
) -> None:
    """Until Ctrl-C or SIGTERM. What is not finished then stands in the database, for whoever comes next.

    Told to stop while it still waits for Slack or the database, it stops at once. Raises NotStartedError.
    """
    told, up, loop = asyncio.Event(), asyncio.Event(), asyncio.get_running_loop()

    async def live() -> None:
        try:
            async with build(settings, routes=routes) as runtime:
                up.set()
                started(runtime)
                await told.wait()
        except Exception as error:
            if up.is_set():
                raise
            raise NotStartedError(_reason(error)) from error

    life = asyncio.create_task(live())

    def stop() -> None:
        told.set()
        if not up.is_set():
            life.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    try:
        await life
    except asyncio.CancelledError:
        if not told.is_set():
            raise


def _reason(error: Exception) -> str:
    """Words that say what to do, where they hold nothing secret; else the kind and the place."""
    return str(error) if isinstance(error, (NewerDatabaseError, OSError)) else describe(error)
