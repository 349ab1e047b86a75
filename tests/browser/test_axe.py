"""axe-core finds nothing on the page: every kind of block, a window, the start page, choosers and panels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.looking import violations
from tests.browser.scene import Scene, SmallStory
from tests.browser.walker import PageWalker

pytestmark = pytest.mark.browser
WIDE, NARROW = 1280, 360
OF_ALL = [(WIDE, False, "da"), (NARROW, True, "da"), (WIDE, True, "en"), (NARROW, False, "en")]
"""Each width with either light and either language."""


@pytest.fixture
async def shown(scene: Scene, sample_blocks: Callable[[str], dict[str, Any]]) -> Scene:
    """A conversation with every kind of block, a thread and files, beside a story."""
    scene.world.story = story = SmallStory(scene)
    story.is_prepared = True
    blocks = sample_blocks(scene.jens)
    for person in (scene.mette, scene.jens):
        direct = await scene.direct(person)
        first = await scene.slack.chat_postMessage(channel=direct, text="kort", blocks=blocks["message"])
        await scene.slack.chat_postMessage(channel=direct, text="svar", thread_ts=first["ts"])
        await scene.slack.chat_postMessage(channel=direct, text="vejledning", blocks=blocks["markdown"])
        for ending in ("pptx", "xlsx", "pdf", "ics"):
            await scene.slack.files_upload_v2(channel=direct, content=b"-", filename=f"fil.{ending}")
    return scene


async def _open_thread(walker: PageWalker) -> None:
    await walker.page.locator("#main .thread-link").first.click()
    await walker.page.locator("#thread article").first.wait_for()


async def _open_home(walker: PageWalker) -> None:
    await walker.page.locator("#tab-home").click()
    await walker.page.locator(".home-view").wait_for()


async def _open_chooser(walker: PageWalker) -> None:
    if await walker.page.locator(".menu-button").is_visible():
        await walker.page.locator(".menu-button").click()
    await walker.page.locator(".me").click()
    await walker.page.locator("dialog .person-row").first.wait_for()


async def _open_window(walker: PageWalker) -> None:
    writer = walker.page.locator("#main .composer")
    await writer.get_by_role("textbox").fill("/prøve")
    await writer.get_by_role("textbox").press("Enter")
    await walker.page.locator("dialog.modal").wait_for()


async def _miss_fields(walker: PageWalker) -> None:
    """In the window that is still open."""
    await walker.page.locator("dialog.modal button[type=submit]").click()
    await walker.page.locator("dialog.modal .input.wrong").first.wait_for()


async def _open_clock(walker: PageWalker) -> None:
    await walker.page.locator(".clock-buttons button").last.click()
    await walker.page.locator("dialog").first.wait_for()


async def _open_traffic(walker: PageWalker) -> None:
    await walker.page.locator("#tools button").last.click()
    await walker.page.locator("#traffic summary").first.click()


async def _stay(walker: PageWalker) -> None:
    await walker.page.locator("#main article").last.wait_for()


VIEWS: dict[str, Callable[[PageWalker], Awaitable[None]]] = {
    "story": _stay,
    "conversation": _stay,
    "thread": _open_thread,
    "start page": _open_home,
    "chooser": _open_chooser,
    "clock": _open_clock,
    "traffic": _open_traffic,
    "window": _open_window,
    "window that complains": _miss_fields,
}


@pytest.mark.parametrize(("width", "dark", "language"), OF_ALL)
async def test_axe_finds_nothing_on_any_view_of_the_page(
    shown: Scene, walk: Any, width: int, dark: bool, language: str
) -> None:
    person = shown.mette if language == "da" else shown.jens
    found = {}
    for name, show in VIEWS.items():
        walker = await walk(shown.url, person, await shown.direct(person), width=width, height=800, dark=dark)
        await expect(walker.page.locator("html")).to_have_attribute("lang", language)
        if name == "story":
            await expect(walker.page.locator("#story")).to_be_visible()
        elif width == NARROW and show is not _miss_fields:  # there the story lies over the conversation
            await walker.page.locator("#tools button").first.click()
        await show(walker)
        found[name] = await violations(walker.page)
        await walker.page.close()
    assert [f"{name}: {line}" for name, lines in found.items() for line in lines] == []


async def test_axe_finds_nothing_while_the_story_is_prepared(scene: Scene, walk: Any) -> None:
    scene.world.story = SmallStory(scene)
    walker = await walk(scene.url)
    await expect(walker.page.locator("#veil")).to_be_visible()
    assert await violations(walker.page) == []


async def test_axe_is_asked_and_answers(scene: Scene, walk: Any) -> None:
    walker = await walk(scene.url, scene.mette)
    await walker.page.evaluate("""() => {
      const picture = document.createElement("img");
      picture.src = "/page/icon.svg";
      document.querySelector("main").append(picture);
    }""")
    assert [line.split(" ")[0] for line in await violations(walker.page)] == ["image-alt"]
