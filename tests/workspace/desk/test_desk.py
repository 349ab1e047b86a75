"""The desk itself: notes of changes, waiting, answers by response_url, clock, traffic, access, settings."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.workspace.kit import T0, Heard, Place, Running, actions, button, field, posted, shown
from workspace import DeskError, Workspace, WorkspaceClock
from workspace.state.clock import next_morning
from workspace.state.traffic import masked


async def notes_of(place: Place, person: str | None, do: Any) -> list[str]:
    """The kinds of notes somebody gets while `do` happens, up to the clock note that ends it."""
    kinds: list[str] = []
    params = {"as": person} if person else {}
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{place.server.url}/desk/events", params=params) as feed,
    ):
        assert await feed.content.readline() == b": listening\n"
        await do
        await place.desk.forward(0)
        async for line in feed.content:
            if line.startswith(b"data:"):
                kinds += [kind for kind in ("message", "view", "home", "clock") if f'"{kind}"'.encode() in line]
                if kinds[-1:] == ["clock"]:
                    break
    return kinds


async def test_notes_reach_those_who_see_the_change(place: Place) -> None:
    assert await notes_of(place, place.anne, place.desk.say(place.bo, place.channel, "hej")) == ["message", "clock"]
    private = place.client.chat_postMessage(channel=place.bo, text="kun Bo")
    assert await notes_of(place, place.anne, private) == ["clock"]
    assert await notes_of(place, place.anne, shown(place)) == ["view", "clock"]
    home = place.client.views_publish(user_id=place.anne, view={"type": "home", "blocks": []})
    assert await notes_of(place, place.anne, home) == ["home", "clock"]


async def test_waiting_ends_with_the_change_or_with_patience(place: Place) -> None:
    async def said() -> bool:
        return bool(await place.desk.dm(place.anne))

    waiting = asyncio.create_task(place.desk.wait_for(said))
    await place.client.chat_postMessage(channel=place.anne, text="hej")
    assert await waiting is True
    with pytest.raises(TimeoutError):
        await place.desk.wait_for(lambda: False, timeout=0.05)


async def test_message_shows_who_said_what(place: Place) -> None:
    ts = await place.desk.say(place.anne, place.channel, "hej")
    assert (await place.desk.messages(place.bo, place.channel))[0] == {
        "ts": ts,
        "channel": place.channel,
        "user": place.anne,
        "bot": False,
        "text": "hej",
        "reply_count": 0,
        "reply_users": [],
    }


async def test_state_lists_conversations_commands_and_time(place: Place) -> None:
    state = await place.desk.state(place.anne)
    conversations = {conversation["id"]: conversation["kind"] for conversation in state["channels"]}
    assert conversations == {place.dm: "im", place.channel: "channel"}
    assert (state["commands"], state["now"]) == (place.world.commands, T0.isoformat())
    assert (state["me"]["initials"], state["me"]["display_name"]) == ("AH", "Anne Holm")


async def test_response_url_answers_five_times_within_half_an_hour(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    await place.desk.command(place.anne, place.channel, "/klynge")
    url = heard.bodies[-1]["response_url"]
    client = AsyncWebhookClient(url)
    statuses = [(await client.send(text=f"svar {number}")).status_code for number in range(6)]
    assert statuses == [200] * 5 + [404]
    assert [message["ephemeral"] for message in await place.desk.messages(place.anne, place.channel)] == [True] * 5
    await place.desk.command(place.anne, place.channel, "/klynge")
    await place.desk.forward(30 * 60 + 1)
    late = await AsyncWebhookClient(heard.bodies[-1]["response_url"]).send(text="for sent")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


async def test_response_url_replaces_and_deletes_the_message_acted_on(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    await place.client.chat_postEphemeral(
        channel=place.channel, user=place.anne, text="Kommer du?", blocks=[actions(button("rsvp"))]
    )
    card = (await place.desk.messages(place.anne, place.channel))[0]
    await place.desk.act(place.anne, card, "rsvp")
    assert heard.bodies[-1]["container"]["is_ephemeral"] is True
    client = AsyncWebhookClient(heard.bodies[-1]["response_url"])
    await client.send(text="Du kommer", replace_original=True)
    after = await place.desk.messages(place.anne, place.channel)
    assert [(message["text"], message["ts"]) for message in after] == [("Du kommer", card["ts"])]
    await client.send(delete_original=True)
    assert await place.desk.messages(place.anne, place.channel) == []


async def test_response_url_refuses_nothing_to_say_and_fails_on_command(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    await place.desk.command(place.anne, place.channel, "/klynge")
    client = AsyncWebhookClient(heard.bodies[-1]["response_url"], retry_handlers=[])
    assert (await client.send_dict({})).status_code == 400
    await place.desk.fail("response_url", status=500)
    assert (await client.send(text="x")).status_code == 500
    await place.desk.fail("response_url", reset=True)
    with pytest.raises(aiohttp.ClientError):
        await client.send(text="x")
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}
    assert (await client.send(text="x", blocks=[long])).status_code == 400
    unknown = AsyncWebhookClient(f"{place.server.url}/response/unknown")
    assert (await unknown.send(text="x")).status_code == 404


async def test_response_in_channel_is_for_everyone(place: Place, socketed: Running) -> None:
    app = place.app()
    Heard(app).answer = {"response_type": "in_channel", "text": "Til alle"}
    await socketed(app)
    await place.desk.command(place.anne, place.channel, "/klynge")
    assert [message["text"] for message in await place.desk.messages(place.bo, place.channel)] == ["Til alle"]


@pytest.mark.long
async def test_people_cannot_act_for_bots_in_other_rooms_or_unknown_words(place: Place) -> None:
    theirs = place.world.add_channel("andre", [place.bo])
    card = await posted(place, actions(button("go")))
    for call, code in (
        (place.desk.say(place.world.bot_user_id, place.channel, "x"), "cannot_act"),
        (place.desk.say(place.anne, theirs, "x"), "not_in_channel"),
        (place.desk.say(place.anne, place.channel, "  "), "no_text"),
        (place.desk.say("U0", place.channel, "x"), "user_not_found"),
        (place.desk.act(place.bo, card, "go"), "channel_not_found"),
        (place.desk.command(place.anne, place.dm, "/ukendt"), "unknown_command"),
        (place.desk.post("say", {"as": place.anne}), "missing_argument"),
        (place.desk.submit(place.anne), "no_open_view"),
        (place.desk.settings(colour="red"), "no_such_setting"),
        (place.desk.settings(rate_limits="no"), "bad_setting"),
        (place.desk.clock_to("i morgen"), "bad_time"),
    ):
        with pytest.raises(DeskError) as refused:
            await call
        assert refused.value.code == code


async def test_unknown_value_for_a_modal_is_a_mistake_of_the_test(place: Place) -> None:
    await shown(place, field("note", {"type": "plain_text_input", "action_id": "note"}))
    with pytest.raises(DeskError) as refused:
        await place.desk.submit(place.anne, values={"noet": "x"})
    assert (refused.value.code, refused.value.body["detail"]) == ("no_such_element", "noet")


async def test_clock_is_moved_to_a_time_by_seconds_and_to_the_next_morning(place: Place) -> None:
    await place.desk.clock_to(datetime(2026, 5, 7, 16, 0, tzinfo=UTC))
    assert (await place.desk.clock())["now"] == "2026-05-07T16:00:00+00:00"
    await place.desk.forward(90)
    assert (await place.desk.clock())["now"] == "2026-05-07T16:01:30+00:00"
    await place.desk.jump()
    assert (await place.desk.clock())["now"] == "2026-05-08T06:00:00+00:00"
    await place.desk.clock_to("2026-05-09T10:00")
    assert (await place.desk.clock())["now"] == "2026-05-09T08:00:00+00:00"


def test_next_morning_skips_the_weekend_and_follows_summer_time() -> None:
    friday = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)
    assert next_morning(friday).astimezone(UTC) == datetime(2026, 3, 30, 6, 0, tzinfo=UTC)
    winter = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
    assert next_morning(winter).astimezone(UTC) == datetime(2026, 1, 7, 7, 0, tzinfo=UTC)


class StoppedClock:
    """A clock of somebody else's that only tells the time."""

    def now(self) -> datetime:
        return T0


