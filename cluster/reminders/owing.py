"""Reminders in the outbox: laid out in advance, taken back by an answer, put off by a wish, looked at again at their
hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from cluster.calendar import Hours
from cluster.clock import local
from cluster.notices import NotNow, Owed, owe, take_back
from cluster.reminders.moments import moments, snooze_moment
from cluster.reminders.policy import AT_ONCE, Policy
from cluster.reminders.situation import Due, Situation, next_day, when_to_say, wished_slot
from cluster.subjects import key_of
from storage.models import Outbox
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, OutboxState

NUMBERED = ("number", "n")
"""Names under which a row says which of the planned reminders it is."""


@dataclass(frozen=True)
class Asking:
    """One person was asked one thing, and owes an answer."""

    policy: Policy
    hours: Hours
    subject: str
    """What it is about: ``meeting:7``."""
    cluster_id: int
    member_id: int
    since: datetime
    deadline: datetime | None
    about: str
    """What the keys of its rows begin with; changed, and everything is owed again."""
    who: int
    """Whoever the answer is expected from: a member, or a practice."""
    params: Mapping[str, Any] = field(default_factory=dict)

    def key(self, form: str, *, n: int = 0, due_at: datetime | None = None) -> str:
        """The key of one of its rows."""
        day = local(due_at).date() if due_at is not None else None
        return form.format(about=self.about, id=key_of(self.subject), n=n, who=self.who, day=day)


async def lay_out(uow: UnitOfWork, asking: Asking, *, now: datetime, peace: timedelta = AT_ONCE) -> None:
    """Owe the planned reminders. Those whose hour has gone, or comes before the ``peace`` of who is asked only now is
    over, are not made up for."""
    policy = asking.policy
    for n, moment in enumerate(moments(policy, asking.since, asking.deadline, asking.hours), start=1):
        if moment > now + peace:
            await _owe(uow, asking, policy.kind, asking.key(policy.planned_key, n=n), due_at=moment, now=now, n=n)


async def nudge(uow: UnitOfWork, asking: Asking, *, now: datetime) -> datetime | None:
    """A coordinator asks for a reminder: it goes at once, or at the next allowed hour, or on the next day to who was
    reminded of something today. None if owed that day already."""
    moment = wished_slot(now, asking.hours, asking.deadline)
    key = asking.key(asking.policy.nudge_key, due_at=moment)
    if await _reminded(uow, asking.member_id, local(moment).date()):
        if (await uow.session.scalars(select(Outbox.id).where(Outbox.key == key))).first() is not None:
            return None
        moment = next_day(asking.policy, moment, asking.hours, asking.deadline)
    key = asking.key(asking.policy.nudge_key, due_at=moment)
    return moment if await _owe(uow, asking, asking.policy.kind, key, due_at=moment, now=now) else None


async def snooze(uow: UnitOfWork, asking: Asking, choice: str, *, now: datetime) -> datetime:
    """ "Remind me later": the moment chosen, for whoever keeps it. It does not count among the planned ones, and those
    in between stay away. Raises the policy's refusals."""
    until = snooze_moment(asking.policy, choice, asking.deadline, asking.hours, now=now)
    await remind_at(uow, asking, until, now=now)
    return until


async def remind_at(uow: UnitOfWork, asking: Asking, until: datetime | None, *, now: datetime) -> None:
    """Owe the reminder of the moment that a member chose, and none of another; or none at all."""
    policy = asking.policy
    if policy.snoozing is None:
        return
    kind = policy.snoozing.kind
    if kind != policy.kind:
        await take_back(uow, asking.subject, kinds=(kind,))
    if until is not None:
        key = asking.key(policy.snooze_key, due_at=until)
        await _owe(uow, asking, kind, key, due_at=until, now=now, snoozed=until.isoformat())


async def hush(uow: UnitOfWork, policy: Policy, subject: str, *, member_id: int | None = None) -> None:
    """There is an answer: not one more reminder."""
    await take_back(uow, subject, kinds=policy.kinds, member_id=member_id)


async def look_again(state: Reading, owed: Owed, policy: Policy, situation: Situation, *, now: datetime) -> bool:
    """Whether a reminder is still true at its hour. Raises NotNow when it is, but the hour is not one for it, or the
    member was reminded of something today and the deadline leaves another day.

    Of a reminder that was said and is drawn again, whether there still is an answer missing.
    """
    if owed.how != How.POST:
        return situation.owes
    others, due = await _others(state, owed, policy) if situation.owes else [], _due(owed.due_at, owed.params)
    when = when_to_say(policy, situation, due, others, now=now)
    if when == now and owed.member_id is not None and await _reminded(state, owed.member_id, local(now).date()):
        when = next_day(policy, now, situation.hours, situation.deadline, planned=due.number > 0)
    if when is not None and when > now:
        raise NotNow(when)
    return when is not None


async def _reminded(state: Reading, member_id: int, on: date) -> bool:
    """Whether somebody was reminded of anything that day."""
    said = select(Outbox.params).where(
        Outbox.lane == f"m:{member_id}",
        Outbox.state.in_((OutboxState.SENT, OutboxState.WAITING)),
        Outbox.sent_ts.is_not(None),
    )
    return any(params.get("said_on") == on.isoformat() for params in await state.session.scalars(said))


async def _others(state: Reading, owed: Owed, policy: Policy) -> list[Due]:
    rows = select(Outbox.due_at, Outbox.params, Outbox.state).where(
        Outbox.subject == owed.subject,
        Outbox.kind == policy.kind,
        Outbox.how == How.POST,
        Outbox.member_id == owed.member_id,
        Outbox.id != owed.id,
    )
    return [_due(due_at, params, state=now_is) for due_at, params, now_is in await state.session.execute(rows)]


def _due(due_at: datetime, params: Mapping[str, Any], *, state: str = OutboxState.WAITING) -> Due:
    number = next((int(params[name] or 0) for name in NUMBERED if name in params), 0)
    chosen = params.get("snoozed")
    return Due(due_at, number, datetime.fromisoformat(chosen) if chosen else None, state)


async def _owe(
    uow: UnitOfWork,
    asking: Asking,
    kind: str,
    key: str,
    *,
    due_at: datetime,
    now: datetime,
    n: int = 0,
    **params: Any,
) -> bool:
    return await owe(
        uow,
        kind,
        key=key,
        now=now,
        member_id=asking.member_id,
        cluster_id=asking.cluster_id,
        subject=asking.subject,
        due_at=due_at,
        **{**asking.params, asking.policy.numbered: n, **params},
    )
