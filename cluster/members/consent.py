"""A practice's consent to share its numbers with the cluster: given, withdrawn, kept as evidence (JUR-01).

Without a consent that holds, a practice's numbers are neither accepted nor drawn. Withdrawn consents stay, so that what
was shared while one held can be accounted for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from cluster import audit, notices
from cluster.errors import ClusterError
from cluster.members import consent_terms, members, places, titles
from cluster.subjects import PRACTICE
from storage.models import Consent, Member, Practice
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Role

COMPARISON = "cluster-comparison"
"""Whole numbers per practice, shown to the practice itself and, unnamed, to the other practices of the cluster."""


SHOWN = "shown-by-name"
"""One's own numbers of one round with the practice's name, for the others of the cluster to see."""
WITH_ALL = "open-with-all"
"""The same, but only when every practice of the round says so."""


async def current(
    state: Reading, practice_id: int, kind: str = COMPARISON, round_id: int | None = None
) -> Consent | None:
    """The consent that holds for a practice now; the newest, where it was renewed."""
    found = await _holding(state, practice_id, kind, round_id)
    return found[-1] if found else None


async def _holding(state: Reading, practice_id: int, kind: str, round_id: int | None) -> Sequence[Consent]:
    rows = (
        select(Consent)
        .where(Consent.practice_id == practice_id, Consent.kind == kind, Consent.withdrawn_at.is_(None))
        .where(Consent.round_id.is_(None) if round_id is None else Consent.round_id == round_id)
        .order_by(Consent.id)
    )
    return (await state.session.execute(rows)).scalars().all()


async def holds(state: Reading, practice_id: int, kind: str = COMPARISON) -> bool:
    """Whether a practice's numbers may be used."""
    return await current(state, practice_id, kind) is not None


async def holders(state: Reading, cluster_id: int, kind: str = COMPARISON) -> set[int]:
    """The practices of a cluster whose consent holds."""
    rows = (
        select(Consent.practice_id)
        .join(Practice, Practice.id == Consent.practice_id)
        .where(Practice.cluster_id == cluster_id, Consent.kind == kind, Consent.withdrawn_at.is_(None))
        .where(Consent.round_id.is_(None))
    )
    return set((await state.session.execute(rows)).scalars())


async def showing(state: Reading, round_id: int, kinds: Sequence[str]) -> list[int]:
    """The practices that chose to be named in a round, who did so first first."""
    rows = (
        select(Consent.practice_id)
        .where(Consent.round_id == round_id, Consent.kind.in_(kinds), Consent.withdrawn_at.is_(None))
        .order_by(Consent.id)
    )
    return list(dict.fromkeys((await state.session.execute(rows)).scalars()))


async def may_decide(state: Reading, member: Member, practice_id: int) -> bool:
    """Whether a member may speak for a practice: confirmed there, with a title that decides, and no observer."""
    return places.is_one_of(member, practice_id) and await titles.decides(state, member)


async def give(uow: UnitOfWork, member: Member, *, now: datetime) -> bool:
    """A member consents for the practice, for as long as the cluster agreed; False when a consent already holds."""
    practice_id = await own_practice(uow, member)
    if await holds(uow, practice_id):
        return False
    await consent_terms.add(uow, member, practice_id, COMPARISON, now=now)
    _log(uow, "consent.given", member, practice_id, now)
    await _renew(uow, member.cluster_id, practice_id, now)
    return True


async def prolong(uow: UnitOfWork, member: Member, *, now: datetime) -> bool:
    """A member consents again before the consent ends; False when the one that holds has no end that comes near."""
    practice_id = await own_practice(uow, member)
    consent = await current(uow, practice_id)
    if consent is None:
        return await give(uow, member, now=now)
    if not consent_terms.ends_soon(consent, now):
        return False
    await consent_terms.add(uow, member, practice_id, COMPARISON, now=now)
    _log(uow, "consent.prolonged", member, practice_id, now)
    await _renew(uow, member.cluster_id, practice_id, now)
    return True


async def give_for(uow: UnitOfWork, member: Member, round_id: int, kind: str, *, now: datetime) -> bool:
    """A member lets the practice be named in one round; False when that holds already."""
    practice_id = await own_practice(uow, member)
    if await current(uow, practice_id, kind, round_id) is not None:
        return False
    uow.session.add(Consent(practice_id=practice_id, member_id=member.id, kind=kind, round_id=round_id, given_at=now))
    await uow.session.flush()
    _log(uow, "name.given", member, practice_id, now)
    return True


async def withdraw_for(uow: UnitOfWork, member: Member, round_id: int, *, now: datetime) -> bool:
    """A member takes the practice's name back in one round; False when it was not given."""
    practice_id = await own_practice(uow, member)
    found = [each for kind in (SHOWN, WITH_ALL) for each in await _holding(uow, practice_id, kind, round_id)]
    for each in found:
        each.withdrawn_at = now
        _log(uow, "name.taken_back", member, practice_id, now)
    await uow.session.flush()
    return bool(found)


async def withdraw(uow: UnitOfWork, member: Member, *, now: datetime) -> bool:
    """A member withdraws the practice's consent; colleagues and coordinators are told. False when none held."""
    practice_id = await own_practice(uow, member)
    found = await _holding(uow, practice_id, COMPARISON, None)
    if not found:
        return False
    for each in found:
        each.withdrawn_at = now
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
            key=f"withdrawn:{found[-1].id}:{other.id}",
            now=now,
            member_id=other.id,
            cluster_id=member.cluster_id,
            subject=PRACTICE.about(practice_id),
            by=member.id,
        )
    await _renew(uow, member.cluster_id, practice_id, now)
    return True


async def own_practice(state: Reading, member: Member) -> int:
    """The practice that a member speaks for, or a friendly refusal."""
    if member.practice_id is None:
        raise ClusterError("consent.no_practice")
    places.require(member, member.practice_id)
    if member.role != Role.OBSERVER and await titles.is_open(state, member):
        raise ClusterError("consent.title_open")
    if not await may_decide(state, member, member.practice_id):
        raise ClusterError("consent.not_yours")
    return member.practice_id


def _log(uow: UnitOfWork, what: str, member: Member, practice_id: int, now: datetime) -> None:
    subject = PRACTICE.about(practice_id)
    audit.note(uow, what, subject, now=now, actor_id=member.id, cluster_id=member.cluster_id)


async def _renew(uow: UnitOfWork, cluster_id: int, practice_id: int, now: datetime) -> None:
    concerned = [*await members.of_practice(uow, practice_id), *await members.coordinators(uow, cluster_id)]
    await notices.renew_home(uow, [member.id for member in concerned if member.slack_user_id], now=now)
