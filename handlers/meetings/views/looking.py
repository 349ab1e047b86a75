"""Before many are invited: whom it goes to, when, what is in the way of the day, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cluster.calendar import holiday_name
from cluster.clock import local
from cluster.meetings.clashes import Clash, Obstacle
from handlers import blocks as b
from handlers.meetings.views.invitations import facts
from handlers.message import Block
from locales import N_, Texts
from storage.models import Meeting

NOW, MORNING, AT, LOOK, DRAFT = "now", "morning", "at", "look", "draft"
"""When the invitation is sent, that the coordinator wants to see it first, or that it waits for another day."""
_SAID = {
    Obstacle.HOLIDAY: N_("{day} is {holiday}."),
    Obstacle.WEEKEND: N_("{day} is at the weekend."),
    Obstacle.MEETING: N_("The cluster has another meeting on {day}."),
    Obstacle.QUIET: N_("{day} is in one of your quiet weeks, so nobody is reminded then."),
    Obstacle.SCHOOL: N_("{day} is in week {week}, when schools are closed in most municipalities."),
}


def sending(t: Texts, *, later: datetime, chosen: str) -> Block:
    """When the invitation is to be sent."""
    choices = [(NOW, t("Now")), (MORNING, t.moment(later)), (AT, t("At another time, which I choose"))]
    choices.append((LOOK, t("Show it to me first")))
    choices.append((DRAFT, t("Not yet: keep it as a draft that only the coordinators see")))
    return b.entry(t("When is the invitation sent?"), b.radio("send", choices, chosen=chosen))


def which_time(t: Texts, at: datetime) -> list[Block]:
    """The day and the hour, where another time was chosen."""
    here = local(at)
    return [
        b.entry(t("The invitation is sent on"), b.date_field("send_day", initial=here.date())),
        b.entry(t("at"), b.time_field("send_time", initial=here.time())),
    ]


def obstacle(clash: Clash, t: Texts) -> str:
    """What is in the way of a day, in a sentence."""
    holiday, week = holiday_name(clash.day, t.lang) or "", clash.day.isocalendar().week
    said = t(_SAID[clash.what], day=t.day(clash.day), holiday=holiday, week=week)
    return said[:1].upper() + said[1:]


def looked_at(meeting: Meeting, found: Sequence[Clash], t: Texts, *, people: int, absent: int) -> list[Block]:
    """The top of the form when it is shown again."""
    blocks = [b.section("⚠ " + "\n⚠ ".join(obstacle(clash, t) for clash in found))] if found else []
    said = t.n("{n} person is invited.", "{n} people are invited.", people)
    if absent:
        said += " " + t.n("{n} is not in Slack yet.", "{n} are not in Slack yet.", absent)
    blocks += [
        b.section(f"{said} " + t("Nothing is sent yet. This is how it looks:")),
        b.header(meeting.title),
        facts(meeting, t),
    ]
    if meeting.note:
        blocks.append(b.section("\n".join("> " + line for line in b.escape(meeting.note).splitlines())))
    return [*blocks, b.divider(), b.context(t("Change below what is wrong, or send it as it is."))]
