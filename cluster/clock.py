"""The only source of time. Everything that needs the hour is handed a clock.

Two readings, because a rehearsal moves the calendar: ``now`` is the calendar that rules and people live by; ``wall``
is the time that really passes, for leases and pauses, and no rehearsal moves it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class Clock(Protocol):
    """What everything else may ask of time."""

    def now(self) -> datetime:
        """The calendar moment, aware, in UTC."""

    def wall(self) -> datetime:
        """The moment that really passes, aware, in UTC."""

    def on_jump(self, wake: Callable[[], None]) -> None:
        """Ask to be told when the calendar is moved by hand."""


class SystemClock:
    """The machine's own clock; calendar and wall agree and nobody moves it."""

    def now(self) -> datetime:
        """The machine's moment."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that asks the machine

    wall = now

    def on_jump(self, wake: Callable[[], None]) -> None:
        """Nothing to tell: nobody moves this clock."""


class MovableClock(SystemClock):
    """A calendar that can be moved, for rehearsals and tests. Stands still when ``stopped``."""

    def __init__(self, start: datetime, *, stopped: bool = False) -> None:
        self._base = start.astimezone(UTC)
        self._since = None if stopped else super().now()
        self._wakers: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The moved calendar."""
        return self._base if self._since is None else self._base + (self.wall() - self._since)

    def wall(self) -> datetime:
        """The machine's own moment."""
        return super().now()

    def move_to(self, moment: datetime) -> None:
        """Set the calendar and wake whoever waits for it."""
        self._base = moment.astimezone(UTC)
        if self._since is not None:
            self._since = self.wall()
        for wake in self._wakers:
            wake()

    def run(self) -> None:
        """Let a stopped calendar go on from where it stands."""
        self._base, self._since = self.now(), self.wall()

    def forward(self, step: timedelta) -> None:
        """Move the calendar by a step."""
        self.move_to(self.now() + step)

    def on_jump(self, wake: Callable[[], None]) -> None:
        """Remember whom to wake."""
        self._wakers.append(wake)


def local(moment: datetime) -> datetime:
    """The moment as the clock on a Danish wall shows it."""
    return moment.astimezone(COPENHAGEN)
