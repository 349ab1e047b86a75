"""chat.*: saying, editing, deleting, ephemeral messages and links to messages."""

from __future__ import annotations

from workspace.events.accepting import accepted
from workspace.events.payloads import message_shape
from workspace.events.posting import Draft, delete, edit, post
from workspace.methods.call import Call, Method
from workspace.state.conversations import Conversation
from workspace.state.errors import Json, SlackError
from workspace.state.messages import Message

METADATA_BYTES = 8_000


def post_message(call: Call) -> Json:
    world = call.world
    conversation = speaking_conversation(call)
    text, blocks, attachments = content(call)
    thread_ts = call.text("thread_ts") or None
    draft = Draft(text, blocks, attachments, thread_ts, metadata=metadata(call), bot=True)
    message = post(world, conversation, world.bot_user_id, draft)
    return {"channel": conversation.id, "ts": message.ts, "message": message_shape(world, message, metadata=True)}


def post_ephemeral(call: Call) -> Json:
    """Shown to an active member only; an inactive one never sees it, though the call succeeds."""
    world = call.world
    conversation = speaking_conversation(call)
    person = call.person("user", "user_not_in_channel")
    if person.id not in conversation.members:
        raise SlackError("user_not_in_channel")
    text, blocks, attachments = content(call)
    if not person.active:
        return {"message_ts": world.fresh_ts()}
    thread_ts = call.text("thread_ts") or None
    draft = Draft(text, blocks, attachments, thread_ts, bot=True, ephemeral_for=person.id)
    return {"message_ts": post(world, conversation, world.bot_user_id, draft).ts}


def update(call: Call) -> Json:
    world = call.world
    conversation, message = _own_message(call, "cant_update_message")
    text, blocks, attachments = content(call)
    if "blocks" not in call.args and "text" in call.args and "attachments" not in call.args:
        blocks = None  # text alone replaces the blocks
    message.attachments = attachments
    given = metadata(call)
    if given is not None:
        message.metadata = given or None
    edit(world, conversation, message, editor=world.bot_user_id, text=text, blocks=blocks)
    shape = message_shape(world, message, metadata=True)
    del shape["ts"]  # the answer has it outside
    return {"channel": conversation.id, "ts": message.ts, "text": message.text, "message": shape}


def delete_message(call: Call) -> Json:
    conversation, message = _own_message(call, "cant_delete_message")
    delete(call.world, conversation, message)
    return {"channel": conversation.id, "ts": message.ts}


def permalink(call: Call) -> Json:
    conversation = call.conversation()
    message = _message(conversation, call.needed("message_ts"))
    link = f"https://{call.world.domain}.slack.com/archives/{conversation.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={conversation.id}"
    return {"permalink": link, "channel": conversation.id}


def speaking_conversation(call: Call) -> Conversation:
    """The conversation to speak in; a user id opens the direct message, even with a deactivated person."""
    world = call.world
    target = call.needed("channel", "channel_not_found")
    if target == world.bot_user_id:
        raise SlackError("cannot_dm_bot")
    conversation = world.conversation_for(target, world.bot_user_id)
    if world.bot_user_id not in conversation.members:
        raise SlackError("not_in_channel")
    if conversation.archived:
        raise SlackError("is_archived")
    return conversation


def content(call: Call) -> tuple[str, list[Json] | None, list[Json] | None]:
    """Text, blocks and attachments of a message, refused as Slack refuses them."""
    text = call.text("text")
    blocks = call.parsed("blocks", "invalid_blocks_format")
    attachments = call.parsed("attachments") or None
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    return text, accepted(call.world, blocks), attachments


def metadata(call: Call) -> Json | None:
    """Message metadata: an event_type and an event_payload."""
    given = call.parsed("metadata", "invalid_metadata_format")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise SlackError("invalid_metadata_format")
    if given and not (isinstance(given.get("event_type"), str) and isinstance(given.get("event_payload"), dict)):
        raise SlackError("invalid_metadata_schema")
    if len(str(given)) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return given


def _message(conversation: Conversation, ts: str) -> Message:
    message = conversation.messages.get(ts)
    if message is None or message.deleted or message.ephemeral_for:
        raise SlackError("message_not_found")
    return message


def _own_message(call: Call, code: str) -> tuple[Conversation, Message]:
    conversation = call.conversation(member=True)
    message = _message(conversation, call.needed("ts", "message_not_found"))
    if message.user != call.world.bot_user_id:
        raise SlackError(code)
    return conversation, message


WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(post_message, WRITE),
    "chat.postEphemeral": Method(post_ephemeral, WRITE),
    "chat.update": Method(update, WRITE),
    "chat.delete": Method(delete_message, WRITE),
    "chat.getPermalink": Method(permalink),
}
