"""The page against the real stand-in, with a small Bolt app behind it: what a person sees and does in a browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from workspace import Desk, Workspace, WorkspaceClock

PAGE = Path(__file__).parents[2] / "workspace" / "page"
T0 = datetime(2026, 5, 4, 13, 6, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63d8b86a1d0004a001f9f5ad55580000000049454e44ae426082"
)
pytestmark = pytest.mark.browser


@dataclass
class Scene:
    """A workspace with two people, a channel and a small app that writes down what reaches it."""

    url: str
    world: Workspace
    slack: AsyncWebClient
    desk: Desk
    mette: str
    jens: str
    channel: str
    heard: list[dict[str, Any]] = field(default_factory=list)

    async def direct(self, person: str) -> str:
        """The id of somebody's direct message with the app."""
        opened = await self.slack.conversations_open(users=person)
        return str(opened["channel"]["id"])

    async def hear(self, count: int = 1) -> list[dict[str, Any]]:
        """What reached the app, once there are `count` of them."""

        async def enough() -> bool:
            return len(self.heard) >= count

        await self.desk.wait_for(enough)
        return self.heard


def _listen(app: AsyncApp, scene: Scene, modal: dict[str, Any], home: list[dict[str, Any]]) -> None:
    """A command opens the sample modal; anything pressed is written down; saving with the title `fejl` is refused."""

    @app.command("/prøve")
    async def open_modal(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack("Vinduet åbner." if body["text"] == "sig noget" else "")
        await client.views_open(trigger_id=body["trigger_id"], view=modal)

    @app.action(re.compile(".*"))
    async def take_action(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        scene.heard.append(body)
        if body["actions"][0]["action_id"] == "open_more":
            more = modal | {"title": {"type": "plain_text", "text": "Flere felter"}, "blocks": modal["blocks"][1:2]}
            await client.views_push(trigger_id=body["trigger_id"], view=more)

    @app.options(re.compile(".*"))
    async def offer(ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=[{"text": {"type": "plain_text", "text": f"Lægehuset {payload['value']}"}, "value": "p1"}])

    @app.view("sample")
    async def take_answers(ack: Any, body: dict[str, Any]) -> None:
        if body["view"]["state"]["values"]["title"]["v"]["value"] == "fejl":
            await ack(response_action="errors", errors={"title": "Den titel er brugt."})
            return
        await ack()
        scene.heard.append(body)

    @app.event("app_home_opened")
    async def publish(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": home})

    @app.event("message")
    async def take_message(event: dict[str, Any]) -> None:
        scene.heard.append(event)

    @app.event(re.compile("file_shared|file_deleted|member_joined_channel"))
    async def pass_by() -> None:
        """Nothing here depends on these."""


@pytest.fixture
async def scene(sample_blocks: Callable[[str], dict[str, Any]]) -> AsyncIterator[Scene]:
    world = Workspace(clock=WorkspaceClock(start=T0, ticking=False))
    server = await world.serve(port=0)
    world.commands = [
        {"command": "/prøve", "description": "Åbner prøvevinduet", "usage_hint": "[sig noget]"},
        {"command": "/andet", "description": "Noget andet", "usage_hint": ""},
    ]
    mette = world.add_person(name="Mette Holm", email="mette@klynge.example")
    jens = world.add_person(name="Jens Krogh", email="jens@klynge.example")
    channel = world.add_channel(name="klynge-nord", members=[mette, jens, world.bot_user_id])
    slack = AsyncWebClient(token=world.bot_token, base_url=server.api_url)
    app = AsyncApp(client=slack, signing_secret=world.signing_secret)
    blocks = sample_blocks(jens)
    async with Desk(server.url) as desk:
        scene = Scene(server.url, world, slack, desk, mette, jens, channel)
        _listen(app, scene, blocks["modal"], blocks["home"])
        handler = AsyncSocketModeHandler(app, world.app_token, web_client=slack)
        await handler.connect_async()
        yield scene
        await handler.close_async()
    await server.close()


async def test_message_shows_every_kind_of_block(
    scene: Scene, walk: Any, sample_blocks: Callable[[str], dict[str, Any]]
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


async def test_every_control_of_a_message_reaches_the_app(
    scene: Scene, walk: Any, sample_blocks: Callable[[str], dict[str, Any]]
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
    scene: Scene, walk: Any, sample_blocks: Callable[[str], dict[str, Any]]
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


async def test_modal_complains_at_the_field_and_then_sends_every_kind_of_answer(scene: Scene, walk: Any) -> None:
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


async def test_pushed_modal_goes_back_to_the_first_with_its_answers_kept(scene: Scene, walk: Any) -> None:
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


async def test_slash_commands_are_suggested_and_answered_to_the_asker_alone(scene: Scene, walk: Any) -> None:
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


async def test_threads_files_and_pictures(scene: Scene, walk: Any) -> None:
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


async def test_unread_messages_are_marked_until_they_are_looked_at(scene: Scene, walk: Any) -> None:
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


async def test_another_person_sees_another_workspace(scene: Scene, walk: Any) -> None:
    await scene.slack.chat_postMessage(channel=await scene.direct(scene.jens), text="Kun til Jens")
    walker = await walk(scene.url, scene.mette)
    assert await walker.messages().count() == 0
    await walker.become("Jens Krogh")
    await walker.message("Kun til Jens")


async def test_home_is_published_when_it_is_opened(scene: Scene, walk: Any) -> None:
    walker = await walk(scene.url, scene.mette)
    home = await walker.open_home()
    assert await home.get_by_role("heading").inner_text() == "Din klynge"
    await walker.press("Planlæg møde", home)
    body = (await scene.hear(1))[0]
    assert (body["container"]["type"], body["actions"][0]["action_id"]) == ("view", "plan")


async def test_clock_moves_to_the_next_morning_an_hour_on_and_a_date(scene: Scene, walk: Any) -> None:
    walker = await walk(scene.url, scene.mette)
    assert await walker.clock() == "mandag den 4. maj 2026 15.06"
    await walker.next_morning()
    await expect(walker.page.locator(".clock-face strong")).to_have_text("08.00")
    await walker.forward_hour()
    await expect(walker.page.locator(".clock-face strong")).to_have_text("09.00")
    await walker.move_clock(datetime(2026, 12, 6, 12, 0))  # noqa: DTZ001 - what a person types has no zone
    await expect(walker.page.locator(".clock-date")).to_have_text("søndag den 6. december 2026")
    assert scene.world.now() == datetime(2026, 12, 6, 11, 0, tzinfo=UTC)


async def test_traffic_shows_calls_with_their_outcome(scene: Scene, walk: Any) -> None:
    walker = await walk(scene.url, scene.mette)
    await walker.press("Trafik")
    await scene.slack.chat_postMessage(channel=await scene.direct(scene.mette), text="Hej fra appen")
    pane = walker.page.get_by_role("complementary", name="Trafik")
    call = pane.locator("details").filter(has_text="chat.postMessage").first
    await call.locator("summary").click()
    assert await call.locator(".outcome").inner_text() == "200"
    assert '"text": "Hej fra appen"' in await call.get_by_role("region", name="Forespørgsel").inner_text()


async def test_what_people_and_apps_write_is_never_markup(scene: Scene, walk: Any) -> None:
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
    scene: Scene, walk: Any, dark: bool, sample_blocks: Callable[[str], dict[str, Any]]
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


async def test_page_can_be_used_with_the_keyboard_alone(
    scene: Scene, walk: Any, sample_blocks: Callable[[str], dict[str, Any]]
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
