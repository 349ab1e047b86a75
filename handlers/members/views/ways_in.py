"""The four ways in which people come onto the list of members, as buttons."""

from __future__ import annotations

from handlers import blocks as b
from handlers.message import Block
from handlers.onboarding.ids import Action
from locales import Texts


def ways_in(cluster_id: int, t: Texts) -> list[Block]:
    """By a file, by lines that are pasted, by picking people in Slack, one by one."""
    return [
        b.button(t("As a file"), Action.CLUSTER_BY_FILE, cluster_id),
        b.button(t("Paste lines"), Action.CLUSTER_PASTE, cluster_id),
        b.button(t("Pick people in Slack"), Action.CLUSTER_PICK, cluster_id),
        b.button(t("Add a person"), Action.CLUSTER_ADD_PERSON, cluster_id),
    ]
