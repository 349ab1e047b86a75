"""A real Bolt app against the stand-in, in Socket Mode and over signed HTTP: the whole way there and back."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.workspace.kit import Place, Running, actions, button, field, modal


async def test_message_reaches_the_app_and_its_answer_the_person(place: Place, running: Running) -> None:
    app = place.app()

    @app.message("hej")
    async def greet(message: dict[str, Any], say: Any) -> None:
        await say(text=f"Hej <@{message['user']}>", thread_ts=message["ts"])

    await running(app)
    ts = await place.desk.say(place.anne, place.world.bot_user_id, "hej med dig")

    async def answered() -> list[dict[str, Any]]:
        return [message for message in await place.desk.dm(place.anne) if message["bot"]]

    answer = (await place.desk.wait_for(answered))[0]
    assert (answer["text"], answer["thread_ts"]) == (f"Hej <@{place.anne}>", ts)


async def test_command_opens_a_modal_and_the_submission_is_heard(place: Place, running: Running) -> None:
    app = place.app()
    heard: list[Any] = []

    @app.command("/klynge")
    async def open_modal(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        heard.append(body["text"])
        title = field("title", {"type": "plain_text_input", "action_id": "title"})
        await client.views_open(trigger_id=body["trigger_id"], view=modal(title))

    @app.view("meeting.new")
    async def take(ack: Any, view: dict[str, Any]) -> None:
        title = view["state"]["values"]["title"]["title"]["value"]
        heard.append(title)
        await ack(response_action="errors", errors={"title": "For kort"}) if len(title) < 4 else await ack()

    await running(app)
    desk = place.desk
    assert (await desk.command(place.anne, place.channel, "/klynge møde"))["failed"] is None
    short = await desk.submit(place.anne, values={"title": "KOL"})
    assert (short["response_action"], short["errors"]) == ("errors", {"title": "For kort"})
    done = await desk.submit(place.anne, values={"title": "KOL-møde"})
    assert (done["response_action"], done["failed"]) == (None, None)
    assert await desk.top_view(place.anne) is None
    assert heard == ["møde", "KOL", "KOL-møde"]


async def test_button_can_edit_the_card_it_is_on(place: Place, running: Running) -> None:
    app = place.app()

    @app.action("rsvp")
    async def answer(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        value = body["actions"][0]["value"]
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text=f"Svar: {value}")

    await running(app)
    await place.client.chat_postMessage(channel=place.anne, text="Kommer du?", blocks=[actions(button("rsvp", "ja"))])
    card = (await place.desk.dm(place.anne))[0]
    assert (await place.desk.act(place.anne, card, "rsvp"))["failed"] is None
    after = (await place.desk.dm(place.anne))[0]
    assert (after["text"], after.get("blocks"), "edited" in after) == ("Svar: ja", None, True)


async def test_app_home_is_published_when_it_is_opened(place: Place, running: Running) -> None:
    app = place.app()

    @app.event("app_home_opened")
    async def publish(event: dict[str, Any], client: Any) -> None:
        block = {"type": "section", "text": {"type": "mrkdwn", "text": "Du mangler intet"}}
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [block]})

    await running(app)
    await place.desk.home(place.anne)

    async def published() -> Any:
        return (await place.desk.state(place.anne))["home"]["view"]

    view = await place.desk.wait_for(published)
    assert view["blocks"][0]["text"]["text"] == "Du mangler intet"


async def test_acknowledgement_with_text_shows_only_to_the_person(place: Place, running: Running) -> None:
    app = place.app()

    @app.command("/klynge")
    async def help_text(ack: Any) -> None:
        await ack("Prøv /klynge møde")

    await running(app)
    answer = await place.desk.command(place.anne, place.channel, "/klynge")
    assert answer["response"]["text"] == "Prøv /klynge møde"
    seen = [message["text"] for message in await place.desk.messages(place.anne, place.channel)]
    assert seen == ["Prøv /klynge møde"]
    assert await place.desk.messages(place.bo, place.channel) == []


async def test_unknown_method_is_refused_by_name(place: Place) -> None:
    with pytest.raises(SlackApiError) as refused:
        await place.client.api_call("chat.shout")
    assert refused.value.response["error"] == "unknown_method"
