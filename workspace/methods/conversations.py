"""conversations.*: opening, finding, members, and looking back."""

from __future__ import annotations

from workspace.events.membership import join_conversation, leave_conversation
from workspace.events.payloads import message_shape
from workspace.methods.call import Call, Method
from workspace.state.conversations import Conversation, conversation_shape
from workspace.state.errors import Json, SlackError
from workspace.state.messages import Message

READ = ("channels:read", "groups:read", "im:read")
HISTORY = ("channels:history", "groups:history", "im:history")
TYPES = {"channel": "public_channel", "private": "private_channel", "im": "im"}


def open_direct(call: Call) -> Json:
    """The direct message with one user, opened or found."""
    world = call.world
    if call.text("channel"):
        conversation, already = call.conversation(), True
    else:
        users = [each for each in call.needed("users", "users_not_supplied").split(",") if each]
        if len(users) != 1:
            raise SlackError("method_not_supported_for_channel_type")
        person = world.people.get(users[0])
        if person.id == world.bot_user_id:
            raise SlackError("cannot_dm_bot")
        if person.deleted:
            raise SlackError("user_disabled")
        already = world.conversations.direct(person.id, world.bot_user_id) is not None
        conversation = world.open_direct(person.id, world.bot_user_id)
    shape: Json = {"id": conversation.id}
    if call.flag("return_im"):
        shape = conversation_shape(conversation, world.bot_user_id, world.team_id)
        shape.pop("is_user_deleted", None)
    return {"channel": shape, **({"no_op": True, "already_open": True} if already else {})}


def info(call: Call) -> Json:
    world = call.world
    conversation = call.conversation()
    shared, counted = world.is_shared(conversation), call.flag("include_num_members")
    shape = conversation_shape(conversation, world.bot_user_id, world.team_id, shared=shared, num_members=counted)
    if call.flag("include_locale"):
        shape["locale"] = "da-DK"
    return {"channel": shape}


def list_rooms(call: Call) -> Json:
    world = call.world
    seen = [
        conversation
        for conversation in world.conversations.by_id.values()
        if conversation.kind == "channel" or world.bot_user_id in conversation.members
    ]
    return _listed(call, [conversation for conversation in seen if _wanted(call, conversation)], num_members=True)


def users_conversations(call: Call) -> Json:
    """Conversations that a user is in and the bot may know of."""
    world = call.world
    person = call.text("user", world.bot_user_id)
    world.people.get(person)
    conversations = [
        conversation
        for conversation in world.conversations.of(person)
        if conversation.kind == "channel" or world.bot_user_id in conversation.members
    ]
    listed = _listed(
        call, [conversation for conversation in conversations if _wanted(call, conversation)], num_members=False
    )
    for shape in listed["channels"]:
        shape.pop("is_member", None)
    return listed


def members(call: Call) -> Json:
    page, more = call.page(list(call.conversation().members), 100)
    return {"members": page, "response_metadata": more}


def history(call: Call) -> Json:
    """Top-level messages, newest first."""
    conversation = call.conversation(member=True)
    found = [message for message in reversed(_window(call, conversation)) if _is_top(message)]
    page, more = call.page(found, 100)
    return _said(call, page, has_more=bool(more["next_cursor"]), more=more) | {"pin_count": 0}


def replies(call: Call) -> Json:
    """A thread: its parent first, then the replies, oldest first."""
    conversation = call.conversation(member=True)
    parent = conversation.messages.get(call.needed("ts", "thread_not_found"))
    if parent is None or parent.deleted:
        raise SlackError("thread_not_found")
    root = conversation.messages[parent.thread_ts or parent.ts]
    page, more = call.page([root, *conversation.replies(root.ts)], 1000)
    return _said(call, page, has_more=bool(more["next_cursor"]), more=more)


def join(call: Call) -> Json:
    world = call.world
    conversation = call.conversation()
    if conversation.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    already = world.bot_user_id in conversation.members
    join_conversation(world, conversation, world.bot_user_id, inviter=None)
    shape = {"channel": conversation_shape(conversation, world.bot_user_id, world.team_id)}
    return shape | ({"warning": "already_in_channel"} if already else {})


def leave(call: Call) -> Json:
    conversation = call.conversation()
    if call.world.bot_user_id not in conversation.members:
        return {"not_in_channel": True}
    leave_conversation(call.world, conversation, call.world.bot_user_id)
    return {}


def _listed(call: Call, conversations: list[Conversation], *, num_members: bool) -> Json:
    world = call.world
    page, more = call.page(conversations, 100)
    shapes = [
        conversation_shape(
            conversation,
            world.bot_user_id,
            world.team_id,
            shared=world.is_shared(conversation),
            num_members=num_members and conversation.kind != "im",
        )
        for conversation in page
    ]
    return {"channels": shapes, "response_metadata": more}


def _wanted(call: Call, conversation: Conversation) -> bool:
    types = call.text("types", "public_channel").replace(" ", "").split(",")
    return TYPES[conversation.kind] in types and not (call.flag("exclude_archived") and conversation.archived)


def _window(call: Call, conversation: Conversation) -> list[Message]:
    return conversation.between(call.text("oldest", "0"), call.text("latest"), inclusive=call.flag("inclusive"))


def _is_top(message: Message) -> bool:
    return not message.thread_ts or message.thread_ts == message.ts


def _said(call: Call, page: list[Message], *, has_more: bool, more: Json) -> Json:
    with_metadata = call.flag("include_all_metadata")
    shapes = [message_shape(call.world, message, metadata=with_metadata) for message in page]
    for shape in shapes:
        if shape.get("subtype") == "file_share":
            del shape["subtype"]  # only the event has it
    return {"messages": shapes, "has_more": has_more, **({"response_metadata": more} if has_more else {})}


METHODS = {
    "conversations.open": Method(open_direct, ("im:write",)),
    "conversations.info": Method(info, READ),
    "conversations.list": Method(list_rooms, READ),
    "conversations.members": Method(members, READ),
    "conversations.history": Method(history, HISTORY),
    "conversations.replies": Method(replies, HISTORY),
    "conversations.join": Method(join, ("channels:join",)),
    "conversations.leave": Method(leave, ("channels:manage", "groups:write", "channels:join")),
    "users.conversations": Method(users_conversations, READ),
}
