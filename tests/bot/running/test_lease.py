"""A lease is renewed while the work goes on, and the work ends when the lease is lost."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest

from bot.running.lease import held, require_held

LEASE = timedelta(seconds=0.3)


def now() -> float:
    return asyncio.get_running_loop().time()


class Renewals:
    """Counts, and answers as told."""

    def __init__(self, *, lost_after: int | None = None, broken: bool = False) -> None:
        self.count = 0
        self._lost_after = lost_after
        self._broken = broken
        self.fifth = asyncio.Event()

    async def __call__(self) -> bool:
        self.count += 1
        if self.count == 5:
            self.fifth.set()
        if self._broken:
            raise OSError("the database is away")
        return self._lost_after is None or self.count <= self._lost_after


async def test_long_work_is_held_by_renewals() -> None:
    renewals = Renewals()
    async with held(renewals, LEASE, now()):
        await renewals.fifth.wait()  # the test's own time limit ends it if nobody renews
    assert renewals.count == 5


async def test_short_work_renews_nothing() -> None:
    renewals = Renewals()
    async with held(renewals, LEASE, now()):
        await asyncio.sleep(0)
    assert renewals.count == 0


async def test_no_word_is_said_when_the_lease_went_by_while_we_stood_still() -> None:
    async with held(Renewals(), LEASE, now()):
        require_held()
        time.sleep(LEASE.total_seconds())  # noqa: ASYNC251 - the process stands still, and renews nothing
        with pytest.raises(TimeoutError):
            require_held()


async def test_lease_counts_from_when_it_was_taken() -> None:
    async with held(Renewals(), LEASE, now() - 1):
        with pytest.raises(TimeoutError):
            require_held()


async def test_work_ends_when_the_row_is_no_longer_ours() -> None:
    with pytest.raises(TimeoutError):
        async with held(Renewals(lost_after=1), LEASE, now()):
            await asyncio.Event().wait()


async def test_work_ends_before_the_lease_does_when_the_database_is_away() -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    with pytest.raises(TimeoutError):
        async with held(Renewals(broken=True), LEASE, now()):
            await asyncio.Event().wait()
    assert loop.time() - began < LEASE.total_seconds()


async def test_error_of_the_work_comes_out_as_it_is() -> None:
    with pytest.raises(ValueError, match="mine"):
        async with held(Renewals(), LEASE, now()):
            raise ValueError("mine")
