"""The cluster changes hands: who runs it from now on gets what is underway, and who ran it has nothing of it left."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cluster import notices, subjects
from cluster.calendar import next_slot
from cluster.members import cluster_rules, members
from cluster.message_kinds import Audience, Trait
from cluster.rooms import MESSAGE_KINDS, kinds_that
from storage.models import Card, Member, Outbox
from storage.unit_of_work import UnitOfWork
from storage.words import How, OutboxState, Role

FOR_LEADERS = tuple(kind for kind in MESSAGE_KINDS if kind.audience is Audience.LEADER)
PAGE = "handover.page"
"""How the cluster stands, to whoever is new: each has a page of their own, so it is never passed on."""
STANDING = kinds_that(Trait.STANDS)
FOR_DEPUTIES = kinds_that(Trait.FOR_DEPUTIES)


async def change_role(uow: UnitOfWork, member_id: int, role: str, *, now: datetime, actor_id: int) -> bool:
    """Give a member another role, with what goes with it; False when it is the one held."""
    before = (await members.get(uow, member_id)).role
    if not await members.assign_role(uow, member_id, role, now=now, actor_id=actor_id):
        return False
    await follow(uow, await members.get(uow, member_id), before, now=now)
    return True


async def follow(uow: UnitOfWork, member: Member, before: Role, *, now: datetime) -> None:
    """A role has changed: hand over, or take back."""
    if member.role == before and member.active:
        return
    if member.active and member.role == Role.COORDINATOR:
        await take_over(uow, member, now=now)
    elif member.active and member.role == Role.DEPUTY and before != Role.COORDINATOR:
        await receive(uow, member, kinds=FOR_DEPUTIES, now=now)
    elif before in members.LEADERS and not (member.active and member.role in members.LEADERS):
        await take_leave(uow, member, now=now)


async def take_over(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """Owe a new coordinator the page that says how everything stands, and what is underway.

    Whoever has not heard of us yet gets the page in working hours. A cluster that has agreed nothing has none.
    """
    if (await cluster_rules.get(uow, member.cluster_id)).set_up_at is not None:
        hours = await cluster_rules.hours_of(uow, member.cluster_id)
        await notices.owe(
            uow,
            PAGE,
            key=f"handover:{member.id}:{now:%Y%m%d%H%M%S}",
            now=now,
            due_at=now if member.confirmed_at is not None else next_slot(now, hours),
            member_id=member.id,
            cluster_id=member.cluster_id,
            subject=subjects.CLUSTER.about(member.cluster_id),
        )
    await receive(uow, member, now=now)


async def receive(uow: UnitOfWork, member: Member, *, now: datetime, kinds: tuple[str, ...] = FOR_LEADERS) -> None:
    """Owe a new coordinator what is still to come for coordinators, and the cards that they work from."""
    rows = (
        select(Outbox)
        .where(Outbox.cluster_id == member.cluster_id, Outbox.how == How.POST, Outbox.kind.in_(kinds))
        .where(Outbox.member_id.is_not(None), Outbox.channel_id.is_(None), ~Outbox.key.startswith("answer:"))
        .where(Outbox.kind != PAGE)
        .where((Outbox.state == OutboxState.WAITING) | ((Outbox.state == OutboxState.SENT) & Outbox.kind.in_(STANDING)))
        .order_by(Outbox.id)
    )
    found: dict[tuple[str, str], Outbox] = {}
    for row in (await uow.session.execute(rows)).scalars():
        found[row.kind, row.subject if row.kind in STANDING else row.key.removesuffix(f":{row.member_id}")] = row
    has = {(row.kind, row.subject) for row in found.values() if row.member_id == member.id}
    for row in found.values():
        if (row.kind, row.subject) not in has and await _is_underway(uow, row, now):
            await notices.owe(
                uow,
                row.kind,
                key=f"{row.key}>{member.id}",
                now=now,
                member_id=member.id,
                cluster_id=row.cluster_id,
                subject=row.subject,
                due_at=max(row.due_at, now),
                **row.params,
            )


async def take_leave(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """Empty the cards of one who runs the cluster no more; what waits for them is not sent
    (``cluster.delivery.audience``)."""
    rows = select(Card).where(Card.lane == notices.lane_of(member.id), Card.kind.in_(FOR_LEADERS))
    for card in (await uow.session.execute(rows)).scalars().all():
        await notices.refresh(
            uow, card.kind, subject=card.subject, now=now, member_id=member.id, cluster_id=member.cluster_id
        )
    await notices.renew_home(uow, [member.id], now=now)


async def show_decided(
    uow: UnitOfWork, kind: str, *, subject: str, sender_id: int | None, cluster_id: int, now: datetime
) -> None:
    """Let the card of what waited for a yes show how it stands, with whoever sent it and with whom it came to since."""
    everybody = await members.of_cluster(uow, cluster_id)
    leaders = [each.id for each in everybody if each.role in members.LEADERS]
    for member_id in {*leaders, sender_id} - {None}:
        await notices.refresh(
            uow,
            kind,
            subject=subject,
            now=now,
            member_id=member_id,
            cluster_id=cluster_id,
            urgency=notices.ANSWER,
        )


async def _is_underway(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    """Whether a card still has work in it. What has not been sent yet says so itself when it is."""
    if row.state == OutboxState.WAITING:
        return True
    return await subjects.has_work(uow, row.subject, row.kind, now)
