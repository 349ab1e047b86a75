"""A loop whose time leaps over waiting: work takes the time it takes, an allowance that refills in a minute is there at
once. So the real program meets Slack's real limits without anybody sitting through them.

Nothing is skipped while something may still arrive: the loop leaps only after nothing came for a moment and when no
thread of this process (a database writing, say) is at work; and never far at once.
"""

import asyncio
import selectors
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

GRACE, FARTHEST = 0.002, 0.5
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    leap: Callable[[float], None]

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None or timeout <= GRACE:
            return super().select(timeout)
        events = super().select(GRACE)
        if not events and not somebody_works():
            self.leap(min(timeout, FARTHEST) - GRACE)
        return events


def somebody_works() -> bool:
    """Whether another thread of this process runs or waits for the disk; waiting to be given work doesn't count."""
    own = str(threading.get_native_id())
    for thread in Path("/proc/self/task").iterdir():
        if thread.name != own and (thread / "stat").read_text().rpartition(")")[2].split()[0] in "RD":
            return True
    return False


class LeapingLoop(asyncio.SelectorEventLoop):
    """``time()`` is real time and all that was leapt over. ``on_leap`` hears of every leap."""

    def __init__(self) -> None:
        selector = _Selector()
        selector.leap = self._leap
        self.skipped = 0.0
        self.on_leap: list[Callable[[float], None]] = []
        super().__init__(selector)

    def time(self) -> float:
        return time.monotonic() + self.skipped

    def _leap(self, seconds: float) -> None:
        self.skipped += seconds
        for told in self.on_leap:
            told(seconds)


class LoopClock:
    """Calendar and wall as the loop's time has them."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._began = loop.time()

    def now(self) -> datetime:
        return START + timedelta(seconds=self._loop.time() - self._began)

    wall = now

    def on_jump(self, wake: Callable[[], None]) -> None:
        """Nobody moves it by hand."""


def run(main: Callable[[], Any]) -> Any:
    """The result of a coroutine, in a loop that leaps."""
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(main())
