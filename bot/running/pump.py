"""A worker loop: claims rows that wait, works several at once, sleeps until woken, and stops without dropping any."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

import structlog


class Numbered(Protocol):
    """A row, known by its number."""

    @property
    def id(self) -> Any:
        """The number."""


Row = TypeVar("Row", bound=Numbered)
log = structlog.get_logger()

PAUSE_AFTER_TROUBLE = 1.0
MOST_LOST = 8
"""How often in a row whoever takes a row may never be heard of again before it is given up, for the sake of others."""
LOST = "its process was never heard of again"


class Pump(Generic[Row]):
    """``claim(n, only_quick)`` gives at most n rows to work; ``work(row, taken)`` works one that was claimed at the
    loop's time ``taken``, and raises nothing it can help.

    Of the places ``at_once``, some are ``kept_free`` for rows that are quick, so that nobody who waits for an answer
    waits for a chart that somebody else will look at tomorrow.
    """

    def __init__(
        self,
        name: str,
        claim: Callable[[int, bool], Awaitable[Sequence[Row]]],
        work: Callable[[Row, float], Coroutine[Any, Any, None]],
        *,
        is_quick: Callable[[Row], bool],
        at_once: int,
        kept_free: int,
    ) -> None:
        self._name = name
        self._claim = claim
        self._work = work
        self._is_quick = is_quick
        self._at_once = at_once
        self._for_slow = at_once - kept_free
        self._wanted = asyncio.Event()
        self._stopping = False
        self._working: set[asyncio.Task[None]] = set()
        self._in_hand: set[int] = set()
        self._slow: set[asyncio.Task[None]] = set()
        self._looking = False
        self._loop: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being worked or about to be looked for."""
        return bool(self._working) or self._looking or self._wanted.is_set()

    def wake(self) -> None:
        """There may be something to do."""
        self._wanted.set()

    def wake_in(self, pause: timedelta) -> None:
        """There will be something to do: what was put off need not wait for a tick."""
        asyncio.get_running_loop().call_later(pause.total_seconds(), self.wake)

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
        await asyncio.gather(*self._working, return_exceptions=True)

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
        for_slow = min(free, self._for_slow - len(self._slow))
        wanted = for_slow if for_slow > 0 else free
        taken = asyncio.get_running_loop().time()
        rows = await self._claim(wanted, for_slow <= 0)
        for row in rows:
            if row.id in self._in_hand:  # the machine's clock was put ahead, and our own lease seems to be over
                continue
            self._in_hand.add(row.id)
            task = asyncio.create_task(self._work(row, taken), name=f"{self._name}.work")
            self._working.add(task)
            if not self._is_quick(row):
                self._slow.add(task)
            task.add_done_callback(partial(self._done, row.id))
        if len(rows) == wanted:
            self.wake()

    def _done(self, row_id: int, task: asyncio.Task[None]) -> None:
        self._in_hand.discard(row_id)
        self._working.discard(task)
        self._slow.discard(task)
        self.wake()
        if not task.cancelled() and (error := task.exception()):
            log.error("work.failed", pump=self._name, error=type(error).__name__)
