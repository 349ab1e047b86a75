"""What is asked in plain words about people: oneself, the practice, leave, who runs the cluster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cluster.calendar import at
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.settling import settings_of
from cluster.onboarding import leave as leave_of
from cluster.overview.homepage import Membership, parts_of
from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.feature import Direct, Feature, Intent, Kept, sentences
from handlers.ids import number
from handlers.members import own_data
from handlers.members.ids import Action
from handlers.members.views import home as views
from handlers.message import Message
from handlers.myself import answer, myself
from handlers.turn import Turn
from handlers.words.days import span_of
from locales import LANGUAGES, N_


async def coordinator(turn: Turn) -> Message:
    """Who runs the cluster."""
    member, t = turn.require_member(), turn.t
    async with turn.look() as state:
        leading = await members.coordinators(state, member.cluster_id)
    names = t.listing([_named(each.name, each.slack_user_id) for each in leading])
    if not leading:
        return Message(t("The cluster has no coordinator right now."))
    return Message(t("The cluster is coordinated by {names}.", names=names))


def _named(name: str, slack_user_id: str | None) -> str:
    return f"{b.escape(name)} (<@{slack_user_id}>)" if slack_user_id else b.escape(name)


async def my_practice(turn: Turn) -> Message:
    """The practice, its consent, and who sees its numbers; with the buttons that change them."""
    part = await _part(turn)
    blocks = views.own_practice(AtHome(part, turn.now, turn.t))
    if not blocks:
        return Message(turn.t("You are listed at no practice. Tell your coordinator where you work."))
    return Message(turn.t("This is what I know of your practice."), blocks)


async def _part(turn: Turn) -> Membership:
    member = turn.require_member()
    async with turn.look() as state:
        parts = await parts_of(state, turn.team_id, turn.account, turn.now)
    return next(each for each in parts if each.member.id == member.id)


async def settings(turn: Turn) -> Message:
    """Language and leave, with their buttons."""
    said = turn.t("Here you choose your language, and until when I leave you in peace.")
    part = await _part(turn)
    return Message(said, [b.section(said), *views.settings(AtHome(part, turn.now, turn.t))])


async def language(turn: Turn) -> Message:
    """Danish or English: a button each, for the words may be about somebody else's."""
    member = turn.require_member()
    said = turn.t("Which language shall I write to you in?")
    names = {"da": "Dansk", "en": "English"}
    # one row each: Slack wants every button of a row to have an id of its own
    buttons = [b.actions(b.button(names[each], Action.MEMBER_LANGUAGE, f"{member.id}:{each}")) for each in LANGUAGES]
    return Message(said, [b.section(said), *buttons])


async def leave(turn: Turn) -> Message:
    """ "I am on leave until 1 March": shall I be quiet until then?"""
    member, t, today = turn.require_member(), turn.t, local(turn.now).date()
    choose = b.button(t("Choose a day"), Action.MEMBER_SETTINGS, member.id)
    since, until = span_of({name: str(said) for name, said in turn.state.items()}, today)
    if since > today and until is not None and until > since:
        said = t(
            "Shall I send you no reminders from {first} until you are back on {day}? I have not noted anything yet. It "
            "is no answer to a meeting: you still say whether you come.",
            first=t.day(since),
            day=t.day(until),
        )
        label = t("Yes, from {first} until {day}", first=t.date(since), day=t.date(until))
        return b.asking(said, _yes(label, f"{member.id}:{until}:{(until - since).days}"), choose)
    if since > today:
        said = t(
            "You begin on {first}. Choose until when, and who stands in for you. I have not noted anything yet.",
            first=t.day(since),
        )
        return b.asking(said, choose)
    if until is None or until <= today:
        said = t("Shall I send you no reminders for a while? Choose until when. I have not noted anything yet.")
        return b.asking(said, choose)
    said = t(
        "Shall I send you no reminders from now until you are back on {day}? I have not noted anything yet. It is no "
        "answer to a meeting: you still say whether you come.",
        day=t.day(until),
    )
    return b.asking(said, _yes(t("Yes, until {day}", day=t.date(until)), f"{member.id}:{until}"), choose)


def _yes(label: str, value: str) -> dict[str, Any]:
    return b.button(label, Action.MEMBER_AWAY, value, style="primary")


async def go_away(turn: Turn) -> None:
    """The button under the question: until when a member is left in peace, ``7:2026-03-01``, and for how many days
    where that begins later, ``7:2026-03-01:28``: two days beside each other could be read as a CPR number."""
    said = turn.value.split(":")
    try:
        day = date.fromisoformat(said[1])
        begins = at(day - timedelta(days=number(turn.value, 2)), 0) if len(said) > 2 else None
    except (ValueError, IndexError, OverflowError) as error:
        raise ClusterError("settings.day_unreadable") from error
    async with turn.unit() as uow:
        member = await myself(uow, turn, number(turn.value))
        settings = replace(settings_of(member), away_until=at(day, 0), away_from=begins)
        await leave_of.settle(uow, member, settings, now=turn.now)
        await answer(uow, turn, member, "settings.answer")
        await uow.commit()


async def stop(turn: Turn) -> Message:
    """Which messages are to stop? Nothing is changed by the word alone."""
    member, t = turn.require_member(), turn.t
    said = t(
        "Nothing has been changed. Once you have answered, I will not remind you again. I can send you no reminders "
        "until a day that you choose. To leave the cluster, tell your coordinator."
    )
    return b.asking(said, b.button(t("No reminders for a while"), Action.MEMBER_SETTINGS, member.id))


async def delete_me(turn: Turn) -> Message:
    """Nothing is deleted by words."""
    return Message(
        turn.t(
            "I have deleted nothing. `/klynge oplysninger` sends you everything I keep about you. To have it deleted, "
            "ask whoever runs me; your coordinator knows who that is."
        )
    )


async def who_is_in(turn: Turn) -> Message:
    """The list for those who run the cluster; how many for everybody else."""
    member, t = turn.require_member(), turn.t
    async with turn.look() as state:
        people = await members.of_cluster(state, member.cluster_id)
    said = t.n("{n} person is in the cluster.", "{n} people are in the cluster.", len(people))
    if member.role not in members.LEADERS:
        return Message(said + " " + t("Your coordinator has the list."))
    return b.asking(said, b.button(t("Open the list"), Action.CLUSTER_MEMBERS, member.cluster_id))


def _intent(name: str, run: Direct | Kept, label: str, *, changes: bool = False, everywhere: bool = False) -> Intent:
    return Intent(sentences(__file__, name), run, label, changes=changes, everywhere=everywhere)


feature = Feature(
    actions={Action.MEMBER_AWAY: Kept(go_away)},
    intents={
        "about_me": _intent("about_me", Kept(own_data.ask), N_("What do you know about me?"), everywhere=True),
        "delete_me": _intent("delete_me", Direct(delete_me), N_("Delete what you know about me"), everywhere=True),
        "coordinator": _intent("coordinator", Direct(coordinator), N_("Who is the coordinator?")),
        "who_is_in": _intent("who_is_in", Direct(who_is_in), N_("Who is in the cluster?")),
        "my_practice": _intent("my_practice", Direct(my_practice), N_("My practice and its consent")),
        "settings": _intent("settings", Direct(settings), N_("My settings")),
        "language": _intent("language", Direct(language), N_("Another language"), changes=True),
        "leave": _intent("leave", Direct(leave), N_("I am on leave"), changes=True),
        "stop": _intent("stop", Direct(stop), N_("Fewer messages"), changes=True),
    },
)
