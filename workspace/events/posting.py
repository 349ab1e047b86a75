"""Saying, editing and deleting: what changes in a conversation, who is told, and which events the app gets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workspace.events.payloads import files_shape, message_shape
from workspace.state.conversations import Conversation
from workspace.state.errors import Json, SlackError
from workspace.state.messages import Message, rich_text

if TYPE_CHECKING:
    from workspace.world import Workspace

LONGEST = 40_000
CHANNEL_TYPE = {"channel": "channel", "private": "group", "im": "im"}


@dataclass
class Draft:
    """What is about to be said."""

    text: str
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    thread_ts: str | None = None
    files: list[str] = field(default_factory=list)
    metadata: Json | None = None
    subtype: str | None = None
    bot: bool = False
    ephemeral_for: str | None = None


def post(world: Workspace, conversation: Conversation, author: str, draft: Draft) -> Message:
    """Put a message into a conversation; refuses a thread that does not exist."""
    parent = None
    if draft.thread_ts:
        parent = conversation.messages.get(draft.thread_ts)
        if parent is None or parent.deleted:
            raise SlackError("thread_not_found")
        if parent.thread_ts and parent.thread_ts != parent.ts:
            raise SlackError("cannot_reply_to_message")
    ts = world.fresh_ts()
    message = Message(
        ts=ts,
        channel=conversation.id,
        user=author,
        text=draft.text[:LONGEST],
        bot=draft.bot,
        subtype=draft.subtype,
        blocks=draft.blocks,
        attachments=draft.attachments,
        thread_ts=draft.thread_ts,
        parent_user=parent.user if parent else None,
        files=list(draft.files),
        metadata=draft.metadata,
        ephemeral_for=draft.ephemeral_for,
        blocks_given=bool(draft.blocks),
    )
    if not draft.bot:
        message.client_msg_id = world.ids.secret()
        if message.blocks is None and message.text:
            message.blocks = rich_text(message.text, world.ids.fresh("", 5))
    conversation.add(message)
    _show_files(world, conversation, message)
    tell(world, conversation, message)
    if not message.ephemeral_for:
        _announce(world, conversation, message)
    return message


def edit(
    world: Workspace, conversation: Conversation, message: Message, *, editor: str, text: str, blocks: list[Json] | None
) -> None:
    """Replace text and blocks; the app hears message_changed."""
    before = message_shape(world, message)
    message.text, message.blocks = text[:LONGEST], blocks
    message.blocks_given = bool(blocks) and message.bot
    message.edited = {"user": editor, "ts": world.fresh_ts()}
    message.states.clear()
    _show_files(world, conversation, message)
    tell(world, conversation, message)
    after = message_shape(world, message)
    _changed(world, conversation, message, {"subtype": "message_changed", "message": after, "previous_message": before})


def delete(world: Workspace, conversation: Conversation, message: Message) -> None:
    """Take a message away; the app hears message_deleted, or that a message with replies became a tombstone."""
    before = message_shape(world, message)
    message.deleted = True
    tell(world, conversation, message)
    if conversation.replies(message.ts):
        gone = {name: before[name] for name in ("type", "ts", "thread_ts", "reply_count", "latest_reply")}
        gone |= {"subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT", "hidden": True}
        _changed(
            world, conversation, message, {"subtype": "message_changed", "message": gone, "previous_message": before}
        )
        return
    _changed(
        world,
        conversation,
        message,
        {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before},
    )


def tell(world: Workspace, conversation: Conversation, message: Message) -> None:
    """Note the change to those who see it."""
    people = {message.ephemeral_for} if message.ephemeral_for else set(conversation.members)
    world.notes.tell("message", channel=conversation.id, people=[person for person in people if person])


def announce_files(world: Workspace, conversation: Conversation, message: Message) -> None:
    """One file_shared event for each file, after the message's own event."""
    for file_id in message.files:
        event = {
            "type": "file_shared",
            "file_id": file_id,
            "user_id": message.user,
            "file": {"id": file_id},
            "channel_id": conversation.id,
            "event_ts": world.fresh_ts(),
        }
        if world.bot_user_id in conversation.members:
            world.deliveries.event(event)


def _announce(world: Workspace, conversation: Conversation, message: Message) -> None:
    """The message event, for conversations the app is in."""
    if world.bot_user_id not in conversation.members:
        return
    if message.bot and not world.settings.own_message_events:
        return
    event = message_shape(world, message, metadata=True)
    if message.files:
        event["files"] = [_without_places(file) for file in files_shape(world, message.files, stubs=True)]
        for key in ("team", "client_msg_id"):  # a file_share event has neither
            event.pop(key, None)
    if message.subtype == "thread_broadcast" and message.thread_ts:
        root = conversation.messages[message.thread_ts]
        event["root"] = message_shape(world, root)
    event |= {"channel": conversation.id, "event_ts": message.ts, "channel_type": CHANNEL_TYPE[conversation.kind]}
    world.deliveries.event(event)


def _without_places(file: Json) -> Json:
    """A file as an event shows it: where it is shared is under `shares` only."""
    return {key: value for key, value in file.items() if key not in {"channels", "groups", "ims"}}


def _changed(world: Workspace, conversation: Conversation, message: Message, change: Json) -> None:
    if world.bot_user_id not in conversation.members or message.ephemeral_for:
        return
    if message.bot and not world.settings.own_message_events:
        return
    ts = world.fresh_ts()
    event = {"type": "message", **change, "channel": conversation.id, "hidden": True, "ts": ts, "event_ts": ts}
    world.deliveries.event(event | {"channel_type": CHANNEL_TYPE[conversation.kind]})


def _show_files(world: Workspace, conversation: Conversation, message: Message) -> None:
    """People may see a file through a message that carries it or shows it in an image block."""
    for file_id in slack_files(message.blocks or []):
        found = world.files.by_id.get(file_id)
        if found is not None:
            found.shown_in.add((conversation.id, message.ts))
    for file_id in message.files:
        place: Json = {"ts": message.ts, "channel_name": conversation.name, "team_id": world.team_id}
        if message.thread_ts:
            place["thread_ts"] = message.thread_ts
        world.files.by_id[file_id].shares.setdefault(conversation.id, []).append(place)


def slack_files(blocks: Any) -> Iterator[str]:
    """The ids of all files that image blocks and image elements show."""
    if isinstance(blocks, list):
        for each in blocks:
            yield from slack_files(each)
    elif isinstance(blocks, dict):
        shown = blocks.get("slack_file")
        if isinstance(shown, dict):
            yield str(shown.get("id") or _id_in(str(shown.get("url", ""))))
        for value in blocks.values():
            if isinstance(value, dict | list):
                yield from slack_files(value)


def _id_in(url: str) -> str:
    """The file id in a url_private (`…/T…-F…/name`) or permalink (`…/U…/F…/name`)."""
    for part in reversed(url.split("/")):
        candidate = part.rpartition("-")[2]
        if candidate[:1] == "F" and candidate.isalnum():
            return candidate
    return ""
