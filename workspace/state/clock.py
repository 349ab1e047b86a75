"""Two kinds of time.

`WorkspaceClock` is the story's time: people may move it, and what expires by the calendar follows it (triggers,
response URLs, scheduled messages, timestamps). `Pace` is waiting time: the 3 seconds to acknowledge, the gaps between
redeliveries and the rate windows. Moving the story never touches the pace; a test that wants it to move says `skip`.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MORNING = 8


class Clock(Protocol):
    """Anything that tells the time, aware of its zone."""

    def now(self) -> datetime: ...


@runtime_checkable
class SettableClock(Clock, Protocol):
    """A clock that can be moved to a moment."""

    def move_to(self, moment: datetime) -> None: ...


def real_now() -> datetime:
    """The machine's time, read in this one place."""
    return datetime.fromtimestamp(time.time(), UTC)  # noqa: TID251 - the stand-in's only look at the wall clock


class WorkspaceClock:
    """The story's time: runs with the machine's clock (or stands still), from where it was put last."""

    def __init__(self, start: datetime | None = None, *, ticking: bool = True) -> None:
        self._ticking = ticking
        self._since = time.monotonic()
        self._base = (start or real_now()).astimezone(UTC)

    def now(self) -> datetime:
        if not self._ticking:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._since)

    def move_to(self, moment: datetime) -> None:
        self._base, self._since = moment.astimezone(UTC), time.monotonic()


class BorrowedClock:
    """Makes a clock that only tells the time movable, by an offset of our own."""

    def __init__(self, lent: Clock) -> None:
        self._lent = lent
        self._offset = timedelta()

    def now(self) -> datetime:
        return self._lent.now() + self._offset

    def move_to(self, moment: datetime) -> None:
        self._offset = moment - self._lent.now()


def settable(clock: Clock | None) -> SettableClock:
    """The given clock if it can be moved, else one around it that can."""
    if clock is None:
        return WorkspaceClock()
    return clock if isinstance(clock, SettableClock) else BorrowedClock(clock)


def next_morning(moment: datetime) -> datetime:
    """08:00 in Copenhagen on the next Monday to Friday after `moment` (public holidays are the bot's business)."""
    day = moment.astimezone(COPENHAGEN).date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, MORNING, tzinfo=COPENHAGEN)


class Pace:
    """Waiting time in seconds since some start: monotonic, deaf to the story clock, skippable by a test."""

    def __init__(self) -> None:
        self._skipped = 0.0
        self._stopped_at: float | None = None
        self._sleepers: set[asyncio.Future[None]] = set()

    @property
    def waiting(self) -> int:
        """How many wait for something just now."""
        return len(self._sleepers)

    def now(self) -> float:
        running = time.monotonic() if self._stopped_at is None else self._stopped_at
        return running + self._skipped

    def stop(self) -> None:
        """Stand still: from now on only `skip` lets waiting time pass, so that a test counts exactly."""
        self._stopped_at = time.monotonic()

    def skip(self, seconds: float) -> None:
        """Let `seconds` have passed at once; everyone who waits looks again."""
        self._skipped += seconds
        for sleeper in list(self._sleepers):
            if not sleeper.done():
                sleeper.set_result(None)

    async def within(self, awaited: asyncio.Future[Any], seconds: float | None) -> bool:
        """Wait for a future at most `seconds` (None: for ever); true when it is done. The future is not cancelled."""
        deadline = None if seconds is None else self.now() + seconds
        while not awaited.done():
            left = None if deadline is None else deadline - self.now()
            if left is not None and left <= 0:
                return False
            if self._stopped_at is not None:
                left = None  # only a skip can end this wait
            sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._sleepers.add(sleeper)
            try:
                await asyncio.wait({awaited, sleeper}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._sleepers.discard(sleeper)
                sleeper.cancel()
        return True

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds` of pace."""
        if seconds > 0:
            await self.within(asyncio.get_running_loop().create_future(), seconds)
