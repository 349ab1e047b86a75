"""How a cluster begins, and who leads it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from cluster import audit, notices
from cluster.delivery import handover
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.belonging import cluster_of_channel
from cluster.members.members import Person
from cluster.subjects import CLUSTER
from storage.models import Cluster, Member, Outbox, Rules
from storage.unit_of_work import UnitOfWork
from storage.words import Role

_SAME_REMOVAL = timedelta(minutes=5)


async def begin(uow: UnitOfWork, *, team_id: str, channel_id: str, inviter: Person | None, now: datetime) -> Cluster:
    """The bot came into a channel. A second invitation finds the cluster as it is."""
    cluster = await cluster_of_channel(uow, team_id, channel_id)
    if cluster is None:
        cluster = Cluster(team_id=team_id, channel_id=channel_id, created_at=now)
        uow.session.add(cluster)
        await uow.session.flush()
        uow.session.add(Rules(cluster_id=cluster.id, decided_at=now))
        await uow.session.flush()
        audit.note(uow, "cluster.begun", CLUSTER.about(cluster.id), now=now, cluster_id=cluster.id)
    if await members.coordinators(uow, cluster.id):
        return cluster
    if inviter is None or inviter.gone or inviter.outsider or inviter.guest:
        await call_for_coordinator(uow, cluster, now=now)
    else:
        await lead(uow, cluster, inviter, now=now)
    return cluster


async def call_for_coordinator(uow: UnitOfWork, cluster: Cluster, *, now: datetime) -> None:
    """Ask in the channel who coordinates; anybody there may take it on while nobody does."""
    asked = f"claim:{cluster.id}:{now:%Y%m%d}"
    await notices.owe(
        uow,
        "setup.claim",
        key=asked,
        now=now,
        channel_id=cluster.channel_id,
        cluster_id=cluster.id,
        subject=CLUSTER.about(cluster.id),
    )


async def lead(uow: UnitOfWork, cluster: Cluster, person: Person, *, now: datetime) -> Member:
    """Make a person the cluster's coordinator, when it has none, and greet them. Once it has members, one of them."""
    if await members.coordinators(uow, cluster.id):
        raise ClusterError("setup.has_coordinator")
    if person.outsider:
        raise ClusterError("setup.not_here")
    if person.guest:
        raise ClusterError("setup.no_guest")
    member = await members.by_slack(uow, cluster.id, person.account) or await members.by_email(
        uow, cluster.id, person.email
    )
    if (member is None or not member.active) and await members.of_cluster(uow, cluster.id):
        raise ClusterError("setup.members_only")
    if member is None:
        member = Member(cluster_id=cluster.id, name=person.name, email=members.as_email(person.email))
        uow.session.add(member)
    member.slack_user_id, member.organisation = person.user_id, person.organisation
    member.role, member.active = Role.COORDINATOR, True
    await uow.session.flush()
    await handover.take_over(uow, member, now=now)
    subject = CLUSTER.about(cluster.id)
    audit.note(uow, "coordinator.taken", subject, now=now, actor_id=member.id, cluster_id=cluster.id)
    await notices.owe(
        uow,
        "setup.greeting",
        key=f"greet:{cluster.id}:{member.id}",
        now=now,
        member_id=member.id,
        cluster_id=cluster.id,
        subject=subject,
    )
    await notices.renew_home(uow, [member.id], now=now)
    return member


async def removed(uow: UnitOfWork, cluster: Cluster, *, now: datetime) -> None:
    """The bot was taken out of the channel: the coordinators are told once, whatever number of events say so."""
    subject = CLUSTER.about(cluster.id)
    told = select(Outbox.id).where(
        Outbox.kind == "setup.removed", Outbox.subject == subject, Outbox.created_at > now - _SAME_REMOVAL
    )
    if (await uow.session.execute(told.limit(1))).first():
        return
    leaders = await members.coordinators(uow, cluster.id)
    key = f"removed:{cluster.id}:{now:%Y%m%d%H%M%S}"
    await notices.owe_each(uow, "setup.removed", leaders, key=key, now=now, cluster_id=cluster.id, subject=subject)
    audit.note(uow, "cluster.removed_from_channel", subject, now=now, cluster_id=cluster.id)
