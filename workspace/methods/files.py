"""files.*: the two-step upload, looking at a file, deleting one's own."""

from __future__ import annotations

import re

from workspace.events.accepting import accepted
from workspace.events.payloads import files_shape
from workspace.events.posting import Draft
from workspace.events.uploads import discard, share_when_ready
from workspace.methods.call import Call, Method
from workspace.state.conversations import Conversation
from workspace.state.errors import Json, SlackError
from workspace.state.files import File

CHANNEL = re.compile(r"[CGDZ][A-Z0-9]{8,}")


def get_upload_url(call: Call) -> Json:
    """A place to put bytes; the file does not exist before it is completed."""
    world = call.world
    name = call.needed("filename", "missing_argument")
    length = call.number("length")
    if length <= 0:
        raise SlackError("missing_argument", response_metadata={"messages": ["[ERROR] missing required field: length"]})
    alt = call.text("alt_txt")
    if len(alt) > 1_000:
        raise SlackError("alt_txt_too_large")
    file = File(world.ids.fresh("F"), name, name, world.bot_user_id, world.epoch(), length, alt_text=alt)
    ticket = world.ids.secret(48)
    world.files.add(file, ticket)
    return {"upload_url": f"{world.url}/upload/{ticket}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """Make uploaded files real and share them, when a channel is named."""
    world = call.world
    wanted = call.parsed("files")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments")
    files = [_uploaded(call, item) for item in wanted]
    conversations = [_channel(call, each) for each in _channels(call)]
    text = call.text("initial_comment")
    blocks = None if text else accepted(world, call.parsed("blocks"))  # ignored beside a comment, as in Slack
    for file, item in zip(files, wanted, strict=True):
        file.title = str(item.get("title") or file.name)
        file.complete = True
        file.ready_at = world.pace.now() + world.settings.file_ready_after
    ids = [file.id for file in files]
    for conversation in conversations:
        thread = call.text("thread_ts") or None
        share_when_ready(world, conversation, Draft(text, blocks, thread_ts=thread, files=ids))
    return {"files": files_shape(world, ids)}


def info(call: Call) -> Json:
    world = call.world
    file = world.files.get(call.needed("file", "file_not_found"))
    return {"file": files_shape(world, [file.id])[0], "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(call: Call) -> Json:
    """Only what the app uploaded itself."""
    file = call.world.files.get(call.needed("file", "file_not_found"))
    if file.owner != call.world.bot_user_id:
        raise SlackError("cant_delete_file")
    discard(call.world, file)
    return {}


def list_files(call: Call) -> Json:
    """Files of a user, newest first."""
    world = call.world
    user = call.text("user")
    alive = [file for file in world.files.by_id.values() if file.complete and not file.deleted]
    found = [file.id for file in reversed(alive) if user in {"", file.owner}]
    count, page = max(1, call.number("count", 100)), max(1, call.number("page", 1))
    paging = {"count": count, "total": len(found), "page": page, "pages": -(-len(found) // count)}
    return {"files": files_shape(world, found[(page - 1) * count : page * count]), "paging": paging}


def _uploaded(call: Call, item: Json) -> File:
    file = call.world.files.by_id.get(str(item.get("id")))
    if file is None or file.complete or not file.data:
        raise SlackError("file_not_found")
    return file


def _channels(call: Call) -> list[str]:
    given = call.text("channel_id") or call.text("channels")
    return [each for each in given.split(",") if each]


def _channel(call: Call, channel: str) -> Conversation:
    world = call.world
    if not CHANNEL.fullmatch(channel):
        message = f"[ERROR] failed to match regex pattern: ^[CGDZ][A-Z0-9]{{8,}}$ ({channel[:1]}…)"
        raise SlackError("invalid_arguments", response_metadata={"messages": [message]})
    conversation = world.conversations.seen_by(channel, world.bot_user_id)
    if world.bot_user_id not in conversation.members:
        raise SlackError("not_in_channel")
    return conversation


WRITE, READ = ("files:write",), ("files:read",)
METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, WRITE),
    "files.completeUploadExternal": Method(complete_upload, WRITE),
    "files.info": Method(info, READ),
    "files.list": Method(list_files, READ),
    "files.delete": Method(delete, WRITE),
}
