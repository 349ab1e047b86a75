"""What the app posts to a response_url: new answers, replacing or deleting the message that was acted on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from workspace.events.accepting import accepted
from workspace.events.acting import answer_in
from workspace.events.posting import delete, edit
from workspace.state.errors import Json, SlackError
from workspace.state.triggers import ReplyTicket
from workspace.web.api import CutError, answer, cut_off, fail

if TYPE_CHECKING:
    from workspace.world import Workspace


async def receive(world: Workspace, request: web.Request) -> web.StreamResponse:
    """One use of a response_url."""
    body: Any = None
    try:
        failure = world.failures.take("response_url")
        struck = await fail(failure) if failure else None
        if struck is not None:
            return struck
        body = _payload(await request.read())
        _honour(world, world.triggers.use_reply(request.match_info["ticket"]), body)
        response = answer({"ok": True})
    except SlackError as refused:
        status = 404 if refused.code in {"used_url", "expired_url", "invalid_url"} else 400
        response = answer(refused.body(), status)
    except CutError as cut:
        return await cut_off(request, cut)
    said = response.get("body") or {}
    ok, error = bool(said.get("ok")), said.get("error")
    world.traffic.record(
        "in", "api", "response_url", status=response.status, ok=ok, error=error, request=body, response=said
    )
    return response


def _payload(raw: bytes) -> Json:
    try:
        body = json.loads(raw)
    except ValueError:
        raise SlackError("invalid_payload") from None
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    return body


def _honour(world: Workspace, ticket: ReplyTicket, body: Json) -> None:
    conversation, person = world.conversations.get(ticket.channel), world.people.get(ticket.person)
    message = conversation.messages.get(ticket.message_ts or "")
    if body.get("delete_original"):
        if message is None or message.deleted:
            raise SlackError("message_not_found")
        delete(world, conversation, message)
        if message.ephemeral_for:
            conversation.remove(message.ts)
        return
    if not body.get("text") and not body.get("blocks"):
        raise SlackError("no_text")
    if message is None or not body.get("replace_original"):
        answer_in(world, conversation, person, body, thread_ts=body.get("thread_ts") or ticket.thread_ts)
        return
    if message.deleted:
        raise SlackError("message_not_found")
    blocks = accepted(world, body.get("blocks"))
    edit(world, conversation, message, editor=world.bot_user_id, text=str(body.get("text") or ""), blocks=blocks)
