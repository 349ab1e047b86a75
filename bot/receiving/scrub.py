"""What must not be kept of what people send: file names and previews, profiles, anything that looks like a CPR number.

Works on Slack's payload before it is stored in the inbox.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from measures.reading.cpr import has_cpr, mask_cpr

MARK = "‹cpr›"
FILE_KEPT = frozenset({"id", "mimetype", "filetype", "size", "file_access", "mode", "subtype"})
"""What we need to ask for a file again. Its name (also a part of its address) may be a patient's; titles, previews and
thumbnails show content."""
IDS_KEPT = {
    "channel": frozenset({"id"}),
    "enterprise": frozenset({"id"}),
    "enterprise_user": frozenset({"enterprise_id"}),
    "team": frozenset({"id", "enterprise_id"}),
    "user": frozenset({"id", "team_id", "enterprise_id", "enterprise_user", "deleted", "is_bot"}),
}
"""Of people and places their ids: whose account acts is asked again when the row is worked on."""
KEPT = frozenset(
    {
        *("type", "command", "text", "trigger_id", "event", "event_id", "actions", "container", "view", "state"),
        *("channel", "channel_id", "enterprise", "enterprise_id", "team", "team_id", "user", "user_id"),
        *("context_enterprise_id", "context_team_id"),
    }
)
"""What of a payload somebody reads later. Slack sends names of people, channels and workspaces, addresses to answer at,
and secrets as well."""
DROPPED = frozenset({"blocks", "attachments", "user_profile", "view"})
"""Of an event: rich-text copies of a text that is kept scrubbed, somebody's profile, a page."""
TYPED = frozenset({"value", "text"})
"""Where a form's state holds what was typed; its other words are ids, times and names of types."""
_MASKED = re.compile("•{8,}")


def scrub(body: dict[str, Any]) -> dict[str, Any]:
    """A copy that may be stored."""
    kept = {name: _clean(name, value) for name, value in body.items() if name in KEPT}
    if "event" in body:
        kept["event"] = {name: _clean(name, value) for name, value in body["event"].items() if name not in DROPPED}
    if message := body.get("message"):  # where the button stood
        kept["message"] = {name: message[name] for name in ("ts", "thread_ts") if name in message}
    return kept


def fields_about_persons(body: dict[str, Any]) -> list[str]:
    """The blocks of a form, whatever form it is, in which somebody typed something like a CPR number."""
    values = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    return [block for block, elements in values.items() if any(has_cpr(each) for each in _typed(elements))]


def _typed(value: Any) -> Iterator[str]:
    """Every word in a form's state: of plain fields, and of rich text, whose parts are read as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        if value.get("type") == "rich_text_input":
            yield "".join(_rich(value.get("rich_text_value")))
        for name, inner in value.items():
            if name in TYPED or not isinstance(inner, str):
                yield from _typed(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _typed(inner)


def _rich(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from _rich(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _rich(inner)


def _clean(name: str, value: Any) -> Any:
    if name == "files" and isinstance(value, list):
        return [_only(file, FILE_KEPT) for file in value]
    if name == "file" and isinstance(value, dict):
        return _only(value, FILE_KEPT)
    if name in IDS_KEPT and isinstance(value, dict):
        return {key: _clean(key, inner) for key, inner in _only(value, IDS_KEPT[name]).items()}
    if name == "view" and isinstance(value, dict):
        return {
            key: _clean(key, value[key])
            for key in ("id", "callback_id", "hash", "private_metadata", "state", "type")
            if key in value
        }
    if isinstance(value, dict):
        return {key: _clean(key, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean(name, inner) for inner in value]
    if name in {"text", "value"} and isinstance(value, str) and has_cpr(value):
        return _MASKED.sub(MARK, mask_cpr(value))
    return value


def _only(value: Any, names: frozenset[str]) -> Any:
    return {name: value[name] for name in names if name in value} if isinstance(value, dict) else value
