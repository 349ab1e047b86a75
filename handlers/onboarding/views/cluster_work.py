"""What a quality cluster is and does, in a minute's reading."""

from __future__ import annotations

from typing import Any

from handlers import blocks as b
from handlers.charts.ids import Action as ChartAction
from handlers.message import Block
from handlers.onboarding.ids import Action, View
from locales import Texts


def parts(t: Texts) -> list[str]:
    """The four short parts of the page. Days and rates are left to those who decide them: they change."""
    return [
        t(
            "*What a kvalitetsklynge is*\nGeneral practices of one area that meet, usually two to four times a year, "
            "look at numbers from their own work and learn from each other. It is not control, and no ranking. The "
            "cluster chooses its topics itself."
        ),
        t(
            "*The coordinator's year*\n"
            "• *January:* see to it that the ydernumre in Min Klynge are right; KiAP's questionnaire, budget and "
            "accounts.\n"
            "• *Before a meeting:* topic, room, food, perhaps a speaker – and numbers from the practices.\n"
            "• *At the meeting:* keep time for the numbers, and write down what you agree.\n"
            "• *Afterwards:* invoice and list of those present to PLO.\n"
            "• *Later:* measure again. Did it change anything?"
        ),
        t(
            "*What I do by myself*\nI send the invitations; remind those who have not answered, on workdays only; "
            "collect answers and numbers; draw each practice its own charts; make the deck for the meeting; fill in "
            "the list of those present; and say when it is time to measure again."
        ),
        t(
            "*What I never do*\nI tell nobody whose numbers are whose unless the practice has chosen it itself, rank "
            "nobody, answer for nobody, send nothing out of the cluster, and keep nothing about any patient."
        ),
    ]


def page(led: int | None, t: Texts) -> list[Block]:
    """The parts; whoever runs a cluster (``led``) can see at once what a round will be."""
    blocks = [b.section(part) for part in parts(t)]
    if led is None:
        return blocks
    return [*blocks, b.actions(b.button(t("Try with made-up numbers"), ChartAction.CLUSTER_TRIAL, led))]


def window(led: int | None, t: Texts) -> dict[str, Any]:
    """The page over whatever was pressed."""
    return b.window(View.CLUSTER_ABOUT, t("Cluster work"), t("Close"), page(led, t))


def about_button(cluster_id: int, t: Texts) -> dict[str, Any]:
    """The way to it from a message."""
    return b.button(t("What is cluster work?"), Action.CLUSTER_ABOUT, cluster_id)
