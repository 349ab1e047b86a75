"""The places of a pump: heavy work never takes the last ones."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.running.pump import Pump

QUICK, SLOW = "quick", "slow"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Row:
    """Something to work."""

    kind: str
    id: int = field(default_factory=lambda: next(_numbers))


class Box:
    """Rows that wait, and those that are being worked until they are let go."""

    def __init__(self, *kinds: str, kept_free: int) -> None:
        self.rows = [Row(kind) for kind in kinds]
        self.asked: list[tuple[int, bool]] = []
        self.working: list[str] = []
        self.let_go = asyncio.Event()
        self.pump: Pump[Row] = Pump(
            "box", self._claim, self._work, is_quick=lambda row: row.kind == QUICK, at_once=4, kept_free=kept_free
        )

    async def calm(self) -> list[str]:
        """What is being worked when the pump has taken all it takes."""
        before = -1
        while before != len(self.asked):
            before = len(self.asked)
            for _ in range(10):
                await asyncio.sleep(0)
        return sorted(self.working)

    async def end(self) -> None:
        """Let everything be done."""
        self.let_go.set()
        await self.pump.stop()

    async def _claim(self, count: int, only_quick: bool) -> Sequence[Row]:
        self.asked.append((count, only_quick))
        fitting = [row for row in self.rows if row.kind == QUICK or not only_quick][:count]
        for row in fitting:
            self.rows.remove(row)
        return fitting

    async def _work(self, row: Row, _taken: float) -> None:
        self.working.append(row.kind)
        await self.let_go.wait()
        self.working.remove(row.kind)


async def test_heavy_rows_leave_places_for_what_is_quick() -> None:
    box = Box(*[SLOW] * 5, kept_free=2)
    box.pump.start()
    assert await box.calm() == [SLOW, SLOW]
    box.rows.insert(0, Row(QUICK))
    box.pump.wake()
    assert await box.calm() == [QUICK, SLOW, SLOW]
    await box.end()


async def test_quick_rows_may_have_every_place() -> None:
    box = Box(*[QUICK] * 5, kept_free=2)
    box.pump.start()
    assert await box.calm() == [QUICK] * 4
    await box.end()


async def test_pump_that_keeps_all_places_free_never_takes_what_is_heavy() -> None:
    box = Box(SLOW, QUICK, SLOW, kept_free=4)
    box.pump.start()
    assert await box.calm() == [QUICK]
    await box.end()
    assert {only_quick for _, only_quick in box.asked} == {True}


async def test_place_that_becomes_free_is_taken_by_the_next() -> None:
    box = Box(*[SLOW] * 3, kept_free=2)
    box.pump.start()
    await box.calm()
    box.let_go.set()
    assert (await box.calm(), box.rows) == ([], [])
    await box.end()
