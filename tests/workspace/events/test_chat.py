"""Messages: posting, threads, editing, deleting, ephemeral and scheduled ones, metadata, looking back."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.workspace.kit import Heard, Place, Running, actions, button, posted
from workspace import DeskError
from workspace.state.messages import typed


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_user_id_as_channel_opens_the_direct_message(place: Place) -> None:
    sent = await place.client.chat_postMessage(channel=place.anne, text="hej")
    assert sent["channel"] == place.dm
    assert [message["text"] for message in await place.desk.messages(place.anne, place.dm)] == ["hej"]


async def test_deactivated_person_still_gets_messages_and_only_the_account_tells(place: Place) -> None:
    await place.desk.deactivate(place.anne)
    assert (await place.client.chat_postMessage(channel=place.anne, text="hej"))["ok"] is True
    assert (await place.client.users_info(user=place.anne))["user"]["deleted"] is True
    assert await error_of(place.client.users_lookupByEmail(email="anne@example.dk")) == "users_not_found"


async def test_bot_speaks_only_where_it_is_a_member(place: Place) -> None:
    public = place.world.add_channel("andre", [place.anne])
    private = place.world.add_channel("lukket", [place.anne], private=True)
    theirs = place.world.open_direct(place.anne, place.bo).id
    assert await error_of(place.client.chat_postMessage(channel=public, text="x")) == "not_in_channel"
    assert await error_of(place.client.chat_postMessage(channel=private, text="x")) == "channel_not_found"
    assert await error_of(place.client.chat_postMessage(channel=theirs, text="x")) == "channel_not_found"
    assert (await place.client.chat_postMessage(channel="#klynge", text="x"))["channel"] == place.channel


async def test_thread_needs_a_parent_and_counts_its_replies(place: Place) -> None:
    parent = (await place.client.chat_postMessage(channel=place.channel, text="kort"))["ts"]
    for person in (place.anne, place.bo, place.anne):
        await place.desk.say(person, place.channel, "svar", thread_ts=parent)
    card = (await place.desk.messages(place.anne, place.channel))[0]
    assert (card["reply_count"], card["reply_users"]) == (3, [place.anne, place.bo])
    lost = place.client.chat_postMessage(channel=place.channel, text="x", thread_ts="1.000001")
    assert await error_of(lost) == "thread_not_found"


async def test_update_with_text_alone_takes_the_blocks_away(place: Place) -> None:
    card = await posted(place, actions(button("go")))
    await place.client.chat_update(channel=place.dm, ts=card["ts"], text="afsluttet")
    after = (await place.desk.dm(place.anne))[0]
    assert (after["text"], "blocks" in after) == ("afsluttet", False)


async def test_bot_edits_and_deletes_only_its_own(place: Place) -> None:
    ts = await place.desk.say(place.anne, place.dm, "mit")
    assert await error_of(place.client.chat_update(channel=place.dm, ts=ts, text="x")) == "cant_update_message"
    assert await error_of(place.client.chat_delete(channel=place.dm, ts=ts)) == "cant_delete_message"
    own = (await place.client.chat_postMessage(channel=place.dm, text="dit"))["ts"]
    await place.client.chat_delete(channel=place.dm, ts=own)
    assert await error_of(place.client.chat_delete(channel=place.dm, ts=own)) == "message_not_found"
    assert [message["ts"] for message in await place.desk.dm(place.anne)] == [ts]


async def test_deleted_parent_with_replies_stays_as_a_tombstone(place: Place) -> None:
    parent = (await place.client.chat_postMessage(channel=place.dm, text="kort"))["ts"]
    await place.desk.say(place.anne, place.dm, "svar", thread_ts=parent)
    await place.client.chat_delete(channel=place.dm, ts=parent)
    seen = await place.desk.dm(place.anne)
    assert [(message["text"], message.get("deleted", False)) for message in seen] == [("", True), ("svar", False)]


async def test_metadata_is_kept_for_apps_and_hidden_from_people(place: Place) -> None:
    metadata = {"event_type": "outbox", "event_payload": {"id": "o-1"}}
    ts = (await place.client.chat_postMessage(channel=place.dm, text="x", metadata=metadata))["ts"]
    plain = await place.client.conversations_history(channel=place.dm)
    full = await place.client.conversations_history(channel=place.dm, include_all_metadata=True)
    assert ("metadata" in plain["messages"][0], full["messages"][0]["metadata"]) == (False, metadata)
    thread = await place.client.conversations_replies(channel=place.dm, ts=ts, include_all_metadata=True)
    assert thread["messages"][0]["metadata"] == metadata
    assert "metadata" not in (await place.desk.dm(place.anne))[0]
    dumped = next(
        conversation for conversation in (await place.desk.everything())["channels"] if conversation["id"] == place.dm
    )
    assert dumped["messages"][0]["metadata"] == metadata


@pytest.mark.parametrize(
    ("metadata", "error"),
    [("{", "invalid_metadata_format"), ({"event_type": "x"}, "invalid_metadata_schema")],
)
async def test_malformed_metadata_is_refused(place: Place, metadata: Any, error: str) -> None:
    call = place.client.api_call("chat.postMessage", json={"channel": place.dm, "text": "x", "metadata": metadata})
    assert await error_of(call) == error


async def test_history_pages_back_without_replies(place: Place) -> None:
    await place.desk.settings(rate_limits=False)
    sent = [(await place.client.chat_postMessage(channel=place.dm, text=str(n)))["ts"] for n in range(3)]
    await place.client.chat_postMessage(channel=place.dm, text="svar", thread_ts=sent[0])
    first = await place.client.conversations_history(channel=place.dm, limit=2)
    assert [message["text"] for message in first["messages"]] == ["2", "1"]
    cursor = first["response_metadata"]["next_cursor"]
    second = await place.client.conversations_history(channel=place.dm, limit=2, cursor=cursor)
    assert ([message["text"] for message in second["messages"]], second["has_more"]) == (["0"], False)
    window = await place.client.conversations_history(channel=place.dm, oldest=sent[1], inclusive=True)
    assert [message["text"] for message in window["messages"]] == ["2", "1"]
    after = await place.client.conversations_history(channel=place.dm, oldest=sent[1])
    assert [message["text"] for message in after["messages"]] == ["2"]


async def test_ephemeral_is_for_one_active_person_until_reload(place: Place) -> None:
    await place.client.chat_postEphemeral(channel=place.channel, user=place.anne, text="kun dig")
    seen = await place.desk.messages(place.anne, place.channel)
    assert [(message["text"], message["ephemeral"]) for message in seen] == [("kun dig", True)]
    assert await place.desk.messages(place.bo, place.channel) == []
    await place.desk.reload(place.anne)
    assert await place.desk.messages(place.anne, place.channel) == []


async def test_ephemeral_is_never_seen_by_an_inactive_person(place: Place) -> None:
    await place.desk.presence(place.anne, active=False)
    sent = await place.client.chat_postEphemeral(channel=place.channel, user=place.anne, text="væk")
    await place.desk.presence(place.anne, active=True)
    assert (sent["ok"], await place.desk.messages(place.anne, place.channel)) == (True, [])


async def test_ephemeral_needs_a_member(place: Place) -> None:
    outsider = place.world.add_person(name="Ude")
    call = place.client.chat_postEphemeral(channel=place.channel, user=outsider, text="x")
    assert await error_of(call) == "user_not_in_channel"


async def test_scheduled_message_is_posted_when_the_story_gets_there(place: Place) -> None:
    at = place.world.epoch() + 3_600
    await place.client.chat_scheduleMessage(channel=place.dm, text="senere", post_at=at)
    await place.desk.forward(3_599)
    assert await place.desk.dm(place.anne) == []
    await place.desk.forward(1)
    assert [message["text"] for message in await place.desk.dm(place.anne)] == ["senere"]


async def test_scheduled_message_with_metadata_is_silently_not_posted(place: Place) -> None:
    metadata = {"event_type": "x", "event_payload": {}}
    at = place.world.epoch() + 60
    args = {"channel": place.dm, "text": "senere", "post_at": at, "metadata": metadata}
    assert (await place.client.chat_scheduleMessage(**args))["ok"] is True
    await place.desk.forward(120)
    assert await place.desk.dm(place.anne) == []


async def test_schedule_has_its_limits(place: Place) -> None:
    now = place.world.epoch()

    def schedule(at: int) -> Any:
        return place.client.chat_scheduleMessage(channel=place.dm, text="x", post_at=at)

    assert await error_of(schedule(now)) == "time_in_past"
    assert await error_of(schedule(now + 121 * 24 * 3_600)) == "time_too_far"
    made = [(await schedule(now + 600 + n))["scheduled_message_id"] for n in range(30)]
    assert await error_of(schedule(now + 640)) == "restricted_too_many"
    await place.client.chat_deleteScheduledMessage(channel=place.dm, scheduled_message_id=made[0])
    assert len((await place.client.chat_scheduledMessages_list())["scheduled_messages"]) == 29


async def test_reaction_is_seen_once(place: Place) -> None:
    ts = await place.desk.say(place.anne, place.dm, "hej")
    await place.client.reactions_add(channel=place.dm, timestamp=ts, name="white_check_mark")
    again = place.client.reactions_add(channel=place.dm, timestamp=ts, name="white_check_mark")
    assert await error_of(again) == "already_reacted"
    seen = (await place.desk.dm(place.anne))[0]["reactions"]
    assert seen == {"white_check_mark": [place.world.bot_user_id]}
    await place.client.reactions_remove(channel=place.dm, timestamp=ts, name="white_check_mark")
    assert "reactions" not in (await place.desk.dm(place.anne))[0]


@pytest.mark.parametrize(
    ("written", "passed_on"),
    [
        ("KOL <5 & >2", "KOL &lt;5 &amp; &gt;2"),
        ("se https://dsam.dk.", "se <https://dsam.dk>."),
        ("skriv til a@b.dk", "skriv til <mailto:a@b.dk|a@b.dk>"),
        ("hej <@U123>", "hej <@U123>"),
        ("KOL 130, spirometri 96", "KOL 130, spirometri 96"),
    ],
)
def test_typed_text_is_passed_on_as_slack_does(written: str, passed_on: str) -> None:
    assert typed(written) == passed_on


async def test_app_hears_its_own_messages_unless_told_not_to(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    await place.client.chat_postMessage(channel=place.dm, text="mit")
    await place.desk.settings(own_message_events=False)
    await place.client.chat_postMessage(channel=place.dm, text="også mit")
    await place.desk.say(place.anne, place.dm, "dit")
    await place.desk.settled()
    # Bolt drops what the app said itself before any middleware of ours
    assert [event["text"] for event in heard.events] == ["dit"]
    sent = [row for row in await place.desk.traffic() if row["direction"] == "out"]
    assert [row["request"]["payload"]["event"]["text"] for row in sent] == ["mit", "dit"]


async def test_channel_messages_are_not_events_unless_subscribed(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    await place.desk.say(place.anne, place.channel, "i kanalen")
    await place.desk.say(place.anne, place.dm, "direkte")
    await place.desk.settled()
    assert [event["text"] for event in heard.events] == ["direkte"]


async def test_people_edit_and_delete_only_their_own(place: Place) -> None:
    ts = await place.desk.say(place.anne, place.channel, "tastefjel")
    await place.desk.edit_message(place.anne, place.channel, ts, "tastefejl")
    seen = (await place.desk.messages(place.bo, place.channel))[0]
    assert (seen["text"], "edited" in seen) == ("tastefejl", True)
    with pytest.raises(DeskError) as refused:
        await place.desk.delete_message(place.bo, place.channel, ts)
    assert refused.value.code == "cant_delete_message"
    await place.desk.delete_message(place.anne, place.channel, ts)
    assert await place.desk.messages(place.bo, place.channel) == []


@pytest.mark.long
async def test_unread_counts_until_somebody_looks(place: Place) -> None:
    for text in ("en", "to"):
        await place.desk.say(place.anne, place.channel, text)

    async def unread(person: str) -> int:
        conversations = (await place.desk.state(person))["channels"]
        return int(
            next(conversation["unread"] for conversation in conversations if conversation["id"] == place.channel)
        )

    assert (await unread(place.anne), await unread(place.bo)) == (0, 2)
    await place.desk.messages(place.bo, place.channel)
    assert await unread(place.bo) == 0
