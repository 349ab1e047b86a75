"""The story's panel beside the page, told by a small host: prepared, shown, followed, in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.scene import SmallStory

pytestmark = pytest.mark.browser


async def test_story_is_prepared_told_and_followed_in_the_language_of_who_one_is(scene: Any, walk: Any) -> None:
    scene.world.story = story = SmallStory(scene)
    walker = await walk(scene.url)
    veil, panel = walker.page.get_by_label("Klyngen gøres klar").first, walker.page.locator("#story")
    await expect(veil).to_contain_text("Alle kommer om bord")
    assert await walker.page.locator("#main").evaluate("main => main.inert") is True
    story.is_prepared = True
    scene.world.notes.tell("story")
    await expect(panel).to_contain_text("Du er Mette.")
    await expect(panel.locator("details[open] summary")).to_have_text("Send en fil")
    assert await walker.page.locator("#main").evaluate("main => main.inert") is False
    await panel.get_by_role("button", name="Mødet").click()
    await expect(panel).to_have_attribute("aria-busy", "false")
    assert story.deeds == ["jump:meeting"]
    await panel.get_by_role("button", name="Læg filen i feltet").click()
    await expect(walker.page.locator("#main .held li")).to_contain_text("tal.csv")
    await walker.page.get_by_role("button", name="Du er").click()
    row = walker.page.get_by_role("dialog").get_by_role("button", name="Jens")
    await expect(row).to_contain_text("koordinator · Lægehuset")
    await expect(row).to_contain_text("Skylder: tal om KOL")
    await walker.page.keyboard.press("Escape")
    await panel.get_by_role("button", name="Bliv Jens").click()
    await expect(walker.page.get_by_role("button", name="You are Jens Krogh")).to_be_visible()
    await expect(walker.page.locator("html")).to_have_attribute("lang", "en")
    await expect(walker.page.get_by_role("heading", name="The story")).to_be_visible()


async def test_invite_brings_somebody_into_the_channel(scene: Any, walk: Any) -> None:
    kirsten = scene.world.add_person(name="Kirsten Bo", email="kirsten@klynge.example")
    walker = await walk(scene.url, scene.mette, scene.channel)
    await walker.say("/invite @Kirsten Bo")
    await expect(walker.page.locator(".members")).to_have_text("4 medlemmer")
    assert kirsten in scene.world.conversations.get(scene.channel).members
