"""Holding a row while it is worked on: the lease is renewed as long as we live, so that no work is taken over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

LONGEST = 10
"""Leases after which work that never ends is given up."""
SAFE = 0.8
"""Of a lease, how much may pass without a renewal."""


@asynccontextmanager
async def held(renew: Callable[[], Awaitable[bool]], lease: timedelta) -> AsyncIterator[None]:
    """Renew a lease every third of its length; TimeoutError when it is lost or the work takes ten times as long.

    A process that is killed renews nothing, and another takes over when the lease has run out.
    """
    loop, length = asyncio.get_running_loop(), lease.total_seconds()
    async with asyncio.timeout(LONGEST * length) as limit:
        keeper = asyncio.create_task(_keep(renew, length, loop.time(), limit))
        try:
            yield
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper


async def _keep(renew: Callable[[], Awaitable[bool]], length: float, taken: float, limit: asyncio.Timeout) -> None:
    """Ends the work well before the lease does when it cannot be renewed, for then another may take the row over."""
    loop = asyncio.get_running_loop()
    pause = length / 3
    while loop.time() < taken + length * SAFE:
        await asyncio.sleep(pause)
        began = loop.time()
        try:
            async with asyncio.timeout_at(taken + length * SAFE):
                is_ours = await renew()
        except Exception:  # the database is away: it may be back in a moment
            pause = length / 10
            continue
        if not is_ours:
            break
        taken, pause = began, length / 3
    if not limit.expired():  # that it is over anyway is already being told
        limit.reschedule(loop.time())
