"""Holding a row while it is worked on: the lease is renewed as long as we live, so that no work is taken over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

LONGEST = 10
"""Leases after which work that never ends is given up."""
SAFE = 0.8
"""Of a lease, how much may pass without a renewal."""


@dataclass
class Hold:
    """A lease that is being held."""

    until: float
    """The loop's time after which somebody else may have taken over."""


_holding: ContextVar[Hold | None] = ContextVar("holding", default=None)


@asynccontextmanager
async def held(renew: Callable[[], Awaitable[bool]], lease: timedelta, taken: float) -> AsyncIterator[None]:
    """Renew a lease every third of its length; TimeoutError when it is lost or the work takes ten times as long.

    ``taken`` is the loop's time when the lease began. A process that is killed renews nothing, and another takes over
    when the lease has run out.
    """
    length = lease.total_seconds()
    hold = Hold(taken + length * SAFE)
    before = _holding.set(hold)
    try:
        async with asyncio.timeout(LONGEST * length) as limit:
            keeper = asyncio.create_task(_keep(renew, length, hold, limit))
            try:
                yield
            finally:
                keeper.cancel()
                with suppress(asyncio.CancelledError):
                    await keeper
    finally:
        _holding.reset(before)


def require_held() -> None:
    """TimeoutError when the lease may be over by now.

    Asked right before a word that cannot be taken back: a process that stood still for a while does not notice by
    itself that another has taken over.
    """
    hold = _holding.get()
    if hold is not None and asyncio.get_running_loop().time() >= hold.until:
        raise TimeoutError("the lease is over")


async def _keep(renew: Callable[[], Awaitable[bool]], length: float, hold: Hold, limit: asyncio.Timeout) -> None:
    """Ends the work well before the lease does when it cannot be renewed, for then another may take the row over."""
    loop = asyncio.get_running_loop()
    pause = length / 3
    while loop.time() < hold.until:
        await asyncio.sleep(pause)
        began = loop.time()
        try:
            async with asyncio.timeout_at(hold.until):
                is_ours = await renew()
        except Exception:  # the database is away: it may be back in a moment
            pause = length / 10
            continue
        if not is_ours:
            break
        hold.until, pause = began + length * SAFE, length / 3
    if not limit.expired():  # that it is over anyway is already being told
        limit.reschedule(loop.time())
