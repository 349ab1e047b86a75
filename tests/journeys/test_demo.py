"""`klynge demo` by hand: the page is there at once, another port is taken when it must, a story is told that can begin
anew, and Ctrl-C ends it."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

ROOT = Path(__file__).resolve().parents[2]
CHANNEL = "klynge-vestfjord"


@pytest.mark.timeout(240)
async def test_demo_opens_empty_tells_what_to_try_begins_anew_and_ends_when_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "bot.cli", "demo", "--begin", "empty", "--port", str(port)]
        pipe = asyncio.subprocess.PIPE
        demo = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=pipe, stderr=pipe)
        assert demo.stdout is not None
        first = (await demo.stdout.readline()).decode()
        assert first == f"Port {port} er optaget på denne maskine, så siden får en anden.\n"
        url = await _address(demo.stdout)
        async with aiohttp.ClientSession(f"{url}/") as session:
            async with session.get("") as page:
                assert (page.status, "Øvelses-Slack" in await page.text()) == (200, True)
            story = await _ready(session, 1)
            mette = story["start"].split("/")[1]
            people = (await _get(session, "desk/people"))["people"]
            names = [each["real_name"] for each in people if not each["is_bot"]]
            assert (names[0], len(names)) == ("Mette Lindholm", 24)
            await _invites_the_bot(session, mette, next(each["id"] for each in people if each["is_bot"]))
            assert (await session.post("desk/story", json={"deed": "begin:empty"})).status == 200
            story = await _ready(session, 2)
            assert ([step["done"] for step in story["steps"]], story["start"].split("/")[1]) == ([False] * 10, mette)
        demo.send_signal(signal.SIGINT)
        said, complaints = await demo.communicate()
        assert (demo.returncode, complaints.decode()) == (0, "")
        assert said.decode().splitlines()[-1] == "Farvel – alt fra øvelsen er væk igen."


async def _invites_the_bot(session: aiohttp.ClientSession, who: str, bot: str) -> None:
    """The first step is done, the next one waits, and a coordinator is known by name, role and what is owed."""
    state = await _get(session, "desk/state", {"as": who})
    channel = next(each["id"] for each in state["channels"] if each["name"] == CHANNEL)
    await session.post("desk/join", json={"channel": channel, "user": bot, "inviter": who})
    for _ in range(200):
        story = (await _get(session, "desk/story", {"as": who}))["story"]
        if story["steps"][0]["done"]:
            break
        await asyncio.sleep(0.05)
    assert [step["name"] for step in story["steps"] if step["done"]] == ["invite"]
    assert story["people"][who]["about"] == "koordinator"
    assert story["news"][0] == "Mette Lindholm blev koordinator"
    assert [jump["deed"] for jump in story["jumps"]] == ["jump:morning"]


async def _ready(session: aiohttp.ClientSession, run: int) -> dict[str, Any]:
    while True:
        story = (await _get(session, "desk/story"))["story"]
        if story and story["run"] == run and story["preparing"] is None:
            return dict(story)
        await asyncio.sleep(0.1)


async def _get(session: aiohttp.ClientSession, path: str, query: dict[str, str] | None = None) -> dict[str, Any]:
    async with session.get(path, params=query or {}) as answer:
        return dict(await answer.json())


async def _address(lines: asyncio.StreamReader) -> str:
    while line := (await lines.readline()).decode():
        if found := re.search(r"http://[\d.]+:\d+", line):
            return found[0]
    raise AssertionError("the demo ended before it had an address")
