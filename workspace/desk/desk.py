"""The desk: a JSON door for what people do, used by the page, the tests and the rehearsals."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import BodyPartReader, web

from workspace.desk import seen
from workspace.events import acting, submitting
from workspace.events.membership import deactivate, join_conversation, leave_conversation
from workspace.events.posting import Draft
from workspace.events.uploads import discard, file_for, new_file, share
from workspace.state.errors import Json, SlackError
from workspace.state.messages import typed
from workspace.state.people import Person, user_shape
from workspace.web.api import answer
from workspace.web.downloads import bytes_of

if TYPE_CHECKING:
    from workspace.world import Workspace

Handler = Callable[["Workspace", Json], Awaitable[Json]]


async def people(world: Workspace, _args: Json) -> Json:
    return {"people": [seen.person_seen(person) for person in world.people.by_id.values()]}


async def state(world: Workspace, args: Json) -> Json:
    return seen.state_seen(world, _who(world, args).id)


async def messages(world: Workspace, args: Json) -> Json:
    person = _who(world, args)
    conversation = acting.own_conversation(world, person, _text(args, "channel"))
    return {"channel": conversation.id, "messages": seen.messages_seen(world, conversation, person.id)}


async def say(world: Workspace, args: Json) -> Json:
    person = acting.actor(world, _text(args, "as"))
    where, text, is_broadcast = _text(args, "channel"), _text(args, "text"), bool(args.get("broadcast"))
    message = acting.say(world, person, where, text, args.get("thread_ts"), broadcast=is_broadcast)
    return {"ts": message.ts, "channel": message.channel}


async def edit_message(world: Workspace, args: Json) -> Json:
    person = acting.actor(world, _text(args, "as"))
    acting.change_message(world, person, _text(args, "channel"), _text(args, "ts"), _text(args, "text"))
    return {}


async def delete_message(world: Workspace, args: Json) -> Json:
    person = acting.actor(world, _text(args, "as"))
    acting.change_message(world, person, _text(args, "channel"), _text(args, "ts"), None)
    return {}


async def command(world: Workspace, args: Json) -> Json:
    person = acting.actor(world, _text(args, "as"))
    name, text = _text(args, "command"), str(args.get("text") or "")
    return await acting.command(world, person, _text(args, "channel"), name, text)


async def act(world: Workspace, args: Json) -> Json:
    person = acting.actor(world, _text(args, "as"))
    if args.get("view_id"):
        return await acting.act_in_view(world, person, args)
    return await acting.act_on_message(world, person, args)


async def options(world: Workspace, args: Json) -> Json:
    return await acting.suggestions(world, acting.actor(world, _text(args, "as")), args)


async def fill(world: Workspace, args: Json) -> Json:
    submitting.fill(world, acting.actor(world, _text(args, "as")), args)
    return {}


async def submit(world: Workspace, args: Json) -> Json:
    person = acting.actor(world, _text(args, "as"))
    return await submitting.submit(world, person, _text(args, "view_id"), args.get("values"))


async def close(world: Workspace, args: Json) -> Json:
    person = acting.actor(world, _text(args, "as"))
    return await submitting.close(world, person, _text(args, "view_id"), everything=bool(args.get("all")))


async def home(world: Workspace, args: Json) -> Json:
    """Open the App Home: app_home_opened, with the view when there is one."""
    person = acting.actor(world, _text(args, "as"))
    conversation = world.open_direct(person.id, world.bot_user_id)
    event: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": conversation.id,
        "tab": str(args.get("tab") or "home"),
        "event_ts": world.fresh_ts(),
    }
    published = world.views.homes.get(person.id)
    if published is not None and event["tab"] == "home":
        event["view"] = world.views.shape(published)
    world.deliveries.event(event)
    return {"channel": conversation.id}


async def join(world: Workspace, args: Json) -> Json:
    conversation = world.conversations.get(_text(args, "channel"))
    join_conversation(world, conversation, _text(args, "user"), args.get("inviter"))
    return {}


async def leave(world: Workspace, args: Json) -> Json:
    leave_conversation(world, world.conversations.get(_text(args, "channel")), _text(args, "user"))
    return {}


async def add_person(world: Workspace, args: Json) -> Json:
    known = ["name", "email", "tz", "locale", "admin", "guest", "real_name", "display_name", "stranger"]
    known += ["team_id", "enterprise_id", "user_id"]
    user = world.add_person(**{key: args[key] for key in known if key in args})
    person = world.people.get(user)
    if person.team_id is None:  # nobody joins our workspace by having an account in another
        shape = user_shape(person, world.team_id, world.now())
        world.deliveries.event({"type": "team_join", "user": shape, "event_ts": world.fresh_ts()})
    return {"user": user}


async def add_channel(world: Workspace, args: Json) -> Json:
    return {"channel": world.add_channel(_text(args, "name"), args.get("members") or (), bool(args.get("private")))}


async def deactivate_person(world: Workspace, args: Json) -> Json:
    deactivate(world, world.people.get(_text(args, "user")))
    return {}


async def presence(world: Workspace, args: Json) -> Json:
    """An inactive person is shown no ephemeral message."""
    world.people.get(_text(args, "user")).active = bool(args.get("active", True))
    return {}


async def reload(world: Workspace, args: Json) -> Json:
    """Reload the client: ephemeral messages are gone."""
    person = _who(world, args).id
    for conversation in world.conversations.of(person):
        for ts in [ts for ts in conversation.timeline if conversation.messages[ts].ephemeral_for == person]:
            conversation.remove(ts)
    return {}


async def delete_file(world: Workspace, args: Json) -> Json:
    person = acting.actor(world, _text(args, "as"))
    file = world.files.get(_text(args, "file"))
    if file.owner != person.id:
        raise SlackError("cant_delete_file")
    discard(world, file)
    return {}


async def receive_files(world: Workspace, request: web.Request) -> web.Response:
    """Upload files into a conversation, or (without one) for a file_input."""
    fields: Json = {}
    uploads: list[tuple[str, bytes]] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.filename:
            uploads.append((part.filename, bytes(await part.read())))
        else:
            fields[str(part.name)] = await part.text()
    person = acting.actor(world, _text(fields, "as"))
    if not uploads:
        raise SlackError("no_file")
    conversation = acting.own_conversation(world, person, fields["channel"]) if fields.get("channel") else None
    thread = fields.get("thread_ts") or None
    if conversation and thread and thread not in conversation.messages:
        raise SlackError("thread_not_found")
    about = {key: fields[key] for key in ("mode", "subtype", "mimetype", "external_url") if key in fields}
    ids = [new_file(world, person.id, name, data, **about).id for name, data in uploads]
    body: Json = {"ok": True, "files": ids}
    if conversation:
        draft = Draft(typed(str(fields.get("text") or "")), thread_ts=thread, files=ids)
        body |= {"channel": conversation.id, "ts": share(world, conversation, person.id, draft).ts}
    return answer(body)


async def show_file(world: Workspace, request: web.Request) -> web.Response:
    """A file for somebody who may see it."""
    file = file_for(world, request.match_info["file"], _who(world, dict(request.query)).id)
    return bytes_of(file)


async def events(world: Workspace, request: web.Request) -> web.StreamResponse:
    """Server-sent events: a note for each change, so that the page and the tests look again."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    subscription = world.notes.subscribe(request.query.get("as"))
    try:
        await response.write(b": listening\nretry: 500\n\n")
        while not subscription.ended:
            lines = [f"data: {json.dumps(note)}\n\n" for note in await subscription.take()]
            await response.write("".join(lines).encode())
    except ConnectionResetError:
        pass  # the listener went away
    finally:
        world.notes.unsubscribe(subscription)
    return response


def _text(args: Json, name: str) -> str:
    value = args.get(name)
    if not isinstance(value, str) or not value:
        raise SlackError("missing_argument", detail=name)
    return value


def _who(world: Workspace, args: Json) -> Person:
    return world.people.get(_text(args, "as"))


GET: dict[str, Handler] = {"people": people, "state": state, "messages": messages}
POST: dict[str, Handler] = {
    "say": say,
    "edit_message": edit_message,
    "delete_message": delete_message,
    "command": command,
    "act": act,
    "options": options,
    "fill": fill,
    "submit": submit,
    "close": close,
    "home": home,
    "join": join,
    "leave": leave,
    "person": add_person,
    "channel": add_channel,
    "deactivate": deactivate_person,
    "presence": presence,
    "reload": reload,
    "delete_file": delete_file,
}
