"""Members whom no account in Slack was found for: who they are, and what can be done about each."""

from __future__ import annotations

from cluster.members import members, practices
from handlers.feature import Direct, Feature
from handlers.members.ids import Action
from handlers.members.views import absent as views
from handlers.turn import Turn


async def show(turn: Turn) -> None:
    """The window with them, over the page or the list."""
    turn.require_coordinator()
    cluster = turn.require_cluster()
    async with turn.look() as state:
        lost = await members.unmatched(state, cluster.id)
        names = {each.id: each.name for each in await practices.of_cluster(state, cluster.id)}
    await turn.open(views.window(cluster.id, lost, names, turn.t))


feature = Feature(actions={Action.CLUSTER_ABSENT: Direct(show)})
