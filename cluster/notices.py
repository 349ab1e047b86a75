"""What we owe people: rows in the outbox, written in the same transaction as the decision that caused them.

A row says what and to whom, never the sentence: it is rendered when it is sent, in the reader's language, from the
state as it is then. ``key`` makes the same thing impossible to owe twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import delete, select, update

from cluster.subjects import key_of
from storage.models import Card, Member, Outbox
from storage.unit_of_work import Reading, UnitOfWork
from storage.upsert import once
from storage.words import How, OutboxState, Urgency

ANSWER, ORDINARY, BULK = Urgency


class NotNow(Exception):
    """Raised by a renderer: still true, but not at this hour. The row is due again at ``until``."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class To(TypedDict, total=False):
    """Whom several messages go to and what they are about, said once: ``await owe(uow, "welcome", …, **who)``."""

    member_id: int
    channel_id: str
    cluster_id: int
    subject: str


@dataclass(frozen=True)
class Owed:
    """One thing to send, as the sender and the renderers see it."""

    id: int
    key: str
    kind: str
    how: How
    due_at: datetime
    cluster_id: int | None = None
    member_id: int | None = None
    channel_id: str | None = None
    thread_ts: str | None = None
    subject: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The id in the subject: 7 of ``meeting:7``."""
        return key_of(self.subject)


def lane_of(member_id: int | None, channel_id: str | None = None) -> str:
    """The lane of what goes to a place, or else to a member's direct messages: one lane is worked off in order."""
    return f"c:{channel_id}" if channel_id else f"m:{member_id}"


def owed_of(row: Outbox) -> Owed:
    """The row as renderers and steps see it."""
    return Owed(
        id=row.id,
        key=row.key,
        kind=row.kind,
        how=row.how,
        due_at=row.due_at,
        cluster_id=row.cluster_id,
        member_id=row.member_id,
        channel_id=row.channel_id,
        thread_ts=row.thread_ts,
        subject=row.subject,
        params=row.params,
    )


async def owe(
    uow: UnitOfWork,
    kind: str,
    *,
    key: str,
    now: datetime,
    member_id: int | None = None,
    channel_id: str | None = None,
    thread_ts: str | None = None,
    cluster_id: int | None = None,
    subject: str = "",
    due_at: datetime | None = None,
    urgency: Urgency = ORDINARY,
    how: How = How.POST,
    **params: object,
) -> bool:
    """Owe a message (``post``), a card's edit (``update``), a ``home`` page or a ``step``; False if already owed, or
    owed to nobody.

    ``edit`` draws a message with pictures again where it stands; ``row`` of the params is what was owed then.

    ``member_id`` sends to the member's direct messages, ``channel_id`` (with ``thread_ts``) to a place; both together
    answer a member in that place.

    An edit or a page that is owed already is held until the commit, and not said to be: sent before that, it would show
    the state without what this unit changes, and nobody would owe it again.
    """
    Urgency(urgency)  # another is claimed by nobody
    if how != How.STEP and not (member_id or channel_id):
        return False  # nobody would ever be found to send it to
    lane = lane_of(member_id, channel_id) if channel_id or member_id else f"s:{subject}"
    row: dict[str, Any] = {
        "key": key,
        "cluster_id": cluster_id,
        "kind": kind,
        "how": how,
        "lane": lane,
        "member_id": member_id,
        "channel_id": channel_id,
        "thread_ts": thread_ts,
        "subject": subject,
        "params": params,
        "urgency": urgency,
        "due_at": due_at or now,
        "state": OutboxState.WAITING,
        "token": uuid.uuid4().hex,
        "attempts": 0,
        "file_ids": [],
        "error": "",
        "inbox_id": uow.inbox_id,
        "created_at": now,
    }
    if row["due_at"] <= now:
        uow.rouse()
    statement = once(uow.session.get_bind().dialect.name, Outbox, "key", holding=how in {How.UPDATE, How.HOME})
    added = await uow.session.execute(statement, row)
    return added.scalar_one_or_none() is not None


