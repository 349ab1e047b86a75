"""When something that goes to many is to be sent, as its form says: now, in the morning, or at a chosen hour."""

from __future__ import annotations

from datetime import date, datetime, time

from cluster.calendar import Hours, is_open, next_slot, workdays_after
from cluster.calendar import at as at_hour
from cluster.clock import local
from handlers.message import Block
from handlers.reminders.views import send_time as views
from handlers.reminders.views.send_time import AT, DRAFT, MORNING, NOW
from handlers.turn import Turn


def is_draft(turn: Turn) -> bool:
    """Whether it shall be kept as a draft."""
    return turn.state.get("send") == DRAFT


def morning_after(now: datetime, hours: Hours) -> datetime:
    """The next first hour of a workday in which the cluster lets itself be disturbed: this morning's, or the next."""
    if not is_open(now, hours):
        return next_slot(now, hours)
    return at_hour(workdays_after(local(now).date(), 1), hours.start)


def proposed(now: datetime, hours: Hours) -> str:
    """Now in the day, the morning when it is late: nobody is written to in the evening without being asked."""
    return NOW if is_open(now, hours) else MORNING


def send_at(turn: Turn, hours: Hours) -> datetime:
    """When the coordinator wants it to be sent."""
    chosen = str(turn.state.get("send") or proposed(turn.now, hours))
    if chosen == AT:
        return chosen_time(turn) or turn.now
    return morning_after(turn.now, hours) if chosen == MORNING else turn.now


def chosen_time(turn: Turn) -> datetime | None:
    """The moment that was written beside "at another time"; None while nothing is."""
    day, hour = str(turn.state.get("send_day") or ""), str(turn.state.get("send_time") or "")
    try:
        moment = time.fromisoformat(hour)
        return at_hour(date.fromisoformat(day), moment.hour, moment.minute)
    except ValueError:
        return None


def lacks_time(turn: Turn) -> bool:
    """Whether another time was chosen, and none is written yet."""
    return turn.state.get("send") == AT and chosen_time(turn) is None


def is_past(turn: Turn, hours: Hours) -> bool:
    """Whether the chosen time is over."""
    return turn.state.get("send") == AT and send_at(turn, hours) < turn.now


def asked(
    question: str,
    label: str,
    turn: Turn,
    hours: Hours,
    chosen: str = "",
    *,
    can_look: bool = True,
    waits_until: datetime | None = None,
) -> list[Block]:
    """The fields of a form that ask when; ``waits_until`` is the hour that was chosen before."""
    later, chosen = morning_after(turn.now, hours), chosen or proposed(turn.now, hours)
    blocks = [views.sending(question, turn.t, later=later, chosen=chosen, can_look=can_look)]
    if chosen == AT:
        blocks += views.which_time(label, turn.t, chosen_time(turn) or waits_until or later)
    return blocks
