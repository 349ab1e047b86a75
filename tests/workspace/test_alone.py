"""The stand-in by itself: `python -m workspace`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import aiohttp

from workspace import Desk

ROOT = Path(__file__).parents[2]


async def test_stand_in_runs_alone_and_tells_how_to_connect(closed_port: int) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "workspace", "--port", str(closed_port)), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        told = dict([(await process.stdout.readline()).decode().strip().split(": ", 1) for _ in range(5)])
        assert list(told) == ["page", "api", "bot", "app", "signing"]
        async with Desk(told["page"]) as desk, aiohttp.ClientSession() as session:
            names = [person["display_name"] for person in await desk.people()]
            headers = {"Authorization": f"Bearer {told['bot']}"}
            async with session.get(f"{told['api']}auth.test", headers=headers) as answer:
                assert (await answer.json())["ok"] is True
    finally:
        process.terminate()
        await process.wait()
    assert names == ["Klyngebot", "Anne Holm", "Bo Lindberg", "Cecilie Friis"]
