"""When something that goes to many is sent, and what is in the way of its days."""

from __future__ import annotations

from datetime import datetime

from cluster.calendar import ONE_DAY, holiday_name
from cluster.clock import local
from cluster.meetings.clashes import Clash, Obstacle
from handlers import blocks as b
from handlers.message import Block
from locales import N_, Texts

NOW, MORNING, AT, LOOK, DRAFT = "now", "morning", "at", "look", "draft"
"""When it is sent, that the coordinator wants to see it first, or that it waits for another day."""
_SAID = {
    Obstacle.HOLIDAY: N_("{day} is {holiday}."),
    Obstacle.WEEKEND: N_("{day} is at the weekend."),
    Obstacle.MEETING: N_("The cluster has another meeting on {day}."),
    Obstacle.QUIET: N_("{day} is in one of your quiet weeks, so nobody is reminded then."),
    Obstacle.SCHOOL: N_("{day} is in week {week}, when most schools are closed; for yours it is a guess."),
    Obstacle.SCHOOL_KNOWN: N_("{day} is in the school holidays."),
    Obstacle.EVE: N_("{day} is the evening before {next_holiday}."),
    Obstacle.NOTED: N_("Others meet on {day}, as you noted."),
    Obstacle.TOO_MANY: N_("With {day} there are more meetings in the year than the cluster has agreed."),
}


def sending(question: str, t: Texts, *, later: datetime, chosen: str, can_look: bool = True) -> Block:
    """When it is to be sent; ``can_look`` where it is not shown first in any case."""
    choices = [(NOW, t("Now")), (MORNING, t.moment(later)), (AT, t("At another time, which I choose"))]
    if can_look:
        choices.append((LOOK, t("Show it to me first")))
    choices.append((DRAFT, t("Not yet: keep it as a draft that only the coordinators see")))
    return b.entry(question, b.radio("send", choices, chosen=chosen))


def which_time(label: str, t: Texts, at: datetime) -> list[Block]:
    """The day and the hour, where another time was chosen."""
    here = local(at)
    return [
        b.entry(label, b.date_field("send_day", initial=here.date())),
        b.entry(t("at"), b.time_field("send_time", initial=here.time())),
    ]


def age(written_at: datetime, t: Texts, now: datetime) -> str:
    """How long ago a draft was written down."""
    days = (local(now).date() - local(written_at).date()).days
    if not days:
        return t("Written today.")
    return t.n("Written {n} day ago.", "Written {n} days ago.", days)


def obstacle(clash: Clash, t: Texts) -> str:
    """What is in the way of a day, in a sentence."""
    holiday, week = holiday_name(clash.day, t.lang) or "", clash.day.isocalendar().week
    following = holiday_name(clash.day + ONE_DAY, t.lang) or ""
    said = t(_SAID[clash.what], day=t.day(clash.day), holiday=holiday, week=week, next_holiday=following)
    return said[:1].upper() + said[1:]
