"""`/klynge overdragelse`: how the cluster stands, to whoever runs it next and to those who run it now."""

from __future__ import annotations

from cluster.members import cluster_rules
from cluster.onboarding import first_steps
from cluster.overview.handing_over import handing_over
from cluster.overview.room import Kinds
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, HelpLine, Intent, Notice, Rendering, Told, sentences
from handlers.message import Message
from handlers.onboarding.views import first_steps as steps
from handlers.overview.ids import Action
from handlers.overview.views import handing_over as views
from handlers.turn import Turn
from locales import N_

CARD = "handover.page"
"""So that it is emptied when its reader runs the cluster no more."""


async def show(turn: Turn) -> None:
    """The page as it is now, in a window."""
    leader = turn.require_coordinator()
    async with turn.look() as state:
        found = await handing_over(state, leader.cluster_id, turn.now)
    await turn.open(views.window(found, turn.now, turn.t))


async def meant(turn: Turn) -> Message:
    """The same, as the answer to plain words."""
    async with turn.look() as state:
        found = await handing_over(state, turn.require_coordinator().cluster_id, turn.now)
    blocks = views.page(found, turn.now, turn.t)
    return Message(views.as_text(blocks), blocks)


async def render(r: Rendering) -> Message:
    """To whoever has just become coordinator."""
    now, cluster = r.tools.clock.now(), await cluster_rules.get(r.state, r.number)
    begun = await first_steps.look(r.state, cluster, now)
    blocks = [*views.page(await handing_over(r.state, r.number, now), now, r.t), *steps.blocks(begun, r.t)]
    return Message(views.as_text(blocks), blocks, card=CARD)


feature = Feature(
    commands=[
        Command(
            ("overdragelse", "handover"),
            Direct(show),
            told=Told(
                63,
                readme=N_("what the next coordinator must know"),
                coordinator=N_(
                    "for the next coordinator: what is open, what was agreed, where everything is. Whoever becomes "
                    "coordinator gets it at once"
                ),
            ),
            leads=True,
            help=(HelpLine(330, N_("what the next coordinator must know"), leads=True),),
            door=Door(Action.CLUSTER_HANDOVER, Shelf.CLUSTER, N_("Hand-over")),
        )
    ],
    notices={
        Kinds.HANDOVER_PAGE: Notice(render, ahead=N_("How the cluster stands, to its new coordinator")),
    },
    intents={
        "hand_over": Intent(
            sentences(__file__, "hand_over"), Direct(meant), N_("The hand-over to the next coordinator"), leads=True
        ),
    },
)
