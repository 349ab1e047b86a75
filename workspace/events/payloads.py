"""The envelopes and payloads Slack sends to an app: events, interactions and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workspace.state.conversations import Conversation
from workspace.state.errors import Json
from workspace.state.messages import Message, bot_profile
from workspace.state.people import Person

if TYPE_CHECKING:
    from workspace.world import Workspace


def event_callback(world: Workspace, event: Json) -> Json:
    """The outer event with a fresh event_id.

    In a conversation shared with another organisation the outer `team_id` and `enterprise_id` are those of whoever
    acts; `authorizations` and `context_team_id` say whose app is told.
    """
    conversation = world.conversations.by_id.get(str(event.get("channel") or event.get("channel_id") or ""))
    person = world.people.by_id.get(str(event.get("user") or event.get("user_id") or ""))
    team_id, enterprise_id = whose(world, person) if person is not None else (world.team_id, world.enterprise_id)
    user = {
        "enterprise_id": world.enterprise_id,
        "team_id": world.team_id,
        "user_id": world.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": world.verification_token,
        "team_id": team_id,
        "enterprise_id": enterprise_id,
        "context_team_id": world.team_id,
        "context_enterprise_id": world.enterprise_id,
        "api_app_id": world.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": world.ids.fresh("Ev"),
        "event_time": world.epoch(),
        "authorizations": [user],
        "is_ext_shared_channel": conversation is not None and world.is_shared(conversation),
        "event_context": f"4-{world.ids.secret(40)}",
    }


def message_shape(world: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """A message object as history, replies, events and interactions carry it."""
    shape: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": whose(world, world.people.by_id.get(message.user))[0],
    }
    if message.subtype:
        shape["subtype"] = message.subtype
    if message.bot:
        bot = world.people.by_id[world.bot_user_id]
        profile = bot_profile(world.bot_id, world.app_id, bot.real_name, world.team_id, bot.updated)
        shape |= {"bot_id": world.bot_id, "app_id": world.app_id, "bot_profile": profile}
    if message.client_msg_id:
        shape["client_msg_id"] = message.client_msg_id
    if message.blocks is not None:
        shape["blocks"] = message.blocks
    if message.attachments:
        shape["attachments"] = message.attachments
    if message.files:
        shape |= {"files": files_shape(world, message.files), "upload": False, "display_as_bot": message.bot}
    if message.edited:
        shape["edited"] = message.edited
    if message.reactions:
        found = message.reactions.items()
        shape["reactions"] = [{"name": name, "users": users, "count": len(users)} for name, users in found]
    if metadata and message.metadata:
        shape["metadata"] = message.metadata
    return shape | thread_shape(world, message)


def thread_shape(world: Workspace, message: Message) -> Json:
    """What a message says of its thread: its parent, or its replies."""
    if message.thread_ts and message.thread_ts != message.ts:
        return {"thread_ts": message.thread_ts, "parent_user_id": message.parent_user}
    replies = world.conversations.by_id[message.channel].replies(message.ts)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "reply_users": users,
        "is_locked": False,
        "subscribed": False,
    }


def files_shape(world: Workspace, file_ids: list[str], *, stubs: bool = False) -> list[Json]:
    """File objects in order; with `stubs`, files from other workspaces are only pointed at."""
    from workspace.state.files import file_shape, foreign_stub

    made = []
    for file_id in file_ids:
        file = world.files.by_id[file_id]
        if stubs and file.foreign and not file.deleted:
            made.append(foreign_stub(file))
        else:
            made.append(file_shape(file, world.team_id, world.url, world.kinds_of(file.shares)))
    return made


def whose(world: Workspace, person: Person | None) -> tuple[str, str | None]:
    """The workspace and the enterprise of an account."""
    if person is None or person.team_id is None:
        return world.team_id, world.enterprise_id
    return person.team_id, person.enterprise_id


def user_in(world: Workspace, person: Person) -> Json:
    return {"id": person.id, "username": person.name, "name": person.name, "team_id": whose(world, person)[0]}


def conversation_in(conversation: Conversation) -> Json:
    return {"id": conversation.id, "name": "privategroup" if conversation.kind == "private" else conversation.name}


def interaction(world: Workspace, kind: str, person: Person) -> Json:
    """What every interaction has in common. `team` and `enterprise` are the app's, also when somebody from another
    organisation acts; from a window that they opened, `team` is theirs (`view.app_installed_team_id` is the app's).
    """
    team: Json = {"id": world.team_id, "domain": world.domain}
    if world.enterprise_id:
        team |= {"enterprise_id": world.enterprise_id, "enterprise_name": ""}
    return {
        "type": kind,
        "user": user_in(world, person),
        "api_app_id": world.app_id,
        "token": world.verification_token,
        "team": team,
        "enterprise": {"id": world.enterprise_id, "name": ""} if world.enterprise_id else None,
        "is_enterprise_install": False,
    }


def in_own_team(world: Workspace, payload: Json, person: Person) -> Json:
    """What is done in a window happens in the workspace of whoever does it."""
    team_id, enterprise_id = whose(world, person)
    if team_id == world.team_id:
        return payload
    team: Json = {"id": team_id, "domain": ""}
    if enterprise_id:
        team |= {"enterprise_id": enterprise_id, "enterprise_name": ""}
    return payload | {"team": team, "enterprise": {"id": enterprise_id, "name": ""} if enterprise_id else None}


def command_payload(
    world: Workspace,
    person: Person,
    conversation: Conversation,
    *,
    command: str,
    text: str,
    trigger_id: str,
    response_url: str,
) -> Json:
    """The fields of a slash command."""
    enterprise_id = whose(world, person)[1]
    return ({"enterprise_id": enterprise_id, "enterprise_name": ""} if enterprise_id else {}) | {
        "token": world.verification_token,
        "team_id": whose(world, person)[0],
        "team_domain": world.domain,
        "channel_id": conversation.id,
        "channel_name": conversation_in(conversation)["name"],
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": world.app_id,
        "is_enterprise_install": False,
        "response_url": response_url,
        "trigger_id": trigger_id,
    }
