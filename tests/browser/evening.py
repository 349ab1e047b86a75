"""A first evening walked in a real browser, from an empty workspace to a sent invitation, without a typed command.

``python -m tests.browser.evening`` walks it as coordinator and as member, on a desktop and a telephone, in Danish and
English: clicks, fields, messages and minutes into build/evening.json, pictures into build/evening/, and what axe
finds on the way.

Buttons and fields are found by their ids, not by their words, so that the words may change.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, async_playwright, expect

from bot import log
from bot.rehearsal.cast import Cast, Doctor, vestfjord
from bot.rehearsal.guide.openings import EVENING
from bot.rehearsal.stage import Stage, stage
from tests.browser.conftest import FLAGS, find_chromium
from tests.browser.looking import violations
from tests.browser.walker import WAIT, PageWalker

OUT = Path(__file__).parents[2] / "build"
WIDTHS = {1280: 800, 360: 740}
LANGUAGES = {"da": "da-DK", "en": "en-US"}
PRESS, LOOK, LETTER = 1.3, 2.5, 0.3
"""Seconds: to move to something and press it, to find out what to do next, and to type a letter (the keystroke-level
model of Card, Moran and Newell, for somebody who types slowly)."""
WORDS_A_MINUTE = 200
"""Read with care."""
MEETING = {
    "title": "KOL: finder vi dem, og følger vi dem op?",
    "day": "2026-04-23",
    "start": "16:30",
    "end": "19:00",
    "place": "Sundhedshuset, mødelokale 2",
    "answer_day": "2026-04-09",
}
See = Callable[[str, PageWalker], Awaitable[None]]


async def nothing(_name: str, _walker: PageWalker) -> None:
    """Looks at nothing."""


@dataclass
class Tally:
    """What it takes."""

    clicks: int = 0
    fields: int = 0
    letters: int = 0
    commands: int = 0
    words: int = 0
    messages: int = 0

    @property
    def minutes(self) -> float:
        """As long as somebody takes who reads everything that is shown."""
        hands = self.clicks * (PRESS + LOOK) + self.fields * PRESS + self.letters * LETTER
        return round(hands / 60 + self.words / WORDS_A_MINUTE, 1)


@dataclass
class Hand:
    """One person at one window. ``see`` is told at each step what there is to look at."""

    set_: Stage
    walker: PageWalker
    who: Doctor
    see: See = nothing
    tally: Tally = field(default_factory=Tally)

    @property
    def page(self) -> Any:
        return self.walker.page

    async def rest(self, name: str) -> None:
        """Let everything be said that is to be said, and look."""
        await self.set_.settle()
        await self.page.wait_for_timeout(400)
        await self.see(name, self.walker)

    async def click(self, target: Locator) -> None:
        self.tally.clicks += 1
        await target.click()

    async def press(self, action: str) -> None:
        """The last button of that id."""
        await self.click(self.page.locator(f"[data-action='{action}']:visible").last)

    async def open(self, place: str, tab: str = "messages") -> None:
        """A channel or the bot, by the list at the side; on a telephone it is behind a button."""
        if await self.page.locator(".menu-button").is_visible():
            await self.click(self.page.locator(".menu-button"))
        await self.click(self.page.locator(f"#sidebar a[href$='/{place}']"))
        if tab == "home":
            await self.click(self.page.locator("#tab-home"))

    async def open_bot(self, tab: str = "messages") -> None:
        """The conversation with the bot."""
        world = self.set_.world
        await self.open(world.open_direct(self.set_.id_of(self.who), world.bot_user_id).id, tab)

    async def window(self) -> Locator:
        """The window on top, read from top to bottom."""
        dialog = self.page.locator("dialog.modal")
        await dialog.wait_for(timeout=WAIT)
        await self.read(dialog)
        return dialog

    async def fill(self, values: dict[str, str]) -> None:
        """Fields of the window that is open, by the ids of their blocks; those that it lacks are left out."""
        dialog = await self.window()
        for block, value in values.items():
            found = dialog.locator(f".input[data-block='{block}']")
            if not await found.count():
                continue
            self.tally.fields += 1
            if await found.get_by_role("combobox").count():
                await self.choose(found.get_by_role("combobox"), value)
                continue
            box = found.locator("input, textarea").first
            if await box.get_attribute("type") in {"checkbox", "radio"}:
                await box.check()
                continue
            self.tally.letters += len(value)
            await box.fill(value)
            await box.blur()

    async def choose(self, menu: Locator, words: str) -> None:
        """Open a menu and take what says so."""
        await self.click(menu)
        await self.click(self.page.get_by_role("option", name=words).first)

    async def submit(self, then: str = "") -> None:
        """Send the window; nothing may be complained of. With ``then``, that is seen before it is sent once more."""
        dialog = self.page.locator("dialog.modal")
        await self.click(dialog.locator("button[type=submit]"))
        if then:
            await dialog.get_by_text(then).wait_for(timeout=WAIT)
            await self.click(dialog.locator("button[type=submit]"))
        await expect(dialog.locator(".input.wrong")).to_have_count(0, timeout=WAIT)
        await dialog.wait_for(state="detached", timeout=WAIT)

    async def attach(self, name: str, data: bytes) -> None:
        """A file from the machine: the paper clip, the file, Send."""
        writer = self.page.locator("#main .composer")
        self.tally.clicks += 2
        await writer.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": data})
        await self.click(writer.locator(".send"))
        await expect(writer.locator(".held li")).to_have_count(0, timeout=WAIT)

    async def read(self, shown: Locator) -> None:
        self.tally.words += len((await shown.inner_text()).split())

    async def read_all(self) -> None:
        """What the bot has written to this person so far: as many messages, as many words."""
        said = [each for each in await self.set_.seen_by(self.who) if each.get("user") == self.set_.world.bot_user_id]
        self.tally.messages = len(said)
        await self.read(self.page.locator("#main"))


async def speak_english(hand: Hand) -> None:
    """The button on the start page; everybody begins in Danish."""
    await hand.open_bot("home")
    await hand.rest("3-startside-paa-dansk")
    await hand.press("member.language")
    await hand.rest("3-startside-paa-engelsk")
    await hand.click(hand.page.locator("#tab-messages"))


async def coordinator(hand: Hand, language: str) -> None:
    """Add the bot, agree, send the list, call the meeting; what is due is one button away each time."""
    set_, bot = hand.set_, hand.set_.world.bot_user_id
    await hand.open(set_.channel)
    await hand.rest("1-kanalen")
    await hand.click(hand.page.locator(".invite-button"))
    await hand.click(hand.page.locator(f"dialog [data-person='{bot}']"))
    await hand.rest("2-botten-er-inviteret")
    await hand.open_bot()
    await hand.rest("3-botten-skriver")
    if language == "en":
        await speak_english(hand)
    await hand.press("cluster.set_up")
    await hand.fill({"name": "Klynge Vestfjord", "region": "Region Nordjylland"})
    await hand.see("4-opsaetning", hand.walker)
    await hand.submit()
    await hand.rest("5-sat-op")
    await hand.attach("medlemmer.csv", set_.cast.roster_csv())
    await hand.rest("6-listen-er-laest")
    await hand.press("roster.save")
    await hand.rest("7-listen-er-gemt")
    await hand.press("cluster.meeting")
    await hand.fill(MEETING)
    await hand.see("8-moedet", hand.walker)
    await hand.submit()
    await hand.rest("9-indkaldt")
    if await hand.page.locator("[data-action='meeting.send']:visible").count():
        await hand.press("meeting.send")
        await hand.rest("9-sendt")
    await hand.read_all()


async def member(hand: Hand, language: str) -> None:
    """Find the bot, confirm, answer the invitation."""
    await hand.open_bot()
    await hand.rest("1-velkomst-og-indkaldelse")
    await hand.press("member.welcome")
    await hand.fill({"consent": "yes"})
    if language == "en":
        hand.tally.fields += 1
        await hand.click(hand.page.locator("dialog.modal .input[data-block='language'] input").nth(1))
    await hand.see("2-bekraeft", hand.walker)
    await hand.submit()
    await hand.rest("3-bekraeftet")
    await hand.press("meeting.rsvp_yes")
    await hand.rest("4-kommer")
    await hand.read_all()


async def rest_of_the_evening(hand: Hand) -> None:
    """The start page: who comes, ask for numbers, a meeting that moves."""
    await hand.open_bot("home")
    await hand.rest("10-startside")
    await hand.press("meeting.who")
    await hand.window()
    await hand.see("11-hvem-kommer", hand.walker)
    await hand.click(hand.page.locator("dialog.modal .dialog-foot button[type=button]"))
    await hand.press("cluster.numbers")
    await hand.fill({"deadline_day": "2026-04-17"})
    await hand.see("12-tal", hand.walker)
    await hand.submit("Sådan ser det ud hos")
    await hand.rest("13-spurgt")
    await hand.open_bot("home")
    await hand.rest("14-startside-igen")


async def was_invited(set_: Stage, doctor: Doctor) -> bool:
    """Whether somebody has an invitation to answer."""
    return "meeting.rsvp_yes" in json.dumps(await set_.seen_by(doctor))


def commands(set_: Stage) -> int:
    """How many commands were typed, by whoever it was."""
    asked = (row["request"] for row in set_.world.traffic.after(0) if isinstance(row["request"], dict))
    return sum(each.get("kind") == "slash_commands" for each in asked)


def speak(set_: Stage, language: str) -> None:
    """Everybody's Slack is in that language."""
    for user in set_.ids.values():
        set_.world.people.get(user).locale = LANGUAGES[language]


