"""A list of members dropped in the coordinator's conversation, and the welcome that follows. All through Slack."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from handlers.onboarding.ids import Action
from measures.reading.intake import read_table
from storage.models import Consent, Member, Outbox, Practice, RosterImport
from storage.unit_of_work import look
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
HEADER = "Ydernummer;Praksis;Patienter;Lægesystem;Navn;E-mail;Titel;Rolle"
LIST = "\n".join(
    [
        HEADER,
        "57584;Lægehuset Nord;2.345;EG Clinea;Kirsten Dahl;kirsten@nord.example;Ejerlæge;Koordinator",
        "057584;Lægehuset Nord;2.345;EG Clinea;Bo Friis;bo@nord.example;Ansat læge;",
        "061654;Lægerne Syd;1.800;XMO;Ida Juul;ida@syd.example;Ejerlæge;",
        "061654;Lægerne Syd;1.800;XMO;Per Holm;per@syd.example;Ejerlæge;",
        "06165X;Lægerne Vest;1.500;XMO;Åse Krog;aase@vest.example;Ejerlæge;",
    ]
)


@dataclass
class People:
    kirsten: str
    bo: str
    ida: str
    channel: str


@pytest.fixture
async def people(world: Workspace, desk: Desk, settle: Settle) -> People:
    """Kirsten has invited the bot; Bo and Ida are in Slack, Per is not yet."""
    kirsten = world.add_person("Kirsten Dahl", email="kirsten@nord.example")
    bo = world.add_person("Bo Friis", email="Bo@Nord.example")
    ida = world.add_person("Ida Juul", email="ida@syd.example")
    channel = world.add_channel("klynge", members=[kirsten, bo, ida])
    await desk.join(channel, world.bot_user_id, kirsten)
    await settle()
    return People(kirsten, bo, ida, channel)


async def send_list(world: Workspace, desk: Desk, settle: Settle, who: str, text: str = LIST) -> dict[str, Any]:
    """Drop a list in the conversation; the bot's last message."""
    await desk.upload(who, world.bot_user_id, "medlemmer.csv", text.encode("utf-8-sig"))
    await settle()
    return (await bot_messages(desk, who))[-1]


async def bot_messages(desk: Desk, who: str) -> list[dict[str, Any]]:
    return [message for message in await desk.dm(who) if message["bot"]]


async def rows(bot: Runtime, table: type[Any]) -> list[Any]:
    async with look(bot.database) as state:
        return list((await state.session.execute(select(table).order_by(table.id))).scalars())


def words(message: dict[str, Any]) -> list[str]:
    """Everything a message shows, line by line, without its buttons."""
    said: list[str] = []
    for block in message["blocks"]:
        elements = [block["text"]] if block["type"] == "section" else block.get("elements", [])
        said += [line for element in elements if element["type"] == "mrkdwn" for line in element["text"].splitlines()]
    return said


async def test_list_is_shown_before_anything_is_saved(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, people: People
) -> None:
    preview = await send_list(world, desk, settle, people.kirsten)

    assert words(preview) == [
        "*Jeg har læst medlemslisten. Intet er gemt endnu – se den igennem, og tryk på Gem.*",
        "Praksisser: 2 nye",
        "Medlemmer: 3 nye og 1 ændret",
        "*Nye medlemmer*",
        "• Bo Friis – Lægehuset Nord",
        "• Ida Juul – Lægerne Syd",
        "• Per Holm – Lægerne Syd",
        "*Ændrede medlemmer*",
        "• Kirsten Dahl – Lægehuset Nord (praksis og titel)",
        "*Ikke med:*",
        "• Række 6 (Åse Krog): intet læsbart ydernummer (1 til 6 cifre)",
        "*Værd at se på:*",
        "• Række 2: ydernummeret manglede nuller forrest – dem har jeg sat på igen",
        "Klyngen dækker 4.145 patienter. Klyngeaftalen regner med mindst 30.000.",
        "Disse praksisser mangler en kontaktperson; dem vælger du bagefter: Lægehuset Nord og Lægerne Syd.",
    ]
    assert (len(await rows(bot, Practice)), len(await rows(bot, Member))) == (0, 1)


async def test_first_and_last_names_are_a_list_of_members_and_no_patients(
    world: Workspace, desk: Desk, settle: Settle, people: People
) -> None:
    text = "Ydernr.;Praksis;Fornavn;Efternavn;Mail\n057584;Lægehuset Nord;Bo;Friis;bo@nord.example\n"
    preview = await send_list(world, desk, settle, people.kirsten, text)
    assert "• Bo Friis – Lægehuset Nord" in words(preview)


