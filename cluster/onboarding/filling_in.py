"""Contacts, numbers of patients and practices that lack in the list, filled in for several at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cluster import notices
from cluster.errors import ClusterError
from cluster.members import members, practices
from cluster.onboarding import one_person
from storage.unit_of_work import UnitOfWork


async def fill_in(
    uow: UnitOfWork,
    cluster_id: int,
    *,
    contacts: Mapping[int, int],
    sizes: Mapping[int, int],
    homes: Mapping[int, int],
    now: datetime,
    actor_id: int,
) -> bool:
    """Write who answers for a practice and how many patients it has, by practice, and who works where, by member;
    False when nothing is new.

    Raises ClusterError with the field that is wrong: ``contact:7``, ``size:7``, ``place:31``.
    """
    for member_id, practice_id in homes.items():
        await _put(uow, cluster_id, member_id, practice_id, now=now, actor_id=actor_id)
    places = {each.id: each for each in await practices.of_cluster(uow, cluster_id)}
    silent = practices.without_contact([*places.values()], await members.of_cluster(uow, cluster_id))
    changed = bool(homes)
    for practice_id in sorted({*contacts, *sizes}):
        practice = places.get(practice_id)
        if practice is None:
            raise ClusterError("practice.unknown")
        held = practice.contact_id if practice not in silent else None  # one who has left is none
        try:
            changed |= await practices.change(
                uow,
                practice_id,
                list_size=sizes.get(practice_id, practice.list_size),
                system=practice.system,
                contact_id=contacts.get(practice_id, held),
                now=now,
                actor_id=actor_id,
            )
        except ClusterError as error:
            field = {"list_size": "size", "contact": "contact"}.get(str(error.field), "")
            raise ClusterError(error.code, field=f"{field}:{practice_id}", **error.params) from error
    await notices.renew_home(uow, [actor_id], now=now)
    return changed


async def _put(
    uow: UnitOfWork, cluster_id: int, member_id: int, practice_id: int, *, now: datetime, actor_id: int
) -> None:
    """Who has no practice gets one; who got one meanwhile keeps it."""
    member = await members.get(uow, member_id)
    if member.cluster_id != cluster_id or not member.active:
        raise ClusterError("person.unknown")
    if member.practice_id is None:
        await one_person.move(uow, member, practice_id, now=now, actor_id=actor_id)
