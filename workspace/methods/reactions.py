"""reactions.add and reactions.remove."""

from __future__ import annotations

from workspace.events.posting import tell
from workspace.methods.call import Call, Method
from workspace.state.errors import Json, SlackError
from workspace.state.messages import Message


def add(call: Call) -> Json:
    message, name = _meant(call)
    users = message.reactions.setdefault(name, [])
    if call.world.bot_user_id in users:
        raise SlackError("already_reacted")
    users.append(call.world.bot_user_id)
    tell(call.world, call.conversation(), message)
    return {}


def remove(call: Call) -> Json:
    message, name = _meant(call)
    users = message.reactions.get(name, [])
    if call.world.bot_user_id not in users:
        raise SlackError("no_reaction")
    users.remove(call.world.bot_user_id)
    if not users:
        del message.reactions[name]
    tell(call.world, call.conversation(), message)
    return {}


def _meant(call: Call) -> tuple[Message, str]:
    name = call.needed("name", "invalid_name").strip(":")
    message = call.conversation(member=True).messages.get(call.needed("timestamp", "bad_timestamp"))
    if message is None or message.deleted:
        raise SlackError("message_not_found")
    return message, name


METHODS = {
    "reactions.add": Method(add, ("reactions:write",)),
    "reactions.remove": Method(remove, ("reactions:write",)),
}
