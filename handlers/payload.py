"""Slack's payloads, read: what happened, where, by whom, and what was filled in. Pure: no questions to anybody."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from handlers import messages
from measures.chat import plain

Body = dict[str, Any]

SINGLE_VALUES = (
    "value",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "selected_user",
    "selected_conversation",
    "selected_channel",
    "rich_text_value",
)
"""Where Slack puts the answer of a field that has one, by kind of field."""


@dataclass(frozen=True)
class Arrival:
    """Something that Slack told us. ``source_id`` is the same at every redelivery."""

    kind: str
    """command | action | form | event."""
    name: str
    source_id: str
    team_id: str
    user_id: str
    channel_id: str
    thread_ts: str
    body: Body
    words: str = ""

    @property
    def person(self) -> str:
        """Whose doings are worked off in order."""
        return f"{self.team_id}:{self.user_id}"

    @property
    def is_direct_message(self) -> bool:
        """Whether it happened in the conversation between one person and the bot."""
        return self.channel_id.startswith("D")


def read(body: Body) -> Arrival | None:
    """What a payload is, or None when it is nothing for us (our own echo, a kind we don't know)."""
    if "command" in body:
        return _command(body)
    kind = body.get("type")
    if kind == "block_actions":
        return _action(body)
    if kind == "view_submission":
        return _form(body)
    if kind == "event_callback":
        return _event(body)
    return None


def _command(body: Body) -> Arrival:
    word, _, rest = str(body.get("text") or "").strip().partition(" ")
    return Arrival(
        kind="command",
        name=word.lower(),
        source_id=_digest("command", body.get("trigger_id")),
        team_id=str(body.get("team_id") or ""),
        user_id=str(body.get("user_id") or ""),
        channel_id=str(body.get("channel_id") or ""),
        thread_ts="",
        body=body,
        words=plain(rest.strip()),
    )


def _action(body: Body) -> Arrival:
    action = body["actions"][0]
    container = body.get("container") or {}
    message = body.get("message") or {}
    return Arrival(
        kind="action",
        name=str(action.get("action_id") or ""),
        source_id=_digest("action", body.get("trigger_id"), action.get("action_id"), action.get("action_ts")),
        team_id=_team(body),
        user_id=str((body.get("user") or {}).get("id") or ""),
        channel_id=str((body.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        thread_ts=str(message.get("thread_ts") or container.get("thread_ts") or ""),
        body=body,
    )


def _form(body: Body) -> Arrival:
    view = body["view"]
    return Arrival(
        kind="form",
        name=str(view.get("callback_id") or ""),
        source_id=_digest("form", view.get("id"), view.get("hash")),
        team_id=_team(body),
        user_id=str((body.get("user") or {}).get("id") or ""),
        channel_id="",
        thread_ts="",
        body=body,
    )


def _event(body: Body) -> Arrival | None:
    event = body["event"]
    name = str(event.get("type") or "")
    user = event.get("user") or event.get("user_id") or ""
    channel = event.get("channel") or event.get("channel_id") or ""
    channel = channel.get("id", "") if isinstance(channel, dict) else channel
    source_id = f"event:{body.get('event_id')}"
    if name == "message":
        event = messages.own(event)
        if event.get("bot_id") or not str(channel).startswith("D"):
            return None
        name = messages.KINDS.get(event.get("subtype"), "")
        if not name or (name in {messages.CHANGED, messages.DELETED} and not messages.has_new_words(event)):
            return None
        if name == messages.BESIDE:
            source_id += ":words"
        body, user = body | {"event": event}, event.get("user") or ""
    return Arrival(
        kind="event",
        name=name,
        source_id=source_id,
        team_id=str(body.get("team_id") or event.get("team") or ""),
        user_id=str(user.get("id", "") if isinstance(user, dict) else user),
        channel_id=str(channel),
        thread_ts=str(event.get("thread_ts") or ""),
        body=body,
        words=plain(str(event.get("text") or "")) if name.startswith("message") else "",
    )


def beside(arrival: Arrival) -> Arrival | None:
    """The words that a file came with, as an arrival of their own; None when there are none."""
    if arrival.name != messages.FILE or not arrival.words.strip():
        return None
    return _event(arrival.body | {"event": messages.without_file(arrival.body["event"])})


def value_of(body: Body) -> str:
    """The pressed button's value, or what was chosen in a menu."""
    actions = body.get("actions") or [{}]
    plain = _plain(actions[0])
    return ",".join(map(str, plain)) if isinstance(plain, list) else str(plain or "")


def state_of(body: Body) -> dict[str, Any]:
    """A form's fields by action id: text, ISO date, ``HH:MM``, option value; a list of values or of files.

    What was left empty is ``""`` (an empty list for lists), so that a handler never meets None.
    """
    view = body.get("view") or {}
    values = (view.get("state") or body.get("state") or {}).get("values") or {}
    return {action_id: _plain(element) for block in values.values() for action_id, element in block.items()}


def metadata_of(body: Body) -> dict[str, Any]:
    """The form's private metadata."""
    raw = (body.get("view") or {}).get("private_metadata") or "{}"
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _plain(element: Body) -> Any:
    kind = element.get("type", "")
    if kind in {"checkboxes", "multi_static_select", "multi_external_select"}:
        return [option["value"] for option in element.get("selected_options") or []]
    if kind in {"multi_users_select", "multi_conversations_select", "multi_channels_select"}:
        return element.get(kind.replace("multi_", "selected_").removesuffix("_select")) or []
    if kind == "file_input":
        return element.get("files") or []
    if element.get("selected_option"):
        return element["selected_option"]["value"]
    return next((element[name] for name in SINGLE_VALUES if element.get(name) is not None), "")


def _team(body: Body) -> str:
    return str((body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id") or "")


def _digest(kind: str, *parts: object) -> str:
    return f"{kind}:" + hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:40]
