"""What a person sees: conversations, messages, modals and home, as the page and the tests read them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from workspace.events.views import View
from workspace.state.conversations import Conversation
from workspace.state.errors import Json
from workspace.state.files import File
from workspace.state.messages import Message
from workspace.state.people import Person

if TYPE_CHECKING:
    from workspace.world import Workspace


def person_seen(person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "display_name": person.shown_name,
        "email": person.email,
        "is_bot": person.is_bot,
        "deleted": person.deleted,
        "tz": person.tz,
        "locale": person.locale,
        "initials": person.initials,
        "colour": f"#{person.colour}",
    }


def state_seen(world: Workspace, person: str) -> Json:
    """Everything on one person's screen but the messages."""
    home = world.views.homes.get(person)
    return {
        "me": person_seen(world.people.get(person)),
        "team": {"id": world.team_id, "name": world.name, "domain": world.domain},
        "bot": world.bot_user_id,
        "channels": [conversation_seen(conversation, person) for conversation in world.conversations.of(person)],
        "commands": world.commands,
        "views": [view_seen(world, view) for view in world.views.stack(person)],
        "home": {"view": view_seen(world, home)["view"] if home else None, "id": home.id if home else None},
        "seq": world.notes.seq,
        "now": world.now().isoformat(),
    }


def conversation_seen(conversation: Conversation, person: str) -> Json:
    shape: Json = {
        "id": conversation.id,
        "name": conversation.name,
        "kind": conversation.kind,
        "members": list(conversation.members),
        "unread": conversation.unread.get(person, 0),
        "last_ts": conversation.last_ts,
    }
    if conversation.kind == "im":
        shape["with"] = conversation.other(person)
    return shape


def view_seen(world: Workspace, view: View) -> Json:
    return {"id": view.id, "hash": view.hash, "view": world.views.shape(view)}


def messages_seen(world: Workspace, conversation: Conversation, person: str) -> list[Json]:
    """The messages of a conversation, in time order, replies among them; looking marks them as read."""
    conversation.unread.pop(person, None)
    found = (conversation.messages[ts] for ts in conversation.timeline)
    return [message_seen(world, message, person) for message in found if _is_seen(conversation, message, person)]


def _is_seen(conversation: Conversation, message: Message, person: str) -> bool:
    if message.ephemeral_for:
        return message.ephemeral_for == person and not message.deleted
    return not message.deleted or bool(conversation.replies(message.ts))  # a deleted parent stays as a tombstone


def message_seen(world: Workspace, message: Message, person: str | None) -> Json:
    """One message; metadata is not for people, so it is only there when `person` is None."""
    conversation = world.conversations.by_id[message.channel]
    replies = conversation.replies(message.ts)
    shape: Json = {
        "ts": message.ts,
        "channel": message.channel,
        "user": message.user,
        "bot": message.bot,
        "text": "" if message.deleted else message.text,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
    }
    if message.thread_ts:
        shape["thread_ts"] = message.thread_ts
    if message.deleted:
        shape["deleted"] = True
        if person is not None:
            return shape
    if message.blocks is not None and (message.bot or person is None):
        shape["blocks"] = message.blocks
    if message.files:
        shape["files"] = [file_seen(world.files.by_id[each]) for each in message.files]
    if message.edited:
        shape["edited"] = message.edited["ts"]
    if message.ephemeral_for:
        shape["ephemeral"] = True
    if message.reactions:
        shape["reactions"] = message.reactions
    if person is not None and person in message.states:
        shape["state"] = message.states[person]
    if person is None and message.metadata:
        shape["metadata"] = message.metadata
    return shape


def file_seen(file: File) -> Json:
    if file.deleted:
        return {"id": file.id, "deleted": True}
    shape: Json = {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "size": file.size,
        "alt": file.alt_text,
        "url": f"/desk/file/{file.id}",
    }
    if file.is_image:
        shape["thumb"] = shape["url"]
    return shape


def dump(world: Workspace) -> dict[str, Any]:
    """All conversations with everything in them, metadata included; deleted messages are marked."""
    conversations = []
    for conversation in world.conversations.by_id.values():
        messages = [message_seen(world, conversation.messages[ts], None) for ts in conversation.timeline]
        conversations.append(
            {
                "id": conversation.id,
                "name": conversation.name,
                "kind": conversation.kind,
                "members": list(conversation.members),
                "messages": messages,
            }
        )
    files = [
        {**file_seen(file), "id": file.id, "owner": file.owner, "complete": file.complete, "shares": file.shares}
        for file in world.files.by_id.values()
    ]
    return {
        "now": world.now().isoformat(),
        "people": [person_seen(person) | {"guest": person.guest} for person in world.people.by_id.values()],
        "channels": conversations,
        "files": files,
        "homes": {person: world.views.shape(view) for person, view in world.views.homes.items()},
        "views": {
            person: [world.views.shape(view) for view in stack] for person, stack in world.views.stacks.items() if stack
        },
        "scheduled": [asdict(each) for each in world.schedule.waiting.values()],
    }