def test_clock_of_somebody_else_is_followed_and_still_movable() -> None:
    world = Workspace(clock=StoppedClock())
    assert world.now() == T0
    world.move_clock(T0 + timedelta(days=1))
    assert world.now() == T0 + timedelta(days=1)


def test_timestamps_grow_while_the_clock_stands_still() -> None:
    world = Workspace(clock=WorkspaceClock(T0, ticking=False))
    made = [world.fresh_ts() for _ in range(1_000)]
    assert made == sorted(set(made))
    assert made[0] == f"{int(T0.timestamp())}.000000"


def test_same_seed_gives_the_same_ids() -> None:
    def ids(seed: int) -> list[str]:
        world = Workspace(seed=seed)
        return [world.team_id, world.bot_token, world.add_person(name="Anne"), world.add_channel("klynge")]

    assert ids(7) == ids(7)
    assert set(ids(7)).isdisjoint(ids(8))


async def test_traffic_shows_both_directions_without_tokens(place: Place, running: Running) -> None:
    app = place.app()
    Heard(app)
    await running(app)
    await place.client.chat_postMessage(channel=place.dm, text=f"hemmelig {place.world.bot_token}")
    seen = (await place.desk.traffic())[-1]["seq"]
    await place.desk.command(place.anne, place.dm, "/klynge møde")
    await place.desk.settled()
    rows = await place.desk.traffic()
    said = next(row for row in rows if row["method"] == "chat.postMessage")
    assert (said["direction"], said["kind"], said["ok"], said["request"]["text"]) == ("in", "api", True, "hemmelig •••")
    assert place.world.bot_token not in str(rows)
    later = await place.desk.traffic(seen)
    assert [row["seq"] for row in later] == [row["seq"] for row in rows if row["seq"] > seen]
    command = next(row for row in later if row["method"] == "/klynge")
    assert (command["direction"], command["request"]["payload"]["text"], command["ok"]) == ("out", "møde", True)


async def test_long_texts_and_bytes_are_cut_in_the_traffic(place: Place) -> None:
    await place.client.chat_postMessage(channel=place.dm, text="x" * 5_000)
    said = (await place.desk.traffic())[-1]["request"]["text"]
    assert said == "x" * 2_000 + "… (5000 characters)"
    assert masked({"token": "xoxb-1", "data": b"abc", "rows": [("a", 1)]}) == {
        "token": "•••",
        "data": "<3 bytes>",
        "rows": [["a", 1]],
    }


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Host": "evil.example:80"}],
)
async def test_page_from_elsewhere_cannot_act_here(place: Place, headers: dict[str, str]) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{place.server.url}/desk/say", json={}, headers=headers) as answer,
    ):
        assert answer.status == 403


async def test_only_loopback_is_listened_on(place: Place) -> None:
    assert place.server.url == f"http://127.0.0.1:{place.server.url.rpartition(':')[2]}"
    assert place.server.api_url == place.server.url + "/api/"


async def test_page_is_served_from_its_folder(place: Place) -> None:
    async with aiohttp.ClientSession() as session, session.get(place.server.url + "/") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
