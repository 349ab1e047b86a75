"""Who was asked for a practice's numbers is there no more: a colleague who is confirmed there is asked and reminded."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from cluster import audit, notices
from cluster.members import members, places
from cluster.members.cluster_rules import rules_of
from cluster.rounds import reminders, rounds
from cluster.subjects import ASSIGNMENT, PRACTICE
from storage.models import Assignment, Member, Practice, Round
from storage.unit_of_work import Reading, UnitOfWork


async def asked_of(state: Reading, member: Member) -> list[tuple[Assignment, Round]]:
    """What a member was asked for that has no answer yet, in rounds whose charts are still to come."""
    return await rounds.unanswered(state, Assignment.member_id == member.id)


async def heir(state: Reading, member: Member, practice_id: int) -> Member | None:
    """Who would be asked for a practice instead of a member: its contact, or the first who is confirmed there."""
    here = await places.confirmed(state, practice_id, but=member.id)
    practice = await state.session.get_one(Practice, practice_id)
    return next((each for each in here if each.id == practice.contact_id), here[0] if here else None)


async def pass_on(
    uow: UnitOfWork, member: Member, *, now: datetime, actor_id: int | None = None, aware: Collection[int] = ()
) -> list[int]:
    """Ask others for what a member was asked and no longer answers for; the ids of all these parts of rounds.

    Where there is nobody to ask, the part stays with the member, and nobody is reminded. The coordinators are told,
    but for those who are ``aware`` of it.
    """
    asked = await asked_of(uow, member)
    left = [each for each in asked if not (member.active and rounds.works_there(member, each[0]))]
    for part, round_ in left:
        await reminders.hush(uow, part)
        other = await heir(uow, member, part.practice_id)
        if other is None:
            await _tell_nobody(uow, member, part, round_, now=now, aware=aware)
            continue
        part.member_id, part.instead_of_id = other.id, None
        await uow.session.flush()
        await notices.owe(
            uow,
            "data.ask",
            key=f"ask:{round_.id}:{part.practice_id}:{other.id}:{now:%Y%m%d%H%M%S%f}",
            now=now,
            member_id=other.id,
            cluster_id=round_.cluster_id,
            subject=ASSIGNMENT.about(part.id),
            member=member.id,
        )
        await reminders.plan(uow, round_, part, await rules_of(uow, round_.cluster_id), now=now, peace=reminders.PEACE)
        subject = PRACTICE.about(part.practice_id)
        audit.note(uow, "data.passed_on", subject, now=now, actor_id=actor_id, cluster_id=round_.cluster_id)
    return [part.id for part, _ in left]


async def _tell_nobody(
    uow: UnitOfWork, member: Member, part: Assignment, round_: Round, *, now: datetime, aware: Collection[int]
) -> None:
    leaders = await members.coordinators(uow, round_.cluster_id)
    await notices.owe_each(
        uow,
        "data.nobody",
        [each for each in leaders if each.id not in aware],
        key=f"nobody:{part.id}:{member.id}",
        now=now,
        cluster_id=round_.cluster_id,
        subject=ASSIGNMENT.about(part.id),
    )
