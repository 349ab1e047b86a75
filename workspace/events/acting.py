"""What people do with messages, commands and elements, and the payloads that come of it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from workspace.blockkit.checks import Checks
from workspace.blockkit.elements import check_options, find
from workspace.blockkit.values import chosen_in, said, stated
from workspace.events.accepting import accepted
from workspace.events.payloads import (
    command_payload,
    conversation_in,
    files_shape,
    in_own_team,
    interaction,
    message_shape,
)
from workspace.events.posting import Draft, delete, edit, post, tell
from workspace.events.views import View
from workspace.state.conversations import Conversation
from workspace.state.errors import Json, SlackError
from workspace.state.messages import Message, typed
from workspace.state.people import Person

if TYPE_CHECKING:
    from workspace.world import Workspace


def actor(world: Workspace, person_id: str) -> Person:
    """Somebody who can act: a living person."""
    person = world.people.get(person_id)
    if person.is_bot or person.deleted:
        raise SlackError("cannot_act", detail=person_id)
    return person


def own_conversation(world: Workspace, person: Person, target: str) -> Conversation:
    """A conversation the person is in; a user id means the direct message."""
    conversation = world.conversation_for(target, person.id)
    if person.id not in conversation.members:
        raise SlackError("not_in_channel")
    return conversation


def say(
    world: Workspace, person: Person, target: str, text: str, thread_ts: str | None, *, broadcast: bool = False
) -> Message:
    """Write a message; ``broadcast``: a reply that is also sent to the conversation."""
    if not text.strip():
        raise SlackError("no_text")
    if broadcast and not thread_ts:
        raise SlackError("thread_not_found")
    conversation = own_conversation(world, person, target)
    subtype = "thread_broadcast" if broadcast else None
    return post(world, conversation, person.id, Draft(typed(text), thread_ts=thread_ts, subtype=subtype))


def change_message(world: Workspace, person: Person, target: str, ts: str, text: str | None) -> None:
    """Edit one's own message, or delete it when `text` is None."""
    conversation = own_conversation(world, person, target)
    message = _seen(conversation, ts, person)
    if message.user != person.id:
        raise SlackError("cant_update_message" if text is not None else "cant_delete_message")
    if text is None:
        delete(world, conversation, message)
        return
    draft = typed(text)
    edit(world, conversation, message, editor=person.id, text=draft, blocks=None)


async def command(world: Workspace, person: Person, target: str, name: str, text: str) -> Json:
    """A slash command; an acknowledgement with text or blocks shows as an ephemeral message."""
    if name not in {each["command"] for each in world.commands} and world.commands:
        raise SlackError("unknown_command", detail=name)
    conversation = own_conversation(world, person, target)
    url = response_url(world, person, conversation.id)
    trigger = world.triggers.give(person.id)
    payload = command_payload(
        world, person, conversation, command=name, text=text, trigger_id=trigger, response_url=url
    )
    body, failed = await world.deliveries.ask("slash_commands", name, payload)
    if isinstance(body, dict) and (body.get("text") or body.get("blocks")):
        answer_in(world, conversation, person, body, thread_ts=None)
    return {"response": body, "failed": failed}


def answer_in(
    world: Workspace, conversation: Conversation, person: Person, body: Json, thread_ts: str | None
) -> Message | None:
    """A message given as an answer: to the person alone, or to all with `response_type: in_channel`."""
    blocks = accepted(world, body.get("blocks"))
    only = None if body.get("response_type") == "in_channel" else person.id
    if only and not person.active:
        return None
    draft = Draft(str(body.get("text") or ""), blocks, thread_ts=thread_ts, bot=True, ephemeral_for=only)
    return post(world, conversation, world.bot_user_id, draft)


def response_url(world: Workspace, person: Person, channel: str, message: Message | None = None) -> str:
    """The address where the app may answer five times within half an hour."""
    ticket = world.triggers.give_reply(
        person.id,
        channel,
        message_ts=message.ts if message else None,
        thread_ts=message.thread_ts if message else None,
        ephemeral=bool(message and message.ephemeral_for),
    )
    return f"{world.url}/response/{ticket}"


async def act_on_message(world: Workspace, person: Person, body: Json) -> Json:
    """A click or choice in a message: block_actions with a trigger and a response_url."""
    conversation = own_conversation(world, person, str(body.get("channel")))
    message = _seen(conversation, str(body.get("ts")), person)
    block, element = _found(message.blocks or [], body)
    state = _state(world, person, element, body)
    if state:
        mine = message.states.setdefault(person.id, {})
        mine.setdefault(block["block_id"], {})[element["action_id"]] = state
        tell(world, conversation, message)
    if block["type"] == "input" and not block.get("dispatch_action"):
        return {"failed": None, "dispatched": False}
    payload = interaction(world, "block_actions", person)
    shape = message_shape(world, message)
    ephemeral = bool(message.ephemeral_for)
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload |= {
        "container": container,
        "trigger_id": world.triggers.give(person.id),
        "channel": conversation_in(conversation),
        "message": shape,
        "state": {"values": copy.deepcopy(message.states.get(person.id, {}))},
        "response_url": response_url(world, person, conversation.id, message),
        "actions": [chosen_in(element, block, state or {}, world.fresh_ts())],
    }
    _, failed = await world.deliveries.ask("interactive", "block_actions", payload)
    return {"failed": failed, "dispatched": True}


