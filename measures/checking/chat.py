"""What a person typed, out of what a chat passes on: entities, links, mentions and dates turned back, emoji by name.

https://docs.slack.dev/messaging/formatting-message-text: `&`, `<` and `>` arrive as entities; `<@U…>`, `<#C…|name>`,
`<https://…|label>`, `<!date^…|fallback>` stand for what the sender saw; emoji arrive as `:name:`.
"""

from __future__ import annotations

import re

MARKUP = re.compile(r"<([^<>]*)>")
EMOJI = re.compile(r":(?:100|1234|\d{0,4}[^\W\d_][\w+'\-]{0,99}|[+\-]1|_[\w+'\-]{1,99}):")
KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]{1,2000}", re.IGNORECASE)
THUMBS = {":+1:": "👍", ":thumbsup:": "👍", ":-1:": "👎", ":thumbsdown:": "👎"}


def plain(text: str) -> str:
    """The words as the sender saw them, entities turned back once; thumbs up and down as signs, other emoji by name."""
    shown = MARKUP.sub(_shown, text)
    shown = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return EMOJI.sub(_sign, shown)


def without_signs(text: str) -> str:
    """Plain words without emoji and addresses, whose digits are no numbers of anybody's."""
    return KEYCAP.sub(" ", EMOJI.sub(" ", ADDRESS.sub(" ", text)))


def _shown(found: re.Match[str]) -> str:
    target, _, label = found.group(1).partition("|")
    kind = target[:1]
    if kind in {"@", "#"}:
        return kind + label.removeprefix(kind)
    if kind == "!":
        return label or "@" + target[1:].partition("^")[0]
    return label or target.removeprefix("mailto:").removeprefix("tel:")


def _sign(found: re.Match[str]) -> str:
    name = found.group()
    if name.startswith(":skin-tone-"):
        return ""
    return THUMBS.get(name, name)
