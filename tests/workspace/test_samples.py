"""Our shapes against the official samples: every key we send is one Slack sends, with the same type, and none that
matters is missing. The samples lie beside the project; without them these tests are skipped.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.kit import Place, Running, actions, button, field, modal
from workspace.state.errors import Json

SAMPLES = Path(__file__).parents[2].parent / "shared" / "slack-samples"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the official samples (../shared/slack-samples) are not here"
)

# Many-shaped by nature (any block, any state) or keyed by ids: not comparable key by key.
FREE = {"blocks", "attachments", "values", "shares", "event_payload", "actions", "response_urls"}
# Sent by Slack, as its documentation and the other samples show, but left out of the sample at hand.
NOT_SAMPLED = {
    "response_metadata",
    "pin_count",
    "has_more",
    "messages.client_msg_id",
    "context_team_id",
    "context_enterprise_id",
    "event.event_ts",
    "event.metadata.event_payload",
    "event.user.profile.status_emoji_display_info",
}


def differences(ours: Any, sample: Any, path: str = "") -> list[str]:
    """Keys we send that the sample does not know, and values of another type."""
    if ours is None or path.rpartition(".")[2] in FREE or path in NOT_SAMPLED:
        return []
    if isinstance(ours, dict):
        if not isinstance(sample, dict):
            return [f"{path}: object, sample has {type(sample).__name__}"]
        found = []
        for key, value in ours.items():
            here = f"{path}.{key}".lstrip(".")
            if key in sample:
                found += differences(value, sample[key], here)
            elif here not in NOT_SAMPLED and key not in FREE:
                found.append(f"{here}: not in the sample")
        return found
    if isinstance(ours, list):
        if not isinstance(sample, list):
            return [f"{path}: array, sample has {type(sample).__name__}"]
        return [each for item in ours for each in (differences(item, sample[0], path) if sample else [])]
    if isinstance(sample, bool) is not isinstance(ours, bool) or not isinstance(ours, type(sample)):
        return [f"{path}: {type(ours).__name__}, sample has {type(sample).__name__}"]
    return []


def sample(folder: str, name: str) -> Json:
    found: Json = json.loads((SAMPLES / folder / f"{name}.json").read_text())
    return found


def missing(ours: Json, *paths: str) -> list[str]:
    """The paths that are not there."""
    absent = []
    for path in paths:
        value: Any = ours
        for key in path.split("."):
            value = value[0] if isinstance(value, list) and value else value
            if not isinstance(value, dict) or key not in value:
                absent.append(path)
                break
            value = value[key]
    return absent


Answer = Callable[[Place, AsyncWebClient], Awaitable[Any]]


async def _posted(place: Place, client: AsyncWebClient) -> Any:
    metadata = {"event_type": "card", "event_payload": {"id": "1"}}
    return await client.chat_postMessage(
        channel=place.anne, text="hej", blocks=[actions(button("go"))], metadata=metadata
    )


async def _updated(place: Place, client: AsyncWebClient) -> Any:
    sent = await _posted(place, client)
    return await client.chat_update(channel=sent["channel"], ts=sent["ts"], text="ny")


async def _deleted(place: Place, client: AsyncWebClient) -> Any:
    sent = await _posted(place, client)
    return await client.chat_delete(channel=sent["channel"], ts=sent["ts"])


async def _linked(place: Place, client: AsyncWebClient) -> Any:
    sent = await _posted(place, client)
    return await client.chat_getPermalink(channel=sent["channel"], message_ts=sent["ts"])


async def _thread(place: Place, client: AsyncWebClient) -> Any:
    sent = await _posted(place, client)
    await client.chat_postMessage(channel=place.anne, text="svar", thread_ts=sent["ts"])
    await place.desk.upload(place.anne, place.dm, "tal.csv", b"a;b\n", thread_ts=sent["ts"])
    return await client.conversations_replies(channel=sent["channel"], ts=sent["ts"], include_all_metadata=True)


async def _history(place: Place, client: AsyncWebClient) -> Any:
    sent = await _thread(place, client)
    await client.reactions_add(channel=place.dm, timestamp=sent["messages"][0]["ts"], name="ok")
    return await client.conversations_history(channel=place.dm, include_all_metadata=True)


async def _uploaded(place: Place, client: AsyncWebClient) -> Any:
    return await client.files_upload_v2(channel=place.dm, filename="a.png", content=PNG, title="A", alt_txt="En graf")


async def _file(place: Place, client: AsyncWebClient) -> Any:
    sent = await _uploaded(place, client)
    return await client.files_info(file=sent["files"][0]["id"])


async def _trashed(place: Place, client: AsyncWebClient) -> Any:
    sent = await _uploaded(place, client)
    return await client.files_delete(file=sent["files"][0]["id"])


async def _opened(place: Place, client: AsyncWebClient) -> Any:
    trigger = place.world.triggers.give(place.anne)
    title = field("title", {"type": "plain_text_input", "action_id": "title"})
    return await client.views_open(trigger_id=trigger, view=modal(title))


async def _pushed(place: Place, client: AsyncWebClient) -> Any:
    await _opened(place, client)
    return await client.views_push(trigger_id=place.world.triggers.give(place.anne), view=modal())


async def _replaced(place: Place, client: AsyncWebClient) -> Any:
    view = (await _opened(place, client))["view"]
    return await client.views_update(view_id=view["id"], hash=view["hash"], view=modal())


async def _installed(place: Place, client: AsyncWebClient) -> Any:
    world = place.world
    args = {"client_id": world.client_id, "client_secret": world.client_secret, "code": await place.desk.install()}
    return await client.api_call("oauth.v2.access", params=args)


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
USER = "user.id user.tz user.tz_label user.tz_offset user.deleted user.is_bot user.is_restricted user.profile.email"
MESSAGE = "message.bot_id message.type message.text message.user message.ts message.team message.bot_profile.app_id"
VIEW = "view.id view.hash view.blocks view.state view.private_metadata view.callback_id view.root_view_id view.app_id"
FILE = "id name title mimetype filetype size mode url_private url_private_download user permalink shares channels ims"
ANSWERS: dict[str, tuple[Answer, str]] = {
    "auth.test": (lambda _, c: c.auth_test(), "url team user team_id user_id bot_id is_enterprise_install"),
    "apps.connections.open": (lambda p, c: c.apps_connections_open(app_token=p.world.app_token), "url"),
    "bots.info": (lambda p, c: c.bots_info(bot=p.world.bot_id), "bot.id bot.name bot.app_id bot.user_id bot.icons"),
    "team.info": (lambda _, c: c.team_info(), "team.id team.name team.domain team.icon"),
    "oauth.v2.access": (_installed, "app_id authed_user scope token_type access_token bot_user_id team.id"),
    "chat.postMessage": (_posted, f"channel ts {MESSAGE} message.metadata.event_payload"),
    "chat.update": (_updated, "channel ts text message.text message.edited"),
    "chat.delete": (_deleted, "channel ts"),
    "chat.getPermalink": (_linked, "permalink channel"),
    "chat.postEphemeral": (lambda p, c: c.chat_postEphemeral(channel=p.channel, user=p.anne, text="a"), "message_ts"),
    "chat.scheduleMessage": (
        lambda p, c: c.chat_scheduleMessage(channel=p.anne, text="a", post_at=p.world.epoch() + 60),
        "channel scheduled_message_id post_at message.text",
    ),
    "conversations.open": (lambda p, c: c.conversations_open(users=p.anne, return_im=True), "channel.id"),
    "conversations.info": (
        lambda p, c: c.conversations_info(channel=p.channel, include_num_members=True),
        "channel.id channel.name channel.is_private channel.is_member channel.num_members",
    ),
    "conversations.list": (
        lambda _, c: c.conversations_list(types="public_channel,private_channel"),
        "channels.id channels.name response_metadata.next_cursor",
    ),
    "conversations.members": (lambda p, c: c.conversations_members(channel=p.channel), "members"),
    "conversations.history": (_history, "messages.ts messages.metadata messages.reply_count has_more"),
    "conversations.replies": (_thread, "messages.ts messages.reply_count messages.latest_reply has_more"),
    "users.info": (lambda p, c: c.users_info(user=p.anne, include_locale=True), f"{USER} user.locale"),
    "users.list": (lambda _, c: c.users_list(), "members.id members.tz_offset cache_ts"),
    "users.lookupByEmail": (lambda _, c: c.users_lookupByEmail(email="ANNE@example.dk"), USER),
    "users.conversations": (lambda p, c: c.users_conversations(user=p.anne, types="public_channel,im"), "channels.id"),
    "views.open": (_opened, VIEW),
    "views.push": (_pushed, f"{VIEW} view.previous_view_id"),
    "views.update": (_replaced, VIEW),
    "views.publish": (lambda p, c: c.views_publish(user_id=p.anne, view={"type": "home", "blocks": []}), VIEW),
    "files.getUploadURLExternal": (
        lambda _, c: c.files_getUploadURLExternal(filename="a", length=1),
        "upload_url file_id",
    ),
    "files.completeUploadExternal": (_uploaded, "files.id files.title"),
    "files.info": (_file, " ".join(f"file.{key}" for key in FILE.split())),
    "files.delete": (_trashed, "ok"),
}


@pytest.mark.parametrize("method", sorted(ANSWERS))
async def test_answer_has_the_shape_of_the_official_sample(place: Place, method: str) -> None:
    ask, needed = ANSWERS[method]
    body: Json = dict((await ask(place, place.client)).data)
    if method.startswith("files."):
        body.pop("file" if "files" in body else "", None)  # the SDK's own addition
    assert differences(body, sample("api", method)) == []
    assert missing(body, "ok", *needed.split()) == []


def test_every_method_with_a_sample_is_compared() -> None:
    beyond = {"conversations.create", "conversations.invite", "conversations.join", "reactions.add", "reactions.remove"}
    assert {path.stem for path in (SAMPLES / "api").glob("*.json")} - beyond == set(ANSWERS)


OUTER = "token team_id api_app_id type event_id event_time authorizations.user_id event_context event.type"
EVENTS = {
    "MessagePayload": "event.channel event.user event.text event.ts event.event_ts event.channel_type",
    "MessageFileSharePayload": "event.files.id event.files.url_private event.files.mimetype event.user event.ts",
    "FileSharedPayload": "event.file_id event.user_id event.file.id event.channel_id event.event_ts",
    "MessageChangedPayload": "event.message.text event.previous_message.text event.hidden event.message.edited",
    "MessageDeletedPayload": "event.deleted_ts event.previous_message.text event.channel",
    "AppHomeOpenedPayload": "event.user event.channel event.tab event.view.id event.event_ts",
    "MemberJoinedChannelPayload": "event.user event.channel event.channel_type event.inviter event.team",
    "MemberLeftChannelPayload": "event.user event.channel event.channel_type event.team",
    "UserChangePayload": "event.user.id event.user.deleted",
    "TeamJoinPayload": "event.user.id event.user.tz_offset",
    "TokensRevokedPayload": "event.tokens.bot",
    "AppUninstalledPayload": "event.type",
}


async def test_every_event_has_the_shape_of_the_official_sample(place: Place, socketed: Running) -> None:
    desk, world = place.desk, place.world
    world.settings.events.append("message.channels")
    app = place.app()
    heard: dict[str, Json] = {}
    names = {
        "message": "MessagePayload",
        "message.file_share": "MessageFileSharePayload",
        "message.message_changed": "MessageChangedPayload",
        "message.message_deleted": "MessageDeletedPayload",
        "message.message_replied": "MessageRepliedPayload",
        "file_shared": "FileSharedPayload",
        "app_home_opened": "AppHomeOpenedPayload",
        "member_joined_channel": "MemberJoinedChannelPayload",
        "member_left_channel": "MemberLeftChannelPayload",
        "user_change": "UserChangePayload",
        "team_join": "TeamJoinPayload",
        "tokens_revoked": "TokensRevokedPayload",
        "app_uninstalled": "AppUninstalledPayload",
    }

    @app.middleware
    async def keep(body: Json) -> BoltResponse:
        event = body["event"]
        kind = ".".join(part for part in (event["type"], event.get("subtype")) if part)
        heard.setdefault(names[kind], body)
        return BoltResponse(status=200)

    await socketed(app)
    ts = await desk.say(place.anne, place.dm, "hej")
    await desk.edit_message(place.anne, place.dm, ts, "hej igen")
    await desk.delete_message(place.anne, place.dm, ts)
    await desk.upload(place.anne, place.dm, "tal.csv", b"a;b\n1;2\n")
    await place.client.views_publish(user_id=place.anne, view={"type": "home", "blocks": []})
    await desk.home(place.anne)
    new = await desk.person(name="Ny Læge", email="ny@example.dk")
    await desk.join(place.channel, new, place.anne)
    await desk.leave(place.channel, new)
    await desk.deactivate(new)
    await desk.revoke("uninstall")
    await desk.wait_for(lambda: set(heard) >= set(EVENTS))
    found = {name: differences(heard[name], sample("events", name)) for name in EVENTS}
    assert found == {name: [] for name in EVENTS}
    absent = {name: missing(heard[name], *OUTER.split(), *needed.split()) for name, needed in EVENTS.items()}
    assert absent == {name: [] for name in EVENTS}


WHO = "type user.id user.username user.team_id team.id team.domain api_app_id token"
INTERACTIONS = {
    "BlockActionPayload": f"{WHO} container.type container.message_ts container.channel_id trigger_id channel.id "
    "message.ts message.blocks state.values response_url actions.action_id actions.block_id actions.action_ts",
    "ViewSubmissionPayload": f"{WHO} trigger_id view.id view.state.values view.hash view.callback_id response_urls",
    "ViewClosedPayload": f"{WHO} view.id is_cleared",
    "SlashCommandPayload": "token api_app_id team_id team_domain channel_id channel_name user_id user_name command "
    "text response_url trigger_id is_enterprise_install",
}


async def test_every_interaction_has_the_shape_of_the_official_sample(place: Place, socketed: Running) -> None:
    desk, app = place.desk, place.app()
    heard: dict[str, Json] = {}

    @app.middleware
    async def keep(body: Json) -> BoltResponse:
        kinds = {"block_actions": "BlockAction", "view_submission": "ViewSubmission", "view_closed": "ViewClosed"}
        heard[kinds.get(body.get("type", ""), "SlashCommand") + "Payload"] = body
        return BoltResponse(status=200)

    await socketed(app)
    await place.client.chat_postMessage(channel=place.anne, text="?", blocks=[actions(button("go"))])
    await desk.act(place.anne, (await desk.dm(place.anne))[0], "go")
    await desk.command(place.anne, place.channel, "/klynge møde")
    for _ in range(2):
        trigger = place.world.triggers.give(place.anne)
        await place.client.views_open(trigger_id=trigger, view=modal(notify_on_close=True))
        await (desk.close(place.anne) if "ViewSubmissionPayload" in heard else desk.submit(place.anne))
    found = {name: differences(heard[name], sample("interactions", name)) for name in INTERACTIONS}
    assert found == {name: [] for name in INTERACTIONS}
    absent = {name: missing(heard[name], *needed.split()) for name, needed in INTERACTIONS.items()}
    assert absent == {name: [] for name in INTERACTIONS}
