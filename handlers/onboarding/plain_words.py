"""What is asked in plain words about setting up a cluster and who joins or leaves it."""

from __future__ import annotations

from cluster.members import members, practices
from cluster.members.list_tasks import ListTask, open_tasks
from handlers import blocks as b
from handlers.feature import Direct, Feature, Intent, sentences
from handlers.members.views import list_tasks
from handlers.members.views.ways_in import ways_in
from handlers.message import Message
from handlers.onboarding.ids import Action
from handlers.turn import Turn
from locales import N_


async def add_person(turn: Turn) -> Message:
    """One person by a form, many by a list."""
    said = turn.t("Who is in the cluster? However you tell me, you see what I have read before anything is saved.")
    return b.asking(said, *ways_in(turn.require_member().cluster_id, turn.t))


async def lacking(turn: Turn) -> Message:
    """What the list of members lacks, with the buttons that settle it; and how many patients it covers."""
    t, cluster_id = turn.t, turn.require_member().cluster_id
    async with turn.look() as state:
        places, people = await practices.of_cluster(state, cluster_id), await members.of_cluster(state, cluster_id)
    open_ = open_tasks(places, people)
    said = [list_tasks.said(task, t) for task in open_] or [t("Nothing lacks in the list of members.")]
    if ListTask.PATIENTS not in {task.what for task in open_}:
        known = sum(each.list_size or 0 for each in places)
        said.append(t("So far I know of {patients} patients in the cluster.", patients=t.number(known)))
    shown = list_tasks.lines(open_, cluster_id, t)
    return Message("\n".join(said), [*shown, *(b.section(each) for each in said[len(shown) :])])


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
        "list_tasks": Intent(
            sentences(__file__, "list_tasks"), Direct(lacking), N_("What the list of members lacks"), leads=True
        ),
        "set_up": Intent(sentences(__file__, "set_up"), Direct(set_up), N_("The cluster's setup"), leads=True),
        "leaving": Intent(
            sentences(__file__, "leaving"), Direct(leaving), N_("I leave, or work elsewhere"), changes=True
        ),
    }
)
