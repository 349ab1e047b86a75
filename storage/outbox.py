"""What we owe, as rows: claim the head of each lane, and mark what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, bindparam, case, exists, func, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.database import Database
from storage.models import Card, Outbox
from storage.tables.types import Moment
from storage.upsert import insert_for
from storage.words import How, OutboxState, Urgency

URGENCIES = tuple(Urgency)
"""Most urgent first. Each is looked for by itself, so that an index gives the rows in order: the cost of a claim then
depends on how many are taken, not on how many wait."""
LANES = 0x6C616E65
"""First key of the advisory locks that hold lanes."""
TAKEN = "taken:"
"""Beginning of the key of an edit that is on its way: what changes meanwhile can be owed again."""
ASIDE = "/"
"""Between a lane and the id of the row that has stepped out of it."""
NOW, WALL, END = (bindparam(name, type_=Moment()) for name in ("at_now", "at_wall", "at_end"))
UP_TO = bindparam("up_to", type_=Integer())


async def claim(
    database: Database,
    count: int,
    *,
    now: datetime,
    wall: datetime,
    lease: timedelta,
    urgencies: tuple[int, ...] = URGENCIES,
    without: tuple[str, ...] = (),
) -> Sequence[Outbox]:
    """Take up to ``count`` due rows, each the head of its lane, for the length of a lease.

    ``now`` is calendar time (what is due), ``wall`` real time (leases and pauses). ``without`` names kinds that are
    left to others. Edits and home pages lose their key when taken, so that a newer wish can be owed while this one is
    on its way.

    On SQLite it is looked first, beside the one who writes, whether there is anything to take: nearly every second
    claim finds nothing. What comes in meanwhile wakes the pump again.
    """
    if database.is_sqlite:
        async with database.read() as session:
            urgencies = await _urgent(session, {"at_now": now}, urgencies)
        if not urgencies:
            return []
    async with database.write() as session:
        taken = await take(session, count, now, wall, wall + lease, urgencies, without)
        await session.commit()
    return sorted(taken, key=lambda row: (row.urgency, row.due_at, row.id))


async def take(
    session: AsyncSession,
    count: int,
    now: datetime,
    wall: datetime,
    end: datetime,
    urgencies: tuple[int, ...] = URGENCIES,
    without: tuple[str, ...] = (),
) -> list[Outbox]:
    """The work of `claim`, in the caller's transaction.

    On PostgreSQL two claims may meet in a lane: one sees its head, the other an answer that has just come in. So
    whoever takes a row holds its lane until the commit, and looks once more when he holds it: his second statement
    sees what others kept before they let go. SQLite has one writer and needs neither.
    """
    when = {"at_now": now, "at_wall": wall}
    if session.get_bind().dialect.name != "sqlite":
        urgent = await _urgent(session, {"at_now": now}, urgencies)
        ids = (await session.scalars(_holding(urgent, without), when | {"up_to": count})).all() if urgent else []
        return list(await session.scalars(_confirming(), when | {"at_end": end, "ids": ids})) if ids else []
    taken: list[Outbox] = []
    for urgency in urgencies:
        if len(taken) < count:
            room = {"at_end": end, "up_to": count - len(taken)}
            taken += await session.scalars(_taking(urgency, without), when | room)
    return taken


async def _urgent(session: AsyncSession, when: dict[str, Any], urgencies: tuple[int, ...]) -> tuple[int, ...]:
    firsts = (await session.execute(_firsts(urgencies), when)).one()
    return tuple(urgency for urgency, is_due in zip(urgencies, firsts, strict=True) if is_due)


@cache
def _taking(urgency: int, without: tuple[str, ...]) -> Any:
    """The statements are made once: they cost more to make than to run."""
    heads = _heads(urgency, without)
    return _leasing().where(Outbox.id.in_(select(heads.c.id)))


@cache
def _firsts(urgencies: tuple[int, ...]) -> Any:
    """Of each urgency, whether its first is due.

    When many rows wait, PostgreSQL plans a claim afresh each time, which takes it longer than the claim itself. This it
    plans at once: all that a tick with nothing to do costs, and a claim then names only what there is.
    """
    waits = select(func.min(Outbox.due_at)).where(Outbox.state == OutboxState.WAITING)
    return select(*(waits.where(Outbox.urgency == urgency).scalar_subquery() <= NOW for urgency in urgencies))


@cache
def _holding(urgencies: tuple[int, ...], without: tuple[str, ...]) -> Any:
    """Ids of heads, with their rows and lanes locked; what others are about to take is passed over."""
    each = [select(heads.c.id, heads.c.lane) for heads in (_heads(urgency, without) for urgency in urgencies)]
    some = union_all(*each).limit(UP_TO).subquery()
    return select(some.c.id).where(func.pg_try_advisory_xact_lock(LANES, func.hashtext(some.c.lane)))


@cache
def _confirming() -> Any:
    """Takes those that are heads still."""
    other = aliased(Outbox)
    before = _waits(other) & (other.urgency < Outbox.urgency) & (other.due_at <= NOW)
    chosen = Outbox.id.in_(bindparam("ids", expanding=True))
    return _leasing().where(chosen, *_is_first(other), ~exists().where(before))


def _heads(urgency: int, without: tuple[str, ...]) -> CTE:
    other = aliased(Outbox)
    more_urgent = [each for each in URGENCIES if each < urgency]
    before = _waits(other) & other.urgency.in_(more_urgent) & (other.due_at <= NOW)
    heads = select(Outbox.id, Outbox.lane).where(Outbox.urgency == urgency, *_is_first(other), ~exists().where(before))
    if without:
        heads = heads.where(Outbox.kind.not_in(without))
    heads = heads.order_by(Outbox.due_at, Outbox.id).limit(UP_TO).with_for_update(skip_locked=True)
    return heads.cte(f"heads_{urgency}")


def _is_first(other: type[Outbox]) -> list[ColumnElement[bool]]:
    """Due, free, and the first of its urgency in a lane that has nothing on its way."""
    peer = _waits(other) & (other.urgency == Outbox.urgency)
    return [
        (Outbox.state == OutboxState.WAITING) & (Outbox.due_at <= NOW),
        or_(Outbox.next_at.is_(None), Outbox.next_at <= WALL),
        or_(Outbox.leased_until.is_(None), Outbox.leased_until <= WALL),
        ~exists().where(_waits(other), other.leased_until.is_not(None), other.leased_until > WALL),
        ~exists().where(peer, other.due_at < Outbox.due_at),
        ~exists().where(peer, other.due_at == Outbox.due_at, other.id < Outbox.id),
    ]


def _waits(other: type[Outbox]) -> ColumnElement[bool]:
    return (other.lane == Outbox.lane) & (other.state == OutboxState.WAITING)


def _leasing() -> Any:
    key = case((Outbox.how.in_((How.UPDATE, How.HOME)), TAKEN + Outbox.token), else_=Outbox.key)
    lost = case((Outbox.leased_until.is_not(None), Outbox.lost + 1), else_=0)
    lease = update(Outbox).values(leased_until=END, attempts=Outbox.attempts + 1, lost=lost, key=key)
    return lease.returning(Outbox).execution_options(synchronize_session=False)


async def mark(session: AsyncSession, row_id: int, attempt: int | None = None, /, **values: Any) -> bool:
    """Change a row that is still waiting; False when somebody else has settled it.

    With ``attempt``, only as long as nobody has begun another: who gives a row back must not give back another's.
    """
    rows = update(Outbox).where(Outbox.id == row_id, Outbox.state == OutboxState.WAITING)
    if attempt is not None:
        rows = rows.where(Outbox.attempts == attempt)
    changed = await session.execute(rows.values(**values).returning(Outbox.id))
    return changed.scalar_one_or_none() is not None


async def now_shows(session: AsyncSession, row_id: int, file_ids: list[Any]) -> None:
    """Note that a message that was sent shows other files since it was edited."""
    await session.execute(update(Outbox).where(Outbox.id == row_id).values(file_ids=list(file_ids)))


def aside(row: Outbox) -> str:
    """The lane of a row that keeps out of the others' way: a lane of the message that it posts or edits."""
    message = row.params["row"] if row.how == How.EDIT else row.id
    return f"{own_lane(row.lane)}{ASIDE}{message}"


