"""A member's own settings: language, and until when to be left in peace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from cluster.calendar import at
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import members, settling
from cluster.members.cluster_rules import hours_of
from cluster.members.room import Kinds
from cluster.members.settling import OwnSettings
from cluster.notices import Owed
from cluster.onboarding import leave
from cluster.undoing import OwnChange, Values
from handlers.blocks import escape
from handlers.errors import sentence
from handlers.feature import Direct, Feature, Form, Kept, Notice, Rendering, Step
from handlers.ids import number
from handlers.members.ids import Action, View
from handlers.members.views import settings as views
from handlers.message import Message
from handlers.myself import answer, language_of, myself
from handlers.turn import Tools, Turn
from handlers.undoing import Undoing
from locales import N_, Texts
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork

ERRORS = {
    "settings.away_past": N_("Choose a day that is still to come, or leave it blank."),
    "settings.away_no_end": N_("Choose also until when."),
    "settings.away_backwards": N_("That day lies before the leave begins."),
    "settings.language_unknown": N_("Choose Danish or English."),
    "settings.day_unreadable": N_("I cannot read that day."),
    "settings.too_few_hours": N_("Leave at least two hours of the day for reminders."),
    "settings.no_colleague": N_("Choose somebody who is confirmed in your practice."),
}
FIELDS = ("away_from", "away_until", "substitute", "reminders_to")


async def show_settings(turn: Turn) -> None:
    """Open the settings."""
    async with turn.look() as state:
        member = await myself(state, turn, number(turn.value))
        colleagues = await settling.colleagues(state, member)
        hours = await hours_of(state, member.cluster_id)
    there = settling.present(settling.settings_of(member), turn.now)
    first, until = (local(moment).date() if moment else None for moment in (there.away_from, there.away_until))
    leave_ = views.OwnLeave(first if there.away_from and there.away_from > turn.now else None, until)
    await turn.open(views.settings_form(member, leave_, turn.t, hours=hours, colleagues=colleagues))


async def check_settings(turn: Turn) -> dict[str, str] | None:
    """Try it in a unit of work that is never kept: a day that has been, too few hours, nobody of the practice."""
    try:
        async with turn.tools.unit(None) as uow:
            member = await myself(uow, turn, number(turn.metadata.get("member")))
            await settling.settle_in(uow, member.id, _chosen(turn), now=turn.now)
    except ClusterError as error:
        if error.field not in FIELDS:
            raise
        return {error.field: sentence(error.code, error.params, turn.t, ERRORS)}
    return None


def _chosen(turn: Turn) -> OwnSettings:
    """The form, as it was filled in."""
    said = turn.state
    begins, until = (at(day, 0) if (day := _day(said.get(name), name)) else None for name in settling.LEAVE)
    first, last, other = (_number(said.get(name)) for name in ("reminders_from", "reminders_to", "substitute"))
    return OwnSettings(language_of(said.get("language")), until, other, first, last, begins)


def _number(written: object) -> int | None:
    return number(written) if written and written != views.NONE else None


def _day(written: object, field: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(str(written))
    except ValueError as error:
        raise ClusterError("settings.day_unreadable", field=field) from error


async def save_settings(turn: Turn) -> None:
    """Keep the settings."""
    async with turn.unit() as uow:
        member = await myself(uow, turn, number(turn.metadata.get("member")))
        await leave.settle(uow, member, _chosen(turn), now=turn.now)
        await answer(uow, turn, member, "settings.answer")
        await uow.commit()


async def switch_language(turn: Turn) -> None:
    """The language button on the home page: its value is ``7:en``."""
    _, _, language = turn.value.partition(":")
    async with turn.unit() as uow:
        member = await myself(uow, turn, number(turn.value))
        settings = replace(settling.present(settling.settings_of(member), turn.now), language=language_of(language))
        await leave.settle(uow, member, settings, now=turn.now)
        await uow.commit()


async def begin_leave(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The first day of a leave that was noted before it."""
    await leave.begin(uow, owed.number, now=tools.clock.now())


