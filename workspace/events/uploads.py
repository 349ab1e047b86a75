"""Sharing files into conversations, taking them away, and who may look at one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from workspace.events.posting import Draft, announce_files, post, tell
from workspace.state.conversations import Conversation
from workspace.state.errors import SlackError
from workspace.state.files import File
from workspace.state.messages import Message

if TYPE_CHECKING:
    from workspace.world import Workspace


def share(world: Workspace, conversation: Conversation, author: str, draft: Draft) -> Message:
    """The message that carries files, and the events: message/file_share, then file_shared for each file."""
    draft.subtype, draft.bot = "file_share", author == world.bot_user_id
    message = post(world, conversation, author, draft)
    announce_files(world, conversation, message)
    return message


def share_when_ready(world: Workspace, conversation: Conversation, draft: Draft) -> None:
    """Slack processes an app's uploads after answering: the message appears when the files are ready."""
    wait = world.settings.file_ready_after
    if wait <= 0:
        share(world, conversation, world.bot_user_id, draft)
        return

    async def later() -> None:
        await world.pace.sleep(wait)
        share(world, conversation, world.bot_user_id, draft)

    world.keep(asyncio.get_running_loop().create_task(later()))


def new_file(world: Workspace, owner: str, name: str, data: bytes, **about: str) -> File:
    """A file somebody uploaded in their client: complete at once. ``about``: mode, subtype, mimetype, external_url."""
    file = File(world.ids.fresh("F"), name, name, owner, world.epoch(), len(data), data)
    file.mode, file.subtype = about.get("mode", "hosted"), about.get("subtype", "")
    file.said_mimetype, file.external_url = about.get("mimetype"), about.get("external_url", "")
    file.complete = True
    file.ready_at = world.pace.now() + world.settings.file_ready_after
    file.foreign = not world.is_own(world.people.get(owner))
    world.files.add(file)
    return file


def discard(world: Workspace, file: File) -> None:
    """Delete a file: gone from every message, a tombstone stays; a message without text or other files goes too."""
    file.deleted, file.data = True, b""
    for conversation_id, places in file.shares.items():
        conversation = world.conversations.by_id[conversation_id]
        for place in places:
            message = conversation.messages.get(place["ts"])
            if message is None:
                continue
            living = [each for each in message.files if not world.files.by_id[each].deleted]
            if not living and not message.text and not message.blocks:
                message.deleted = True
            tell(world, conversation, message)
    world.deliveries.event({"type": "file_deleted", "file_id": file.id, "event_ts": world.fresh_ts()})


def visible(world: Workspace, file: File, person: str) -> bool:
    """Whether somebody may see a file: its owner, and whoever sees a message or view that carries or shows it."""
    if person == file.owner or person in file.shown_to:
        return True
    carried = {(conversation, place["ts"]) for conversation, places in file.shares.items() for place in places}
    return any(_sees(world, conversation, ts, person) for conversation, ts in carried | file.shown_in)


def _sees(world: Workspace, conversation_id: str, ts: str, person: str) -> bool:
    conversation = world.conversations.by_id[conversation_id]
    message = conversation.messages.get(ts)
    if message is None or message.deleted or person not in conversation.members:
        return False
    return message.ephemeral_for in {None, person}


def file_for(world: Workspace, file_id: str, person: str) -> File:
    """A file for the eyes of `person`."""
    file = world.files.get(file_id)
    if not visible(world, file, person):
        raise SlackError("file_not_found")
    return file
