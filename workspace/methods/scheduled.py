"""chat.scheduleMessage and its siblings."""

from __future__ import annotations

from workspace.methods.call import Call, Method
from workspace.methods.chat import WRITE, content, metadata, speaking_conversation
from workspace.state.errors import Json
from workspace.state.messages import bot_profile


def schedule_message(call: Call) -> Json:
    world = call.world
    conversation = speaking_conversation(call)
    text, blocks, _ = content(call)
    thread_ts = call.text("thread_ts") or None
    post_at = call.number("post_at")
    made = world.schedule.add(conversation.id, post_at, text, blocks, thread_ts=thread_ts, metadata=metadata(call))
    bot = world.people.by_id[world.bot_user_id]
    message: Json = {
        "bot_id": world.bot_id,
        "app_id": world.app_id,
        "type": "delayed_message",
        "text": text,
        "user": bot.id,
        "team": world.team_id,
        "bot_profile": bot_profile(world.bot_id, world.app_id, bot.real_name, world.team_id, bot.updated),
    }
    if blocks:
        message["blocks"] = blocks
    return {"channel": conversation.id, "scheduled_message_id": made.id, "post_at": made.post_at, "message": message}


def delete_scheduled(call: Call) -> Json:
    conversation = call.conversation()
    call.world.schedule.remove(call.needed("scheduled_message_id"), conversation.id)
    return {}


def list_scheduled(call: Call) -> Json:
    wanted = call.text("channel")
    found = [one for one in call.world.schedule.waiting.values() if wanted in {"", one.channel}]
    page, more = call.page(sorted(found, key=lambda one: one.post_at), 100)
    rows = [
        {"id": one.id, "channel_id": one.channel, "post_at": one.post_at, "date_created": one.created, "text": one.text}
        for one in page
    ]
    return {"scheduled_messages": rows, "response_metadata": more}


METHODS = {
    "chat.scheduleMessage": Method(schedule_message, WRITE),
    "chat.deleteScheduledMessage": Method(delete_scheduled, WRITE),
    "chat.scheduledMessages.list": Method(list_scheduled),
}
