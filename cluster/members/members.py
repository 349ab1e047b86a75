"""Who is in a cluster: finding people, matching them with Slack, and what a coordinator may change about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from cluster import audit, notices
from cluster.errors import ClusterError
from cluster.members.belonging import is_account
from cluster.members.belonging import memberships as memberships  # noqa: PLC0414 - a question about members too
from cluster.members.organisations import OURS, Account
from cluster.subjects import MEMBER
from storage.models import Cluster, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Role

LEADERS = (Role.COORDINATOR, Role.DEPUTY)
LEFT = "left"
"""What the coordinator chooses for somebody who is no longer with the cluster; the rows and the history stay."""


async def led_by(state: Reading, team_id: str, account: Account) -> list[tuple[Member, Cluster]]:
    """The clusters that somebody runs, newest last."""
    return [each for each in await memberships(state, team_id, account) if each[0].role in LEADERS]


@dataclass(frozen=True)
class Person:
    """Somebody in Slack, as far as a cluster needs to know."""

    user_id: str
    name: str
    email: str | None = None
    gone: bool = False
    """Deactivated in Slack: messages to them succeed and nobody reads them."""
    outsider: bool = False
    """A bot, or somebody from another organisation."""
    organisation: str = OURS
    """Whose account it is."""
    is_bot: bool = False
    guest: bool = False
    """A guest of the workspace, in one channel or several: can be a member, and coordinates only if a coordinator says
    so."""

    @property
    def account(self) -> Account:
        """Who they are in Slack."""
        return Account(self.user_id, self.organisation)


def as_email(written: str | None) -> str | None:
    """An e-mail address the way it is compared: without blanks and in small letters."""
    return (written or "").strip().casefold() or None


async def of_cluster(state: Reading, cluster_id: int, *, also_left: bool = False) -> Sequence[Member]:
    """The members of a cluster by name."""
    rows = select(Member).where(Member.cluster_id == cluster_id).order_by(Member.name, Member.id)
    if not also_left:
        rows = rows.where(Member.active)
    return (await state.session.execute(rows)).scalars().all()


async def of_practice(state: Reading, practice_id: int) -> Sequence[Member]:
    """Those who work in a practice, by name."""
    rows = select(Member).where(Member.practice_id == practice_id, Member.active).order_by(Member.name, Member.id)
    return (await state.session.execute(rows)).scalars().all()


async def coordinators(state: Reading, cluster_id: int) -> Sequence[Member]:
    """Those whom the bot tells about the cluster: its coordinators that Slack knows, and no deputies."""
    rows = _leading(cluster_id, Role.COORDINATOR).where(Member.slack_user_id.is_not(None))
    return (await state.session.scalars(rows)).all()


async def in_charge(state: Reading, cluster_id: int) -> Sequence[Member]:
    """Who must hear of trouble: the coordinators, or the deputies when there is none."""
    leaders = (await state.session.scalars(_leading(cluster_id, *LEADERS))).all()
    return [leader for leader in leaders if leader.role == Role.COORDINATOR] or leaders


def _leading(cluster_id: int, *roles: Role) -> Select[Member]:
    held = Member.role.in_(roles) & Member.active
    return select(Member).where(Member.cluster_id == cluster_id, held).order_by(Member.id)


async def find(state: Reading, member_id: int | None) -> Member | None:
    """A member by id, where there is one."""
    return await state.session.get(Member, member_id) if member_id is not None else None


async def get(state: Reading, member_id: int) -> Member:
    """A member by id, or a friendly refusal."""
    found = await find(state, member_id)
    if found is None:
        raise ClusterError("person.unknown")
    return found


async def by_slack(state: Reading, cluster_id: int, account: Account) -> Member | None:
    """The member that somebody in Slack is in one cluster."""
    rows = select(Member).where(Member.cluster_id == cluster_id, is_account(account))
    return (await state.session.execute(rows)).scalar_one_or_none()


async def by_email(state: Reading, cluster_id: int, email: str | None) -> Member | None:
    """The member with an e-mail address in one cluster."""
    wanted = as_email(email)
    if wanted is None:
        return None
    rows = select(Member).where(Member.cluster_id == cluster_id, func.lower(Member.email) == wanted)
    return (await state.session.execute(rows)).scalars().first()


async def unmatched(state: Reading, cluster_id: int) -> Sequence[Member]:
    """Members that no Slack user has been found for."""
    return [member for member in await of_cluster(state, cluster_id) if member.slack_user_id is None]


async def concern(state: Reading, team_id: str, account: Account) -> bool:
    """Whether a change of this Slack user can matter here: a member already, or somebody is still looked for."""
    rows = (
        select(Member.id)
        .join(Cluster, Cluster.id == Member.cluster_id)
        .where(Cluster.team_id == team_id, Member.active)
        .where(is_account(account) | Member.slack_user_id.is_(None))
        .limit(1)
    )
    return (await state.session.execute(rows)).first() is not None


async def match(uow: UnitOfWork, team_id: str, people: Iterable[Person]) -> list[Member]:
    """Tie members to our own people in Slack by e-mail, in all clusters of a workspace; answers those newly found.

    Who is of another organisation is never tied to a list by itself: `cluster.onboarding.outsiders` asks a coordinator.
    """
    known = {
        as_email(person.email): person for person in people if person.email and not (person.gone or person.outsider)
    }
    rows = (
        select(Member)
        .join(Cluster, Cluster.id == Member.cluster_id)
        .where(Cluster.team_id == team_id, Member.active, Member.slack_user_id.is_(None), Member.email.is_not(None))
        .order_by(Member.id)
    )
    found = []
    for member in (await uow.session.execute(rows)).scalars().all():
        person = known.get(as_email(member.email))
        if person is None or await by_slack(uow, member.cluster_id, person.account):
            continue
        member.slack_user_id, member.organisation = person.user_id, person.organisation
        await uow.session.flush()
        found.append(member)
    return found


async def left_slack(uow: UnitOfWork, team_id: str, account: Account, *, now: datetime) -> list[Member]:
    """A Slack user was deactivated: no longer asked or counted."""
    gone = []
    for member, cluster in await memberships(uow, team_id, account):
        member.active = False
        subject = MEMBER.about(member.id)
        audit.note(uow, "member.left_slack", subject, now=now, cluster_id=cluster.id)
        await uow.session.flush()
        gone.append(member)
    return gone


async def assign_role(uow: UnitOfWork, member_id: int, role: str, *, now: datetime, actor_id: int) -> bool:
    """Give a member another role, or let them go (``left``). A cluster always keeps a coordinator."""
    member = await get(uow, member_id)
    before = member.role if member.active else LEFT
    if role == before:
        return False
    if role not in (*Role, LEFT):
        raise ClusterError("role.not_known", field=f"role:{member_id}")
    others = [other for other in await coordinators(uow, member.cluster_id) if other.id != member_id]
    if before == Role.COORDINATOR and not others:
        raise ClusterError("role.last_coordinator", field=f"role:{member_id}")
    member.active = role != LEFT
    member.role = Role.MEMBER if role == LEFT else Role(role)
    await uow.session.flush()
    subject = MEMBER.about(member_id)
    audit.note(
        uow, "member.role", subject, now=now, actor_id=actor_id, cluster_id=member.cluster_id, before=before, after=role
    )
    if member.slack_user_id:
        await notices.renew_home(uow, [member_id], now=now)
    return True
