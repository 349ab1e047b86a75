"""While somebody is on leave, the colleague of the practice whom they chose is asked for its numbers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cluster import notices, undoing
from cluster.members.cluster_rules import rules_of
from cluster.members.places import is_one_of
from cluster.members.settling import substitute
from cluster.rounds import reminders, rounds
from cluster.subjects import ASSIGNMENT
from storage.models import Assignment, Card, Member, Round
from storage.unit_of_work import UnitOfWork


async def hand_over(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """Ask the colleague for what a member on leave was asked and has not answered; nothing where there is none."""
    other = await substitute(uow, member, now)
    if other is None:
        return
    for part, round_ in await rounds.unanswered(uow, Assignment.member_id == member.id):
        if part.practice_id == member.practice_id:
            part.instead_of_id = part.instead_of_id or member.id  # handed on twice, it goes back to whose it was
            await _ask(uow, part, round_, other, now=now)


async def give_back(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """The leave is over: what nobody has answered meanwhile is the member's again, who is still of that practice."""
    for part, round_ in await rounds.unanswered(uow, Assignment.instead_of_id == member.id):
        part.instead_of_id = None
        if is_one_of(member, part.practice_id):
            await _ask(uow, part, round_, member, now=now)


async def _ask(uow: UnitOfWork, part: Assignment, round_: Round, who: Member, *, now: datetime) -> None:
    """Somebody is asked from now on: with the request where they have none yet, and reminded; the other is not."""
    subject = ASSIGNMENT.about(part.id)
    await reminders.hush(uow, part)
    await undoing.forget(uow, subject, reminders.SNOOZED)  # whoever is asked now has put off nothing
    part.member_id = who.id
    await uow.session.flush()
    cards = select(Card.id).where(
        Card.kind == "data.ask", Card.subject == subject, Card.lane == notices.lane_of(who.id)
    )
    if (await uow.session.scalars(cards)).first() is None:
        key = f"ask:{round_.id}:{part.practice_id}:{who.id}:{now:%Y%m%d%H%M%S%f}"
        cluster_id = round_.cluster_id
        await notices.owe(uow, "data.ask", key=key, now=now, member_id=who.id, cluster_id=cluster_id, subject=subject)
    rules = await rules_of(uow, round_.cluster_id)
    await reminders.plan(uow, round_, part, rules, now=now, peace=reminders.PEACE)
