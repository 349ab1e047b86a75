"""What people do on the page reaches the app: buttons, menus, modals, commands and the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


async def test_every_control_of_a_message_reaches_the_app(
    scene: Any, walk: Any, sample_blocks: Callable[[str], dict[str, Any]]
) -> None:
    direct = await scene.direct(scene.mette)
    await scene.slack.chat_postMessage(channel=direct, text="kort", blocks=sample_blocks(scene.jens)["message"])
    walker = await walk(scene.url, scene.mette, direct)
    card = await walker.message("Klyngemøde om KOL")
    await walker.press("Kommer", card)
    await scene.hear(1)
    await walker.choose("Påmind mig senere", "I morgen tidlig", card)
    await scene.hear(2)
    await card.get_by_role("button", name="Flere valg").click()
    await walker.page.get_by_role("menuitem", name="Vis dagsorden").click()
    await scene.hear(3)
    await card.locator("input[type=date]").fill("2026-05-21")
    await card.locator("input[type=date]").press("Enter")
    await scene.hear(4)
    await walker.choose("Hvem svarer for praksis?", "Jens Krogh", card)
    await scene.hear(5)
    await card.get_by_label("Mad til mødet").check()
    await scene.hear(6)
    await card.get_by_label("Video").check()
    heard = [body["actions"][0] for body in await scene.hear(7)]
    assert [one["action_id"] for one in heard] == ["come", "later", "more", "day", "contact", "meal", "mode"]
    assert heard[0]["value"] == "m1"
    assert heard[1]["selected_option"]["value"] == "morning"
    assert heard[2]["selected_option"]["value"] == "agenda"
    assert heard[3]["selected_date"] == "2026-05-21"
    assert heard[4]["selected_user"] == scene.jens
    assert [one["value"] for one in heard[5]["selected_options"]] == ["food"]
    assert heard[6]["selected_option"]["value"] == "video"


async def test_button_with_confirmation_acts_only_when_confirmed(
    scene: Any, walk: Any, sample_blocks: Callable[[str], dict[str, Any]]
) -> None:
    direct = await scene.direct(scene.mette)
    await scene.slack.chat_postMessage(channel=direct, text="kort", blocks=sample_blocks(scene.jens)["message"])
    walker = await walk(scene.url, scene.mette, direct)
    question = walker.page.get_by_role("dialog", name="Melde afbud?")
    await walker.press("Kommer ikke")
    await walker.press("Fortryd", question)
    await question.wait_for(state="detached")
    assert scene.heard == []
    await walker.press("Kommer ikke")
    await walker.press("Meld afbud", question)
    heard = await scene.hear(1)
    assert [one["actions"][0]["action_id"] for one in heard] == ["stay"]


async def test_modal_complains_at_the_field_and_then_sends_every_kind_of_answer(scene: Any, walk: Any) -> None:
    walker = await walk(scene.url, scene.mette)
    await walker.say("/prøve")
    await walker.modal("Nyt møde")
    await walker.submit(closes=False)
    assert await walker.complaint("Titel") == "Udfyld dette felt."
    assert await walker.complaint("Type") == "Udfyld dette felt."
    await walker.fill("Titel", "fejl")
    await walker.fill("Type", "Temamøde")
    await walker.fill("Dato og tid", "2026-05-07 16:30")
    await walker.fill("Varighed i minutter", "5")
    await walker.submit(closes=False)
    assert await walker.complaint("Varighed i minutter") == "Tallet skal være mindst 15."
    await walker.fill("Varighed i minutter", "90")
    await walker.submit(closes=False)
    assert await walker.complaint("Titel") == "Den titel er brugt."
    await walker.fill("Titel", "KOL i praksis")
    await walker.fill("Svar senest", "2026-05-05")
    await walker.fill("Dørene åbner", "16:15")
    await walker.fill("Bemærkning", "To\nlinjer")
    await walker.fill("E-mail", "mette@klynge.example")
    await walker.fill("Link til video", "https://example.org/video")
    await walker.fill("Emner", ["KOL", "Polyfarmaci"])
    await walker.fill("Praksis", "Skov")
    await walker.fill("Forplejning", ["Kaffe"])
    await walker.fill("Form", "Video")
    await walker.fill("Bilag", ("tal.csv", b"a;b\n1;2\n"))
    await walker.submit()
    values = (await scene.hear(1))[0]["view"]["state"]["values"]
    said = {block: {key: state["v"][key] for key in state["v"] if key != "type"} for block, state in values.items()}
    assert said["title"] == {"value": "KOL i praksis"}
    assert said["kind"]["selected_option"]["value"] == "theme"
    assert said["at"] == {"selected_date_time": int(datetime(2026, 5, 7, 14, 30, tzinfo=UTC).timestamp())}
    assert said["until"] == {"selected_date": "2026-05-05"}
    assert said["clock"]["selected_time"] == "16:15"
    assert said["length"] == {"value": "90"}
    assert said["note"] == {"value": "To\nlinjer"}
    assert said["mail"] == {"value": "mette@klynge.example"}
    assert said["link"] == {"value": "https://example.org/video"}
    assert [one["value"] for one in said["topics"]["selected_options"]] == ["copd", "poly"]
    assert said["practice"]["selected_option"]["text"]["text"] == "Lægehuset Skov"
    assert [one["value"] for one in said["food"]["selected_options"]] == ["coffee"]
    assert said["form"]["selected_option"]["value"] == "video"
    assert [one["name"] for one in said["papers"]["files"]] == ["tal.csv"]


async def test_pushed_modal_goes_back_to_the_first_with_its_answers_kept(scene: Any, walk: Any) -> None:
    walker = await walk(scene.url, scene.mette)
    await walker.say("/prøve")
    await walker.modal("Nyt møde")
    await walker.fill("Titel", "Kladde")
    await walker.press("Flere felter")
    await walker.modal("Flere felter")
    await walker.press("Tilbage")
    dialog = await walker.modal("Nyt møde")
    assert await dialog.get_by_label("Titel").input_value() == "Kladde"
    assert await walker.page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    await walker.page.keyboard.press("Escape")
    await dialog.wait_for(state="detached")
    assert (await scene.desk.state(scene.mette))["views"] == []


async def test_slash_commands_are_suggested_and_answered_to_the_asker_alone(scene: Any, walk: Any) -> None:
    walker = await walk(scene.url, scene.mette, scene.channel)
    writer = walker.page.locator("#main .composer")
    await writer.get_by_role("textbox").press_sequentially("/p")
    suggestion = walker.page.get_by_role("listbox", name="Forslag").get_by_role("option")
    assert await suggestion.locator(".usage").all_inner_texts() == ["[sig noget]"]
    await walker.page.keyboard.press("Enter")
    await expect(writer.get_by_role("textbox")).to_have_value("/prøve ")
    await walker.page.keyboard.type("sig noget")
    await walker.page.keyboard.press("Enter")
    await walker.modal("Nyt møde")
    await walker.close()
    answer = await walker.message("Vinduet åbner.")
    assert await answer.locator(".only-you").inner_text() == "Kun synlig for dig"
    other = await walk(scene.url, scene.jens, scene.channel)
    await expect(other.page.locator("#main .composer")).to_be_visible()
    assert await other.messages().count() == 0


async def test_home_is_published_when_it_is_opened(scene: Any, walk: Any) -> None:
    walker = await walk(scene.url, scene.mette)
    home = await walker.open_home()
    assert await home.get_by_role("heading").inner_text() == "Din klynge"
    await walker.press("Planlæg møde", home)
    body = (await scene.hear(1))[0]
    assert (body["container"]["type"], body["actions"][0]["action_id"]) == ("view", "plan")


async def test_page_can_be_used_with_the_keyboard_alone(
    scene: Any, walk: Any, sample_blocks: Callable[[str], dict[str, Any]]
) -> None:
    direct = await scene.direct(scene.mette)
    await scene.slack.chat_postMessage(channel=direct, text="kort", blocks=sample_blocks(scene.jens)["message"])
    walker = await walk(scene.url, scene.mette, direct)
    card = await walker.message("Klyngemøde om KOL")
    keys = walker.page.keyboard
    await card.get_by_role("button", name="Måske").focus()
    await keys.press("Enter")
    await scene.hear(1)
    await keys.press("Tab")
    await keys.press("Tab")
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        await keys.press(key)
    heard = [one["actions"][0] for one in await scene.hear(2)]
    assert [one["action_id"] for one in heard] == ["maybe", "later"]
    assert heard[1]["selected_option"]["value"] == "morning"
