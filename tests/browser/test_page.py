"""What the page shows, against the real stand-in: messages, threads, files, people, clock and traffic."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

PAGE = Path(__file__).parents[2] / "workspace" / "page"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63d8b86a1d0004a001f9f5ad55580000000049454e44ae426082"
)
pytestmark = pytest.mark.browser


async def test_message_shows_every_kind_of_block(
    scene: Any, walk: Any, sample_blocks: Callable[[str], dict[str, Any]]
) -> None:
    blocks = sample_blocks(scene.jens)
    direct = await scene.direct(scene.mette)
    await scene.slack.chat_postMessage(channel=direct, text="kort", blocks=blocks["message"])
    await scene.slack.chat_postMessage(channel=direct, text="vejledning", blocks=blocks["markdown"])
    walker = await walk(scene.url, scene.mette, direct)
    card = await walker.message("Klyngemøde om KOL")
    assert await card.get_by_role("heading").inner_text() == "Klyngemøde om KOL 🫁"
    assert await card.locator("strong").first.inner_text() == "Fed"
    assert await card.locator("em").first.inner_text() == "kursiv"
    assert await card.locator("s").first.inner_text() == "streget"
    assert await card.locator("code").first.inner_text() == "kode"
    assert await card.locator(".mention").first.inner_text() == "@Jens Krogh"
    assert await card.locator("time[title='7. maj 2026']").inner_text() == "torsdag den 7. maj 2026 kl. 16.30"
    assert await card.locator("blockquote").first.inner_text() == "Et citat fra dagsordenen"
    assert await card.locator(".words ul").first.locator("li").all_inner_texts() == [
        "Første punkt",
        "Andet punkt med vejledningen",
    ]
    assert await card.get_by_text("1 < 2 & 3 > 2").count() == 1
    rows = await card.get_by_role("row").all_inner_texts()
    assert rows == ["Mål\tAndel", "Spirometri inden for 12 mdr.\t74 %", "Forløbsplan\t58 %"]
    assert await card.locator(".unknown").count() == 0
    guide = await walker.message("Sådan gør du")
    assert await guide.locator("ol > li").first.inner_text() == "Åbn lægesystemet"
    assert await guide.locator("ol ul > li").all_inner_texts() == ["kun tal", "ingen CPR"]
    assert await guide.get_by_role("row").all_inner_texts() == ["Mål\tTal", "KOL\t130"]
    assert await guide.get_by_role("link", name="Læs mere").get_attribute("rel") == "noopener noreferrer"


async def test_charts_show_their_numbers_too(scene: Any, walk: Any) -> None:
    await scene.desk.post("settings", {"data_visualization": True})
    direct = await scene.direct(scene.mette)
    axis = {"categories": ["Nord", "Syd"], "y_label": "%"}
    series = [{"name": "KOL", "data": [{"label": "Nord", "value": 74.5}, {"label": "Syd", "value": 58}]}]
    bars = {"type": "bar", "axis_config": axis, "series": series}
    parts = {"type": "pie", "segments": [{"label": "Svaret", "value": 7}, {"label": "Mangler", "value": 5}]}
    charts = {"Andel med spirometri": bars, "Svar": parts}
    blocks = [{"type": "data_visualization", "title": title, "chart": chart} for title, chart in charts.items()]
    await scene.slack.chat_postMessage(channel=direct, text="grafer", blocks=blocks)
    walker = await walk(scene.url, scene.mette, direct)
    first = walker.page.get_by_role("figure", name="Andel med spirometri")
    assert await first.locator("rect").count() == 2
    await first.get_by_text("Vis tallene").click()
    assert await first.get_by_role("row").all_inner_texts() == ["\tKOL", "Nord\t74,5", "Syd\t58"]
    assert await walker.page.get_by_role("figure", name="Svar").locator("circle").count() == 2


async def test_threads_files_and_pictures(scene: Any, walk: Any) -> None:
    direct = await scene.direct(scene.mette)
    await scene.slack.chat_postMessage(channel=direct, text="Send dine *tal* her i tråden")
    walker = await walk(scene.url, scene.mette, direct)
    await walker.open_thread(await walker.message("Send dine tal"))
    await walker.upload("kol.csv", b"a;b\n1;2\n", text="Her er de", in_thread=True)
    reply = await walker.message("Her er de", in_thread=True)
    assert await reply.locator(".file-words").inner_text() == "kol.csv\nCSV-fil · 8 byte"
    assert await walker.messages().get_by_role("button", name="1 svar").count() == 1
    event = (await scene.hear(1))[0]
    assert (event["subtype"], event["files"][0]["name"]) == ("file_share", "kol.csv")
    about = {"title": "Graf", "alt_txt": "Din praksis: 74 %"}
    await scene.slack.files_upload_v2(channel=direct, content=PNG, filename="graf.png", **about)
    picture = walker.page.locator("#main img.picture")
    await picture.wait_for()
    assert await picture.get_attribute("alt") == "Din praksis: 74 %"
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1


async def test_unread_messages_are_marked_until_they_are_looked_at(scene: Any, walk: Any) -> None:
    direct = await scene.direct(scene.mette)
    walker = await walk(scene.url, scene.mette, scene.channel)
    row = walker.page.get_by_role("navigation").get_by_role("link", name="klyngebot")
    await scene.slack.chat_postMessage(channel=direct, text="Et")
    await scene.slack.chat_postMessage(channel=direct, text="To")
    await expect(row.locator(".badge")).to_have_text("2")
    await row.click()
    await walker.message("To")
    await expect(row.locator(".badge")).to_have_count(0)
    assert (await scene.desk.state(scene.mette))["channels"][0]["unread"] == 0


async def test_another_person_sees_another_workspace(scene: Any, walk: Any) -> None:
    await scene.slack.chat_postMessage(channel=await scene.direct(scene.jens), text="Kun til Jens")
    walker = await walk(scene.url, scene.mette)
    assert await walker.messages().count() == 0
    await walker.become("Jens Krogh")
    await walker.message("Kun til Jens")


async def test_clock_moves_to_the_next_morning_an_hour_on_and_a_date(scene: Any, walk: Any) -> None:
    walker = await walk(scene.url, scene.mette)
    assert await walker.clock() == "mandag den 4. maj 2026 15.06"
    await walker.next_morning()
    await expect(walker.page.locator(".clock-face strong")).to_have_text("08.00")
    await walker.forward_hour()
    await expect(walker.page.locator(".clock-face strong")).to_have_text("09.00")
    await walker.move_clock(datetime(2026, 12, 6, 12, 0))  # noqa: DTZ001 - what a person types has no zone
    await expect(walker.page.locator(".clock-date")).to_have_text("søndag den 6. december 2026")
    assert scene.world.now() == datetime(2026, 12, 6, 11, 0, tzinfo=UTC)


async def test_traffic_shows_calls_with_their_outcome(scene: Any, walk: Any) -> None:
    walker = await walk(scene.url, scene.mette)
    await walker.press("Trafik")
    await scene.slack.chat_postMessage(channel=await scene.direct(scene.mette), text="Hej fra appen")
    pane = walker.page.get_by_role("complementary", name="Trafik")
    call = pane.locator("details").filter(has_text="chat.postMessage").first
    await call.locator("summary").click()
    assert await call.locator(".outcome").inner_text() == "200"
    assert '"text": "Hej fra appen"' in await call.get_by_role("group", name="Forespørgsel").inner_text()


async def test_what_people_and_apps_write_is_never_markup(scene: Any, walk: Any) -> None:
    direct = await scene.direct(scene.mette)
    evil = "<img src=x onerror=window.hit=1><script>window.hit=1</script>"
    await scene.slack.chat_postMessage(channel=direct, text=f"{evil} <javascript:window.hit=1|tryk>")
    walker = await walk(scene.url, scene.mette, direct)
    await walker.say(evil)
    await expect(walker.messages()).to_have_count(2)
    own = walker.messages().last
    assert await own.locator(".words").inner_text() == evil
    assert await walker.messages().locator("a").count() == 0
    assert await walker.page.evaluate("window.hit") is None


@pytest.mark.parametrize("dark", [False, True])
async def test_everything_fits_a_telephone(
    scene: Any, walk: Any, dark: bool, sample_blocks: Callable[[str], dict[str, Any]]
) -> None:
    direct = await scene.direct(scene.mette)
    await scene.slack.chat_postMessage(channel=direct, text="kort", blocks=sample_blocks(scene.jens)["message"])
    walker = await walk(scene.url, scene.mette, direct, width=360, height=740, dark=dark)
    await walker.message("Klyngemøde om KOL")
    assert await walker.page.evaluate("document.documentElement.scrollWidth") == 360
    assert await walker.page.evaluate("document.querySelector('.scroller').scrollWidth") == 360
    await walker.go_to("klynge-nord")
    await walker.say("/prøve")
    dialog = await walker.modal("Nyt møde")
    assert await dialog.locator(".dialog-body").evaluate("body => body.scrollWidth <= body.clientWidth")
    box = await dialog.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 360)


WORDS_WIDTH = """input => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = getComputedStyle(input).font;
  return pen.measureText(input.placeholder).width;
}"""


@pytest.mark.parametrize("width", [360, 1280])
async def test_what_a_menu_asks_for_is_read_to_its_end(scene: Any, walk: Any, width: int) -> None:
    words = "Ret eller afslut en person"
    direct = await scene.direct(scene.mette)
    choice = {"text": {"type": "plain_text", "text": "Jens"}, "value": "1"}
    menu = {
        "type": "static_select",
        "action_id": "one",
        "placeholder": {"type": "plain_text", "text": words},
        "options": [choice],
    }
    await scene.slack.chat_postMessage(channel=direct, text="kort", blocks=[{"type": "actions", "elements": [menu]}])
    walker = await walk(scene.url, scene.mette, direct, width=width)
    field = walker.page.get_by_placeholder(words)
    await expect(field).to_be_visible()
    assert await field.evaluate(WORDS_WIDTH) <= await field.evaluate("input => input.clientWidth")
    assert await walker.page.evaluate("document.querySelector('.scroller').scrollWidth") <= width


def test_page_names_no_other_host_and_builds_no_markup_from_text() -> None:
    banned = re.compile(
        r"(?:inner|outer|adjacent)HTML|document\.write|\beval\(|\son\w+=|https?://(?!www\.w3\.org/)\w", re.I
    )
    found = [
        f"{path.name}: {match.group()}"
        for path in sorted(PAGE.iterdir())
        for match in banned.finditer(path.read_text("utf-8"))
    ]
    assert found == []
