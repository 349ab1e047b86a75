"""Klyngepakker that a cluster brought itself: the text of a file, checked before it comes here. A changed one is a new
version, for new rounds; rounds that have begun keep theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cluster import audit
from cluster.errors import ClusterError
from cluster.members import members
from cluster.packages.lookup import chosen
from cluster.subjects import PACKAGE
from measures.packages.package import Package, available, shipped, whole, without_numbers
from measures.packages.written import usable
from storage.models import Member, OwnPackage
from storage.unit_of_work import Reading, UnitOfWork

MOST = 50
"""A cluster's own packages; a menu of Slack holds a hundred choices, the shipped ones among them."""


@dataclass(frozen=True)
class Offer:
    """A package that can be taken up. ``text`` and ``own_id`` are those of a package of the cluster's own."""

    package: Package
    text: str | None = None
    own_id: int | None = None


async def of_cluster(state: Reading, cluster_id: int) -> Sequence[OwnPackage]:
    """The cluster's own packages that are in use, the newest first."""
    rows = select(OwnPackage).where(OwnPackage.cluster_id == cluster_id, OwnPackage.retired_at.is_(None))
    return (await state.session.execute(rows.order_by(OwnPackage.id.desc()))).scalars().all()


async def offered(state: Reading, cluster_id: int) -> list[Offer]:
    """Everything that this cluster can ask for numbers with: the shipped packages, then its own."""
    own = [each for each in await _own(state, cluster_id) if each.package.asks]
    return [*(Offer(package) for package in available()), *own]


async def for_meetings(state: Reading, cluster_id: int) -> list[Offer]:
    """Everything that a meeting of this cluster can take up, with numbers and without."""
    shipped_ones = [*available(), *without_numbers()]
    return [*(Offer(package) for package in shipped_ones), *await _own(state, cluster_id)]


async def _own(state: Reading, cluster_id: int) -> list[Offer]:
    """Read beside the conversation: fifty large ones take their time."""
    found = await of_cluster(state, cluster_id)
    return [Offer(await asyncio.to_thread(chosen, each.package_id, each.text), each.text, each.id) for each in found]


async def about(state: Reading, cluster_id: int, package_id: str) -> Offer | None:
    """One by its id, for a meeting that has it: the cluster's own also when it is out of use; None of no such id."""
    rows = select(OwnPackage).where(OwnPackage.cluster_id == cluster_id, OwnPackage.package_id == package_id)
    own = (await state.session.scalars(rows.order_by(OwnPackage.id.desc()).limit(1))).first()
    if own is not None:
        return Offer(await asyncio.to_thread(chosen, own.package_id, own.text), own.text, own.id)
    try:
        return Offer(usable(whole(package_id)))
    except KeyError:
        return None


async def offer(state: Reading, cluster_id: int, package_id: str) -> Offer:
    """One of them, or a friendly refusal."""
    for each in await offered(state, cluster_id):
        if each.package.id == package_id:
            return each
    raise ClusterError("round.package_unknown", field="package")


async def for_meeting(state: Reading, cluster_id: int, package_id: str) -> Offer:
    """The same, of all that a meeting can take up."""
    for each in await for_meetings(state, cluster_id):
        if each.package.id == package_id:
            return each
    raise ClusterError("package.unknown")


async def get(state: Reading, own_id: int) -> OwnPackage:
    """One of a cluster's own, or a friendly refusal."""
    found = await state.session.get(OwnPackage, own_id)
    if found is None:
        raise ClusterError("package.unknown")
    return found


async def save(uow: UnitOfWork, package: Package, text: str, *, member: Member, now: datetime) -> OwnPackage:
    """Keep a package for the cluster; versions before it are for rounds that have begun."""
    _leads(member)
    if package.id in shipped():
        raise ClusterError("package.id_taken", id=package.id)
    rows = select(OwnPackage).where(OwnPackage.cluster_id == member.cluster_id, OwnPackage.package_id == package.id)
    versions = (await uow.session.execute(rows)).scalars().all()
    made = next((each for each in versions if each.version == package.version), None)
    if made is not None and made.text != text:
        raise ClusterError("package.same_version", version=package.version)
    if made is not None and made.retired_at is None:
        raise ClusterError("package.saved_already")
    others = {each.package_id for each in await of_cluster(uow, member.cluster_id)} - {package.id}
    if len(others) >= MOST:
        raise ClusterError("package.too_many", most=MOST)
    for each in versions:
        each.retired_at = each.retired_at or now
    if made is None:
        made = OwnPackage(
            cluster_id=member.cluster_id,
            package_id=package.id,
            version=package.version[:64],
            text=text,
            created_by=member.id,
            created_at=now,
        )
        uow.session.add(made)
    made.retired_at = None
    await uow.session.flush()
    _log(uow, "package.saved", made, member, now)
    return made


async def retire(uow: UnitOfWork, own: OwnPackage, *, member: Member, now: datetime) -> None:
    """Offer it no longer. Rounds that have begun with it go on."""
    _leads(member)
    if own.retired_at is not None:
        raise ClusterError("package.retired_already")
    own.retired_at = now
    _log(uow, "package.retired", own, member, now)


def _leads(member: Member) -> None:
    if member.role not in members.LEADERS:
        raise ClusterError("role.coordinator_only")


def _log(uow: UnitOfWork, what: str, own: OwnPackage, member: Member, now: datetime) -> None:
    subject = PACKAGE.about(own.id)
    audit.note(uow, what, subject, now=now, actor_id=member.id, cluster_id=own.cluster_id)
