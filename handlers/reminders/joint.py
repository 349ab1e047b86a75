"""Several reminders to one person in one message: each with its own words and buttons."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.blocks import divider, section
from handlers.message import Block, Message
from locales import Texts

MOST_BLOCKS = 45
"""Slack takes fifty."""


def has_room(parts: Sequence[Message], more: Message) -> bool:
    """Whether another reminder can stand in the same message. What brings files stands alone."""
    blocks = sum(len(part.blocks or [1]) + 1 for part in [*parts, more]) + 1
    return blocks <= MOST_BLOCKS and not any(part.attachments for part in [*parts, more])


def joint(parts: Sequence[Message], t: Texts) -> Message:
    """One message of several reminders; a single one stays as it is."""
    if len(parts) == 1:
        return parts[0]
    heading = t.n("{n} thing is waiting for you:", "{n} things are waiting for you:", len(parts))
    blocks: list[Block] = [section(f"*{heading}*")]
    for part in parts:
        blocks += [divider(), *(part.blocks or [section(part.text)])]
    text = "\n".join([heading, *(part.text for part in parts)])
    return Message(text, blocks, card=parts[0].card)
