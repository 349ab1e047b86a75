"""What a feature shows on a person's own page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cluster.overview.homepage import Part
from handlers import blocks as b
from handlers.fitting import paragraphs
from handlers.message import Block, Message
from locales import Texts
from storage.unit_of_work import Look


@dataclass(frozen=True)
class AtHome:
    """What a block is made from: one membership of the reader, the hour, the reader's texts."""

    part: Part
    now: datetime
    t: Texts
    found: Any = None
    """What the block asked for (``HomeBlock.look``)."""


@dataclass(frozen=True)
class HomeBlock:
    """A piece of the page."""

    place: int
    """The pieces stand in the order of their places."""
    show: Callable[[AtHome], list[Block]]
    """Nothing when there is nothing to show."""
    look: Callable[[Look, Part, datetime], Awaitable[Any]] | None = None
    """Asks for what stands in no ``Part``."""
    is_owed: bool = False
    """What the reader is waited for: it comes first, and without any the page says that nothing is owed."""
    is_once: bool = False
    """At the end of the page, not in every cluster."""


@dataclass(frozen=True)
class HomeLine:
    """Lines for those who run the cluster."""

    place: int
    say: Callable[[AtHome], list[str]]


def answer_window(said: Message, t: Texts) -> dict[str, Any]:
    """What is said to somebody who pressed a button on the page: over it, where it was pressed."""
    shown = said.blocks or [b.section(each) for each in paragraphs(said.text.splitlines())]
    return b.window("home.answer", "Klyngebot", t("Close"), shown[:100])