async def walk(
    set_: Stage, browser: Browser, role: str, width: int, language: str, see: See = nothing, *, whole: bool = False
) -> Tally:
    """The evening as far as this role goes; the coordinator's part comes first in any case."""
    lead, other = set_.cast.coordinator, set_.cast.surgeries[1].doctors[0]
    speak(set_, language)
    first = Hand(set_, await _open(set_, browser, lead, width), lead, see if role == "coordinator" else nothing)
    await coordinator(first, language)
    if not await was_invited(set_, other):
        raise AssertionError("nobody was invited")
    if role == "coordinator":
        counted = Tally(**vars(first.tally))
        if whole:
            await rest_of_the_evening(first)
        counted.commands = commands(set_)
        return counted
    hand = Hand(set_, await _open(set_, browser, other, width), other, see)
    await member(hand, language)
    return hand.tally


async def _open(set_: Stage, browser: Browser, who: Doctor, width: int) -> PageWalker:
    page = await browser.new_page(
        viewport={"width": width, "height": WIDTHS[width]},
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        reduced_motion="reduce",
    )
    walker = PageWalker(page, set_.page_url)
    await walker.open(set_.id_of(who), set_.channel)
    return walker


async def one(browser: Browser, cast: Cast, role: str, width: int, language: str) -> dict[str, Any]:
    """One walk with its pictures, and what axe finds at each step."""
    found: list[str] = []
    folder = OUT / "evening" / f"{role}-{width}-{language}"
    folder.mkdir(parents=True, exist_ok=True)

    async def see(name: str, walker: PageWalker) -> None:
        await walker.page.mouse.move(0, 0)  # nothing is marked because the mouse rests on it
        await walker.picture(folder / f"{name}.png")
        found.extend(f"{name}: {line}" for line in await violations(walker.page))

    with tempfile.TemporaryDirectory() as own:
        async with stage(cast, Path(own), start=EVENING, seed=1) as set_:
            tally = await walk(set_, browser, role, width, language, see, whole=True)
    return {
        "role": role,
        "width": width,
        "language": language,
        **vars(tally),
        "minutes": tally.minutes,
        "axe": found,
    }


async def main() -> None:
    """All eight."""
    log.set_up("ERROR", as_json=False)
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("no browser found: nothing is walked")
    rows = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, "--lang=da"])
        for role in ("coordinator", "member"):
            for width in WIDTHS:
                for language in LANGUAGES:
                    rows.append(await one(browser, vestfjord(1), role, width, language))
                    shown = {key: value for key, value in rows[-1].items() if key != "axe"}
                    print(*(f"{key} {value}" for key, value in shown.items()), f"axe {len(rows[-1]['axe'])}", sep="  ")
        await browser.close()
    OUT.mkdir(exist_ok=True)
    (OUT / "evening.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
