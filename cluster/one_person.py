"""One person added or moved without a file, by the rules of a list with one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cluster import members, notices, places, practices, roster, setup, welcome
from cluster.errors import ClusterError
from cluster.members import Person, as_email
from cluster.roster_rows import is_email
from measures.headers import read_ydernummer
from storage.models import Member
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Newcomer:
    """Somebody as the coordinator wrote them down. ``practice_id`` is one of the cluster's; or else ``ydernummer`` and
    ``practice`` name one; or neither, and the person is asked on arrival."""

    name: str
    email: str
    role: str = "member"
    title: str = ""
    practice_id: int | None = None
    ydernummer: str = ""
    practice: str = ""


async def add(
    uow: UnitOfWork, cluster_id: int, said: Newcomer, people: Sequence[Person], *, now: datetime, actor_id: int
) -> None:
    """Put a person on the list, find them in Slack, welcome them. Raises ClusterError with the field that is wrong."""
    row = await _row(uow, cluster_id, said)
    await roster.apply(uow, cluster_id, roster.Roster((row,)), now=now, actor_id=actor_id, what="member.added")
    await welcome.greet(uow, await setup.get(uow, cluster_id), people, now=now)
    everyone = [member.id for member in await members.of_cluster(uow, cluster_id) if member.slack_user_id]
    await notices.renew_home(uow, everyone, now=now)


async def move(uow: UnitOfWork, member: Member, practice_id: int, *, now: datetime, actor_id: int) -> None:
    """Let a member work in another practice of the cluster: they are confirmed anew, and answer for none they left."""
    practice = await practices.get(uow, practice_id)
    if practice.cluster_id != member.cluster_id or not practice.active:
        raise ClusterError("practice.unknown", field=f"place:{member.id}")
    await roster.leave_contact(uow, member, practice_id)
    await places.put(uow, member, practice_id, now=now, actor_id=actor_id)
    await notices.renew_home(uow, [member.id] if member.slack_user_id else [], now=now)


async def _row(uow: UnitOfWork, cluster_id: int, said: Newcomer) -> roster.RosterRow:
    name, email, ydernummer = said.name.strip(), as_email(said.email), ""
    if not name:
        raise ClusterError("person.name_missing", field="name")
    if email is None or not is_email(email):
        raise ClusterError("person.email_wrong", field="email")
    known = await members.by_email(uow, cluster_id, email)
    if known is not None and known.active:
        raise ClusterError("person.there_already", field="email", name=known.name)
    if said.role not in members.ROLES:
        raise ClusterError("role.not_known", field="role")
    if said.practice_id is not None:
        if said.ydernummer.strip():
            raise ClusterError("person.two_practices", field="ydernummer")
        practice = await practices.get(uow, said.practice_id)
        if practice.cluster_id != cluster_id:
            raise ClusterError("practice.unknown", field="practice")
        ydernummer = practice.ydernummer
    elif said.ydernummer.strip():
        ydernummer = read_ydernummer(said.ydernummer) or ""
        if not ydernummer:
            raise ClusterError("person.ydernummer_wrong", field="ydernummer")
    return roster.RosterRow(
        row=1,
        ydernummer=ydernummer,
        practice=said.practice.strip()[:255] if said.practice_id is None else "",
        name=name[:255],
        email=email,
        title=said.title.strip().casefold()[:64],
        role=said.role,
    )
