"""What is asked in plain words about setting up a cluster and who joins or leaves it."""

from __future__ import annotations

from cluster.members import members
from handlers import blocks as b
from handlers.feature import Direct, Feature, Intent, sentences
from handlers.members.views.ways_in import ways_in
from handlers.message import Message
from handlers.onboarding.ids import Action
from handlers.turn import Turn
from locales import N_


async def add_person(turn: Turn) -> Message:
    """One person by a form, many by a list."""
    said = turn.t("Who is in the cluster? However you tell me, you see what I have read before anything is saved.")
    return b.asking(said, *ways_in(turn.require_member().cluster_id, turn.t))


async def set_up(turn: Turn) -> Message:
    """What the cluster has agreed, in its form."""
    said = turn.t("In the setup stands what the cluster has agreed: hours, quiet weeks, thresholds, openness.")
    return b.asking(said, b.button(turn.t("Open the setup"), Action.CLUSTER_SET_UP, turn.require_member().cluster_id))


async def leaving(turn: Turn) -> Message:
    """Who leaves or moves says so to the coordinator; nothing is changed by words."""
    member, t = turn.require_member(), turn.t
    async with turn.look() as state:
        leading = [b.escape(each.name) for each in await members.coordinators(state, member.cluster_id)]
    names = t.listing(leading) or t("your coordinator")
    said = t(
        "I have changed nothing. Tell {names} if you leave the cluster. Do you work in another practice now? Choose "
        "it here.",
        names=names,
    )
    return b.asking(said, b.button(t("Change my practice"), Action.MEMBER_WELCOME, member.id))


feature = Feature(
    intents={
        "add_person": Intent(
            sentences(__file__, "add_person"), Direct(add_person), N_("Add a person"), leads=True, changes=True
        ),
        "set_up": Intent(sentences(__file__, "set_up"), Direct(set_up), N_("The cluster's setup"), leads=True),
        "leaving": Intent(
            sentences(__file__, "leaving"), Direct(leaving), N_("I leave, or work elsewhere"), changes=True
        ),
    }
)
