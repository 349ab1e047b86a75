"""One message and the shape it has for the app and for the people."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workspace.state.errors import Json

MARKED = re.compile(r"<(?:@|#|!|https?://|mailto:)[^>\s][^>]*>")
LINK = re.compile(r"https?://[^\s<>|]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}")


DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
EMOJI = {
    "👍": "+1",
    "👎": "-1",
    "💯": "100",
    "🔢": "1234",
    "🎉": "tada",
    "🙂": "slightly_smiling_face",
    "😊": "blush",
    "😀": "grinning",
    "🙏": "pray",
    "❤️": "heart",
    "✅": "white_check_mark",
    "🔟": "keycap_ten",
} | {f"{n}\ufe0f\u20e3": name for n, name in enumerate(DIGITS)}
"""A modest set: Slack passes every emoji on by its name."""
SIGN = re.compile("|".join(map(re.escape, EMOJI)) + "|[\U0001f3fb-\U0001f3ff]")


@dataclass
class Message:
    """What was said once; edits and deletion change it in place."""

    ts: str
    channel: str
    user: str
    text: str
    bot: bool = False
    subtype: str | None = None
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    thread_ts: str | None = None
    parent_user: str | None = None
    files: list[str] = field(default_factory=list)
    metadata: Json | None = None
    edited: Json | None = None
    deleted: bool = False
    ephemeral_for: str | None = None
    client_msg_id: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    states: dict[str, Json] = field(default_factory=dict)  # person → what they chose in its elements
    blocks_given: bool = False  # the app sent blocks of its own


def typed(text: str) -> str:
    """What somebody typed, in the form Slack passes on: entities escaped, links marked up, emoji by name."""
    made, end = [], 0
    for marked in MARKED.finditer(text):
        made += [_escaped(text[end : marked.start()]), marked.group()]
        end = marked.end()
    made.append(_escaped(text[end:]))
    return "".join(made)


def _escaped(text: str) -> str:
    text = SIGN.sub(lambda found: _named(found.group()), text)
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return LINK.sub(lambda found: _linked(found.group()), safe)


def _named(sign: str) -> str:
    """`👍` is `:+1:`, and `👍🏽` is `:+1::skin-tone-4:`."""
    return f":{EMOJI[sign]}:" if sign in EMOJI else f":skin-tone-{ord(sign) - 0x1F3FB + 2}:"


def _linked(found: str) -> str:
    if not found.startswith("http"):
        return f"<mailto:{found}|{found}>"
    bare = found.rstrip(".,;:!?)")
    return f"<{bare}>{found[len(bare) :]}"


def rich_text(text: str, block_id: str) -> list[Json]:
    """The block Slack makes of a typed message."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def bot_profile(bot_id: str, app_id: str, name: str, team_id: str, updated: int) -> Json:
    """The card of the bot that Slack adds to its messages."""
    icons = {f"image_{size}": f"https://a.slack-edge.com/bot_{size}.png" for size in (36, 48, 72)}
    return {
        "id": bot_id,
        "app_id": app_id,
        "name": name,
        "icons": icons,
        "deleted": False,
        "updated": updated,
        "team_id": team_id,
    }
