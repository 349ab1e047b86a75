"""Ordering a central extract: which practices a region, a kommune or a data consultant is asked about (DAT-11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cluster.clock import local
from cluster.members import consent
from cluster.rounds import rounds
from storage.models import Cluster, Practice, Round
from storage.unit_of_work import Reading


@dataclass(frozen=True)
class Order:
    """What is ordered: only for practices that were asked, have not answered no, and whose consent holds."""

    cluster: Cluster
    round: Round
    practices: tuple[Practice, ...]
    consented: Mapping[int, date]
    """Practice → the day its consent was given."""
    without_consent: tuple[Practice, ...]


async def order_for(state: Reading, round_: Round) -> Order | None:
    """The order that fits a round; None when the cluster is gone."""
    cluster = await state.session.get(Cluster, round_.cluster_id)
    if cluster is None:
        return None
    asked = [each.practice_id for each in await rounds.assignments(state, round_.id)]
    found = [practice for key in asked if (practice := await state.session.get(Practice, key)) is not None]
    given = {each.id: held for each in found if (held := await consent.current(state, each.id)) is not None}
    return Order(
        cluster=cluster,
        round=round_,
        practices=tuple(sorted((each for each in found if each.id in given), key=lambda each: each.ydernummer)),
        consented={key: local(held.given_at).date() for key, held in given.items()},
        without_consent=tuple(each for each in found if each.id not in given),
    )
