"""What a person's page says of beginning."""

from __future__ import annotations

from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.message import Block
from handlers.onboarding.ids import Action


def to_confirm(at: AtHome) -> list[Block]:
    """Who has not confirmed yet is asked again."""
    part, t = at.part, at.t
    if part.member.confirmed_at is not None or part.member.place:
        return []
    return [
        b.section(
            t("I still need you to confirm who you are."),
            b.button(t("Confirm"), Action.MEMBER_WELCOME, part.member.id, style="primary"),
        )
    ]


def beginning(at: AtHome) -> list[str]:
    """To those who run the cluster: what comes next."""
    part, t = at.part, at.t
    if part.cluster.set_up_at is None:
        return [t("The cluster is not set up yet.")]
    if part.lead is not None and part.lead.empty:
        return [t("No practices yet. Drop a list of the members in our conversation, as CSV or Excel.")]
    return []
