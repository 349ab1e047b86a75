"""Teams of a cluster stay together when groups are made: babyklynger, and those who plan together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from cluster import audit
from cluster.errors import ClusterError
from cluster.subjects import CLUSTER
from storage.models import Member, Team, TeamMember
from storage.unit_of_work import Reading, UnitOfWork

NAME_LIMIT, MOST, LARGEST = 80, 12, 10


@dataclass(frozen=True)
class TeamOf:
    """A team and who is in it now."""

    team: Team
    members: list[Member]


async def of_cluster(state: Reading, cluster_id: int) -> list[TeamOf]:
    """The teams of a cluster by name; who has left is in none."""
    rows = (
        select(Team, Member)
        .outerjoin(TeamMember, TeamMember.team_id == Team.id)
        .outerjoin(Member, (Member.id == TeamMember.member_id) & Member.active)
        .where(Team.cluster_id == cluster_id)
        .order_by(Team.name, Team.id, Member.name, Member.id)
    )
    found: dict[int, TeamOf] = {}
    for team, member in (await state.session.execute(rows)).all():
        kept = found.setdefault(team.id, TeamOf(team, []))
        if member is not None:
            kept.members.append(member)
    return list(found.values())


async def add(
    uow: UnitOfWork, cluster_id: int, name: str, member_ids: Collection[int], *, by: Member, now: datetime
) -> None:
    """Keep some people together from now on; a team of the same name becomes this one."""
    said = " ".join(name.split())[:NAME_LIMIT]
    rows = select(Member.id).where(Member.cluster_id == cluster_id, Member.active, Member.id.in_(member_ids))
    people = set(await uow.session.scalars(rows))
    if not said or not 2 <= len(people) <= LARGEST:
        raise ClusterError("groups.team", field="people")
    there = await of_cluster(uow, cluster_id)
    team = next((each.team for each in there if each.team.name.casefold() == said.casefold()), None)
    if team is None and len(there) >= MOST:
        raise ClusterError("groups.many_teams", field="name")
    if team is None:
        team = Team(cluster_id=cluster_id, name=said)
        uow.session.add(team)
        await uow.session.flush()
    await uow.session.execute(delete(TeamMember).where(TeamMember.team_id == team.id))
    uow.session.add_all([TeamMember(team_id=team.id, member_id=each) for each in sorted(people)])
    await uow.session.flush()
    _note(uow, by, now)


async def remove(uow: UnitOfWork, cluster_id: int, team_id: int, *, by: Member, now: datetime) -> None:
    """Let a team of this cluster be none any more."""
    team = await uow.session.get(Team, team_id)
    if team is None or team.cluster_id != cluster_id:
        raise ClusterError("id.unknown")
    await uow.session.execute(delete(TeamMember).where(TeamMember.team_id == team.id))
    await uow.session.delete(team)
    await uow.session.flush()
    _note(uow, by, now)


def _note(uow: UnitOfWork, by: Member, now: datetime) -> None:
    audit.note(uow, "groups.teams", CLUSTER.about(by.cluster_id), now=now, actor_id=by.id, cluster_id=by.cluster_id)
