"""A real Chromium and a walker for it; without a browser the tests say so and are skipped."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
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


def _walker_module() -> ModuleType:
    """walker.py beside this file: tests are no packages, so it is loaded by its place."""
    name = "browser_walker"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE / "walker.py")
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


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        await started.close()


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
        walker = _walker_module().PageWalker(page, url)
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
