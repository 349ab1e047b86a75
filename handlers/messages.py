"""The kinds of message that Slack tells of in a conversation, and what each says: new, edited, deleted, beside a file.

https://docs.slack.dev/reference/events/message: an edit and a deletion carry the message inside (`message`,
`previous_message`); a deleted message with replies is told as an edit whose message is a `tombstone`.
"""

from __future__ import annotations

from typing import Any

Event = dict[str, Any]

CHANGED, DELETED, FILE, BESIDE = "message.changed", "message.deleted", "message.file_share", "message.beside_file"
ROUTES_OF_SUBTYPES = {
    None: "message",
    "thread_broadcast": "message",  # an answer in a thread, also sent to the conversation
    "me_message": "message",
    "file_share": FILE,
    "words_changed": CHANGED,  # this and the next are of our own making
    "words_deleted": DELETED,
    "beside_file": BESIDE,
}
"""Slack's subtype → the route."""
KEPT = ("user", "user_team", "team", "text", "ts", "thread_ts", "bot_id")


def own(event: Event) -> Event:
    """The event with the message it is about in the place of a new one; harmless to repeat."""
    subtype = event.get("subtype")
    if subtype not in {"message_changed", "message_deleted"}:
        return {name: value for name, value in event.items() if name != "root"}  # the message that began the thread
    before, inner = event.get("previous_message") or {}, event.get("message") or {}
    is_gone = subtype == "message_deleted" or inner.get("subtype") == "tombstone"
    source = before if is_gone else inner
    flat = {name: source[name] for name in KEPT if source.get(name)}
    flat["text"] = "" if is_gone else str(inner.get("text") or "")
    flat["previous_message"] = {"text": str(before.get("text") or "")}
    flat["subtype"] = "words_deleted" if is_gone else "words_changed"
    return {"type": "message", **flat, "channel": event.get("channel")}


def has_new_words(event: Event) -> bool:
    """Whether an edit or a deletion changed words of somebody's: Slack also tells of previews, files and replies."""
    return bool(event.get("user")) and event.get("text") != words_before(event)


def words_before(event: Event) -> str:
    """What an edited or deleted message said before, as Slack writes it."""
    return str((event.get("previous_message") or {}).get("text") or "")


def without_file(event: Event) -> Event:
    """The words that came with a file, as a message of their own."""
    return {name: event[name] for name in KEPT if name in event} | {
        "type": "message",
        "subtype": "beside_file",
        "channel": event.get("channel"),
    }
