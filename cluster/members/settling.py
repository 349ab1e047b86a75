"""A member's own settings: language, hours for reminders, leave, and who answers for the practice meanwhile."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement

from cluster import notices, undoing
from cluster.calendar import Hours, next_slot
from cluster.errors import ClusterError
from cluster.members import members, places
from cluster.subjects import MEMBER
from cluster.undoing import OwnChange, Values
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork

SETTLED = "member.settled"
"""What is remembered of somebody's own settings, to be put back."""
LEAVE = ("away_from", "away_until")
LEAST_HOURS = 2
"""So many hours of a day must be left to be reminded in."""


@dataclass(frozen=True)
class OwnSettings:
    """What a member chose."""

    language: str
    away_until: datetime | None = None
    substitute_id: int | None = None
    """Who is asked for the practice's numbers while the member is away."""
    reminders_from: int | None = None
    reminders_to: int | None = None
    """Hours of the day; nothing where the cluster's will do."""
    away_from: datetime | None = None
    """When the leave begins, where that is still to come."""


def settings_of(member: Member) -> OwnSettings:
    """As they stand."""
    return OwnSettings(
        member.language,
        member.away_until,
        member.substitute_id,
        member.reminders_from,
        member.reminders_to,
        member.away_from,
    )


def present(settings: OwnSettings, now: datetime) -> OwnSettings:
    """The same without leave that is over."""
    is_over = settings.away_until is not None and settings.away_until <= now
    return replace(settings, away_from=None, away_until=None) if is_over else settings


def away_until(member: Member | None, now: datetime) -> datetime | None:
    """Until when somebody is on leave who is on leave now; None of leave that is over or still to come."""
    if member is None or member.away_until is None or member.away_until <= now:
        return None
    return member.away_until if member.away_from is None or member.away_from <= now else None


def is_here(now: datetime) -> ColumnElement[bool]:
    """The same of rows: who is not on leave."""
    return Member.away_until.is_(None) | (Member.away_until <= now) | (Member.away_from > now)


def has_leave(member: Member, now: datetime) -> bool:
    """Whether somebody is on leave, or is going to be."""
    return member.away_until is not None and member.away_until > now


async def settle_in(uow: UnitOfWork, member_id: int, settings: OwnSettings, *, now: datetime) -> Member:
    """Keep a member's own settings."""
    member = await members.get(uow, member_id)
    if settings.away_until is not None and settings.away_until <= now:
        raise ClusterError("settings.away_past", field="away_until")
    settings = replace(settings, away_from=_still_to_come(settings, now))
    first, last = settings.reminders_from, settings.reminders_to
    if first is not None and last is not None and last - first < LEAST_HOURS:
        raise ClusterError("settings.too_few_hours", field="reminders_to")
    is_other = settings.substitute_id not in (None, member.substitute_id)
    if is_other and settings.substitute_id not in {each.id for each in await colleagues(uow, member)}:
        raise ClusterError("settings.no_colleague", field="substitute")
    was = _written(settings_of(member))
    for name, value in vars(settings).items():
        setattr(member, name, value)
    await notices.renew_home(uow, [member_id], now=now)
    subject, became = MEMBER.about(member_id), _written(settings)
    await undoing.remember(uow, SETTLED, subject, by=member_id, was=was, became=became, now=now)
    return member


def _still_to_come(settings: OwnSettings, now: datetime) -> datetime | None:
    """When leave begins; None where it has begun. A friendly refusal where it has no end, or ends before."""
    if settings.away_from is None or settings.away_from <= now:
        return None
    if settings.away_until is None:
        raise ClusterError("settings.away_no_end", field="away_until")
    if settings.away_from >= settings.away_until:
        raise ClusterError("settings.away_backwards", field="away_until")
    return settings.away_from


async def colleagues(state: Reading, member: Member) -> list[Member]:
    """Who may answer for the practice instead of a member: those who are confirmed where the member is."""
    if member.practice_id is None or not places.is_one_of(member, member.practice_id):
        return []
    return list(await places.confirmed(state, member.practice_id, but=member.id))


async def substitute(state: Reading, member: Member, now: datetime) -> Member | None:
    """Who is asked for the practice's numbers instead of a member on leave: while both are of it, and one is there."""
    if away_until(member, now) is None or member.substitute_id is None:
        return None
    found = next((each for each in await colleagues(state, member) if each.id == member.substitute_id), None)
    return found if found is not None and away_until(found, now) is None else None


async def stand_in(state: Reading, member: Member, now: datetime) -> Member | None:
    """The same of leave that is still to come: who will be asked when it begins, as things stand."""
    begins = member.away_from if has_leave(member, now) else None
    return await substitute(state, member, max(now, begins) if begins else now)


def own_hours(hours: Hours, member: Member | None, deadline: datetime | None, now: datetime) -> Hours:
    """The cluster's hours as far as the member lets be reminded in them; the cluster's, where it would be too late."""
    if member is None or (member.reminders_from is None and member.reminders_to is None):
        return hours
    start, end = max(hours.start, member.reminders_from or 0), min(hours.end, member.reminders_to or 24)
    own = hours._replace(start=start, end=end)
    is_usable = start < end and (deadline is None or now >= deadline or next_slot(now, own) < deadline)
    return own if is_usable else hours


async def settings_now(state: Reading, change: OwnChange) -> Values:
    """How a member's settings stand."""
    return _written(settings_of(await members.get(state, change.number)))


def restored(values: Values) -> OwnSettings:
    """The settings that were remembered."""
    first, until = (datetime.fromisoformat(said) if said else None for said in map(values.get, LEAVE))
    return replace(OwnSettings(**values), away_from=first, away_until=until)


def _written(settings: OwnSettings) -> Values:
    moments = {name: getattr(settings, name) for name in LEAVE}
    return asdict(settings) | {name: moment.isoformat() if moment else None for name, moment in moments.items()}
