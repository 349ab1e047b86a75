"""The cluster that somebody at the command line means, by the name that `/klynge opsæt` gave it."""

from __future__ import annotations

from sqlalchemy import select

from locales import Texts
from storage.models import Cluster
from storage.unit_of_work import Reading


class NotOneClusterError(Exception):
    """No cluster goes by that name, or several do; the message says so to the person at the keyboard."""


async def cluster_named(state: Reading, name: str, t: Texts) -> Cluster:
    """The one cluster of that name."""
    named = (await state.session.scalars(select(Cluster).where(Cluster.name == name))).all()
    if len(named) != 1:
        raise NotOneClusterError(
            t.n(
                "There is {n} cluster named {name}; exactly one is needed.",
                "There are {n} clusters named {name}; exactly one is needed.",
                len(named),
                name=name,
            )
        )
    return named[0]
