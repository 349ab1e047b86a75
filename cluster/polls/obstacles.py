"""What is in the way of days, asked of the cluster: its other meetings, and its quiet weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cluster.clock import local
from cluster.meetings import meetings
from cluster.meetings.clashes import Clash, clashes
from cluster.members.cluster_rules import reminder_hours_of
from cluster.quiet import Quiet
from storage.unit_of_work import Reading


@dataclass(frozen=True)
class KnownObstacles:
    """What days of a cluster are held against."""

    taken: frozenset[date]
    """The days of its other meetings."""
    quiet: Quiet


async def known(state: Reading, cluster_id: int, now: datetime) -> KnownObstacles:
    """What is known of a cluster's days."""
    hours = await reminder_hours_of(state, cluster_id)
    taken = frozenset(local(each.starts_at).date() for each in await meetings.ahead(state, cluster_id, now))
    return KnownObstacles(taken, hours.quiet)


async def in_the_way(state: Reading, cluster_id: int, days: Iterable[date], now: datetime) -> list[Clash]:
    """Everything in the way of each of these days, in their order."""
    found = await known(state, cluster_id, now)
    return [clash for day in days for clash in clashes(day, taken=found.taken, quiet=found.quiet)]
