"""What a feature shows on a person's own page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cluster.overview.homepage import Membership
from cluster.overview.next_things import NextThing, Thing
from handlers import blocks as b
from handlers.fitting import paragraphs
from handlers.message import Block, Message
from handlers.overview.ids import Action
from locales import Texts
from storage.unit_of_work import Look


@dataclass(frozen=True)
class AtHome:
    """What a block is made from: one membership of the reader, the hour, the reader's texts."""

    part: Membership
    now: datetime
    t: Texts
    found: Any = None
    """What the block asked for (``HomeBlock.look``)."""


Shown = Callable[[AtHome], list[Block]]
Said = Callable[[Thing, AtHome], tuple[str, Block] | None]
"""A next thing in a sentence, with its button; None when it is settled meanwhile."""


@dataclass(frozen=True)
class HomeBlock:
    """A piece of the page."""

    place: int
    """The pieces stand in the order of their places."""
    show: Shown = lambda _: []
    """Nothing when there is nothing to show."""
    look: Callable[[Look, Membership, datetime], Awaitable[Any]] | None = None
    """Asks for what stands in no ``Part``."""
    is_owed: bool = False
    """What the reader is waited for: it comes first, and without any the page says that nothing is owed."""
    is_led: bool = False
    """For those who run the cluster: it comes after what is owed."""
    is_guiding: bool = False
    """The way from nothing to the first invitation: above everything, and never behind a button."""
    is_once: bool = False
    """At the end of the page, not in every cluster."""
    whole: Shown | None = None
    """All of it, in a window: for a piece that grows (``all_button``)."""
    things: Mapping[NextThing, Said] = field(default_factory=dict)
    """How it says the next things to do that are its own."""


def all_button(at: AtHome, place: int, label: str) -> Block:
    """Opens the whole of a piece."""
    return b.button(label, Action.HOME_MORE, f"{at.part.cluster.id}:{place}")


@dataclass(frozen=True)
class HomeLine:
    """Lines for those who run the cluster."""

    place: int
    say: Callable[[AtHome], list[str]]


def answer_window(said: Message, t: Texts, buttons: Sequence[Block] = ()) -> dict[str, Any]:
    """What is said to somebody who pressed a button on the page: over it, where it was pressed. ``buttons`` do what the
    words tell to write, for there is nowhere to write it."""
    shown = said.blocks or [b.section(each) for each in paragraphs(said.text.splitlines())]
    return b.window("home.answer", "Klyngebot", t("Close"), [*shown, *b.rows(buttons)][:100])
