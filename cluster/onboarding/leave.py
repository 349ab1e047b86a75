"""A member's settings are kept; with leave the work goes to the colleague who stands in, and comes back after it."""

from __future__ import annotations

from datetime import datetime

from cluster import notices
from cluster.members import members, settling
from cluster.members.settling import OwnSettings
from cluster.rounds import standing_in
from cluster.subjects import MEMBER
from cluster.undoing import OwnChange
from storage.models import Member
from storage.unit_of_work import UnitOfWork
from storage.words import How

OVER = "settings.leave_over"


async def settle(uow: UnitOfWork, member: Member, settings: OwnSettings, *, now: datetime) -> None:
    """Keep settings. Who stands in hears of it, of another day, and that it is over before the day they were told."""
    before, until = await settling.substitute(uow, member, now), member.away_until
    await settling.settle_in(uow, member.id, settings, now=now)
    await uow.session.flush()
    other = await settling.substitute(uow, member, now)
    is_another = before is not None and (other is None or other.id != before.id)
    if is_another or member.away_until is None or member.away_until <= now:
        await standing_in.give_back(uow, member, now=now)
    if before is not None and is_another:
        await _tell(uow, "settings.stands_down", member, before, now=now)
    if other is None or (before is not None and not is_another and member.away_until == until):
        return
    await _until(uow, member, now=now)
    await standing_in.hand_over(uow, member, now=now)
    await _tell(uow, "settings.stands_in", member, other, now=now)


async def _tell(uow: UnitOfWork, kind: str, member: Member, other: Member, *, now: datetime) -> None:
    day = f"{member.away_until:%Y%m%d}" if member.away_until else ""
    await notices.owe(
        uow,
        kind,
        key=f"{kind}:{member.id}:{other.id}:{day}:{now:%Y%m%d%H%M%S%f}",
        now=now,
        member_id=other.id,
        cluster_id=member.cluster_id,
        subject=MEMBER.about(member.id),
    )


async def _until(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """Owe that the work comes back."""
    until, subject = member.away_until, MEMBER.about(member.id)
    key = f"leave:{member.id}:{until.isoformat() if until else ''}"
    cluster_id = member.cluster_id
    await notices.owe(uow, OVER, key=key, now=now, cluster_id=cluster_id, subject=subject, due_at=until, how=How.STEP)


async def end(uow: UnitOfWork, member_id: int, *, now: datetime) -> None:
    """The day has come, unless the leave was made longer."""
    member = await members.find(uow, member_id)
    if member is not None and member.active and (member.away_until is None or member.away_until <= now):
        await standing_in.give_back(uow, member, now=now)
        await notices.renew_home(uow, [member.id], now=now)


async def put_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """The settings of before, with the work where it was; leave that is over meanwhile is none."""
    await settle(uow, by, settling.present(settling.restored(change.was), now), now=now)