def is_aside(lane: str) -> bool:
    """Whether it is the lane of a row that has stepped aside."""
    return ASIDE in lane


def own_lane(lane: str) -> str:
    """Whom a lane is for, also that of a row that has stepped aside."""
    return lane.partition(ASIDE)[0]


def in_lanes(lanes: Sequence[str]) -> ColumnElement[bool]:
    """Rows of these lanes, with those that have stepped aside."""
    beside = [Outbox.lane.startswith(lane + ASIDE, autoescape=True) for lane in lanes]
    return or_(Outbox.lane.in_(lanes), *beside)


async def is_overtaking(database: Database, row: Outbox) -> bool:
    """Whether an earlier edit of the same message has stepped aside, and would have the last word."""
    if is_aside(row.lane):
        return False
    async with database.read() as session:
        before = select(Outbox.id).where(
            Outbox.lane == aside(row), Outbox.state == OutboxState.WAITING, Outbox.how == row.how
        )
        return (await session.scalar(before.limit(1))) is not None


async def renew(database: Database, row_id: int, *, until: datetime, lane: str) -> bool:
    """Hold a row for longer, in this lane; False when somebody else has settled it."""
    async with database.write() as session:
        is_ours = await mark(session, row_id, leased_until=until, lane=lane)
        await session.commit()
    return is_ours


async def card_of(database: Database, *, kind: str, subject: str, lane: str) -> Card | None:
    """Where a card stands in Slack, if it was ever posted."""
    async with database.read() as session:
        return await session.scalar(select(Card).where(Card.kind == kind, Card.subject == subject, Card.lane == lane))


async def remember_card(session: AsyncSession, *, kind: str, subject: str, lane: str, channel_id: str, ts: str) -> None:
    """Note where a card stands; a newer one takes the place of the older."""
    insert = insert_for(session.get_bind().dialect.name)
    row = {"kind": kind, "subject": subject, "lane": lane, "channel_id": channel_id, "ts": ts}
    await session.execute(
        insert(Card)
        .values(row)
        .on_conflict_do_update(index_elements=["kind", "subject", "lane"], set_={"channel_id": channel_id, "ts": ts})
    )


async def due(database: Database, *, now: datetime) -> int:
    """How many rows ought to have been sent by now and are not."""
    async with database.read() as session:
        rows = (
            select(func.count())
            .select_from(Outbox)
            .where(Outbox.state == OutboxState.WAITING, Outbox.urgency.in_(URGENCIES), Outbox.due_at <= now)
        )
        return int(await session.scalar(rows) or 0)
