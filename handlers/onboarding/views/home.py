"""What a person's page says of beginning."""

from __future__ import annotations

from cluster.overview.next_things import NextThing, Thing
from cluster.subjects import ROSTER
from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.members.views.members import open_members
from handlers.message import Block
from handlers.onboarding.ids import Action
from handlers.onboarding.views import first_steps as steps
from handlers.overview.ids import Action as OverviewAction


def first_steps(at: AtHome) -> list[Block]:
    """To whoever runs a cluster that has invited nobody yet: where it is, and the button that goes on."""
    return steps.blocks(at.part.lead.begun, at.t) if at.part.lead is not None else []


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


def to_set_up(_: Thing, at: AtHome) -> tuple[str, Block]:
    """Nothing is agreed yet."""
    button = b.button(at.t("Set up the cluster"), Action.CLUSTER_SET_UP, at.part.cluster.id)
    return at.t("The cluster is not set up yet."), button


def to_list(_: Thing, at: AtHome) -> tuple[str, Block]:
    """There are no members."""
    said = at.t("There are no practices yet. How do you have the list of members?")
    return said, open_members(at.part.cluster.id, at.t)


def to_look_through(thing: Thing, at: AtHome) -> tuple[str, Block]:
    """A list of members waits."""
    button = b.button(at.t("Show it to me"), OverviewAction.HOME_SHOW, ROSTER.about(thing.about))
    return at.t("A list of members waits for your yes."), button


THINGS = {NextThing.SET_UP: to_set_up, NextThing.LIST: to_list, NextThing.ROSTER: to_look_through}
