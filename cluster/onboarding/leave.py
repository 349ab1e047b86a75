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

BEGINS, OVER = "settings.leave_begins", "settings.leave_over"


async def settle(uow: UnitOfWork, member: Member, settings: OwnSettings, *, now: datetime) -> None:
    """Keep settings. Who stands in hears of it, of another day, and that it is over before the day they were told."""
    before, was = await settling.stand_in(uow, member, now), (member.away_from, member.away_until)
    await settling.settle_in(uow, member.id, settings, now=now)
    await uow.session.flush()
    other = await settling.stand_in(uow, member, now)
    is_another = before is not None and (other is None or other.id != before.id)
    is_away = settling.away_until(member, now) is not None
    if is_another or not is_away:
        await standing_in.give_back(uow, member, now=now)
    if before is not None and is_another:
        await _tell(uow, "settings.stands_down", member, before, now=now)
    await _lay_out(uow, member, now=now)
    if other is None or (before is not None and not is_another and (member.away_from, member.away_until) == was):
        return
    if is_away:
        await standing_in.hand_over(uow, member, now=now)
    await _tell(uow, "settings.stands_in", member, other, now=now)


async def _tell(uow: UnitOfWork, kind: str, member: Member, other: Member, *, now: datetime) -> None:
    day = "-".join(f"{moment:%Y%m%d}" if moment else "" for moment in (member.away_from, member.away_until))
    await notices.owe(
        uow,
        kind,
        key=f"{kind}:{member.id}:{other.id}:{day}:{now:%Y%m%d%H%M%S%f}",
        now=now,
        member_id=other.id,
        cluster_id=member.cluster_id,
        subject=MEMBER.about(member.id),
    )


async def _lay_out(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """Owe that leave begins, where that is to come, and that it is over."""
    if not settling.has_leave(member, now):
        return
    about = {"cluster_id": member.cluster_id, "subject": MEMBER.about(member.id)}
    for kind, name, moment in ((BEGINS, "leave-begins", member.away_from), (OVER, "leave", member.away_until)):
        if moment is not None:
            key = f"{name}:{member.id}:{moment.isoformat()}"
            await notices.owe(uow, kind, key=key, now=now, due_at=moment, how=How.STEP, **about)  # type: ignore[arg-type]


async def begin(uow: UnitOfWork, member_id: int, *, now: datetime) -> None:
    """The first day has come, unless it was changed: what is not answered is the colleague's."""
    member = await members.find(uow, member_id)
    if member is not None and member.active and settling.away_until(member, now) is not None:
        await standing_in.hand_over(uow, member, now=now)
        await notices.renew_home(uow, [member.id], now=now)


async def end(uow: UnitOfWork, member_id: int, *, now: datetime) -> None:
    """The day has come, unless the leave was made longer. Nothing is kept of when it was."""
    member = await members.find(uow, member_id)
    if member is not None and member.active and not settling.has_leave(member, now):
        await standing_in.give_back(uow, member, now=now)
        member.away_from = member.away_until = None
        await notices.renew_home(uow, [member.id], now=now)


async def put_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """The settings of before, with the work where it was; leave that is over meanwhile is none."""
    await settle(uow, by, settling.present(settling.restored(change.was), now), now=now)
