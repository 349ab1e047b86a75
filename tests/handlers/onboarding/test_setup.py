"""A cluster begins: the bot is invited, the coordinator sets up, somebody takes the lead. All through Slack."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from handlers.onboarding.ids import Action
from storage.models import Cluster, Member, Rules
from storage.unit_of_work import look
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
FORM: dict[str, Any] = {
    "name": "Klynge Nord",
    "region": "Region Nordjylland",
    "required_share": "60",
    "excused_counts": "no",
    "min_practices": "6",
}


@pytest.fixture
def kirsten(world: Workspace) -> str:
    return world.add_person("Kirsten Dahl", email="kirsten@nord.example")


@pytest.fixture
async def channel(world: Workspace, desk: Desk, kirsten: str, settle: Settle) -> str:
    """A channel that Kirsten has just invited the bot to."""
    made = world.add_channel("klynge-nord", members=[kirsten])
    await desk.join(made, world.bot_user_id, kirsten)
    await settle()
    return made


async def rows(bot: Runtime, table: type[Any]) -> list[Any]:
    async with look(bot.database) as state:
        return list((await state.session.execute(select(table).order_by(table.id))).scalars())


async def test_inviter_is_greeted_as_coordinator_in_danish(
    desk: Desk, bot: Runtime, kirsten: str, channel: str
) -> None:
    (greeting,) = await desk.dm(kirsten)
    (member,) = await rows(bot, Member)

    assert greeting["text"].startswith("Hej! Jeg er Klyngebot. Du har inviteret mig til klyngens kanal")
    assert [element["text"]["text"] for element in greeting["blocks"][-1]["elements"]] == ["Sæt klyngen op"]
    assert (member.name, member.email, member.role) == ("Kirsten Dahl", "kirsten@nord.example", "coordinator")


async def test_invited_again_doubles_nothing(
    world: Workspace, desk: Desk, bot: Runtime, *, kirsten: str, channel: str, settle: Settle
) -> None:
    await desk.leave(channel, world.bot_user_id)
    await settle()
    await desk.join(channel, world.bot_user_id, kirsten)
    await settle()

    assert len(await rows(bot, Cluster)) == 1
    assert [message["text"][:45] for message in await desk.dm(kirsten)] == [
        "Hej! Jeg er Klyngebot. Du har inviteret mig t",
        "Jeg er fjernet fra klyngens kanal. Påmindelse",
    ]


async def test_set_up_through_the_form_tells_what_was_agreed_and_what_comes_next(
    desk: Desk, bot: Runtime, kirsten: str, channel: str, settle: Settle
) -> None:
    (greeting,) = await desk.dm(kirsten)
    await desk.act(kirsten, greeting, Action.CLUSTER_SET_UP)
    answer = await desk.submit(kirsten, values=FORM)
    await settle()

    assert (answer["response_action"], answer["failed"]) == (None, None)
    (cluster,) = await rows(bot, Cluster)
    newest = (await rows(bot, Rules))[-1]
    assert (cluster.name, cluster.region, cluster.set_up_at is None) == ("Klynge Nord", "Region Nordjylland", False)
    assert (newest.required_share, newest.min_practices, newest.reminders_from) == (60, 6, 8)
    assert newest.excused_counts is False
    message, *files = (await desk.dm(kirsten))[1:]
    said = "\n".join(block["text"]["text"] for block in message["blocks"] if "text" in block)
    assert said.splitlines()[:3] == [
        "Tak, klyngen er sat op. Det har I aftalt:",
        "*Klynge Nord* · Region Nordjylland",
        "• Fremmødet registreres, og der er mødepligt til 60 % af årets møder. "
        "Et møde, man har meldt afbud til, tæller ikke med.",
    ]
    given = [file["name"] for each in (message, *files) for file in each.get("files", [])]
    assert given == ["medlemmer.xlsx"]


async def test_what_cannot_stand_is_told_at_its_field(
    desk: Desk, bot: Runtime, kirsten: str, channel: str, settle: Settle
) -> None:
    await desk.command(kirsten, channel, "/klynge opsæt")
    wrong = FORM | {"name": "   ", "reminders_from": "12", "reminders_to": "10"}
    answer = await desk.submit(kirsten, values=wrong)
    await settle()

    assert answer["errors"] == {
        "name": "Giv klyngen et navn.",
        "reminders_to": "Påmindelser skal slutte senere, end de begynder, og senest kl. 17.",
    }
    assert [cluster.set_up_at for cluster in await rows(bot, Cluster)] == [None]


async def test_quiet_weeks_are_read_as_they_are_written_and_shown_in_the_plan(
    desk: Desk, bot: Runtime, kirsten: str, channel: str, settle: Settle
) -> None:
    await desk.command(kirsten, channel, "/klynge opsæt")
    refused = await desk.submit(kirsten, values=FORM | {"quiet": "uge 7, sommer"})
    assert refused["errors"] == {
        "quiet": "Jeg kan ikke læse »sommer«. Skriv uger eller dage, for eksempel: 7, 29-31, 22/12-2/1."
    }
    too_much = await desk.submit(kirsten, values=FORM | {"quiet": "1-52"})
    assert too_much["errors"] == {"quiet": "Det er mere end 120 dage om året. Vælg færre uger."}
    await desk.submit(kirsten, values=FORM | {"quiet": "uge 7, uge 29-31 og jul"})
    await settle()

    assert (await rows(bot, Rules))[-1].quiet == "7, 29-31, 22/12-2/1"
    told = "• Ingen påmindelser i uge 7, uge 29-31 og 22/12-2/1."
    assert any(told in str(message["blocks"]) for message in await desk.dm(kirsten))
    await desk.command(kirsten, channel, "/klynge plan")
    assert told.removeprefix("• ") in str(await desk.top_view(kirsten))


async def test_only_the_coordinator_sets_up(
    world: Workspace, desk: Desk, bot: Runtime, kirsten: str, channel: str
) -> None:
    stranger = world.add_person("Per", email="per@nord.example")
    elsewhere = world.add_channel("kaffe", members=[stranger])
    await desk.join(channel, stranger)

    here = await desk.command(stranger, channel, "/klynge opsæt")
    there = await desk.command(stranger, elsewhere, "/klynge opsæt")

    assert here["response"]["text"] == (
        "Jeg kender dig ikke endnu. Bed din klynges koordinator om at sætte dig på medlemslisten."
    )
    assert there["response"]["text"].startswith("Jeg er ikke kommet med i denne kanal endnu.")


async def test_channel_without_inviter_asks_who_coordinates(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle
) -> None:
    someone, other = world.add_person("Bo", email="bo@x.example"), world.add_person("Ida", email="ida@x.example")
    channel = world.add_channel("klynge-syd", members=[world.bot_user_id, someone, other])
    await desk.leave(channel, world.bot_user_id)
    await desk.join(channel, world.bot_user_id)
    await settle()
    (question,) = [each for each in await desk.messages(someone, channel) if each["bot"]]
    await desk.act(someone, question, Action.CLUSTER_CLAIM)
    await settle()
    await desk.act(other, question, Action.CLUSTER_CLAIM)
    await settle()

    assert [(member.name, member.role) for member in await rows(bot, Member)] == [("Bo", "coordinator")]
    assert [message["text"][:22] for message in await desk.dm(someone)] == ["Hej! Jeg er Klyngebot."]
    assert [message["text"] for message in await desk.dm(other)] == [
        "Klyngen har allerede en koordinator. Bed koordinatoren om at dele rollen med dig."
    ]


async def test_bot_that_never_heard_that_it_came_looks_itself_and_begins(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle
) -> None:
    someone = world.add_person("Bo", email="bo@x.example")
    channel = world.add_channel("klynge-vest", members=[world.bot_user_id, someone])  # and no event tells of it
    await desk.command(someone, channel, "/klynge opsæt")
    answer = await desk.submit(someone, values=FORM)
    await settle()

    assert answer.get("errors") is None
    assert [(each.channel_id, each.set_up_at is not None) for each in await rows(bot, Cluster)] == [(channel, True)]
