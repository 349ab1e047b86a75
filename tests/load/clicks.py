"""Clicks that come when they come, whether the earlier ones have been answered or not."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.bench.row import percentile
from tests.load.hall import Hall

CONNECTIONS = 40
SAMPLES = 40
PATIENCE = 900.0


@dataclass(frozen=True)
class Load:
    """What a load of clicks did."""

    clicks: int
    seconds: float
    refused: int
    """Clicks that were not acknowledged with 200."""
    p50: float
    p99: float
    longest: float
    """Seconds from the moment a click was due to its acknowledgement."""
    behind: float
    """Seconds from the last click to the last one's work being done."""
    grown: float
    """MiB, from the first quarter of the load to its last."""
    memory: float
    locked: int
    unanswered: int
    """People who clicked and whose answer is not in the database."""
    lost: int
    """Clicks that were acknowledged and are not done."""


async def load(hall: Hall, clicks: int, seconds: float) -> Load:
    """That many clicks, evenly over that many seconds, and all the work that they cause."""
    async with _doors(hall) as doors:
        taken: list[float] = []
        refused = 0
        began = time.perf_counter()

        async def press(number: int) -> None:
            nonlocal refused
            due = began + seconds * number / clicks
            reader, writer = await doors.get()
            writer.write(hall.click(number))
            head = await reader.readuntil(b"\r\n\r\n")
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]
            await reader.readexactly(int(length or 0))
            taken.append(time.perf_counter() - due)
            refused += not head.startswith(b"HTTP/1.1 200")
            doors.put_nowait((reader, writer))

        memory, pressing = [], []
        for number in range(clicks):
            if number % max(1, clicks // SAMPLES) == 0:
                memory.append(hall.memory())
            await asyncio.sleep(max(0.0, began + seconds * number / clicks - time.perf_counter()))
            pressing.append(asyncio.create_task(press(number)))
        await asyncio.gather(*pressing)
    behind = await _worked_off(hall)
    memory.append(hall.memory())
    people = len({hall.invited[number % len(hall.invited)] for number in range(clicks)})
    quarter = max(1, len(memory) // 4)
    return Load(
        clicks,
        seconds,
        refused,
        percentile(taken, 0.5),
        percentile(taken, 0.99),
        max(taken),
        behind,
        sum(memory[-quarter:]) / quarter - sum(memory[quarter : 2 * quarter]) / quarter,
        memory[-1],
        hall.locked(),
        people - await hall.answered(),
        clicks - refused - await hall.count("done"),
    )


async def _worked_off(hall: Hall) -> float:
    began = time.perf_counter()
    left = await hall.count("waiting")
    while left and time.perf_counter() - began < PATIENCE:
        await asyncio.sleep(0.2)
        left = await hall.count("waiting")
    return time.perf_counter() - began


Door = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def _doors(hall: Hall) -> AsyncIterator[asyncio.Queue[Door]]:
    """Connections that stay open, as Slack's do."""
    doors: asyncio.Queue[Door] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        doors.put_nowait(await asyncio.open_connection(hall.host, hall.port))
    yield doors
    while not doors.empty():
        doors.get_nowait()[1].close()
