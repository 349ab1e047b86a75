"""What waits for a coordinator's yes, or could not be delivered."""

from __future__ import annotations

from sqlalchemy import literal, select, union_all

from storage.models import Collected, Outbox, RosterImport
from storage.unit_of_work import Reading
from storage.words import OutboxState, ProposalState

Proposal = RosterImport | Collected
"""What was read and is shown before it is kept."""


async def undelivered(state: Reading, cluster_id: int) -> tuple[int, ...]:
    """Messages that could not be delivered."""
    rows = select(Outbox.id).where(Outbox.cluster_id == cluster_id, Outbox.state == OutboxState.DEAD)
    return tuple((await state.session.scalars(rows.order_by(Outbox.id))).all())


async def proposals(state: Reading, cluster_id: int) -> dict[type[Proposal], tuple[int, ...]]:
    """Lists and files that were read and wait for a coordinator's yes, the newest first; in one question."""
    tables: tuple[type[Proposal], ...] = (RosterImport, Collected)
    asked = [
        select(literal(place), table.id).where(table.cluster_id == cluster_id, table.state == ProposalState.WAITING)
        for place, table in enumerate(tables)
    ]
    found = sorted(((place, key) for place, key in await state.session.execute(union_all(*asked))), reverse=True)
    return {table: tuple(key for at, key in found if at == place) for place, table in enumerate(tables)}
