"""The people of the demo: who they are to the reader, what they owe, and what they do when asked to play along."""

from __future__ import annotations

from bot.rehearsal import numbers_act
from bot.rehearsal.guide.situation import Player, StoryState
from bot.rehearsal.play import Play
from bot.rehearsal.stage import Stage
from cluster.packages.lookup import package_of
from handlers.meetings.ids import Action as MeetingAction
from handlers.members.views.members import role_names
from handlers.rounds.views import asks
from locales import Texts
from storage.words import Role
from workspace.state.errors import Json

PACKAGE = numbers_act.ROUND["package"]


def language_of(stage: Stage, seen: StoryState, person: str | None) -> str:
    """What somebody reads: as they told the bot, else as their Slack is set."""
    if person in seen.people and seen.people[person].member.confirmed_at is not None:
        return seen.people[person].member.language
    locale = stage.world.people.by_id[person].locale if person in stage.world.people.by_id else "da-DK"
    return locale[:2]


def everybody(seen: StoryState, t: Texts) -> Json:
    """Role, practice and what is owed, by Slack id."""
    return {user: {"about": _about(one, t), "owes": owed(one, t)} for user, one in seen.people.items()}


def owed(one: Player, t: Texts) -> list[str]:
    """What somebody is waited for."""
    found = []
    if one.member.confirmed_at is None and not one.member.place:
        found.append(t("confirm the practice"))
    if one.meeting is not None:
        found.append(t("answer the invitation"))
    if one.round is not None:
        found.append(t("numbers about {topic}", topic=asks.title(package_of(one.round), t)))
    return found


def introduced(seen: StoryState, stage: Stage, person: str | None, t: Texts) -> Json:
    """Who the reader is, in a sentence, and what they owe."""
    one = seen.people.get(person or "")
    if one is None:
        lead = stage.id_of(stage.cast.coordinator)
        if person == lead:
            return {"text": t("You run Klynge Vestfjord, 12 practices with 24 doctors, and have not met the bot yet.")}
        return {"text": t("You are a doctor in Klynge Vestfjord. The bot does not know you yet.")}
    where, name = one.practice.name if one.practice else "", one.member.name
    if one.member.role in {Role.COORDINATOR, Role.DEPUTY}:
        said = t("You are {name} and run the cluster; you work at {practice}.", name=name, practice=where or "–")
    elif where:
        said = t("You are {name}, a doctor at {practice}.", name=name, practice=where)
    else:
        said = t("You are {name}.", name=name)
    return {"text": said, "owes": owed(one, t)}


def _about(one: Player, t: Texts) -> str:
    role = role_names(t)[one.member.role]
    parts = [role] if one.member.role != Role.MEMBER else []
    return " · ".join([*parts, one.practice.name if one.practice else one.member.title]).strip(" ·")


async def answer(stage: Stage, seen: StoryState) -> None:
    """Whoever has not answered the invitation says yes, but the coordinator, whom the reader plays."""
    lead = stage.id_of(stage.cast.coordinator)
    names = {user: name for name, user in stage.ids.items()}
    for user, one in seen.people.items():
        if one.meeting is not None and user != lead and user in names:
            await stage.press(names[user], MeetingAction.MEETING_YES)


async def give_numbers(stage: Stage, seen: StoryState) -> None:
    """The practices that still owe numbers about the package of the play send theirs."""
    names = {user: name for name, user in stage.ids.items()}
    waited = {names[user] for user, one in seen.people.items() if one.round is not None and user in names}
    if not any(each.package_id == PACKAGE for each in seen.rounds):
        return
    late = [each for each in stage.cast.surgeries if each.doctors[0].name in waited]
    await numbers_act.enter_numbers(Play(stage), late)


def told(stage: Stage) -> dict[str, int]:
    """How many messages each person has from the bot."""
    people = set(stage.ids.values())
    counted: dict[str, int] = {}
    for conversation in stage.world.conversations.by_id.values():
        for user in people.intersection(conversation.members) if conversation.kind == "im" else ():
            counted[user] = sum(message.bot for message in conversation.messages.values())
    return counted
