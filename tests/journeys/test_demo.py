"""`klynge demo` by hand: the page is there, another port is taken when it must, and Ctrl-C ends it."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(240)
async def test_demo_takes_another_port_shows_its_page_and_ends_when_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "bot.cli", "demo", "--port", str(port)]
        pipe = asyncio.subprocess.PIPE
        demo = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=pipe, stderr=pipe)
        assert demo.stdout is not None
        first = (await demo.stdout.readline()).decode()
        assert first == f"Port {port} er optaget på denne maskine, så siden får en anden.\n"
        url = await _address(demo.stdout)
        async with aiohttp.ClientSession() as session, session.get(url) as page:
            assert (page.status, "Øvelses-Slack" in await page.text()) == (200, True)
        async with aiohttp.ClientSession() as session, session.get(f"{url}/desk/people") as answer:
            people = [each["real_name"] for each in (await answer.json())["people"] if not each["is_bot"]]
        assert (people[0], len(people)) == ("Mette Lindholm", 24)
        demo.send_signal(signal.SIGINT)
        said, complaints = await demo.communicate()
        assert (demo.returncode, complaints.decode()) == (0, "")
        assert said.decode().splitlines()[-1] == "Farvel – alt fra øvelsen er væk igen."


async def _address(lines: asyncio.StreamReader) -> str:
    while line := (await lines.readline()).decode():
        if found := re.search(r"http://[\d.]+:\d+", line):
            return found[0]
    raise AssertionError("the demo ended before it had an address")
