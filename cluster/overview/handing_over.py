"""What whoever runs a cluster next must know: who runs it, what is open, what was agreed. No practice's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cluster.charts import decks
from cluster.members import cluster_rules, consent, members, practices
from cluster.overview.leading import Gathering, Progress, lead_of
from cluster.rounds import agreements, rounds
from storage.models import Agreement, Cluster, Round
from storage.unit_of_work import Reading
from storage.words import Role


@dataclass(frozen=True)
class HandingOver:
    """How a cluster stands when it changes hands."""

    cluster: Cluster
    coordinators: Sequence[str]
    deputies: Sequence[str]
    ahead: Sequence[Gathering]
    rounds: Sequence[Progress]
    unmatched: int
    """Members who are not found in Slack …"""
    unconfirmed: int
    """… and those who are, and have not confirmed."""
    waiting: int
    """How many things wait for whoever runs the cluster, on their own page."""
    without_consent: Sequence[str]
    """Practices that have not consented to the use of their totals."""
    agreed: Sequence[tuple[Agreement, Round]]
    """What waits to be measured again, or was meant to stay as it is."""
    decked: Round | None
    """What the newest deck would be about."""


async def handing_over(state: Reading, cluster_id: int, now: datetime) -> HandingOver:
    """Everything for the page, in as many questions however large the cluster is."""
    cluster = await cluster_rules.get(state, cluster_id)
    people = await members.of_cluster(state, cluster_id)
    willing = await consent.holders(state, cluster_id)
    lead = await lead_of(state, cluster, await cluster_rules.rules_of(state, cluster_id), now, silent=())
    newest = await decks.newest_release(state, cluster_id)
    return HandingOver(
        cluster=cluster,
        coordinators=[each.name for each in people if each.role == Role.COORDINATOR],
        deputies=[each.name for each in people if each.role == Role.DEPUTY],
        ahead=lead.ahead,
        rounds=lead.rounds,
        unmatched=lead.unmatched,
        unconfirmed=lead.unconfirmed,
        waiting=len(lead.things),
        without_consent=[each.name for each in await practices.of_cluster(state, cluster_id) if each.id not in willing],
        agreed=await agreements.standing_with_rounds(state, cluster_id),
        decked=await rounds.get(state, newest.round_id) if newest is not None else None,
    )
