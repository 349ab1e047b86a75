"""A person's own page in Slack: its frame. What stands in it, the features show (``Feature.home``)."""

from __future__ import annotations

from collections.abc import Sequence

from cluster.overview.homepage import Part
from handlers import blocks as b
from handlers.doors import Door, Shelf
from handlers.message import Block
from locales import N_, Texts
from storage.models import Cluster

SHELVES = {
    Shelf.MEETINGS: N_("Meetings"),
    Shelf.NUMBERS: N_("Numbers and charts"),
    Shelf.CLUSTER: N_("The cluster"),
    Shelf.OWN: N_("You and me"),
}


def stranger(t: Texts) -> list[Block]:
    """For somebody who is in no cluster."""
    return [
        b.header(t("Hello!")),
        b.section(
            t(
                "I am Klyngebot, and I help kvalitetsklynger with meetings and data. I don't know you yet: ask the "
                "coordinator of your cluster to put you on the list of members, with the e-mail address you use here."
            )
        ),
    ]


def greeting(name: str, t: Texts) -> list[Block]:
    """At the top."""
    return [b.header(t("Hello {name}!", name=name.partition(" ")[0]))]


def heading(cluster: Cluster, t: Texts) -> list[Block]:
    """Above what belongs to a cluster."""
    name = b.escape(cluster.name) or t("Your cluster")
    return [b.section(f"*{name}*")]


def nothing_owed(t: Texts) -> list[Block]:
    """In place of what is owed."""
    return [b.section(t("You owe nothing right now. ☕"))]


def for_leaders(lines: Sequence[str], t: Texts) -> list[Block]:
    """What only those who run the cluster see."""
    title = t("For the coordinator")
    return [b.section("\n".join([f"*{title}*", *lines]))] if lines else []


def doors(part: Part, open_: Sequence[Door], t: Texts) -> list[Block]:
    """A row of buttons for each shelf: everything that a command does."""
    blocks: list[Block] = []
    for shelf in Shelf:
        row = [b.button(t(door.said_to(part)), door.action, part.cluster.id) for door in open_ if door.shelf is shelf]
        if row:
            blocks += [b.context(f"*{t(SHELVES[shelf])}*"), *b.rows(row)]
    return [*blocks, b.context(t("What I send you comes in our conversation, on the *Messages* tab."))]
