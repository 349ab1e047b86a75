"""A practice's consent to share its numbers with the cluster: given, withdrawn, kept as evidence (JUR-01).

Without a consent that holds, a practice's numbers are neither accepted nor drawn. Withdrawn consents stay, so that what
was shared while one held can be accounted for.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cluster import audit, members, notices
from cluster.errors import ClusterError
from storage.models import Consent, Member, Practice
from storage.unit_of_work import Reading, UnitOfWork

COMPARISON = "cluster-comparison"
"""Whole numbers per practice, shown to the practice itself and, unnamed, to the other practices of the cluster."""


async def current(state: Reading, practice_id: int, kind: str = COMPARISON) -> Consent | None:
    """The consent that holds for a practice now."""
    rows = select(Consent).where(
        Consent.practice_id == practice_id, Consent.kind == kind, Consent.withdrawn_at.is_(None)
    )
    return (await state.session.execute(rows.order_by(Consent.id).limit(1))).scalar_one_or_none()


async def holds(state: Reading, practice_id: int, kind: str = COMPARISON) -> bool:
    """Whether a practice's numbers may be used."""
    return await current(state, practice_id, kind) is not None


async def holders(state: Reading, cluster_id: int, kind: str = COMPARISON) -> set[int]:
    """The practices of a cluster whose consent holds."""
    rows = (
        select(Consent.practice_id)
        .join(Practice, Practice.id == Consent.practice_id)
        .where(Practice.cluster_id == cluster_id, Consent.kind == kind, Consent.withdrawn_at.is_(None))
    )
    return set((await state.session.execute(rows)).scalars())


NOT_DECIDING = frozenset(
    {"uddannelseslæge", "personale", "praksispersonale", "sekretær", "lægesekretær", "sygeplejerske"}
)
"""Titles of those who work in a practice without speaking for it."""


def may_decide(member: Member, practice_id: int) -> bool:
    """Whether a member may speak for a practice: works there as a doctor, and is not there to look or to learn."""
    deciding = member.role != "observer" and member.title.casefold() not in NOT_DECIDING
    return member.practice_id == practice_id and deciding


async def give(uow: UnitOfWork, member: Member, *, now: datetime, kind: str = COMPARISON) -> bool:
    """A member consents for the practice; False when a consent already holds."""
    practice_id = _own_practice(member)
    if await holds(uow, practice_id, kind):
        return False
    uow.session.add(Consent(practice_id=practice_id, member_id=member.id, kind=kind, given_at=now))
    await uow.session.flush()
    _log(uow, "consent.given", member, practice_id, now)
    await _renew(uow, member.cluster_id, practice_id, now)
    return True


async def withdraw(uow: UnitOfWork, member: Member, *, now: datetime, kind: str = COMPARISON) -> bool:
    """A member withdraws the practice's consent; colleagues and coordinators are told. False when none held."""
    practice_id = _own_practice(member)
    consent = await current(uow, practice_id, kind)
    if consent is None:
        return False
    consent.withdrawn_at = now
    await uow.session.flush()
    _log(uow, "consent.withdrawn", member, practice_id, now)
    colleagues = list(await members.of_practice(uow, practice_id))
    told = {*colleagues, *await members.coordinators(uow, member.cluster_id)} - {member}
    for other in sorted(told, key=lambda each: each.id):
        if other.id == member.id or other.slack_user_id is None:
            continue
        await notices.owe(
            uow,
            "consent.withdrawn",
            key=f"withdrawn:{consent.id}:{other.id}",
            now=now,
            member_id=other.id,
            cluster_id=member.cluster_id,
            subject=f"practice:{practice_id}",
            by=member.id,
        )
    await _renew(uow, member.cluster_id, practice_id, now)
    return True


def _own_practice(member: Member) -> int:
    if member.practice_id is None:
        raise ClusterError("consent.no_practice")
    if not may_decide(member, member.practice_id):
        raise ClusterError("consent.not_yours")
    return member.practice_id


def _log(uow: UnitOfWork, what: str, member: Member, practice_id: int, now: datetime) -> None:
    subject = f"practice:{practice_id}"
    audit.note(uow, what, subject, now=now, actor_id=member.id, cluster_id=member.cluster_id)


async def _renew(uow: UnitOfWork, cluster_id: int, practice_id: int, now: datetime) -> None:
    concerned = [*await members.of_practice(uow, practice_id), *await members.coordinators(uow, cluster_id)]
    await notices.renew_home(uow, [member.id for member in concerned if member.slack_user_id], now=now)
