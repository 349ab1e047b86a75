"""What was given up, and what may be done about it: try again, or let it lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from cluster import audit, subjects
from cluster.errors import ClusterError
from storage.models import Inbox, Outbox
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import InboxState, OutboxState

INBOX, OUTBOX = subjects.INBOX.name, subjects.OUTBOX.name


@dataclass(frozen=True)
class DeadLetter:
    """A row that was given up: ids, kinds and reasons only."""

    box: str
    id: int
    kind: str
    cluster_id: int | None
    at: datetime
    """When it was due, or came in."""
    attempts: int
    reason: str

    @property
    def name(self) -> str:
        """How it is called: ``outbox:57``."""
        return subjects.SUBJECTS[self.box].about(self.id)


async def listed(state: Reading) -> Sequence[DeadLetter]:
    """All of them, oldest first."""
    came = await state.session.scalars(select(Inbox).where(Inbox.state == InboxState.DEAD).order_by(Inbox.id))
    owed = await state.session.scalars(select(Outbox).where(Outbox.state == OutboxState.DEAD).order_by(Outbox.id))
    return [
        *(DeadLetter(INBOX, row.id, row.kind, None, row.received_at, row.attempts, row.error) for row in came),
        *(DeadLetter(OUTBOX, row.id, row.kind, row.cluster_id, row.due_at, row.attempts, row.error) for row in owed),
    ]


async def get(state: Reading, number: int) -> Outbox:
    """An outgoing row that was given up."""
    row = await state.session.get(Outbox, number)
    if row is None or row.state != OutboxState.DEAD:
        raise ClusterError("letter.settled")
    return row


async def retry(uow: UnitOfWork, row: Outbox, *, now: datetime, actor_id: int | None = None) -> None:
    """Owe it again. An earlier try may have arrived after all, so it is looked for in Slack first."""
    row.state, row.error, row.done_at = OutboxState.WAITING, "", None
    row.attempts, row.next_at, row.leased_until = 1, None, None
    audit.note(
        uow, "letter.retried", subjects.OUTBOX.about(row.id), now=now, actor_id=actor_id, cluster_id=row.cluster_id
    )


async def drop(uow: UnitOfWork, letter: DeadLetter, *, now: datetime) -> None:
    """Let it lie: looked after, and not to be counted any more."""
    table, dropped = (Inbox, InboxState.DROPPED) if letter.box == INBOX else (Outbox, OutboxState.DROPPED)
    if await uow.session.get(table, letter.id) is not None:
        await uow.session.execute(update(table).where(table.id == letter.id).values(state=dropped))
        audit.note(uow, "letter.dropped", letter.name, now=now, cluster_id=letter.cluster_id)
