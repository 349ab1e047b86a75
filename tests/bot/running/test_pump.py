"""The worker loop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.running.pump import Pump


@dataclass(frozen=True)
class Row:
    """Something to work."""

    id: int


async def test_row_in_hand_is_not_begun_again() -> None:
    begun: list[int] = []
    offers = [[1], [1, 2], [1, 3]]
    go_on = asyncio.Event()

    async def claim(_count: int, _only_quick: bool) -> Sequence[Row]:
        return [Row(number) for number in (offers.pop(0) if offers else [])]

    async def work(row: Row, _taken: float) -> None:
        begun.append(row.id)
        if row.id == 1:
            await go_on.wait()

    pump: Pump[Row] = Pump("test", claim, work, is_quick=bool, at_once=8, kept_free=0)
    pump.start()
    async with asyncio.timeout(5):
        while 3 not in begun:
            pump.wake()
            await asyncio.sleep(0)
        go_on.set()
        await pump.stop()
    assert begun == [1, 2, 3]
