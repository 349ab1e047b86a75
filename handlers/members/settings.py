"""A member's own settings: language, and until when to be left in peace."""

from __future__ import annotations

from datetime import date, datetime

from cluster.calendar import at
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.room import Kinds
from cluster.undoing import OwnChange, Values
from handlers.errors import sentence
from handlers.feature import Direct, Feature, Form, Kept, Notice, Rendering
from handlers.ids import number
from handlers.members.ids import Action, View
from handlers.members.views import settings as views
from handlers.message import Message
from handlers.myself import answer, language_of, myself
from handlers.turn import Turn
from handlers.undoing import Undoing
from locales import N_, Texts
from storage.unit_of_work import Reading

ERRORS = {
    "settings.away_past": N_("Choose a day that is still to come, or leave it blank."),
    "settings.language_unknown": N_("Choose Danish or English."),
    "settings.day_unreadable": N_("I cannot read that day."),
}


async def show_settings(turn: Turn) -> None:
    """Open the settings."""
    async with turn.look() as state:
        member = await myself(state, turn, number(turn.value))
    away = local(member.away_until).date() if member.away_until and member.away_until > turn.now else None
    await turn.open(views.settings_form(member, away, turn.t))


async def check_settings(turn: Turn) -> dict[str, str] | None:
    """A day that has been, or that is none."""
    try:
        day = _day(turn.state.get("away_until"))
    except ClusterError as error:
        return {"away_until": sentence(error.code, error.params, turn.t, ERRORS)}
    if day is not None and at(day, 0) <= turn.now:
        return {"away_until": sentence("settings.away_past", {}, turn.t, ERRORS)}
    return None


def _day(written: object) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(str(written))
    except ValueError as error:
        raise ClusterError("settings.day_unreadable", field="away_until") from error


async def save_settings(turn: Turn) -> None:
    """Keep the settings."""
    day, language = _day(turn.state.get("away_until")), language_of(turn.state.get("language"))
    async with turn.unit() as uow:
        member = await myself(uow, turn, number(turn.metadata.get("member")))
        until = at(day, 0) if day else None
        await members.settle_in(uow, member.id, language=language, away_until=until, now=turn.now)
        await answer(uow, turn, member, "settings.answer")
        await uow.commit()


async def switch_language(turn: Turn) -> None:
    """The language button on the home page: its value is ``7:en``."""
    _, _, language = turn.value.partition(":")
    async with turn.unit() as uow:
        member = await myself(uow, turn, number(turn.value))
        until = member.away_until if member.away_until and member.away_until > turn.now else None
        await members.settle_in(uow, member.id, language=language_of(language), away_until=until, now=turn.now)
        await uow.commit()


async def render_settings(r: Rendering) -> Message:
    """The settings as they are now."""
    member = await members.get(r.state, r.number)
    if member.away_until and member.away_until > r.tools.clock.now():
        day = r.t.day(local(member.away_until).date())
        return Message(r.t("Saved. I will send you no reminders until {day}. Enjoy your holiday!", day=day))
    return Message(r.t("Saved."))


async def _own_settings(_state: Reading, _change: OwnChange, t: Texts) -> str:
    return t("your settings")


def _said(values: Values, t: Texts) -> str:
    language = dict(views.LANGUAGE_NAMES)[values["language"]]
    if not values["away_until"]:
        return language
    day = local(datetime.fromisoformat(values["away_until"])).date()
    return t("{language}, on holiday until {day}", language=language, day=t.date(day))


feature = Feature(
    undoings={
        members.SETTLED: Undoing(_own_settings, _said, members.settings_now, members.put_settings_back),
    },
    actions={Action.MEMBER_SETTINGS: Direct(show_settings), Action.MEMBER_LANGUAGE: Kept(switch_language)},
    forms={View.MEMBER_SETTINGS: Form(save_settings, check_settings)},
    notices={Kinds.SETTINGS_ANSWER: Notice(render_settings)},
    errors=ERRORS,
)
