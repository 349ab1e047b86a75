"""Slack's payloads, read: what happened, where, by whom, and what was filled in. Pure: no questions to anybody."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from cluster.members.organisations import OURS, Account, Home
from handlers import messages
from measures.checking.chat import plain

Body = dict[str, Any]
Actor = tuple[str, str]
"""The workspace and the enterprise of an account, as far as a payload says them."""

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
    """command | action | form | event | suggestion."""
    name: str
    source_id: str
    team_id: str
    """The workspace that the bot is installed in: there is one, whatever workspace the payload came about in."""
    user_id: str
    channel_id: str
    thread_ts: str
    body: Body
    words: str = ""
    organisation: str = OURS
    """Whose account it is that acts."""
    actor_team_id: str = ""
    """The workspace of that account as the payload names it."""

    @property
    def account(self) -> Account:
        """Who acts."""
        return Account(self.user_id, self.organisation)

    @cached_property
    def value(self) -> str:
        """The pressed button's value, or what was chosen in a menu; empty of anything else."""
        return value_of(self.body) if self.kind == "action" else ""

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """The form's private metadata."""
        return metadata_of(self.body)

    @property
    def is_on_page(self) -> bool:
        """Whether a button of the person's start page was pressed."""
        return self.kind == "action" and (self.body.get("view") or {}).get("type") == "home"

    @property
    def person(self) -> str:
        """Whose doings are worked off in order."""
        return f"{self.organisation or self.team_id}:{self.user_id}"

    @property
    def is_direct_message(self) -> bool:
        """Whether it happened in the conversation between one person and the bot."""
        return self.channel_id.startswith("D")


def read(body: Body, home: Home) -> Arrival | None:
    """What a payload is, or None when it is nothing for us (our own echo, a kind we don't know)."""
    found, actor = _read(body, home)
    if found is None:
        return None
    return replace(found, organisation=home.organisation(*actor), actor_team_id=actor[0])


def _read(body: Body, home: Home) -> tuple[Arrival | None, Actor]:
    if "command" in body:
        return _command(body, home), (_id(body, "team_id"), _id(body, "enterprise_id"))
    kind = body.get("type")
    if kind == "block_actions":
        return _action(body, home), _presser(body)
    if kind == "view_submission":
        return _form(body, home), _presser(body)
    if kind == "block_suggestion":
        return _suggestion(body, home), _presser(body)
    if kind == "event_callback":
        found = _event(body, home)
        return found, _speaker(found.body if found is not None else body)
    return None, ("", "")


def _command(body: Body, home: Home) -> Arrival:
    word, _, rest = str(body.get("text") or "").strip().partition(" ")
    return Arrival(
        kind="command",
        name=word.lower(),
        source_id=_digest("command", body.get("trigger_id")),
        team_id=home.team_id,
        user_id=str(body.get("user_id") or ""),
        channel_id=str(body.get("channel_id") or ""),
        thread_ts="",
        body=body,
        words=plain(rest.strip()),
    )


def _action(body: Body, home: Home) -> Arrival:
    action = body["actions"][0]
    container = body.get("container") or {}
    message = body.get("message") or {}
    return Arrival(
        kind="action",
        name=str(action.get("action_id") or ""),
        source_id=_digest("action", body.get("trigger_id"), action.get("action_id"), action.get("action_ts")),
        team_id=home.team_id,
        user_id=str((body.get("user") or {}).get("id") or ""),
        channel_id=str((body.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        thread_ts=str(message.get("thread_ts") or container.get("thread_ts") or ""),
        body=body,
    )


def _suggestion(body: Body, home: Home) -> Arrival:
    return Arrival(
        kind="suggestion",
        name=str(body.get("action_id") or ""),
        source_id=_digest("suggestion", body.get("action_ts"), body.get("action_id")),
        team_id=home.team_id,
        user_id=str((body.get("user") or {}).get("id") or ""),
        channel_id=str((body.get("channel") or {}).get("id") or ""),
        thread_ts="",
        body=body,
        words=str(body.get("value") or ""),
    )


def _form(body: Body, home: Home) -> Arrival:
    view = body["view"]
    return Arrival(
        kind="form",
        name=str(view.get("callback_id") or ""),
        source_id=_digest("form", view.get("id"), view.get("hash")),
        team_id=home.team_id,
        user_id=str((body.get("user") or {}).get("id") or ""),
        channel_id="",
        thread_ts="",
        body=body,
    )


def _event(body: Body, home: Home) -> Arrival | None:
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
        name = messages.ROUTES_OF_SUBTYPES.get(event.get("subtype"), "")
        if not name or (name in {messages.CHANGED, messages.DELETED} and not messages.has_new_words(event)):
            return None
        if name == messages.BESIDE:
            source_id += ":words"
        body, user = body | {"event": event}, event.get("user") or ""
    return Arrival(
        kind="event",
        name=name,
        source_id=source_id,
        team_id=home.team_id,
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
    body = arrival.body | {"event": messages.without_file(arrival.body["event"])}
    found = _event(body, Home(arrival.team_id))
    if found is None:
        return None
    return replace(found, organisation=arrival.organisation, actor_team_id=arrival.actor_team_id)


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
    except (ValueError, RecursionError):
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


def _presser(body: Body) -> Actor:
    """Whose account pressed or sent in. The payload's team may be ours while the one who presses is another's."""
    team, user = body.get("team") or {}, body.get("user") or {}
    team_id = _id(user, "team_id") or _id(team, "id")
    if team_id != _id(team, "id"):
        return team_id, ""
    return team_id, _id(team, "enterprise_id") or _id(body.get("enterprise") or {}, "id")


def _speaker(body: Body) -> Actor:
    """Whose account an event is about. In a channel shared with others the outer ids may be theirs or ours."""
    event = body["event"]
    user = event.get("user")
    if isinstance(user, dict):
        enterprise_id = _id(user.get("enterprise_user") or {}, "enterprise_id") or _id(user, "enterprise_id")
        return _id(user, "team_id") or _id(body, "team_id"), enterprise_id
    team_id = _id(event, "user_team") or _id(event, "team") or _id(body, "team_id")
    enterprises = {
        _id(body, "team_id"): _id(body, "enterprise_id"),
        _id(body, "context_team_id"): _id(body, "context_enterprise_id"),
    }
    return team_id, _id(event, "enterprise") or enterprises.get(team_id, "")


def _id(thing: Body, name: str) -> str:
    found = thing.get(name)
    return found if isinstance(found, str) else ""


def _digest(kind: str, *parts: object) -> str:
    return f"{kind}:" + hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:40]
