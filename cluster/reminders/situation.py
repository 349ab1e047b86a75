"""Whether a reminder is still true at its hour: pure, asked of the state as it is right before the reminder is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from cluster.calendar import Hours, at, next_slot
from cluster.clock import local
from cluster.reminders.policy import Leave, Policy
from storage.words import OutboxState

LATELY = timedelta(days=1)
"""A planned reminder is left out when a coordinator's has said the same within this."""


@dataclass(frozen=True)
class Situation:
    """How it stands with one who was asked."""

    owes: bool
    """Whether the answer is still missing and wanted, and wanted from this person."""
    deadline: datetime | None
    hours: Hours
    away_until: datetime | None = None
    snoozed_until: datetime | None = None


class Due(NamedTuple):
    """A reminder as it was owed."""

    due_at: datetime
    number: int = 0
    """Which of the planned ones, from 1; 0 is one that somebody wished for."""
    snoozed: datetime | None = None
    """The moment that the member chose, of a "remind me later"."""
    state: str = OutboxState.WAITING


def when_to_say(
    policy: Policy, situation: Situation, due: Due, others: Iterable[Due], *, now: datetime
) -> datetime | None:
    """``now`` to say it, a later moment to look again, None when it is true no more.

    ``others`` are the other reminders of the same asking to the same person.
    """
    if not situation.owes or _is_past(policy, situation, due, now) or _sleeps(policy, situation, due, now):
        return None
    others = list(others)
    if due.number and (_is_superfluous(policy, due, others, now) or _is_wish_said_lately(others, now)):
        return None
    if _is_wish(due) and any(each.number and _is_said(each, now) and each.due_at >= due.due_at for each in others):
        return None
    is_away = situation.away_until is not None and now < situation.away_until
    if is_away and policy.leave is Leave.LEFT_OUT:
        return None
    back = _back(policy, situation, now) if is_away else now
    return wished_slot(back, situation.hours, situation.deadline) if _is_wish(due) else next_slot(back, situation.hours)


def wished_slot(moment: datetime, hours: Hours, deadline: datetime | None) -> datetime:
    """When a coordinator's reminder is said: at the next allowed hour, and within quiet weeks rather than too late."""
    slot = next_slot(moment, hours)
    return slot if deadline is None or slot < deadline else next_slot(moment, hours._replace(quiet=()))


def next_day(
    policy: Policy, moment: datetime, hours: Hours, deadline: datetime | None, *, planned: bool = False
) -> datetime:
    """When to say it to who was reminded of something that day: the first allowed hour of another day, or the moment
    itself if that would be too late."""
    later = next_slot(at(local(moment).date() + timedelta(days=1), hours.start), hours)
    has_time = deadline is None or later < deadline or (policy.asks_late and not planned)
    return later if has_time else moment


def _is_past(policy: Policy, situation: Situation, due: Due, now: datetime) -> bool:
    is_wished = due.number == 0 and policy.asks_late
    return situation.deadline is not None and now >= situation.deadline and not is_wished


def _sleeps(policy: Policy, situation: Situation, due: Due, now: datetime) -> bool:
    until = situation.snoozed_until
    if due.snoozed is not None:
        return until != due.snoozed  # another moment was chosen since
    if until is None:
        return False
    if due.number:
        return due.due_at < at(local(until).date() + timedelta(days=1), 0)
    return policy.snoozing is not None and policy.snoozing.holds_nudges and now < until


def _is_superfluous(policy: Policy, due: Due, others: list[Due], now: datetime) -> bool:
    """Overtaken by a later one, or one too many."""
    follows = [each for each in others if each.state == OutboxState.WAITING and each.number > due.number]
    overtaken = any(each.due_at <= now or each.due_at < now + policy.overtaken_by for each in follows)
    return overtaken or sum(each.state == OutboxState.SENT and each.number > 0 for each in others) >= policy.most


def _is_wish_said_lately(others: list[Due], now: datetime) -> bool:
    """A coordinator's wish has just been said: what comes by itself does not repeat it."""
    return any(_is_wish(each) and _is_said(each, now) and each.due_at > now - LATELY for each in others)


def _is_wish(due: Due) -> bool:
    return due.number == 0 and due.snoozed is None


def _is_said(due: Due, now: datetime) -> bool:
    return due.state == OutboxState.SENT and due.due_at <= now


def _back(policy: Policy, situation: Situation, now: datetime) -> datetime:
    """When somebody who is away can be reminded."""
    away_until, deadline = situation.away_until or now, situation.deadline
    is_in_time = deadline is None or away_until < deadline
    return away_until if policy.leave is Leave.WAITS or is_in_time else now
