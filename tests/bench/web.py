"""What our door costs: signature, Bolt, our table, the answer; against aiohttp that reads and answers nothing.

Throughput is compared by the server's own processor time for a request, which neither the asking program nor other
people's programs on the machine disturb; waiting times are those that the asking side sees.
"""

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.bench.row import Row, percentile
from workspace import Workspace
from workspace.delivery.signed import FORM_TYPE, SignedPosts

MANY, ROUNDS, REQUESTS, ALONE = 64, 3, 1500, 200
PERSON = {"team_id": "T0BENCH", "user_id": "U0BENCH", "channel_id": "D0BENCH"}
COMMAND = urlencode({"command": "/klynge", "text": "help", "trigger_id": "1.2.bench", **PERSON})
ACTION = urlencode(
    {
        "payload": json.dumps(
            {
                "type": "block_actions",
                "trigger_id": "1.2.bench",
                "team": {"id": "T0BENCH"},
                "user": {"id": "U0BENCH", "team_id": "T0BENCH"},
                "channel": {"id": "D0BENCH"},
                "actions": [{"action_id": "nobody.listens", "action_ts": "1.0", "type": "button", "value": "1"}],
            }
        )
    }
)
"""A press on a button that no feature knows: all of the door, and nothing behind it."""


@dataclass
class Server:
    """A server in a process of its own, and what is sent to it."""

    process: asyncio.subprocess.Process
    host: str
    port: int
    request: bytes

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def ask(self, requests: int, connections: int) -> list[float]:
        """The time that each of that many requests took."""
        taken: list[float] = []

        async def person() -> None:
            reader, writer = await asyncio.open_connection(self.host, self.port)
            for _ in range(requests // connections):
                began = time.perf_counter()
                writer.write(self.request)
                head = await reader.readuntil(b"\r\n\r\n")
                assert head.startswith(b"HTTP/1.1 200"), head
                length = head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]
                await reader.readexactly(int(length))
                taken.append(time.perf_counter() - began)
            writer.close()

        await asyncio.gather(*(person() for _ in range(connections)))
        return taken


@asynccontextmanager
async def server(which: str, body: str) -> AsyncIterator[Server]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.server", which, stdin=pipe, stdout=pipe
    )
    assert process.stdout is not None
    assert process.stdin is not None
    told = json.loads(await process.stdout.readline())
    headers = SignedPosts(Workspace()).headers(body.encode(), FORM_TYPE, secret=told["secret"])
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    place = urlsplit(told["url"])
    request = f"POST /slack/events HTTP/1.1\r\nhost: bench\r\ncontent-length: {len(body)}\r\n{head}\r\n{body}"
    yield Server(process, str(place.hostname), int(place.port or 0), request.encode())
    process.stdin.close()
    await process.wait()


@dataclass(frozen=True)
class Told:
    """Medians over the rounds, in seconds."""

    work: float
    p99: float
    alone: float


async def compared(ways: dict[str, tuple[str, str]]) -> dict[str, Told]:
    """Each way (server, body) asked in turn, so that a noisy minute meets all of them."""
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in ways}
    async with AsyncExitStack() as stack:
        servers = {name: await stack.enter_async_context(server(*way)) for name, way in ways.items()}
        for asked in servers.values():
            await asked.ask(MANY * 4, MANY)
        for _ in range(ROUNDS):
            for name, asked in servers.items():
                before = asked.cpu()
                p99 = percentile(await asked.ask(REQUESTS, MANY), 0.99)
                work = (asked.cpu() - before) / (REQUESTS // MANY * MANY)
                found[name].append((work, p99, statistics.median(await asked.ask(ALONE, 1))))
    return {name: Told(*map(statistics.median, zip(*rounds, strict=True))) for name, rounds in found.items()}


async def rows() -> list[Row]:
    told = await compared(
        {"bare": ("bare", ACTION), "one": ("one", ACTION), "all": ("all", ACTION), "command": ("all", COMMAND)}
    )
    bare, one, ours, command = told["bare"], told["one"], told["all"], told["command"]

    def row(name: str, own: float, other: float, most: float | None) -> Row:
        figure = f"{own / other:.1f} × ({own * 1000:.2f} ms)"
        return Row(name, figure, f"≤ {most:g} ×" if most else "no mark", most is None or own / other <= most)

    return [
        row("signed request, 64 connections: work against bare aiohttp", ours.work, bare.work, 5),
        row("the same: p99", ours.p99, bare.p99, 5),
        row("the same, one connection: p50", ours.alone, bare.alone, 5),
        row("all our listeners against one: work", ours.work, one.work, 1.2),
        row("/klynge help with its look at the database: work", command.work, bare.work, None),
        row("the same, one connection: p50", command.alone, bare.alone, None),
    ]
