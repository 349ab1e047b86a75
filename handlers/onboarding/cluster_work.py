"""`/klynge klyngearbejde`: what a quality cluster is and does, for whoever is new to running one."""

from __future__ import annotations

from cluster.members import members
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, HelpLine, Intent, Told, sentences
from handlers.message import Message
from handlers.onboarding.ids import Action
from handlers.onboarding.views import cluster_work as views
from handlers.turn import Turn
from locales import N_


async def show(turn: Turn) -> None:
    """The page in a window."""
    await turn.open(views.window(_led(turn), turn.t))


async def meant(turn: Turn) -> Message:
    """The same, as the answer to plain words."""
    return Message("\n\n".join(views.parts(turn.t)), views.page(_led(turn), turn.t))


def _led(turn: Turn) -> int | None:
    """The cluster that the reader runs."""
    leads = turn.member is not None and turn.member.role in members.LEADERS
    return turn.cluster.id if turn.cluster is not None and leads else None


feature = Feature(
    commands=[
        Command(
            ("klyngearbejde", "about"),
            Direct(show),
            told=Told(
                12,
                readme=N_("what a kvalitetsklynge is and does, in a minute"),
                coordinator=N_(
                    "what a kvalitetsklynge is, the coordinator's work over a year, and what the bot does and never "
                    "does: a minute's reading"
                ),
                member=N_("what a kvalitetsklynge is and does"),
            ),
            help=(HelpLine(95, N_("what a kvalitetsklynge is and does, in a minute")),),
            door=Door(Action.CLUSTER_ABOUT, Shelf.OWN, N_("What is cluster work?")),
        )
    ],
    intents={
        "cluster_work": Intent(
            sentences(__file__, "cluster_work"), Direct(meant), N_("What is cluster work?"), everywhere=True
        ),
    },
)