async def owe_each(
    uow: UnitOfWork, kind: str, people: Iterable[Member], *, key: str, now: datetime, cluster_id: int, **what: Any
) -> None:
    """Owe several people of a cluster the same message, each once for the ``key``; ``what`` is as for ``owe``.

    Each key ends with whom it is for, by which a new coordinator is found to lack it (``cluster.delivery.handover``).
    """
    for one in people:
        await owe(uow, kind, key=f"{key}:{one.id}", now=now, member_id=one.id, cluster_id=cluster_id, **what)


async def refresh(
    uow: UnitOfWork,
    kind: str,
    *,
    subject: str,
    now: datetime,
    member_id: int | None = None,
    channel_id: str | None = None,
    cluster_id: int | None = None,
    urgency: Urgency = ORDINARY,
    **params: Any,
) -> None:
    """Owe an edit of a card in place. Many wishes before it is sent become one edit."""
    lane = lane_of(member_id, channel_id)
    await owe(
        uow,
        kind,
        key=f"refresh:{kind}:{subject}:{lane}",
        now=now,
        member_id=member_id,
        channel_id=channel_id,
        cluster_id=cluster_id,
        subject=subject,
        urgency=urgency,
        how=How.UPDATE,
        **params,
    )


async def refresh_cards(
    uow: UnitOfWork, kind: str, *, subject: str, now: datetime, reader_id: int | None = None, urgency: Urgency = ANSWER
) -> None:
    """Owe an edit of a kind of card about a subject wherever it stands; in a channel as ``reader_id`` may read it."""
    lanes = select(Card.lane).where(Card.kind == kind, Card.subject == subject)
    for lane in (await uow.session.scalars(lanes)).all():
        box, _, name = lane.partition(":")
        member_id, channel_id = (int(name), None) if box == "m" else (reader_id, name)
        await refresh(uow, kind, subject=subject, now=now, member_id=member_id, channel_id=channel_id, urgency=urgency)


async def renew_home(uow: UnitOfWork, member_ids: Sequence[int], *, now: datetime) -> None:
    """Owe these members a fresh home page."""
    for member_id in member_ids:
        await owe(uow, "home", key=f"home:{member_id}", now=now, member_id=member_id, how=How.HOME, urgency=BULK)


async def take_back(uow: UnitOfWork, subject: str, *, kinds: Sequence[str] = (), member_id: int | None = None) -> int:
    """Remove what is owed but not yet sent about a subject; the number of rows taken back."""
    rows = delete(Outbox).where(
        Outbox.subject == subject, Outbox.state == OutboxState.WAITING, Outbox.leased_until.is_(None)
    )
    if kinds:
        rows = rows.where(Outbox.kind.in_(kinds))
    if member_id is not None:
        rows = rows.where(Outbox.member_id == member_id)
    taken = await uow.session.execute(rows.returning(Outbox.id))
    return len(taken.all())


async def put_off(uow: UnitOfWork, owed_id: int, *, until: datetime) -> None:
    """Move one waiting row to a later moment."""
    await uow.session.execute(
        update(Outbox).where(Outbox.id == owed_id, Outbox.state == OutboxState.WAITING).values(due_at=until)
    )


async def coming(state: Reading, cluster_id: int, *, until: datetime) -> Sequence[Outbox]:
    """What the bot is going to send for a cluster up to a moment, in order: the coordinator's plan."""
    rows = (
        select(Outbox)
        .where(Outbox.cluster_id == cluster_id, Outbox.state == OutboxState.WAITING, Outbox.due_at <= until)
        .where(Outbox.how.in_((How.POST, How.STEP)))
        .order_by(Outbox.due_at, Outbox.id)
    )
    return (await state.session.execute(rows)).scalars().all()
