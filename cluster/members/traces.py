"""Where Slack's ids of a person and of their conversation with the bot stand: found, and taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, cast, delete, or_, select, update

from cluster.kept import Way
from cluster.members.about_person import columns
from cluster.members.belonging import account_of, is_account
from cluster.notices import lane_of
from storage.models import Allowance, Base, Card, Cluster, Inbox, Member, Outbox
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import InboxState, OutboxState


async def inbox_of(state: Reading, member: Member) -> Sequence[Inbox]:
    """What came from a member, as far as it is kept."""
    if member.slack_user_id is None:
        return []
    cluster = await state.session.get_one(Cluster, member.cluster_id)
    person = f"{member.organisation or cluster.team_id}:{member.slack_user_id}"
    return (await state.session.scalars(select(Inbox).where(Inbox.person == person).order_by(Inbox.id))).all()


async def sweep(uow: UnitOfWork, member: Member) -> None:
    """Clear what was settled with a member of where it stood, and delete what waits for them or from them.

    While the same person is in another cluster, what the clusters share stays for that one.
    """
    session, mine = uow.session, member.id
    await session.execute(delete(Card).where(Card.lane == lane_of(mine)))
    await session.execute(delete(Outbox).where(Outbox.member_id == mine, Outbox.state == OutboxState.WAITING))
    own = select(Outbox.id).where(Outbox.member_id == mine)
    await _clear((await session.scalars(own)).all(), uow, lane=lane_of(mine))
    asked_about = member.outsider.rpartition(":")[2]
    traces = [each for each in (member.slack_user_id, member.dm_channel_id, member.email, asked_about) if each]
    account = account_of(member)
    if not traces or (
        account and await session.scalar(select(Member.id).where(is_account(account), Member.id != mine))
    ):
        return
    for table in (Card, Allowance):
        keys = await _found(uow, table, traces)
        [key] = table.__table__.primary_key
        await session.execute(delete(table).where(key.in_(keys)))
    keys = await _found(uow, Inbox, traces)
    await session.execute(delete(Inbox).where(Inbox.id.in_(keys), Inbox.state == InboxState.WAITING))
    await session.execute(update(Inbox).where(Inbox.id.in_(keys)).values(person="", body={}))
    keys = await _found(uow, Outbox, traces)
    await session.execute(delete(Outbox).where(Outbox.id.in_(keys), Outbox.state == OutboxState.WAITING))
    await _clear(keys, uow, lane="s:")


async def _clear(ids: Sequence[int], uow: UnitOfWork, *, lane: str) -> None:
    """Nothing of a sent message is kept but that it was sent. Its key guarded against saying it again to somebody."""
    for each in ids:
        emptied: dict[str, Any] = {"channel_id": None, "sent_channel": None, "params": {}}
        await uow.session.execute(
            update(Outbox).where(Outbox.id == each).values(key=f"forgotten:{each}", lane=lane, **emptied)
        )


async def _found(uow: UnitOfWork, table: type[Base], traces: Sequence[str]) -> list[Any]:
    """Keys of rows in which one of these stands, as a whole word."""
    [key] = table.__table__.primary_key
    there = [cast(table.__table__.c[name], String) for name in columns(table.__tablename__, Way.TRACE)]
    like = [column.contains(trace, autoescape=True) for column in there for trace in traces]
    word = re.compile("|".join(rf"(?<![\w.@-]){re.escape(trace)}(?![\w@-])" for trace in traces))
    rows = await uow.session.execute(select(key, *there).where(or_(*like)))
    return [row[0] for row in rows if any(word.search(str(value)) for value in row[1:])]
