"""Where somebody works, and who has said so.

A list says where people work; numbers, charts and consents of a practice belong to those who are *confirmed* there. Who
is the first at a practice confirms it in the welcome. Where colleagues are confirmed already, one of them must say yes;
a coordinator who moves to a practice where nobody is, needs another coordinator or deputy (decision 0014).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from cluster import audit, notices
from cluster.errors import ClusterError
from cluster.members import members
from cluster.subjects import MEMBER
from storage.models import Audit, Consent, Member, Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Placing, Role

ASKED, REFUSED = Placing.ASKED, Placing.REFUSED


def is_confirmed(member: Member, practice_id: int | None) -> bool:
    """Whether somebody works in this practice and it is known to be right."""
    return practice_id is not None and member.practice_id == practice_id and member.confirmed_at is not None


def is_one_of(member: Member | None, practice_id: int | None) -> bool:
    """Whether a practice's numbers and charts are somebody's to see now: confirmed there, and not to look on."""
    return member is not None and is_confirmed(member, practice_id) and member.role != Role.OBSERVER


def require(member: Member, practice_id: int) -> None:
    """A friendly refusal for members of this practice not confirmed there; says nothing of others."""
    if member.practice_id == practice_id and member.confirmed_at is None:
        raise ClusterError("place.unconfirmed", member=member.id)


async def confirmed(state: Reading, *practice_ids: int, but: int = 0) -> Sequence[Member]:
    """Those who are one of these practices and can be written to: asked about it, and sent its charts."""
    rows = (
        select(Member)
        .where(Member.practice_id.in_(practice_ids), Member.active, Member.confirmed_at.is_not(None))
        .where(Member.role != Role.OBSERVER, Member.slack_user_id.is_not(None), Member.id != but)
        .order_by(Member.id)
    )
    return (await state.session.execute(rows)).scalars().all()


async def put(uow: UnitOfWork, member: Member, practice_id: int, *, now: datetime, actor_id: int | None) -> None:
    """A list says where a member works. What they were confirmed in before counts no more."""
    before, knew = member.practice_id, member.confirmed_at is not None
    member.practice_id, member.placed_by = practice_id, actor_id
    member.confirmed_at = member.confirmed_by = None
    member.place = Placing.NEW
    await uow.session.flush()
    if await _needs_another(uow, member, moved=before is not None):
        await _ask(uow, member, now=now)
    if before is not None and before != practice_id:
        _log(uow, "place.changed", member, now=now, actor_id=actor_id, before=before, after=practice_id, knew=knew)
        key = f"moved:{member.id}:{now:%Y%m%d%H%M%S%f}"
        await notices.owe(uow, "place.moved", key=key, now=now, **_to(member, member))


async def say_yes(uow: UnitOfWork, member: Member, *, now: datetime) -> bool:
    """The member's own yes to where they are down. Whether that is enough; else those who must say it are asked."""
    if member.confirmed_at is not None:
        return True
    if member.place == REFUSED and await _needs_another(uow, member, moved=False):
        await _ask(uow, member, now=now)
    if member.place == ASKED:
        return False
    member.place, member.confirmed_at, member.confirmed_by = Placing.NEW, now, None
    return True


def say_no(member: Member) -> None:
    """The member does not work where they are down."""
    member.place, member.confirmed_at, member.confirmed_by = REFUSED, None, None


async def vouch(uow: UnitOfWork, by: Member, member_id: int, practice_id: int, *, yes: bool, now: datetime) -> Member:
    """One who may say so says whether a member works in a practice; both sides are told, and the log."""
    member = await members.get(uow, member_id)
    if not (member.practice_id == practice_id and member.place == ASKED and member.active):
        raise ClusterError("place.settled")
    if by.id not in {each.id for each in await askable(uow, member)}:
        raise ClusterError("place.not_yours")
    member.place, member.confirmed_at, member.confirmed_by = (
        (Placing.NEW, now, by.id) if yes else (REFUSED, None, by.id)
    )
    await uow.session.flush()
    _log(uow, "place.vouched" if yes else "place.denied", member, now=now, actor_id=by.id)
    key = f"{member.id}:{now:%Y%m%d%H%M%S%f}"
    await notices.owe(uow, "place.answered", key=f"placed:{key}", now=now, yes=yes, **_to(member, member))
    for leader in [] if yes else await members.coordinators(uow, member.cluster_id):
        if leader.id != member.id:
            await notices.owe(uow, "place.denied", key=f"denied:{key}:{leader.id}", now=now, **_to(leader, member))
    await show(uow, member, now=now)
    return member