async def end_leave(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The day on which somebody is back."""
    await leave.end(uow, owed.number, now=tools.clock.now())


async def render_stands_in(r: Rendering) -> Message | None:
    """To the colleague who was chosen."""
    member = await members.get(r.state, r.number)
    if member.substitute_id != r.owed.member_id or not member.away_until:
        return None
    name, day = escape(member.name), r.t.day(local(member.away_until).date())
    if member.away_from is not None and member.away_from > r.tools.clock.now():
        said = r.t(
            "{name} is on leave from {first} until {day} and has chosen you to stand in: what I ask your practice "
            "about its numbers in that time, I ask you. Meetings are {name}'s own. If that does not fit, talk to "
            "{name}.",
            name=name,
            first=r.t.day(local(member.away_from).date()),
            day=day,
        )
        return Message(said)
    return Message(
        r.t(
            "{name} is on leave until {day} and has chosen you to stand in: what I ask your practice about its numbers "
            "until then, I ask you. Meetings are {name}'s own. If that does not fit, talk to {name}.",
            name=name,
            day=day,
        )
    )


async def render_stands_down(r: Rendering) -> Message | None:
    """To the colleague who was chosen, and is needed no more before the day that they were told."""
    member = await members.get(r.state, r.number)
    other = await settling.stand_in(r.state, member, r.tools.clock.now())
    if other is not None and other.id == r.owed.member_id:
        return None
    return Message(
        r.t(
            "You no longer stand in for {name}. What I asked you instead of {name} and nobody has answered yet, I no "
            "longer ask you about.",
            name=escape(member.name),
        )
    )


async def render_settings(r: Rendering) -> Message:
    """The settings as they are now."""
    member, now = await members.get(r.state, r.number), r.tools.clock.now()
    if not settling.has_leave(member, now) or member.away_until is None:
        return Message(r.t("Saved."))
    day = r.t.day(local(member.away_until).date())
    other = await settling.stand_in(r.state, member, now)
    if member.away_from is not None and member.away_from > now:
        return Message(_later(member.away_from, day, other, r.t))
    said = r.t("Saved. I will send you no reminders until {day}. Enjoy your holiday!", day=day)
    if other is not None:
        said += " " + r.t(
            "Until then I ask {name} about your practice's numbers, and have told {name} so.", name=escape(other.name)
        )
    return Message(said)


def _later(begins: datetime, day: str, other: Member | None, t: Texts) -> str:
    """Leave that is still to come."""
    said = t(
        "Saved. From {first} until {day} I will send you no reminders; before that, everything is as usual.",
        first=t.day(local(begins).date()),
        day=day,
    )
    if other is None:
        return said
    name = escape(other.name)
    return f"{said} " + t(
        "In that time I ask {name} about your practice's numbers, and have told {name} so.", name=name
    )


async def _own_settings(_state: Reading, _change: OwnChange, t: Texts) -> str:
    return t("your settings")


def _said(values: Values, t: Texts) -> str:
    language = dict(views.LANGUAGE_NAMES)[values["language"]]
    if values["reminders_from"] or values["reminders_to"]:
        own = (values["reminders_from"], values["reminders_to"])
        first, last = (f"{hour}" if hour else "–" for hour in own)
        language = t("{language}, reminders {first}–{last}", language=language, first=first, last=last)
    if not values["away_until"]:
        return language
    day = local(datetime.fromisoformat(values["away_until"])).date()
    if begins := values.get("away_from"):
        first = t.date(local(datetime.fromisoformat(begins)).date())
        return t("{language}, on holiday from {first} until {day}", language=language, first=first, day=t.date(day))
    return t("{language}, on holiday until {day}", language=language, day=t.date(day))


feature = Feature(
    undoings={
        settling.SETTLED: Undoing(_own_settings, _said, settling.settings_now, leave.put_back),
    },
    actions={Action.MEMBER_SETTINGS: Direct(show_settings), Action.MEMBER_LANGUAGE: Kept(switch_language)},
    forms={View.MEMBER_SETTINGS: Form(save_settings, check_settings)},
    notices={
        Kinds.SETTINGS_ANSWER: Notice(render_settings),
        Kinds.SETTINGS_STANDS_IN: Notice(render_stands_in),
        Kinds.SETTINGS_STANDS_DOWN: Notice(render_stands_down),
    },
    steps={leave.BEGINS: Step(begin_leave, ahead=None), leave.OVER: Step(end_leave, ahead=None)},
    errors=ERRORS,
)
