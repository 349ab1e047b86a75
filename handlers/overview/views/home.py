"""A person's own page in Slack: its frame. What stands in it, the features show (``Feature.home``)."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import blocks as b
from handlers.members.views.members import open_members
from handlers.message import Block
from handlers.onboarding.ids import Action
from locales import Texts
from storage.models import Cluster


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


def for_leaders(lines: Sequence[str], cluster_id: int, t: Texts) -> list[Block]:
    """What only those who run the cluster see."""
    title = t("For the coordinator")
    set_up = b.button(t("Setup"), Action.CLUSTER_SET_UP, cluster_id)
    return [
        b.section("\n".join([f"*{title}*", *lines])),
        b.actions(set_up, open_members(cluster_id, t)),
        b.context(t("Write `/klynge møde`, `/klynge data`, `/klynge status` or `/klynge plan` to do more.")),
    ]