async def askable(state: Reading, member: Member) -> Sequence[Member]:
    """Who may say whether a member works where they are down: colleagues, or without any the other leaders."""
    if member.practice_id is None:
        return []
    if colleagues := await confirmed(state, member.practice_id, but=member.id):
        return colleagues
    rows = (
        select(Member)
        .where(Member.cluster_id == member.cluster_id, Member.role.in_(members.LEADERS), Member.active)
        .where(Member.slack_user_id.is_not(None), Member.id != member.id)
        .order_by(Member.id)
    )
    return (await state.session.execute(rows)).scalars().all()


async def ask_others(uow: UnitOfWork, practice_id: int, *, now: datetime) -> None:
    """The last who could say yes in a practice has left: whoever waits for one there is asked about to the leaders."""
    if await confirmed(uow, practice_id):
        return
    for member in await members.of_practice(uow, practice_id):
        if member.place == ASKED:
            await _ask(uow, member, now=now)


async def show(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """Cards and pages show how it stands."""
    subject = MEMBER.about(member.id)
    for each in await askable(uow, member):
        await notices.refresh(
            uow,
            "place.asked",
            subject=subject,
            now=now,
            member_id=each.id,
            practice=member.practice_id,
            cluster_id=member.cluster_id,
        )
    await notices.refresh(uow, "welcome", subject=subject, now=now, member_id=member.id, cluster_id=member.cluster_id)
    colleagues = await members.of_practice(uow, member.practice_id or 0)
    concerned = {*(each.id for each in colleagues if each.slack_user_id), member.id}
    await notices.renew_home(uow, sorted(concerned), now=now)


async def _needs_another(state: Reading, member: Member, *, moved: bool) -> bool:
    """Whether the member's own yes is too little."""
    practice_id = member.practice_id or 0
    if await confirmed(state, practice_id, but=member.id):
        return True
    if member.placed_by != member.id or await _was_confirmed(state, member):
        return False
    return moved or await _has_past(state, practice_id)


async def _was_confirmed(state: Reading, member: Member) -> bool:
    """Whether the member was confirmed in this practice before, and only comes back."""
    rows = (
        select(Audit.id)
        .where(Audit.what == "place.changed", Audit.subject == MEMBER.about(member.id))
        .where(Audit.details["before"].as_integer() == member.practice_id, Audit.details["knew"].as_boolean())
        .limit(1)
    )
    return (await state.session.execute(rows)).first() is not None


async def _has_past(state: Reading, practice_id: int) -> bool:
    """Whether a practice has ever consented or given numbers."""
    for table in (Consent, Submission):
        rows = select(table.id).where(table.practice_id == practice_id).limit(1)
        if (await state.session.execute(rows)).first() is not None:
            return True
    return False


async def _ask(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    member.place = ASKED
    await uow.session.flush()
    for each in await askable(uow, member):
        key = f"place-asked:{member.id}:{member.practice_id}:{each.id}:{now:%Y%m%d%H%M%S%f}"
        await notices.owe(uow, "place.asked", key=key, now=now, practice=member.practice_id, **_to(each, member))


def _to(reader: Member, member: Member) -> notices.To:
    return {"member_id": reader.id, "cluster_id": member.cluster_id, "subject": MEMBER.about(member.id)}


def _log(uow: UnitOfWork, what: str, member: Member, *, now: datetime, actor_id: int | None, **more: int) -> None:
    subject = MEMBER.about(member.id)
    audit.note(uow, what, subject, now=now, actor_id=actor_id, cluster_id=member.cluster_id, **more)
