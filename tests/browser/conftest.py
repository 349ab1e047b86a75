"""A real Chromium and a walker for it; without a browser the tests say so and are skipped."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from workspace import Desk, Workspace, WorkspaceClock

HERE = Path(__file__).parent
T0 = datetime(2026, 5, 4, 13, 6, tzinfo=UTC)
NAMES = ("chromium", "chromium-browser", "google-chrome")
LISTENS = "DevTools listening on "
FLAGS = (
    "--headless=new",
    "--hide-scrollbars",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """The browser on this machine, or None."""
    return next((found for name in NAMES if (found := shutil.which(name) or shutil.which(f"/usr/bin/{name}"))), None)


def _module(file: str) -> ModuleType:
    """A module beside this file: tests are no packages, so it is loaded by its place."""
    name = f"browser_{file}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE / f"{file}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; skips when there is none."""
    found = find_chromium()
    if found is None:
        pytest.skip(f"no browser found (looked for {', '.join(NAMES)}): the page is not walked")
    return found


@pytest.fixture(scope="session")
def running(chromium: str) -> Iterator[str]:
    """Where one Chromium listens, for all tests: each has pages of its own in it, which know nothing of the others."""
    with tempfile.TemporaryDirectory(prefix="klynge-chromium-") as folder:
        command = [chromium, *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"]
        started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert started.stderr is not None
        said = next((line for line in started.stderr if line.startswith(LISTENS)), "")
        draining = threading.Thread(target=started.stderr.read, daemon=True)
        draining.start()
        yield said.removeprefix(LISTENS).strip()
        started.terminate()
        started.wait()
        draining.join()
        started.stderr.close()


@pytest.fixture
async def browser(running: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        joined = await playwright.chromium.connect_over_cdp(running)
        yield joined
        await joined.close()


@pytest.fixture
async def walk(browser: Browser) -> AsyncIterator[Callable[..., Awaitable[Any]]]:
    """`await walk(url, person="U…", place="D…", width=1280, height=800, dark=False)` → a PageWalker.

    After the test the console must have been silent in every window.
    """
    walkers: list[Any] = []

    async def start(
        url: str, person: str = "", place: str = "", *, width: int = 1280, height: int = 800, dark: bool = False
    ) -> Any:
        page = await browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            reduced_motion="reduce",
        )
        walker = _module("walker").PageWalker(page, url)
        walkers.append(walker)
        await walker.open(person, place)
        return walker

    yield start
    assert [error for walker in walkers for error in walker.errors] == []


@pytest.fixture(scope="session")
def sample_blocks() -> Callable[[str], dict[str, Any]]:
    """Blocks of every kind (blocks.json), with a member's id in the mention."""

    def blocks(member: str) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((HERE / "blocks.json").read_text("utf-8").replace("{member}", member))
        return loaded

    return blocks


@pytest.fixture
async def scene(sample_blocks: Callable[[str], dict[str, Any]]) -> AsyncIterator[Any]:
    """Two people, a channel and an app that writes down what reaches it (scene.py), at T0."""
    world = Workspace(clock=WorkspaceClock(start=T0, ticking=False))
    server = await world.serve(port=0)
    world.commands = [
        {"command": "/prøve", "description": "Åbner prøvevinduet", "usage_hint": "[sig noget]"},
        {"command": "/andet", "description": "Noget andet", "usage_hint": ""},
    ]
    mette = world.add_person(name="Mette Holm", email="mette@klynge.example")
    jens = world.add_person(name="Jens Krogh", email="jens@klynge.example")
    channel = world.add_channel(name="klynge-nord", members=[mette, jens, world.bot_user_id])
    slack = AsyncWebClient(token=world.bot_token, base_url=server.api_url)
    app = AsyncApp(client=slack, signing_secret=world.signing_secret)
    blocks = sample_blocks(jens)
    small = _module("scene")
    async with Desk(server.url) as desk:
        scene = small.Scene(server.url, world, slack, desk, mette, jens, channel)
        small.listen(app, scene, blocks["modal"], blocks["home"])
        handler = AsyncSocketModeHandler(app, world.app_token, web_client=slack)
        await handler.connect_async()
        yield scene
        await handler.close_async()
    await server.close()
