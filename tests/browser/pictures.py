"""Takes the pictures of the README again: ``python -m tests.browser.pictures`` writes docs/pictures.

For Danish date fields Chromium needs its translations (Debian: ``chromium-l10n``).
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, async_playwright

from bot import log
from bot.rehearsal import beginnings
from bot.rehearsal.cast import vestfjord
from bot.rehearsal.play import Play
from bot.rehearsal.stage import Stage, stage
from bot.rehearsal.story import OPENING
from tests.browser.conftest import FLAGS, find_chromium
from tests.browser.walker import PageWalker
from tests.browser.walks import Walk

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
DESKTOP, PHONE = (1280, 800), (360, 720)
SHARPNESS = 1.5
COLOURS = 256


async def see(name: str, walker: Any) -> None:
    """Keep what is on screen, in few enough colours to be small."""
    path = PICTURES / f"{name}.png"
    await walker.page.mouse.move(0, 0)  # nothing is marked because the mouse rests on it
    await walker.page.wait_for_timeout(600)
    await walker.picture(path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


async def open_page(browser: Browser, url: str, size: tuple[int, int]) -> PageWalker:
    """A window as a Dane has it."""
    page = await browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=SHARPNESS,
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        reduced_motion="reduce",
    )
    walker = PageWalker(page, url)
    await walker.open()
    return walker


async def walk_and_see(set_: Stage, browser: Browser) -> None:
    """Every step on the desktop, and the chart once more on a phone."""
    cast = set_.cast
    walking = Walk(set_, await open_page(browser, set_.page_url, DESKTOP), see)
    await walking.plan_a_meeting()
    for doctor, answer in ((cast.writer, "Kommer"), (cast.decliner, "Kommer ikke")):
        await walking.answer(doctor.name, answer)
    await walking.ask_for_numbers()
    await walking.move_to_the_reminder(cast.silent[0].name)
    await walking.send_a_bad_file()
    await walking.send_the_good_file()
    await walking.release()
    message = await walking.see_the_charts(cast.writer.name)
    await message.locator("img").nth(1).scroll_into_view_if_needed()
    await see("graf", walking.walker)
    phone = await open_page(browser, set_.page_url, PHONE)
    await phone.page.get_by_role("button", name="Vis kanaler").click()
    message = await Walk(set_, phone).see_the_charts(cast.writer.name)
    await message.locator("img").nth(1).scroll_into_view_if_needed()
    await see("graf-mobil", phone)


async def main() -> None:
    """The whole walk with the whole cluster."""
    log.set_up("ERROR", as_json=False)
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("no browser found: no pictures")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with stage(vestfjord(1), Path(folder), start=OPENING, seed=1) as set_, async_playwright() as playwright:
            play = Play(set_)
            await beginnings.invited_and_set_up(play)
            await beginnings.members_come_aboard(play)
            await play.at("2026-03-05", 9)
            browser = await playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, "--lang=da"])
            await walk_and_see(set_, browser)
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
