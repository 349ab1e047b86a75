"""Takes the pictures of the zero too many: ``python -m tests.browser.extra_zero`` writes docs/pictures/nul-*.png."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from bot import log
from bot.rehearsal import beginnings, numbers_act
from bot.rehearsal.cast import Doctor, vestfjord
from bot.rehearsal.play import Play
from bot.rehearsal.stage import stage
from bot.rehearsal.story import OPENING
from handlers.charts.ids import Action as ChartAction
from handlers.submissions.ids import Action as SubmissionAction
from tests.browser.conftest import FLAGS, find_chromium
from tests.browser.pictures import open_page, see
from tests.browser.walker import PageWalker

SIZE = (1100, 760)
APP = "Klyngebot"


async def look_at(walker: PageWalker, who: Doctor, name: str, words: str, *, picture: int | None = None) -> None:
    """The conversation of one person with the bot, at the newest message that says something."""
    await walker.become(who.name)
    await walker.go_to(APP)
    message = await walker.message(words)
    await message.scroll_into_view_if_needed()
    if picture is not None:
        await message.locator("img").nth(picture).scroll_into_view_if_needed()
    await see(name, walker)


async def play_it(play: Play, walker: PageWalker) -> None:
    """The doctor insists on a zero too many, and corrects it when everybody has had charts."""
    cast, lead = play.stage.cast, play.stage.cast.coordinator
    wrong, other = cast.contributing[-2], cast.contributing[1]
    doctor, colleague = wrong.doctors[0], other.doctors[0]
    right = wrong.numbers["copd"]
    await numbers_act.enter_numbers(play, [each for each in cast.contributing if each is not wrong])
    said = f"kol {right}0, spirometri {wrong.numbers['spirometry']}, plan {wrong.numbers['care_plan']}"
    await play.says(doctor, said)
    await look_at(walker, doctor, "nul-1-spurgt", "Skriv tallet igen")
    await play.says(doctor, f"{right}0")
    await play.at("2026-04-17", 12, 1)
    await look_at(walker, lead, "nul-2-koordinatoren", "nogle tal bliver set efter")
    await look_at(walker, doctor, "nul-3-set-efter", "igennem en gang til")
    await play.presses(doctor, ChartAction.LOOK_RIGHT)
    await play.presses(lead, ChartAction.ROUND_SEND)
    await look_at(walker, colleague, "nul-4-forkert-graf", "Her er graferne", picture=0)
    await play.presses(doctor, SubmissionAction.SUBMISSION_CORRECT)
    typed = {f"value.{name}": str(value) for name, value in wrong.numbers.items()}
    await play.sends(doctor, typed)
    await look_at(walker, colleague, "nul-5-trukket-tilbage", "Her er graferne", picture=0)
    await play.presses(doctor, ChartAction.RECALL_YES)
    await look_at(walker, colleague, "nul-6-tegnet-igen", "Her er graferne", picture=0)


async def main() -> None:
    """The whole cluster on a page, and the story before it."""
    log.set_up("ERROR", as_json=False)
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("no browser found: no pictures")
    with tempfile.TemporaryDirectory() as folder:
        async with stage(vestfjord(1), Path(folder), start=OPENING, seed=1) as set_, async_playwright() as playwright:
            play = Play(set_)
            await beginnings.invited_and_set_up(play)
            await beginnings.members_come_aboard(play)
            await beginnings.meeting_called(play)
            await numbers_act.asked(play)
            browser = await playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, "--lang=da"])
            await play_it(play, await open_page(browser, set_.page_url, SIZE))
            await browser.close()
    if play.differences:
        raise SystemExit("\n".join(play.differences))


if __name__ == "__main__":
    asyncio.run(main())
