"""Headings of a practice's own files: what a click said that they mean, so that the next file is understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from cluster import audit
from cluster.errors import ClusterError
from cluster.members import places
from cluster.subjects import PRACTICE
from storage.models import Heading, Member
from storage.unit_of_work import Reading, UnitOfWork

NO_FIELD = ""
"""What a heading means that was said to be none of the package's fields."""


async def of_practice(state: Reading, practice_id: int, package_id: str) -> Sequence[Heading]:
    """What a practice has said about its headings, by the alphabet."""
    rows = select(Heading).where(Heading.practice_id == practice_id, Heading.package_id == package_id)
    return (await state.session.execute(rows.order_by(Heading.heading))).scalars().all()


async def known(state: Reading, practice_id: int, package_id: str) -> dict[str, str]:
    """The same as `measures.checking.validation.check` takes it: heading → field, or "" for none."""
    return {each.heading: each.field for each in await of_practice(state, practice_id, package_id)}


async def learn(
    uow: UnitOfWork, practice_id: int, package_id: str, heading: str, field: str, *, member: Member, now: datetime
) -> None:
    """Remember what a heading means for this practice; a newer click takes the place of an older."""
    rows = select(Heading).where(
        Heading.practice_id == practice_id, Heading.package_id == package_id, Heading.heading == heading
    )
    found = (await uow.session.execute(rows)).scalar_one_or_none()
    if found is None:
        found = Heading(practice_id=practice_id, package_id=package_id, heading=heading)
        uow.session.add(found)
    found.field, found.confirmed_by, found.confirmed_at = field, member.id, now
    await uow.session.flush()


async def get(state: Reading, heading_id: int) -> Heading:
    """One remembered heading, or a friendly refusal."""
    found = await state.session.get(Heading, heading_id)
    if found is None:
        raise ClusterError("heading.forgotten")
    return found


async def forget(uow: UnitOfWork, heading: Heading, *, member: Member, now: datetime) -> None:
    """Ask again the next time this heading comes."""
    if not places.is_one_of(member, heading.practice_id):
        raise ClusterError("data.not_yours")
    await uow.session.execute(delete(Heading).where(Heading.id == heading.id))
    subject = PRACTICE.about(heading.practice_id)
    audit.note(uow, "heading.forgotten", subject, now=now, actor_id=member.id, cluster_id=member.cluster_id)
