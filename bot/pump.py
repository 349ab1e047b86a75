"""A worker loop: claims rows that wait, works several at once, sleeps until woken, and stops without dropping any."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Generic, TypeVar

import structlog

Row = TypeVar("Row")
log = structlog.get_logger()

PAUSE_AFTER_TROUBLE = 1.0


class Pump(Generic[Row]):
    """``claim(n)`` gives at most n rows to work; ``work(row)`` works one and raises nothing it can help."""

    def __init__(
        self,
        name: str,
        claim: Callable[[int], Awaitable[Sequence[Row]]],
        work: Callable[[Row], Coroutine[Any, Any, None]],
        *,
        at_once: int,
    ) -> None:
        self._name = name
        self._claim = claim
        self._work = work
        self._at_once = at_once
        self._wanted = asyncio.Event()
        self._stopping = False
        self._working: set[asyncio.Task[None]] = set()
        self._looking = False
        self._loop: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being worked or about to be looked for."""
        return bool(self._working) or self._looking or self._wanted.is_set()

    def wake(self) -> None:
        """There may be something to do."""
        self._wanted.set()

    def start(self) -> None:
        """Begin, with a first look at what an earlier process left."""
        self._loop = asyncio.create_task(self._run(), name=self._name)
        self.wake()

    async def stop(self) -> None:
        """Claim nothing more and finish what is in hand."""
        self._stopping = True
        self.wake()
        if self._loop is not None:
            await self._loop
        await asyncio.gather(*self._working)

    async def _run(self) -> None:
        while not self._stopping:
            await self._wanted.wait()
            self._looking = True
            self._wanted.clear()
            try:
                await self._take()
            except Exception as error:
                log.error("claim.failed", pump=self._name, error=type(error).__name__)
                await asyncio.sleep(PAUSE_AFTER_TROUBLE)
                self.wake()
            finally:
                self._looking = False

    async def _take(self) -> None:
        free = self._at_once - len(self._working)
        if free <= 0 or self._stopping:
            return
        for row in await self._claim(free):
            task = asyncio.create_task(self._work(row), name=f"{self._name}.work")
            self._working.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        self.wake()
        if not task.cancelled() and (error := task.exception()):
            log.error("work.failed", pump=self._name, error=type(error).__name__)
