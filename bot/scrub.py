"""What must not be kept of what people send: file names and previews, profiles, anything that looks like a CPR number.

Works on Slack's payload before it is stored in the inbox.
"""

from __future__ import annotations

import re
from typing import Any

from measures.cpr import has_cpr, mask_cpr

MARK = "‹cpr›"
FILE_KEPT = frozenset({"id", "mimetype", "filetype", "size", "file_access", "mode"})
"""What we need to ask for a file again. Its name (also a part of its address) may be a patient's; titles, previews and
thumbnails show content."""
PERSON_KEPT = frozenset({"id", "team_id", "deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger"})
DROPPED = frozenset({"authorizations", "token", "blocks", "attachments", "user_profile", "response_urls", "message"})
"""Rich-text copies of a text we keep scrubbed, somebody's profile, our own message around a button, secrets."""
_MASKED = re.compile("•{8,}")


def scrub(body: dict[str, Any]) -> dict[str, Any]:
    """A copy that may be stored."""
    kept = {name: _clean(name, value) for name, value in body.items() if name not in DROPPED}
    if "event" in body:
        kept["event"] = {name: _clean(name, value) for name, value in body["event"].items() if name not in DROPPED}
    if message := body.get("message"):  # where the button stood
        kept["message"] = {name: message[name] for name in ("ts", "thread_ts") if name in message}
    return kept


def _clean(name: str, value: Any) -> Any:
    if name == "files" and isinstance(value, list):
        return [_only(file, FILE_KEPT) for file in value]
    if name == "file" and isinstance(value, dict):
        return _only(value, FILE_KEPT)
    if name == "user" and isinstance(value, dict):
        return _only(value, PERSON_KEPT)
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
