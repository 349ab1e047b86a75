"""conversations.*: opening, finding, members, and looking back."""

from __future__ import annotations

from workspace.events.membership import join_room, leave_room
from workspace.events.payloads import message_shape
from workspace.methods.call import Call, Method
from workspace.state.conversations import Room, room_shape
from workspace.state.errors import Json, SlackError
from workspace.state.messages import Message

READ = ("channels:read", "groups:read", "im:read")
HISTORY = ("channels:history", "groups:history", "im:history")
TYPES = {"channel": "public_channel", "private": "private_channel", "im": "im"}


def open_direct(call: Call) -> Json:
    """The direct message with one user, opened or found."""
    world = call.world
    if call.text("channel"):
        room, already = call.room(), True
    else:
        users = [each for each in call.needed("users", "users_not_supplied").split(",") if each]
        if len(users) != 1:
            raise SlackError("method_not_supported_for_channel_type")
        person = world.people.get(users[0])
        if person.id == world.bot_user_id:
            raise SlackError("cannot_dm_bot")
        if person.deleted:
            raise SlackError("user_disabled")
        already = world.rooms.direct(person.id, world.bot_user_id) is not None
        room = world.open_direct(person.id, world.bot_user_id)
    shape: Json = {"id": room.id}
    if call.flag("return_im"):
        shape = room_shape(room, world.bot_user_id, world.team_id)
        shape.pop("is_user_deleted", None)
    return {"channel": shape, **({"no_op": True, "already_open": True} if already else {})}


def info(call: Call) -> Json:
    world = call.world
    room = call.room()
    shared, counted = world.is_shared(room), call.flag("include_num_members")
    shape = room_shape(room, world.bot_user_id, world.team_id, shared=shared, num_members=counted)
    if call.flag("include_locale"):
        shape["locale"] = "da-DK"
    return {"channel": shape}


def list_rooms(call: Call) -> Json:
    world = call.world
    seen = [room for room in world.rooms.by_id.values() if room.kind == "channel" or world.bot_user_id in room.members]
    return _listed(call, [room for room in seen if _wanted(call, room)], num_members=True)


def users_conversations(call: Call) -> Json:
    """Conversations that a user is in and the bot may know of."""
    world = call.world
    person = call.text("user", world.bot_user_id)
    world.people.get(person)
    rooms = [room for room in world.rooms.of(person) if room.kind == "channel" or world.bot_user_id in room.members]
    listed = _listed(call, [room for room in rooms if _wanted(call, room)], num_members=False)
    for shape in listed["channels"]:
        shape.pop("is_member", None)
    return listed


def members(call: Call) -> Json:
    page, more = call.page(list(call.room().members), 100)
    return {"members": page, "response_metadata": more}


def history(call: Call) -> Json:
    """Top-level messages, newest first."""
    room = call.room(member=True)
    found = [message for message in reversed(_window(call, room)) if _is_top(message)]
    page, more = call.page(found, 100)
    return _said(call, page, has_more=bool(more["next_cursor"]), more=more) | {"pin_count": 0}


def replies(call: Call) -> Json:
    """A thread: its parent first, then the replies, oldest first."""
    room = call.room(member=True)
    parent = room.messages.get(call.needed("ts", "thread_not_found"))
    if parent is None or parent.deleted:
        raise SlackError("thread_not_found")
    root = room.messages[parent.thread_ts or parent.ts]
    page, more = call.page([root, *room.replies(root.ts)], 1000)
    return _said(call, page, has_more=bool(more["next_cursor"]), more=more)


def join(call: Call) -> Json:
    world = call.world
    room = call.room()
    if room.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    already = world.bot_user_id in room.members
    join_room(world, room, world.bot_user_id, inviter=None)
    shape = {"channel": room_shape(room, world.bot_user_id, world.team_id)}
    return shape | ({"warning": "already_in_channel"} if already else {})


def leave(call: Call) -> Json:
    room = call.room()
    if call.world.bot_user_id not in room.members:
        return {"not_in_channel": True}
    leave_room(call.world, room, call.world.bot_user_id)
    return {}


def _listed(call: Call, rooms: list[Room], *, num_members: bool) -> Json:
    world = call.world
    page, more = call.page(rooms, 100)
    shapes = [
        room_shape(
            room,
            world.bot_user_id,
            world.team_id,
            shared=world.is_shared(room),
            num_members=num_members and room.kind != "im",
        )
        for room in page
    ]
    return {"channels": shapes, "response_metadata": more}


def _wanted(call: Call, room: Room) -> bool:
    types = call.text("types", "public_channel").replace(" ", "").split(",")
    return TYPES[room.kind] in types and not (call.flag("exclude_archived") and room.archived)


def _window(call: Call, room: Room) -> list[Message]:
    return room.between(call.text("oldest", "0"), call.text("latest"), inclusive=call.flag("inclusive"))


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
