"""Walks the stand-in's page in a real browser the way a person does: by names and labels where there are any."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect

LOADED = """() => Promise.all([...document.images].filter((image) => {
  const place = image.getBoundingClientRect();
  return place.bottom > 0 && place.top < innerHeight;
}).map((image) => image.decode().catch(() => null)))"""
"""Pictures out of sight load when they are scrolled to, and are not waited for."""
WAIT = 30_000
"""Milliseconds that anything may take to appear."""


class PageWalker:
    """One browser window. `errors` collects what the console complained of: empty when all is well."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url.rstrip("/")
        self.errors: list[str] = []
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)

    async def open(self, person: str = "", place: str = "") -> None:
        """Load the page; `person` and `place` are ids."""
        await self.page.goto(f"{self.url}/#/{person}/{place}".rstrip("/"))
        await self.page.wait_for_selector("html[data-ready]")

    async def become(self, name: str) -> None:
        """Choose who you are, by the name shown."""
        await self.page.get_by_role("button", name=re.compile("^Du er")).click()
        chooser = self.page.get_by_role("dialog", name="Hvem vil du være?")
        await chooser.get_by_role("button", name=re.compile(re.escape(name))).first.click()
        await expect(self.page.locator(".me-name")).to_have_text(name, timeout=WAIT)

    async def go_to(self, place: str) -> None:
        """Open a channel or a direct message by its name in the list."""
        row = (
            self.page.get_by_role("navigation", name="Arbejdsrum")
            .get_by_role("link", name=re.compile(re.escape(place)))
            .first
        )
        if not await row.is_visible():
            await self.page.get_by_role("button", name="Vis kanaler").click()
        await row.click()
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text(place, timeout=WAIT)

    async def open_home(self) -> Locator:
        """The app's Home tab."""
        await self.page.get_by_role("tab", name="Hjem").click()
        home = self.page.locator(".home-view")
        await home.wait_for()
        return home

    def _writer(self, in_thread: bool) -> Locator:
        return self.page.locator("#thread .composer" if in_thread else "#main .composer")

    async def say(self, text: str, *, in_thread: bool = False) -> None:
        """Type into the composer and send; a text that starts with `/` runs the command."""
        writer = self._writer(in_thread)
        await writer.get_by_role("textbox").fill(text)
        await writer.get_by_role("button", name="Send", exact=True).click()
        await expect(writer.get_by_role("textbox")).to_have_value("", timeout=WAIT)

    async def upload(self, name: str, data: bytes, *, text: str = "", in_thread: bool = False) -> None:
        """Attach a file in the composer and send it."""
        writer = self._writer(in_thread)
        await writer.get_by_label("Vælg filer at sende").set_input_files({"name": name, "mimeType": "", "buffer": data})
        if text:
            await writer.get_by_role("textbox").fill(text)
        await writer.get_by_role("button", name="Send", exact=True).click()
        await expect(writer.locator(".held li")).to_have_count(0, timeout=WAIT)

    def messages(self, *, in_thread: bool = False) -> Locator:
        """All messages on screen, oldest first."""
        return self.page.locator("#thread article" if in_thread else "#main article")

    async def message(self, text: str, *, in_thread: bool = False) -> Locator:
        """The last message that contains `text`; waits for it."""
        found = self.messages(in_thread=in_thread).filter(has_text=text).last
        await found.wait_for()
        return found

    async def open_thread(self, message: Locator) -> None:
        await message.hover()
        await message.get_by_role("button", name="Svar i tråd").click()
        await self.page.get_by_role("complementary", name="Tråd").wait_for()

    async def press(self, name: str, within: Locator | None = None) -> None:
        """Press the last button of that name (the newest message stands last)."""
        await (within or self.page).get_by_role("button", name=name, exact=True).last.click()

    async def modal(self, title: str | None = None) -> Locator:
        """The app's modal on top; waits for the one called `title`."""
        dialog = self.page.locator("dialog.modal")
        await dialog.wait_for()
        if title is not None:
            await expect(dialog.locator(".dialog-head h2")).to_have_text(title, timeout=WAIT)
        return dialog

    async def fill(self, label: str, value: Any) -> None:
        """Fill one field of the modal by its label.

        Dates are `2026-05-07`, times `16:30`, both together `2026-05-07 16:30`; menus take the option's words, several
        as a list; checkboxes a list of what shall be ticked; a file field `(name, bytes)`.
        """
        dialog = await self.modal()
        pattern = re.compile(rf"^{re.escape(label)}( \(valgfrit\))?$")
        block = dialog.locator(".input").filter(has=self.page.locator(".input-label", has_text=pattern)).first
        await block.wait_for()
        if await block.locator(".combo").count():
            await self._choose(block.get_by_role("combobox"), value if isinstance(value, list) else [value])
        elif await block.locator(".choices").count():
            await self._tick(block, value if isinstance(value, list) else [value])
        elif await block.locator("input[type=file]").count():
            name, data = value
            await block.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": data})
            await block.locator(".kept-files li", has_text=name).wait_for()
        else:
            await self._write(block, str(value))

    async def _write(self, block: Locator, value: str) -> None:
        """Text, number, date or time; a date with a time goes into two fields."""
        fields = block.locator("input, textarea")
        parts = value.replace("T", " ").split(" ") if await fields.count() == 2 else [value]
        for at, part in enumerate(parts):
            await fields.nth(at).fill(part)
            await fields.nth(at).blur()

    async def _choose(self, combobox: Locator, words: list[str]) -> None:
        for word in words:
            await combobox.fill(word)
            await self.page.get_by_role("option", name=re.compile(re.escape(word))).first.click()

    async def _tick(self, block: Locator, words: list[str]) -> None:
        for row in await block.locator(".choice").all():
            box = row.locator("input")
            said = await row.inner_text()
            shall = any(word in said for word in words)
            if shall or await box.get_attribute("type") == "checkbox":
                await box.set_checked(shall)

    async def choose(self, label: str, option: str, within: Locator) -> None:
        """Pick from a menu in a message by its placeholder or name."""
        await self._choose(within.get_by_role("combobox", name=label), [option])

    async def submit(self, *, closes: bool = True) -> None:
        """Send the modal; with `closes` the whole stack must go away."""
        dialog = await self.modal()
        await dialog.locator("button[type=submit]").click()
        if closes:
            await dialog.wait_for(state="detached")

    async def close(self) -> None:
        """Close the modal on top without sending it."""
        dialog = await self.modal()
        await dialog.locator(".dialog-foot button[type=button]").click()

    async def complaint(self, label: str) -> str:
        """What is said to be wrong at one field."""
        dialog = await self.modal()
        block = dialog.locator(".input.wrong").filter(has=self.page.locator(".input-label", has_text=label)).first
        return (await block.locator(".field-error").inner_text()).strip()

    async def forward_hour(self) -> None:
        await self.press("+1 time")

    async def next_morning(self) -> None:
        await self.press("Næste morgen")

    async def move_clock(self, moment: datetime) -> None:
        """Move the story to a local date and time."""
        await self.press("Dagen før mødet")
        dialog = self.page.get_by_role("dialog", name="Dagen før mødet")
        await dialog.get_by_label("Dato").fill(moment.strftime("%Y-%m-%d"))
        await dialog.get_by_label("Klokkeslæt").fill(moment.strftime("%H:%M"))
        await dialog.get_by_role("button", name="Flyt uret").click()
        await dialog.wait_for(state="detached")

    async def clock(self) -> str:
        """The story's time as shown, for example `mandag den 4. maj 2026 16.06`."""
        return " ".join((await self.page.locator(".clock-face").inner_text()).split())

    async def picture(self, path: Path) -> None:
        """A screenshot of the window, once pictures in it have loaded."""
        await self.page.evaluate(LOADED)  # a function that waits by polling would be refused by the page's own policy
        await self.page.screenshot(path=path)