@pytest.mark.long
async def test_long_list_comes_back_as_a_sheet_with_what_becomes_of_each_row(
    world: Workspace, desk: Desk, settle: Settle, people: People
) -> None:
    rows_ = [f"057584;Lægehuset Nord;2345;XMO;Læge {n};laege{n}@nord.example;Ejerlæge;" for n in range(1, 20)]
    text = "\n".join([HEADER, *rows_, "05758X;Vest;;;Åse Krog;aase@vest.example;;"])
    await send_list(world, desk, settle, people.kirsten, text)
    [preview] = [each for each in await bot_messages(desk, people.kirsten) if "Nye medlemmer" in str(each)]
    assert "… og 7 til, på arket" in words(preview)
    [file] = [file for message in await bot_messages(desk, people.kirsten) for file in message.get("files") or []]
    table = read_table(await desk.file(people.kirsten, file["id"]), file["name"])
    [header, first, *_, last] = table.sheets[0].rows
    assert header == ("Række", "Navn", "Praksis", "E-mail", "Når du gemmer", "Det nye", "Værd at se på")
    assert first == (2, "Læge 1", "Lægehuset Nord", "laege1@nord.example", "ny", None, None)
    assert last[:5] == (21, "Åse Krog", None, None, "ikke med")


async def test_list_that_can_be_read_in_two_ways_is_asked_about(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, people: People
) -> None:
    text = "Ydernummer;Navn;Læge;E-mail\n057584;Holm;Anna;anna@nord.example\n"
    answer = await send_list(world, desk, settle, people.kirsten, text)
    assert answer["text"].startswith("Flere kolonner hedder noget med navn (række 1, kolonne B, C)")
    assert await rows(bot, RosterImport) == []


@pytest.mark.long
@pytest.mark.both_databases
async def test_saved_list_finds_people_in_slack_and_welcomes_them(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, people: People
) -> None:
    preview = await send_list(world, desk, settle, people.kirsten)
    for _ in range(2):  # a double click
        await desk.act(people.kirsten, preview, Action.ROSTER_SAVE)
    await settle()

    found = {member.name: member.slack_user_id for member in await rows(bot, Member)}
    assert found == {"Kirsten Dahl": people.kirsten, "Bo Friis": people.bo, "Ida Juul": people.ida, "Per Holm": None}
    told = await bot_messages(desk, people.kirsten)
    assert told[1]["text"] == "Medlemslisten er gemt."
    assert [message["text"].splitlines()[0] for message in told[2:]] == [
        "Listen er gemt.",
        "Den liste er allerede gemt.",
        "Hej Kirsten! Jeg er Klyngebot og hjælper din klynge. Jeg har noteret dig hos Lægehuset Nord. Vil du bekræfte "
        "det, jeres lægesystem, og om praksissens tal må bruges?",
    ]
    assert [message["text"][:7] for message in await bot_messages(desk, people.bo)] == ["Hej Bo!"]
    assert [message["text"][:8] for message in await bot_messages(desk, people.ida)] == ["Hej Ida!"]


@pytest.mark.long
async def test_dropped_list_changes_nothing_and_keeps_no_names(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, people: People
) -> None:
    preview = await send_list(world, desk, settle, people.kirsten)
    await desk.act(people.kirsten, preview, Action.ROSTER_DROP)
    await settle()

    assert (await bot_messages(desk, people.kirsten))[-1]["text"] == "Medlemslisten blev ikke gemt."
    assert [(each.state, each.rows) for each in await rows(bot, RosterImport)] == [("dropped", [])]
    assert len(await rows(bot, Member)) == 1


@pytest.mark.long
async def test_undecided_list_is_forgotten_after_a_week(
    world: Workspace, desk: Desk, bot: Runtime, *, settle: Settle, people: People, clock: MovableClock
) -> None:
    await send_list(world, desk, settle, people.kirsten)
    clock.move_to(datetime(2026, 3, 9, 9, 0, tzinfo=ZoneInfo("Europe/Copenhagen")))
    await settle()

    assert [(each.state, each.rows) for each in await rows(bot, RosterImport)] == [("dropped", [])]


@pytest.mark.long
async def test_list_from_somebody_else_is_refused(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, people: People
) -> None:
    preview = await send_list(world, desk, settle, people.kirsten)
    await desk.act(people.kirsten, preview, Action.ROSTER_SAVE)
    await settle()
    answer = await send_list(world, desk, settle, people.bo)

    assert answer["text"] == "Det er kun klyngens koordinator, der kan gøre det."
    assert len(await rows(bot, RosterImport)) == 1


@pytest.mark.long
async def test_same_list_again_has_nothing_to_save(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, people: People
) -> None:
    preview = await send_list(world, desk, settle, people.kirsten)
    await desk.act(people.kirsten, preview, Action.ROSTER_SAVE)
    await settle()
    again = await send_list(world, desk, settle, people.kirsten)

    assert words(again)[:3] == [
        "*Jeg har læst listen. Der står kun det, jeg ved i forvejen, så der er ikke noget at gemme.*",
        "Praksisser: 2 uændrede",
        "Medlemmer: 4 uændrede",
    ]
    assert [element["action_id"] for element in again["blocks"][-1]["elements"]] == [Action.ROSTER_DROP]


