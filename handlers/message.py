"""What a renderer hands to the sender: a text for everybody, blocks for the eye, files made on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Attachment:
    """A file of ours: ``inline`` ones are shown by an image block of the message, the others are handed over."""

    name: str
    content: bytes
    title: str
    alt_text: str = ""
    inline: bool = False


@dataclass(frozen=True)
class Message:
    """``text`` is read aloud and shown in notifications: it says everything that matters.

    An image block shows an inline attachment by naming it, ``{"type": "image", "slack_file": {"id": "<name>"}}``; the
    sender puts Slack's id there after the upload. ``card`` names the message so that it can be edited in place.
    """

    text: str
    blocks: list[Block] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    card: str = ""
    is_said_with_file: bool = False
    """The text only says what its file is, and stands above it in one message: for small files, because the words wait
    for the file, and Slack does not tell at once where they stand."""