async def act_in_view(world: Workspace, person: Person, body: Json) -> Json:
    """A click or choice in a modal or home; inputs dispatch only when the app asked for it."""
    view = own_view(world, person, str(body.get("view_id")))
    block, element = _found(view.blocks, body)
    state = _state(world, person, element, body, view)
    if state:
        view.state[block["block_id"]][element["action_id"]] = state
        world.notes.tell("view", people=[person.id])
    if block["type"] == "input" and not block.get("dispatch_action"):
        return {"failed": None, "dispatched": False}
    payload = in_own_team(world, interaction(world, "block_actions", person), person)
    payload |= {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": world.triggers.give(person.id, view.id),
        "view": world.views.shape(view),
        "actions": [chosen_in(element, block, state or {}, world.fresh_ts())],
    }
    _, failed = await world.deliveries.ask("interactive", "block_actions", payload)
    return {"failed": failed, "dispatched": True}


async def suggestions(world: Workspace, person: Person, body: Json) -> Json:
    """What an external select offers for the typed value."""
    view = own_view(world, person, str(body["view_id"])) if body.get("view_id") else None
    payload = interaction(world, "block_suggestion", person)
    if view is not None:
        block, element = _found(view.blocks, body)
        payload |= {"container": {"type": "view", "view_id": view.id}, "view": world.views.shape(view)}
    else:
        conversation = own_conversation(world, person, str(body.get("channel")))
        message = _seen(conversation, str(body.get("ts")), person)
        block, element = _found(message.blocks or [], body)
        container = {"type": "message", "message_ts": message.ts, "channel_id": conversation.id, "is_ephemeral": False}
        shape = message_shape(world, message)
        payload |= {"container": container, "channel": conversation_in(conversation), "message": shape}
    if "external" not in element["type"]:
        raise SlackError("no_such_element", detail=str(element["type"]))
    payload |= {"action_id": element["action_id"], "block_id": block["block_id"], "value": str(body.get("value") or "")}
    if len(payload["value"]) < int(element.get("min_query_length", 3)):
        return {"options": [], "option_groups": [], "failed": None}  # Slack doesn't ask yet
    answer, failed = await world.deliveries.ask("interactive", "block_suggestion", payload)
    answer = answer if isinstance(answer, dict) else {}
    checks = Checks()
    if answer.get("options"):
        check_options(answer["options"], 100, "/options", checks)
    if checks.problems:
        return {"options": [], "option_groups": [], "failed": "invalid_options"}
    groups = answer.get("option_groups") or []
    options = list(answer.get("options") or []) + [option for group in groups for option in group["options"]]
    if view is not None:
        view.offered[element["action_id"]] = options
    return {"options": options, "option_groups": groups, "failed": failed}


def own_view(world: Workspace, person: Person, view_id: str) -> View:
    """A modal or home that is this person's."""
    view = world.views.find(view_id)
    if view.person != person.id:
        raise SlackError("not_found")
    return view


def state_of(world: Workspace, person: Person, element: Json, value: Any, view: View | None = None) -> Json:
    """An element's state from what was given; files become file objects, which the app may then look at."""
    offered = view.offered.get(element["action_id"]) if view else None
    state = stated(element, value, person.tz, offered)
    if element["type"] == "file_input":
        ids = [str(each["id"] if isinstance(each, dict) else each) for each in state["files"]]
        for file_id in ids:
            if world.files.get(file_id).owner != person.id:
                raise SlackError("file_not_found")
        state["files"] = files_shape(world, ids)
    for key in ("selected_user", "selected_users"):
        for user in [state[key]] if isinstance(state.get(key), str) else state.get(key) or []:
            world.people.get(user)
    return state


def _state(world: Workspace, person: Person, element: Json, body: Json, view: View | None = None) -> Json | None:
    if element["type"] in {"button", "workflow_button"}:
        return None
    return state_of(world, person, element, said(body), view)


def _found(blocks: list[Json], body: Json) -> tuple[Json, Json]:
    found = find(blocks, str(body.get("action_id")), body.get("block_id"))
    if found is None:
        raise SlackError("no_such_element", detail=str(body.get("action_id")))
    return found


def _seen(conversation: Conversation, ts: str, person: Person) -> Message:
    message = conversation.messages.get(ts)
    if message is None or message.deleted or message.ephemeral_for not in {None, person.id}:
        raise SlackError("message_not_found")
    return message
