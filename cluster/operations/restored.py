"""After a backup was put back: nothing that may have been sent is sent again blindly, and people are told.

Between the backup and now the bot went on in a life that this database knows nothing of. What was owed then and due by
now may stand in Slack already:

- a message is looked for in Slack by its opaque id before it is sent, as after any uncertain send;
- so is what is due later today, which may have been said with the first reminder of the day;
- a message that would be too late to be of use is left out;
- a step (closing a round, chasing answers) would owe *new* messages, which nobody could recognise: it is held among the
  dead letters until somebody who runs the bot lets it go on;
- cards and home pages are drawn as things are, which does no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text, update

from cluster.calendar import at
from cluster.clock import local
from cluster.members.members import in_charge
from cluster.notices import owe_each
from storage.models import Audit, Base, Cluster, Inbox, Outbox
from storage.unit_of_work import UnitOfWork
from storage.words import How, InboxState, OutboxState

HELD = "restored"
GAP = 10_000
"""How far numbers are moved on PostgreSQL, so that a card of the lost life never means something new."""


@dataclass(frozen=True)
class Restored:
    """What was found and done."""

    as_of: datetime | None
    """The newest thing the backup knows of."""
    looked_for: int
    """Messages that are looked for in Slack before they are sent."""
    left_out: int
    """Messages that are too late."""
    held: int
    """Steps that wait for somebody's word."""


async def make_safe(uow: UnitOfWork, *, now: datetime) -> Restored:
    """Go through everything that is due, and owe the coordinators of all clusters a word."""
    as_of = await _newest(uow)
    for table, waiting in ((Inbox, InboxState.WAITING), (Outbox, OutboxState.WAITING)):
        await uow.session.execute(update(table).where(table.state == waiting).values(leased_until=None))
    due = await uow.session.scalars(
        select(Outbox).where(
            Outbox.state == OutboxState.WAITING,
            (Outbox.how.in_((How.POST, How.STEP)) & (Outbox.due_at <= now))
            | ((Outbox.how == How.POST) & (Outbox.due_at < at(local(now).date() + timedelta(days=1), 0))),
        )
    )
    looked_for = left_out = held = 0
    for row in due.all():
        until = row.params.get("useless_after")
        if row.how == How.STEP:
            row.state, row.error, row.done_at, held = OutboxState.DEAD, HELD, now, held + 1
        elif until is not None and now > datetime.fromisoformat(until):
            row.state, row.error, row.done_at, left_out = OutboxState.DROPPED, HELD, now, left_out + 1
        else:
            row.attempts, row.next_at, looked_for = max(row.attempts, 1), None, looked_for + 1
    await uow.session.flush()
    if uow.session.get_bind().dialect.name == "postgresql":
        await _leave_a_gap(uow)
    if as_of is not None:
        await _tell(uow, as_of, now)
    return Restored(as_of, looked_for, left_out, held)


async def _newest(uow: UnitOfWork) -> datetime | None:
    moments = [await uow.session.scalar(select(func.max(column))) for column in (Outbox.created_at, Audit.at)]
    return max((moment for moment in moments if moment is not None), default=None)


async def _leave_a_gap(uow: UnitOfWork) -> None:
    for table in Base.metadata.sorted_tables:
        if "id" in table.c:
            numbers = f"pg_get_serial_sequence('{table.name}', 'id')"
            newest = f"(SELECT coalesce(max(id), 0) FROM {table.name})"  # noqa: S608 - our own tables' names
            await uow.session.execute(text(f"SELECT setval({numbers}, {newest} + {GAP})"))


async def _tell(uow: UnitOfWork, as_of: datetime, now: datetime) -> None:
    for cluster_id in (await uow.session.scalars(select(Cluster.id).order_by(Cluster.id))).all():
        people, key = await in_charge(uow, cluster_id), f"restored:{now:%Y%m%d%H%M%S}"
        await owe_each(uow, "bot.restored", people, key=key, now=now, cluster_id=cluster_id, as_of=as_of.isoformat())
