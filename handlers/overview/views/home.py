"""A person's own page in Slack: its frame. What stands in it, the features show (``Feature.home``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cluster.overview.homepage import Membership
from handlers import blocks as b
from handlers.doors import Door, Shelf
from handlers.message import Block
from handlers.overview.ids import Action, View
from locales import N_, Texts
from storage.models import Cluster

THINGS_SHOWN = 3
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


def next_things(found: Sequence[tuple[str, Block]], whole: str, t: Texts, *, is_guided: bool = False) -> list[Block]:
    """What a coordinator had better do next: three, and a button to the rest. Below the first steps they stand back."""
    if not found:
        return []
    title = t("Next")
    blocks = [b.section(f"*{title}*"), *things(found[:THINGS_SHOWN], t, is_guided=is_guided)]
    if len(found) > THINGS_SHOWN:
        blocks.append(b.actions(b.button(t("Show all {n}", n=len(found)), Action.HOME_MORE, whole)))
    return blocks


def things(found: Sequence[tuple[str, Block]], t: Texts, *, is_guided: bool = False) -> list[Block]:
    """Each in a sentence, with its button; the first is the one to begin with."""
    if not found:
        return nothing_owed(t)
    return [
        b.section(said, button | ({} if n or is_guided else {"style": "primary"}))
        for n, (said, button) in enumerate(found)
    ]


def for_leaders(led: Sequence[Block], lines: Sequence[str], t: Texts) -> list[Block]:
    """What only those who run the cluster see; below it stands what is their own."""
    now, own = t("The cluster now"), t("Your own")
    said = [b.context("\n".join(lines))] if lines else []
    return [*([b.section(f"*{now}*"), *led, *said] if led or said else []), b.section(f"*{own}*")]


def behind_a_button(cluster: Cluster, guide: Sequence[Block], t: Texts) -> list[Block]:
    """In place of what belongs to a cluster: there is more than Slack shows on a page. Its first steps stay."""
    name = b.escape(cluster.name) or t("Your cluster")
    return [b.section(f"*{name}*", b.button(t("Show"), Action.HOME_MORE, f"{cluster.id}:0")), *guide, b.divider()]


def more(blocks: list[Block], t: Texts) -> dict[str, Any]:
    """A window over the page."""
    return b.window(View.HOME_MORE, t("All of it"), t("Close"), blocks)


def doors(part: Membership, open_: Sequence[Door], t: Texts) -> list[Block]:
    """A row of buttons for each shelf: everything that a command does."""
    blocks: list[Block] = []
    for shelf in Shelf:
        row = [
            b.button(t(door.said_to(leads=part.leads)), door.action, part.cluster.id)
            for door in open_
            if door.shelf is shelf
        ]
        if row:
            blocks += [b.context(f"*{t(SHELVES[shelf])}*"), *b.rows(row)]
    return [*blocks, b.context(t("What I send you comes in our conversation, on the *Messages* tab."))]
