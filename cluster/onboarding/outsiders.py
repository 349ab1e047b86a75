"""People of another organisation who could be somebody on the list: a named coordinator says yes or no.

An address says nothing of who holds it in another organisation's workspace, so that such an account is never tied to
the list by itself (`cluster.members.organisations`). Whoever is let in is a member like others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from cluster import audit, notices
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.members import Person, as_email
from cluster.members.organisations import OURS, Account
from cluster.subjects import MEMBER
from storage.models import Cluster, Member
from storage.unit_of_work import UnitOfWork
from storage.words import Role, Said

CARD = "outsider.asked"


def asked_of(member: Member) -> Account | None:
    """The account that coordinators are, or were, asked about."""
    organisation, _, user_id = member.outsider.partition(":")
    return Account(user_id, organisation) if user_id else None


def ask_no_more(member: Member) -> None:
    """The address was wrong: the account that was asked about because of it has nothing to do with the member."""
    member.outsider, member.outsider_answer = "", Said.NOTHING


async def propose(uow: UnitOfWork, team_id: str, people: Iterable[Person], *, now: datetime) -> None:
    """Ask the coordinators about each account of another organisation with the address of somebody still looked for."""
    for person in people:
        if person.organisation == OURS or person.gone or person.is_bot or not person.email:
            continue
        rows = (
            select(Member)
            .join(Cluster, Cluster.id == Member.cluster_id)
            .where(Cluster.team_id == team_id, Member.active, Member.slack_user_id.is_(None))
            .where(func.lower(Member.email) == as_email(person.email))
        )
        for member in (await uow.session.execute(rows.order_by(Member.id))).scalars().all():
            await _ask(uow, member, person.account, now=now)


async def _ask(uow: UnitOfWork, member: Member, account: Account, *, now: datetime) -> None:
    leaders = await members.coordinators(uow, member.cluster_id)
    if member.outsider == account.key or not leaders:
        return
    if member.outsider and member.outsider_answer != Said.NO:  # one at a time: who asks first is answered first
        return
    member.outsider, member.outsider_answer = account.key, Said.NOTHING
    await uow.session.flush()
    _log(uow, "outsider.asked", member, now=now)
    for leader in leaders:
        key = f"outsider:{member.id}:{account.key}:{leader.id}"
        await notices.owe(uow, CARD, key=key, now=now, account=account.key, **_to(leader, member))


async def decide(uow: UnitOfWork, by: Member, member_id: int, account: str, *, yes: bool, now: datetime) -> Member:
    """A coordinator says whether an account is a member of the list. With a yes it is the member's from now on."""
    member = await members.get(uow, member_id)
    if by.role != Role.COORDINATOR or by.cluster_id != member.cluster_id:
        raise ClusterError("outsider.coordinator_only")
    found = asked_of(member)
    if found is None or found.key != account or member.outsider_answer or not member.active:
        raise ClusterError("outsider.settled")
    if yes:
        taken = select(Member.id).where(Member.cluster_id == member.cluster_id, Member.slack_user_id == found.user_id)
        if member.slack_user_id is not None or (await uow.session.execute(taken)).first():
            raise ClusterError("outsider.settled")
        member.slack_user_id, member.organisation, member.outsider = found.user_id, found.organisation, ""
    else:
        member.outsider_answer = Said.NO
    await uow.session.flush()
    _log(uow, "outsider.admitted" if yes else "outsider.refused", member, now=now, actor_id=by.id)
    for leader in await members.coordinators(uow, member.cluster_id):
        await notices.refresh(uow, CARD, now=now, account=account, **_to(leader, member))
    return member


def _to(leader: Member, member: Member) -> notices.To:
    return {"member_id": leader.id, "cluster_id": member.cluster_id, "subject": MEMBER.about(member.id)}


def _log(uow: UnitOfWork, what: str, member: Member, *, now: datetime, actor_id: int | None = None) -> None:
    subject = MEMBER.about(member.id)
    audit.note(uow, what, subject, now=now, actor_id=actor_id, cluster_id=member.cluster_id)
