"""The practices of a cluster: size, record system, and who answers for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from cluster import audit, notices
from cluster.errors import ClusterError
from cluster.members import members
from cluster.subjects import PRACTICE
from measures.packages.systems import SYSTEMS
from storage.models import Member, Practice
from storage.unit_of_work import Reading, UnitOfWork

MOST_PATIENTS = 60_000
KNOWN_SYSTEMS = tuple(system.id for system in SYSTEMS)


async def of_cluster(state: Reading, cluster_id: int) -> Sequence[Practice]:
    """The active practices of a cluster by name."""
    rows = select(Practice).where(Practice.cluster_id == cluster_id, Practice.active)
    return (await state.session.execute(rows.order_by(Practice.name, Practice.id))).scalars().all()


async def find(state: Reading, practice_id: int) -> Practice | None:
    """A practice by id, where there is one."""
    return await state.session.get(Practice, practice_id)


async def get(state: Reading, practice_id: int) -> Practice:
    """A practice by id, or a friendly refusal."""
    found = await find(state, practice_id)
    if found is None:
        raise ClusterError("practice.unknown")
    return found


def without_contact(practices: Sequence[Practice], people: Sequence[Member]) -> list[Practice]:
    """Practices for which nobody answers: no contact chosen, or one who has left."""
    here = {(member.id, member.practice_id) for member in people if member.active}
    return [practice for practice in practices if (practice.contact_id, practice.id) not in here]


def vacant(practices: Sequence[Practice], people: Sequence[Member]) -> list[Practice]:
    """Practices that nobody works in."""
    filled = {member.practice_id for member in people if member.active}
    return [practice for practice in practices if practice.id not in filled]


def to_be_answered_for(practices: Sequence[Practice], people: Sequence[Member]) -> list[Practice]:
    """Practices for which somebody could answer, and nobody does."""
    empty = {practice.id for practice in vacant(practices, people)}
    return [practice for practice in without_contact(practices, people) if practice.id not in empty]


async def leave_contact(uow: UnitOfWork, member: Member, practice_id: int) -> None:
    """Whoever moves to another practice no longer answers for the one they leave."""
    if member.practice_id is None or member.practice_id == practice_id:
        return
    former = await get(uow, member.practice_id)
    if former.contact_id == member.id:
        former.contact_id = None


async def change(
    uow: UnitOfWork,
    practice_id: int,
    *,
    list_size: int | None,
    system: str,
    contact_id: int | None,
    now: datetime,
    actor_id: int,
) -> bool:
    """What a coordinator may change about a practice; answers whether anything did."""
    practice = await get(uow, practice_id)
    if list_size is not None and not 0 < list_size <= MOST_PATIENTS:
        raise ClusterError("practice.size_outside", field="list_size", most=MOST_PATIENTS)
    if contact_id is not None:
        contact = await members.get(uow, contact_id)
        if contact.practice_id != practice_id or not contact.active:
            raise ClusterError("practice.contact_elsewhere", field="contact")
    wanted = {"list_size": list_size, "system": system, "contact_id": contact_id}
    different = [name for name, value in wanted.items() if getattr(practice, name) != value]
    for name in different:
        setattr(practice, name, wanted[name])
    if different:
        audit.note(
            uow,
            "practice.changed",
            PRACTICE.about(practice_id),
            now=now,
            actor_id=actor_id,
            cluster_id=practice.cluster_id,
            **dict.fromkeys(different, True),
        )
        here = [member.id for member in await members.of_practice(uow, practice_id) if member.slack_user_id]
        await notices.renew_home(uow, here, now=now)
    return bool(different)
