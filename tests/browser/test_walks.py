"""A cluster's spring walked by hand: planned, answered, reminded, fed with numbers, charted; with the real bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from bot import log
from bot.rehearsal import beginnings
from bot.rehearsal.cast import Cast, vestfjord
from bot.rehearsal.play import Play
from bot.rehearsal.stage import CHANNEL, Stage, stage
from bot.rehearsal.story import OPENING
from tests.browser.walks import TOPIC, Walk

PRACTICES = 7
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
async def small_cluster(tmp_path: Path) -> AsyncIterator[Stage]:
    """Seven practices that have come aboard."""
    log.set_up("ERROR", as_json=False)
    cast = Cast(vestfjord(1).surgeries[:PRACTICES])
    async with stage(cast, tmp_path, start=OPENING, seed=1) as set_:
        play = Play(set_)
        await beginnings.invited_and_set_up(play)
        await beginnings.members_come_aboard(play)
        await play.at("2026-03-05", 9)
        assert play.differences == []
        yield set_


async def test_meeting_and_round_are_walked_from_the_invitation_to_the_chart(small_cluster: Stage, walk: Any) -> None:
    cast = small_cluster.cast
    walker = await walk(small_cluster.page_url)
    walking = Walk(small_cluster, walker)
    await expect(walker.page.locator(".me-name")).to_have_text(cast.coordinator.name)

    card = await walking.plan_a_meeting()
    await expect(card.get_by_role("heading")).to_have_text(TOPIC)
    await expect(card).to_contain_text(f"0 kommer · 0 måske · 0 kommer ikke · {len(cast.doctors)} har ikke svaret")

    await walking.answer(cast.writer.name, "Kommer")
    await walking.answer(cast.decliner.name, "Kommer ikke")
    await walker.go_to(CHANNEL)
    told = await walker.message("1 kommer · 0 måske · 1 kommer ikke")
    said = await told.inner_text()
    assert [doctor.name for doctor in cast.doctors if doctor.name in said] == []

    asked = await walking.ask_for_numbers()
    await expect(asked).to_contain_text(f"Jeg har bedt {PRACTICES} praksisser om tal")

    reminder = await walking.move_to_the_reminder(cast.silent[0].name)
    await expect(reminder.get_by_role("button", name="Kommer", exact=True)).to_be_visible()
    await walker.become(cast.writer.name)
    await expect(walker.messages().filter(has_text="Du har svaret")).to_have_count(1)
    await expect(walker.messages().filter(has_text="Vi mangler dit svar")).to_have_count(0)

    refusal = await walking.send_a_bad_file()
    await expect(refusal.get_by_role("listitem")).to_contain_text("Række 3, kolonne C: Patienter med KOL (R95)")
    await walking.send_the_good_file()
    await expect(walker.messages().filter(has_text="Modtaget onsdag den 25. marts kl. 16.00")).to_have_count(1)

    told = await walking.release()
    await expect(told).to_contain_text(f"privat til {len(cast.contributing)} praksisser")

    mine = await walking.see_the_charts(cast.writer.name)
    pictures = mine.locator("img")
    await expect(pictures).to_have_count(3)
    for picture in await pictures.all():
        assert walking.surgery.name in str(await picture.get_attribute("alt"))
        assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") >= 720
    said = await mine.inner_text()
    assert [surgery.name for surgery in cast.surgeries if surgery.name in said] == [walking.surgery.name]


async def test_chart_fits_the_screen_of_a_phone(small_cluster: Stage, walk: Any) -> None:
    desktop = Walk(small_cluster, await walk(small_cluster.page_url))
    await desktop.plan_a_meeting()
    await desktop.ask_for_numbers()
    await desktop.release()
    walker = await walk(small_cluster.page_url, width=360, height=740)
    await walker.page.get_by_role("button", name="Vis kanaler").click()
    mine = await Walk(small_cluster, walker).see_the_charts(small_cluster.cast.coordinator.name)
    box = await mine.locator("img").first.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert await walker.page.evaluate("document.documentElement.scrollWidth") <= 360
