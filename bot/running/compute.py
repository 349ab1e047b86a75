"""Heavy, pure work (charts, workbooks) in processes of its own, so that the conversation never waits for it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any

import structlog

from bot.metrics import Metrics
from measures.reading.limits import GIVES_WAY
from measures.shares import Shares

log = structlog.get_logger()

TASKS_PER_PROCESS = 500
"""A process is replaced after that many tasks, which keeps small leaks of drawing libraries small.

By us, pool and all: a pool told ``max_tasks_per_child`` may believe that the process which has just left is idle, and
leaves what waits in its queue to nobody (Python 3.11).
"""
LONGEST = 120
"""Seconds after which work that never ends takes its process with it, so that nobody else's waits behind it."""


def settle_in() -> None:
    """Runs first in each process of the pool: lets the conversation go before, and ends with the program.

    Whoever is killed would otherwise leave a process that waits for work for ever. A Ctrl-C in the terminal reaches the
    whole family; the program itself ends its processes in good order.
    """
    os.nice(GIVES_WAY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def limited(seconds: int, work: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """The result of ``work(*args)``, in a process of the pool; which ends when it takes too long."""
    signal.alarm(seconds)
    try:
        return work(*args)
    finally:
        signal.alarm(0)


class Compute:
    """A small pool, started at the first need and replaced when a process dies; shared fairly between clusters."""

    def __init__(self, workers: int = 1, *, longest: int = LONGEST, metrics: Metrics | None = None) -> None:
        self._workers = workers
        self._shares = Shares(workers)
        self._longest = longest
        self._metrics = metrics
        self._pool: ProcessPoolExecutor | None = None
        self._taken = 0

    async def __call__(self, work: Callable[..., Any], /, *args: Any) -> Any:
        """The result of ``work(*args)``. Tried once more when the process died; then the caller hears of it.

        Work that takes too long counts as a death.
        """
        async with self._shares.turn():
            return await self._do(work, args)

    async def _do(self, work: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        pool = self._ready()
        try:
            return await self._in(pool, work, args)
        except BrokenProcessPool:
            log.warning("compute.restarted", work=work.__qualname__)
            if self._metrics is not None:
                self._metrics.restarted()
            if self._pool is pool:  # several may notice; the first replaces it for all
                self._pool = None
            return await self._in(self._ready(), work, args)

    def _ready(self) -> ProcessPoolExecutor:
        if self._pool is not None and self._taken >= TASKS_PER_PROCESS * self._workers:
            self._pool.shutdown(wait=False)  # goes when it has done what it was given
            self._pool = None
        if self._pool is None:
            self._taken = 0
            self._pool = ProcessPoolExecutor(
                self._workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=settle_in,
            )
        self._taken += 1
        return self._pool

    async def _in(self, pool: ProcessPoolExecutor, work: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(pool, limited, self._longest, work, args)

    async def close(self) -> None:
        """Let the processes finish and go."""
        if self._pool is not None:
            pool, self._pool = self._pool, None
            await asyncio.to_thread(pool.shutdown, cancel_futures=True)
