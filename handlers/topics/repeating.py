"""Before a topic is begun that the cluster has had before: told once, and begun all the same by the next press."""

from __future__ import annotations

from cluster.packages import own_packages
from cluster.topics import history
from handlers.message import Block
from handlers.topics.views.history import repeats
from handlers.turn import Turn
from storage.unit_of_work import Reading


async def warning(state: Reading, turn: Turn, cluster_id: int, *, words: str = "", package_id: str = "") -> list[Block]:
    """What was had before and when, for the top of a form; nothing where it was not."""
    packages = [each.package for each in await own_packages.for_meetings(state, cluster_id)]
    had = await history.before(state, cluster_id, packages, words=words, package_id=package_id, now=turn.now)
    return [] if had is None else repeats(had, turn.t, turn.now)
