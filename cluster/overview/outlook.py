"""What the bot is going to say in the coming days, to whom and about what; and how to stop or put off some of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update

from cluster import audit, notices, subjects
from cluster.calendar import at, next_slot
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members.cluster_rules import reminder_hours_of
from cluster.rooms import REMINDERS
from storage.models import Meeting, Member, Outbox, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, OutboxState

AHEAD = timedelta(days=14)


@dataclass
class Coming:
    """One thing that is going to be said, to one person or to many at the same hour."""

    row_id: int
    """One of the owed rows, by which the whole can be stopped."""
    kind: str
    how: How
    due_at: datetime
    about: Meeting | Round | None = None
    people: list[Member] = field(default_factory=list)


async def outlook(state: Reading, cluster_id: int, *, now: datetime) -> list[Coming]:
    """Everything owed in the next fortnight, the nearest first; the same to many is one entry."""
    found: dict[tuple[str, datetime, Meeting | Round | None], Coming] = {}
    rows = await notices.coming(state, cluster_id, until=now + AHEAD)
    planned = await _planned(state, rows)
    for row in rows:
        about = planned.get(row.subject)
        entry = found.setdefault((row.kind, row.due_at, about), Coming(row.id, row.kind, row.how, row.due_at, about))
        member = await state.session.get(Member, row.member_id) if row.member_id else None
        if member is not None:
            entry.people.append(member)
    return list(found.values())


async def stop(uow: UnitOfWork, cluster_id: int, row_id: int, *, by: Member, now: datetime) -> int:
    """Leave out one thing that was going to be said, for everybody it was meant for; how many rows that were."""
    row = await uow.session.get(Outbox, row_id)
    if row is None or row.cluster_id != cluster_id or row.state != OutboxState.WAITING:
        raise ClusterError("plan.gone")
    siblings = await _siblings(uow, row)
    stopped = (
        update(Outbox)
        .where(Outbox.id.in_(siblings), Outbox.state == OutboxState.WAITING, Outbox.leased_until.is_(None))
        .values(state=OutboxState.DROPPED, done_at=now)
        .returning(Outbox.id)
    )
    count = len((await uow.session.execute(stopped)).scalars().all())
    audit.note(
        uow,
        "plan.stopped",
        row.subject,
        now=now,
        actor_id=by.id,
        cluster_id=cluster_id,
        kind=row.kind,
        rows=count,
    )
    return count


async def pause(uow: UnitOfWork, cluster_id: int, *, by: Member, now: datetime) -> datetime:
    """No reminders for the rest of this week: they come on Monday instead. News, deadlines and the note of the eve
    cannot wait."""
    today = local(now).date()
    monday = today + timedelta(days=7 - today.weekday())
    hours = await reminder_hours_of(uow, cluster_id)
    until = next_slot(at(monday, hours.start), hours)
    put_off = (
        update(Outbox)
        .where(Outbox.cluster_id == cluster_id, Outbox.state == OutboxState.WAITING, Outbox.leased_until.is_(None))
        .where(Outbox.kind.in_(sorted(REMINDERS)), Outbox.how == How.POST, Outbox.due_at < at(monday, 0))
        .values(due_at=until)
        .returning(Outbox.id)
    )
    count = len((await uow.session.execute(put_off)).scalars().all())
    subject = subjects.CLUSTER.about(cluster_id)
    audit.note(uow, "plan.paused", subject, now=now, actor_id=by.id, cluster_id=cluster_id, rows=count)
    return until


async def _siblings(state: Reading, row: Outbox) -> Sequence[int]:
    """The rows that say the same at the same hour, whoever they are for."""
    same = select(Outbox).where(
        Outbox.cluster_id == row.cluster_id,
        Outbox.kind == row.kind,
        Outbox.due_at == row.due_at,
        Outbox.state == OutboxState.WAITING,
    )
    rows = (await state.session.execute(same)).scalars().all()
    planned = await _planned(state, rows)
    return [each.id for each in rows if planned.get(each.subject) == planned.get(row.subject)]


async def _planned(state: Reading, rows: Iterable[Outbox]) -> dict[str, Meeting | Round]:
    """The meetings and rounds that rows are about, by subject."""
    known = await subjects.named(state, {row.subject for row in rows})
    return {subject: thing for subject, thing in known.items() if isinstance(thing, Meeting | Round)}
