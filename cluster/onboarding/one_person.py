"""One person added, edited, moved or ended without a file, by the rules of a list with one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cluster import audit, notices
from cluster.delivery import handover
from cluster.errors import ClusterError
from cluster.members import cluster_rules, members, places, practices
from cluster.members.members import Person, as_email
from cluster.onboarding import departing, outsiders, passing_on, roster, welcome
from cluster.onboarding.roster_rows import is_email
from cluster.subjects import MEMBER
from measures.reading.headers import read_ydernummer
from storage.models import Member
from storage.unit_of_work import UnitOfWork
from storage.words import Role


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
    await welcome.greet(uow, await cluster_rules.get(uow, cluster_id), people, now=now)
    everyone = [member.id for member in await members.of_cluster(uow, cluster_id) if member.slack_user_id]
    await notices.renew_home(uow, everyone, now=now)


async def move(uow: UnitOfWork, member: Member, practice_id: int, *, now: datetime, actor_id: int) -> None:
    """Let a member work in another practice of the cluster: they are confirmed again, and answer for none they left."""
    practice = await practices.get(uow, practice_id)
    if practice.cluster_id != member.cluster_id or not practice.active:
        raise ClusterError("practice.unknown", field=f"place:{member.id}")
    await practices.leave_contact(uow, member, practice_id)
    await places.put(uow, member, practice_id, now=now, actor_id=actor_id)
    await passing_on.pass_on(uow, member, now=now, actor_id=actor_id)
    await notices.renew_home(uow, [member.id] if member.slack_user_id else [], now=now)


async def change_role(uow: UnitOfWork, member: Member, role: str, *, now: datetime, actor_id: int) -> bool:
    """Give a member another role, end them (``left``), or take them in again; False when nothing is new."""
    was_active = member.active
    if not await handover.change_role(uow, member.id, role, now=now, actor_id=actor_id):
        return False
    if was_active and not member.active:
        await departing.depart(uow, member, now=now, actor_id=actor_id)
    elif member.active and not was_active:
        await _take_in_again(uow, member, now=now, actor_id=actor_id)
    return True


async def _take_in_again(uow: UnitOfWork, member: Member, *, now: datetime, actor_id: int) -> None:
    """Somebody is back: confirmed, welcomed and invited as if they came for the first time."""
    if member.practice_id is not None:
        await places.put(uow, member, member.practice_id, now=now, actor_id=actor_id)
    if member.slack_user_id is not None:
        await welcome.let_in(uow, member, now=now)


@dataclass(frozen=True)
class Mended:
    """What the coordinator wrote of somebody who is on the list."""

    name: str
    email: str
    title: str


async def mend(
    uow: UnitOfWork, member: Member, said: Mended, people: Sequence[Person], *, now: datetime, actor_id: int
) -> tuple[str, ...]:
    """Put right name, address and title; the names of what is new. The person is told. Raises ClusterError with the
    field that is wrong."""
    email = await _address(uow, member, said.email)
    wanted = {"name": _name(said.name), "email": email, "title": said.title.strip().casefold()[:64]}
    new = tuple(field for field, value in wanted.items() if getattr(member, field) != value)
    for field in new:
        setattr(member, field, wanted[field])
    if not new:
        return ()
    await uow.session.flush()
    if "email" in new and member.slack_user_id is None:  # another may be found by it: what was said was of the first
        outsiders.ask_no_more(member)
        if member.practice_id is not None:
            await places.put(uow, member, member.practice_id, now=now, actor_id=actor_id)
    subject, cluster_id = MEMBER.about(member.id), member.cluster_id
    audit.note(
        uow,
        "member.mended",
        subject,
        now=now,
        actor_id=actor_id,
        cluster_id=cluster_id,
        **dict.fromkeys(new, True),
    )
    if member.slack_user_id is None:
        await welcome.greet(uow, await cluster_rules.get(uow, cluster_id), people, now=now)
    elif member.active and member.id != actor_id:
        await notices.owe(
            uow,
            "member.mended",
            key=f"mended:{member.id}:{now:%Y%m%d%H%M%S%f}",
            now=now,
            member_id=member.id,
            cluster_id=cluster_id,
            subject=subject,
            by=actor_id,
            fields=list(new),
        )
    here = await members.of_practice(uow, member.practice_id) if member.practice_id is not None else [member]
    await notices.renew_home(uow, [each.id for each in here if each.slack_user_id], now=now)
    return new


def _name(written: str) -> str:
    name = " ".join(written.split())[:255]
    if not name:
        raise ClusterError("person.name_missing", field="name")
    return name


async def _address(uow: UnitOfWork, member: Member, written: str) -> str | None:
    """The address as it is kept. Only who is found in Slack, or never had one, may be without."""
    email = as_email(written)
    if email is None and (member.slack_user_id is not None or member.email is None):
        return None
    if email is None or not is_email(email):
        raise ClusterError("person.email_wrong", field="email")
    known = await members.by_email(uow, member.cluster_id, email)
    if known is not None and known.id != member.id:
        code = "person.there_already" if known.active else "person.was_there"
        raise ClusterError(code, field="email", name=known.name)
    return email


async def _row(uow: UnitOfWork, cluster_id: int, said: Newcomer) -> roster.RosterRow:
    name, email, ydernummer = _name(said.name), as_email(said.email), ""
    if email is None or not is_email(email):
        raise ClusterError("person.email_wrong", field="email")
    known = await members.by_email(uow, cluster_id, email)
    if known is not None and known.active:
        raise ClusterError("person.there_already", field="email", name=known.name)
    if said.role not in tuple(Role):
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
        name=name,
        email=email,
        title=said.title.strip().casefold()[:64],
        role=said.role,
    )
