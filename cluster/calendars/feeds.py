"""The address from which a member's own calendar fetches: whoever has it reads, so it is long, and can be taken away.

Of an address its fingerprint is kept. Who has the database has no address, and a lost one is made anew.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime

from sqlalchemy import delete, select

from cluster import audit
from cluster.errors import ClusterError
from cluster.meetings.cards import hand_out_entries
from cluster.subjects import MEMBER
from storage.models import CalendarFeed, Member
from storage.unit_of_work import Reading, UnitOfWork

OPENED, CLOSED = "member.calendar_on", "member.calendar_off"
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
_KEY = re.compile(r"[0-9a-f]{64}")


def draw() -> str:
    """A word that nobody guesses: 256 bits."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(token.encode()).hexdigest()


async def current(state: Reading, member_id: int) -> CalendarFeed | None:
    """A member's address, as far as we know it."""
    found: CalendarFeed | None = await state.session.scalar(
        select(CalendarFeed).where(CalendarFeed.member_id == member_id)
    )
    return found


async def reader(state: Reading, token: str) -> Member | None:
    """Whose calendar asks; None for an address that never was or is no more."""
    if not _TOKEN.fullmatch(token):
        return None
    found: Member | None = await state.session.scalar(
        select(Member)
        .join(CalendarFeed, CalendarFeed.member_id == Member.id)
        .where(CalendarFeed.key == fingerprint(token), Member.active)
    )
    return found


async def begin(uow: UnitOfWork, member: Member, key: str, *, now: datetime) -> None:
    """From now on a member's calendar may fetch from the address with this fingerprint, and from no other."""
    if not _KEY.fullmatch(key):
        raise ClusterError("id.unknown")
    holder = await uow.session.scalar(select(CalendarFeed.member_id).where(CalendarFeed.key == key))
    if holder == member.id:  # pressed twice
        return
    if holder is not None:
        raise ClusterError("id.unknown")
    await forget(uow, member.id)
    uow.session.add(CalendarFeed(member_id=member.id, key=key, made_at=now))
    await uow.session.flush()
    _note(uow, OPENED, member, now=now)


async def end(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """The address works no more; for what is ahead the member gets files again, as whoever has no address."""
    if await forget(uow, member.id):
        await hand_out_entries(uow, member, now=now)
        _note(uow, CLOSED, member, now=now)


async def forget(uow: UnitOfWork, member_id: int) -> bool:
    """Take the address away; whether there was one."""
    gone = delete(CalendarFeed).where(CalendarFeed.member_id == member_id).returning(CalendarFeed.id)
    return bool((await uow.session.scalars(gone)).all())


def _note(uow: UnitOfWork, what: str, member: Member, *, now: datetime) -> None:
    subject, cluster_id = MEMBER.about(member.id), member.cluster_id
    audit.note(uow, what, subject, now=now, actor_id=member.id, cluster_id=cluster_id)