@pytest.mark.long
@pytest.mark.both_databases
async def test_who_joins_later_is_welcomed_and_who_leaves_is_told(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, people: People
) -> None:
    preview = await send_list(world, desk, settle, people.kirsten)
    await desk.act(people.kirsten, preview, Action.ROSTER_SAVE)
    await settle()
    per = await desk.person(name="Per Holm", email="per@syd.example")
    await settle()
    assert [message["text"][:8] for message in await bot_messages(desk, per)] == ["Hej Per!"]

    await desk.deactivate(per)
    await settle()
    told = (await bot_messages(desk, people.kirsten))[-1]["text"]
    assert told.startswith("Per Holm har ikke længere en konto i Slack")
    assert [member.active for member in await rows(bot, Member) if member.name == "Per Holm"] == [False]


@pytest.mark.long
@pytest.mark.both_databases
async def test_who_was_deactivated_while_nobody_listened_is_known_from_slack_s_answer(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, people: People
) -> None:
    preview = await send_list(world, desk, settle, people.kirsten)
    await desk.act(people.kirsten, preview, Action.ROSTER_SAVE)
    await settle()
    await desk.fail("conversations.open", error="user_disabled")
    per = await desk.person(name="Per Holm", email="per@syd.example")
    await settle()
    told = (await bot_messages(desk, people.kirsten))[-1]["text"]
    assert told.startswith("Per Holm har ikke længere en konto i Slack")
    assert await bot_messages(desk, per) == []
    assert [member.active for member in await rows(bot, Member) if member.name == "Per Holm"] == [False]
    letters = [(row.state, row.error) for row in await rows(bot, Outbox) if row.error == "user_disabled"]
    assert letters == [("dropped", "user_disabled")]


@pytest.mark.long
@pytest.mark.both_databases
async def test_member_confirms_practice_system_language_and_consent(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, people: People
) -> None:
    preview = await send_list(world, desk, settle, people.kirsten)
    await desk.act(people.kirsten, preview, Action.ROSTER_SAVE)
    await settle()
    (welcome,) = await bot_messages(desk, people.ida)
    await desk.act(people.ida, welcome, Action.MEMBER_WELCOME)
    await desk.submit(people.ida, values={"system": "novax", "language": "da", "consent": ["yes"]})
    await settle()

    card, thanks = await bot_messages(desk, people.ida)
    assert card["text"] == "Du har bekræftet: Lægerne Syd, Novax. Tak!"
    assert thanks["text"] == "Tak, det er noteret. Du kan se og rette det hele på min startside."
    syd = next(practice for practice in await rows(bot, Practice) if practice.name == "Lægerne Syd")
    assert (syd.system, [each.practice_id for each in await rows(bot, Consent)]) == ("novax", [syd.id])


@pytest.mark.long
async def test_welcome_is_for_the_member_alone_and_reminded_once(
    world: Workspace, desk: Desk, bot: Runtime, *, settle: Settle, people: People, clock: MovableClock
) -> None:
    preview = await send_list(world, desk, settle, people.kirsten)
    await desk.act(people.kirsten, preview, Action.ROSTER_SAVE)
    await settle()
    (welcome,) = await bot_messages(desk, people.bo)
    await desk.act(people.bo, welcome, Action.MEMBER_WELCOME)
    await desk.submit(people.bo, values={"language": "en", "right_practice": "no"})
    await settle()
    clock.move_to(datetime(2026, 3, 6, 9, 0, tzinfo=ZoneInfo("Europe/Copenhagen")))
    await settle()

    assert [message["text"].split()[:3] for message in await bot_messages(desk, people.ida)] == [
        ["Hej", "Ida!", "Jeg"],
        ["Bare", "en", "enkelt"],
    ]
    assert [message["text"][:4] for message in await bot_messages(desk, people.bo)] == ["Hej ", "Tak."]
    assert "Bo Friis siger, at Lægehuset Nord ikke er den rigtige praksis." in "\n".join(
        message["text"] for message in await bot_messages(desk, people.kirsten)
    )


@pytest.mark.long
async def test_cluster_whose_coordinator_leaves_slack_asks_for_another(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, people: People
) -> None:
    preview = await send_list(world, desk, settle, people.kirsten)
    await desk.act(people.kirsten, preview, Action.ROSTER_SAVE)
    await settle()
    await desk.deactivate(people.kirsten)
    await settle()
    stranger = world.add_person("Gæst", email="gaest@x.example")
    await desk.join(people.channel, stranger)
    (question,) = [message for message in await desk.messages(people.bo, people.channel) if message["bot"]]
    await desk.act(stranger, question, Action.CLUSTER_CLAIM)
    await settle()
    await desk.act(people.bo, question, Action.CLUSTER_CLAIM)
    await settle()

    assert question["text"].startswith("Hej! Klyngen har ingen koordinator endnu.")
    assert [message["text"] for message in await bot_messages(desk, stranger)] == [
        "Kun et medlem af klyngen kan blive dens koordinator."
    ]
    roles = {member.name: (member.role, member.active) for member in await rows(bot, Member)}
    assert (roles["Bo Friis"], roles["Kirsten Dahl"]) == (("coordinator", True), ("member", False))
