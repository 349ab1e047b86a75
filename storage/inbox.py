"""What Slack told us, as rows: keep, claim, put off, bury, forget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import CTE, BindParameter, ColumnElement, Integer, bindparam, case, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.database import Database
from storage.models import Cluster, Inbox, Member
from storage.signals import INBOX, tell
from storage.tables.types import Moment
from storage.upsert import once
from storage.words import InboxState

PERSONS = 0x70657273
"""First key of the advisory locks that hold persons."""
WALL, END = (bindparam(name, type_=Moment()) for name in ("at_wall", "at_end"))
UP_TO = bindparam("up_to", type_=Integer())
PASSED: BindParameter[Any] = bindparam("passed", expanding=True)


async def keep(
    database: Database, *, source_id: str, kind: str, person: str, body: dict[str, Any], now: datetime
) -> bool:
    """Store what came in; False when Slack had told us before."""
    row = {
        "source_id": source_id,
        "kind": kind,
        "person": person,
        "body": body,
        "state": InboxState.WAITING,
        "received_at": now,
        "next_at": now,
        "attempts": 0,
        "error": "",
    }
    async with database.write(urgent=True) as session:
        added = await session.execute(once(database.url.get_backend_name(), Inbox, "source_id"), row)
        is_new = added.scalar_one_or_none() is not None
        if is_new:
            await tell(session, INBOX, by=database.name)
        await session.commit()
    return is_new


async def has(database: Database, source_id: str) -> bool:
    """Whether this came in before."""
    async with database.read() as session:
        return (await session.scalar(select(Inbox.id).where(Inbox.source_id == source_id))) is not None


@dataclass(frozen=True)
class After:
    """Kinds whose rows are passed over, where they come from people of these clusters."""

    kinds: tuple[str, ...]
    clusters: tuple[int, ...]


async def claim(
    database: Database,
    count: int,
    *,
    wall: datetime,
    lease: timedelta,
    without: tuple[str, ...] = (),
    after: After | None = None,
) -> Sequence[Inbox]:
    """Take up to ``count`` rows, each the oldest of its person, for the length of a lease.

    ``without`` names kinds that are left to others; ``after`` what is taken only when nothing else is there.
    """
    async with database.write() as session:
        taken = await take(session, count, wall, wall + lease, without, after)
        await session.commit()
    return sorted(taken, key=lambda row: row.id)


async def take(
    session: AsyncSession,
    count: int,
    wall: datetime,
    end: datetime,
    without: tuple[str, ...] = (),
    after: After | None = None,
) -> Sequence[Inbox]:
    """The work of `claim`, in the caller's transaction.

    On PostgreSQL whoever takes a row holds its person until the commit and looks once more: see `storage.outbox`.
    """
    passed = after.kinds if after is not None else ()
    when: dict[str, Any] = {"at_wall": wall, "up_to": count}
    when |= {"passed": after.clusters} if after is not None and passed else {}
    if session.get_bind().dialect.name == "sqlite":
        return (await session.scalars(_taking(without, passed), when | {"at_end": end})).all()
    ids = (await session.scalars(_holding(without, passed), when)).all()
    return (await session.scalars(_confirming(), {"at_wall": wall, "at_end": end, "ids": ids})).all() if ids else []


@cache
def _taking(without: tuple[str, ...], passed: tuple[str, ...]) -> Any:
    """The statements are made once: they cost more to make than to run."""
    return _leasing().where(Inbox.id.in_(select(_heads(without, passed).c.id)))


@cache
def _holding(without: tuple[str, ...], passed: tuple[str, ...]) -> Any:
    """Ids of heads, with their rows and persons locked; what others are about to take is passed over."""
    heads = _heads(without, passed)
    return select(heads.c.id).where(func.pg_try_advisory_xact_lock(PERSONS, func.hashtext(heads.c.person)))


@cache
def _confirming() -> Any:
    """Takes those that are heads still."""
    return _leasing().where(Inbox.id.in_(bindparam("ids", expanding=True)), *_is_first())


def _heads(without: tuple[str, ...], passed: tuple[str, ...]) -> CTE:
    heads = select(Inbox.id, Inbox.person).where(*_is_first())
    if without:
        heads = heads.where(Inbox.kind.not_in(without))
    if passed:
        heads = heads.where(or_(Inbox.kind.not_in(passed), Inbox.person.not_in(_people())))
    return heads.order_by(Inbox.id).limit(UP_TO).with_for_update(skip_locked=True).cte("heads")


def _people() -> Any:
    """Everybody of the clusters that are passed over, as arrivals name people."""
    team = case((Member.organisation != "", Member.organisation), else_=Cluster.team_id)
    people = select(team + ":" + Member.slack_user_id).join(Cluster, Cluster.id == Member.cluster_id)
    return people.where(Member.cluster_id.in_(PASSED), Member.slack_user_id.is_not(None))


def _is_first() -> list[ColumnElement[bool]]:
    """Free, and the first of a person of whom nothing is being worked on."""
    other = aliased(Inbox)
    peer = (other.person == Inbox.person) & (other.state == InboxState.WAITING)
    return [
        (Inbox.state == InboxState.WAITING) & (Inbox.next_at <= WALL),
        or_(Inbox.leased_until.is_(None), Inbox.leased_until <= WALL),
        ~exists().where(peer, or_(other.id < Inbox.id, other.leased_until > WALL)),
    ]


def _leasing() -> Any:
    lost = case((Inbox.leased_until.is_not(None), Inbox.lost + 1), else_=0)
    lease = update(Inbox).values(leased_until=END, attempts=Inbox.attempts + 1, lost=lost)
    return lease.returning(Inbox).execution_options(synchronize_session=False)


async def renew(database: Database, inbox_id: int, *, until: datetime) -> None:
    """Hold a row for longer, if it is not settled yet."""
    async with database.write() as session:
        await session.execute(_waiting(inbox_id).values(leased_until=until))
        await session.commit()


async def put_off(database: Database, inbox_id: int, *, until: datetime, error: str) -> None:
    """Give the row back, to be tried again at ``until`` (wall time)."""
    async with database.write() as session:
        await session.execute(_waiting(inbox_id).values(leased_until=None, next_at=until, error=error[:500]))
        await session.commit()


async def hand_back(database: Database, inbox_id: int, *, until: datetime, error: str) -> None:
    """Give the row back as if it had not been taken, for others; not before ``until`` (wall time)."""
    untaken = {"leased_until": None, "attempts": Inbox.attempts - 1}
    async with database.write() as session:
        await session.execute(_waiting(inbox_id).values(next_at=until, error=error, **untaken))
        await session.commit()


async def bury(session: AsyncSession, inbox_id: int, *, error: str, now: datetime) -> None:
    """Give the row up for good. Its words are forgotten, its id and error stay."""
    await session.execute(
        _waiting(inbox_id).values(state=InboxState.DEAD, leased_until=None, body={}, error=error[:500], done_at=now)
    )


async def waiting(database: Database) -> int:
    """How many rows are not settled."""
    async with database.read() as session:
        return int(
            await session.scalar(select(func.count()).select_from(Inbox).where(Inbox.state == InboxState.WAITING)) or 0
        )


def _waiting(inbox_id: int) -> Any:
    return update(Inbox).where(Inbox.id == inbox_id, Inbox.state == InboxState.WAITING)
