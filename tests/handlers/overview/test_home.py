"""A person's own page, settings, consent, and the help. All through Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from cluster.members import consent
from cluster.members.members import Person
from cluster.onboarding import setup
from handlers.meetings.ids import Action as MeetingAction
from handlers.members.ids import Action as MemberAction
from storage.models import Invitation, Meeting, Member
from storage.unit_of_work import UnitOfWork, look
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
MakeCluster = Callable[..., Awaitable[Any]]
STEP_1 = "*Kom i gang: trin 1 af 5*"
MESSAGES = "Det, jeg sender dig, kommer i vores samtale under fanen *Messages*."


async def page(desk: Desk, who: str) -> dict[str, Any]:
    """Open the page and see it."""
    await desk.home(who)
    await desk.settled()
    home: dict[str, Any] = (await desk.state(who))["home"]
    for _ in range(100):  # on a crowded machine the page comes after the plain yes
        if home["view"]:
            break
        await asyncio.sleep(0.1)
        home = (await desk.state(who))["home"]
    return home


def before_the_doors(home: dict[str, Any]) -> list[dict[str, Any]]:
    """The page as far as the buttons of commands (``test_doors``)."""
    blocks: list[dict[str, Any]] = home["view"]["blocks"]
    shelves = ("*Møder*", "*Tal og grafer*", "*Klyngen*", "*Dig og mig*", "*Meetings*")
    return [each for n, each in enumerate(blocks) if not any(_says(one, shelves) for one in (each, blocks[n - 1]))]


def _says(block: dict[str, Any], words: tuple[str, ...]) -> bool:
    return block["type"] == "context" and block["elements"][0]["text"] in words


def words(home: dict[str, Any]) -> list[str]:
    said: list[str] = []
    for block in before_the_doors(home):
        if block["type"] in {"section", "header"}:
            said += block["text"]["text"].splitlines()
        if block["type"] == "context":
            said += [element["text"] for element in block["elements"]]
    return said


def buttons(home: dict[str, Any]) -> list[str]:
    blocks = before_the_doors(home)
    return [each["text"]["text"] for block in blocks if block["type"] == "actions" for each in block["elements"]]


async def a_meeting(bot: Runtime, klynge: Any, now: datetime) -> None:
    """A meeting in three weeks, everybody invited, nobody has answered."""
    async with UnitOfWork(bot.database) as uow:
        starts = now + timedelta(days=21)
        meeting = Meeting(cluster_id=klynge.id, title="KOL & spirometri", starts_at=starts, place="Lægehuset 1")
        meeting.ends_at, meeting.answer_by, meeting.created_at = (
            starts + timedelta(hours=2),
            now + timedelta(days=14),
            now,
        )
        uow.session.add(meeting)
        await uow.session.flush()
        for member_id in klynge.member_ids.values():
            uow.session.add(Invitation(meeting_id=meeting.id, member_id=member_id))
        await uow.commit()


@pytest.mark.both_databases
async def test_page_shows_what_a_member_owes_and_has(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, clock: MovableClock
) -> None:
    klynge = await a_cluster(practices=5)
    await a_meeting(bot, klynge, clock.now())
    home = await page(desk, klynge.doctors[1])

    assert words(home) == [
        "Hej Læge!",
        "*Klynge Nord*",
        "Kommer du til *KOL &amp; spirometri* mandag den 23. marts kl. 09.00? Svar gerne senest mandag den 16. marts "
        "kl. 09.00.",
        "Næste møde: *KOL &amp; spirometri*",
        "mandag den 23. marts kl. 09.00–11.00, Lægehuset 1",
        "Du har ikke svaret endnu.",
        "*Lægehuset 2* · 010002 · XMO · 3.200 patienter",
        "Praksis gav samtykke til brug af sine samlede tal den 2. marts 2026.",
        MESSAGES,
    ]
    assert buttons(home) == [
        "Kommer",
        "Måske",
        "Kommer ikke",
        "Ret",
        "Træk samtykket tilbage",
        "Møder i min egen kalender",
        "Indstillinger",
        "English",
    ]


async def test_answer_on_the_page_is_kept_and_shown_there(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, *, clock: MovableClock, settle: Settle
) -> None:
    klynge = await a_cluster(practices=5)
    await a_meeting(bot, klynge, clock.now())
    doctor = klynge.doctors[1]
    await desk.act(doctor, await page(desk, doctor), MeetingAction.MEETING_YES)
    await settle()

    async with look(bot.database) as state:
        mine = select(Invitation.answer).where(Invitation.member_id == klynge.member_ids[doctor])
        assert (await state.session.execute(mine)).scalar_one() == "yes"
    home = (await desk.state(doctor))["home"]
    assert words(home)[2:6] == [
        "Du mangler ikke at svare på noget lige nu. ☕",
        "Næste møde: *KOL &amp; spirometri*",
        "mandag den 23. marts kl. 09.00–11.00, Lægehuset 1",
        "Du har svaret: Kommer ✔",
    ]


async def test_coordinator_sees_what_is_missing_in_the_cluster(
    world: Workspace, desk: Desk, bot: Runtime, a_cluster: MakeCluster
) -> None:
    klynge = await a_cluster(practices=5)
    async with UnitOfWork(bot.database) as uow:
        uow.session.add(Member(cluster_id=klynge.id, name="Per Holm", email="per@syd.example"))
        await uow.commit()
    home = await page(desk, klynge.coordinator)

    assert words(home)[2] == "*Kom i gang: trin 4 af 5*"
    assert words(home)[8:12] == [
        "Hvornår mødes I? Jeg indkalder alle, minder dem, der ikke svarer, og tæller sammen.",
        "*Det næste*",
        "1 medlem er ikke fundet i Slack.",
        "*Klyngen lige nu*",
    ]
    assert not any("/klynge" in line for line in words(home))  # there is nowhere on the page to write it


async def test_stranger_gets_a_page_that_says_what_to_do(world: Workspace, desk: Desk, bot: Runtime) -> None:
    stranger = world.add_person("Per", email="per@x.example")

    assert words(await page(desk, stranger))[0] == "Hej!"
    assert "Bed koordinatoren i din klynge om at sætte dig på medlemslisten" in words(await page(desk, stranger))[1]


async def test_language_switch_renews_the_page(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=5)
    doctor = klynge.doctors[1]
    await desk.act(doctor, await page(desk, doctor), MemberAction.MEMBER_LANGUAGE)
    await settle()

    home = (await desk.state(doctor))["home"]
    assert (words(home)[0], buttons(home)[-2:]) == ("Hello Læge!", ["Settings", "Dansk"])


async def test_holiday_is_kept_and_a_day_gone_by_refused(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=5)
    doctor = klynge.doctors[1]
    await desk.act(doctor, await page(desk, doctor), MemberAction.MEMBER_SETTINGS)
    refused = await desk.submit(doctor, values={"away_until": "2026-03-02"})
    await desk.submit(doctor, values={"away_until": "2026-03-16"})
    await settle()

    assert refused["errors"] == {"away_until": "Vælg en dag, der ligger forude, eller lad feltet stå tomt."}
    (answer,) = [message for message in await desk.dm(doctor) if message["bot"]]
    assert answer["text"] == "Gemt. Du får ingen påmindelser før mandag den 16. marts. God ferie!"
    assert "På ferie til mandag den 16. marts kl. 00.00: ingen påmindelser." in words(
        (await desk.state(doctor))["home"]
    )


@pytest.mark.long
@pytest.mark.both_databases
async def test_consent_is_withdrawn_and_given_again_on_the_page(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=5)
    doctor, practice_id = klynge.doctors[1], klynge.practice_ids[1]
    await desk.act(doctor, await page(desk, doctor), MemberAction.PRACTICE_WITHDRAW)
    await settle()
    async with look(bot.database) as state:
        assert not await consent.holds(state, practice_id)
    assert [message["text"] for message in await desk.dm(klynge.coordinator)] == [
        "Lægehuset 2 har trukket samtykket til brug af praksissens tal tilbage."
    ]

    await desk.act(doctor, await page(desk, doctor), MemberAction.PRACTICE_CONSENT)
    await settle()
    async with look(bot.database) as state:
        assert await consent.holds(state, practice_id)
    assert [message["text"].split(".")[0] for message in await desk.dm(doctor)] == [
        "Samtykket er trukket tilbage",
        "Tak",
    ]


async def test_help_fits_the_role_and_names_unknown_words(
    world: Workspace, desk: Desk, bot: Runtime, a_cluster: MakeCluster
) -> None:
    klynge = await a_cluster(practices=5)
    stranger = world.add_person("Per", email="per@x.example")
    await desk.join(klynge.channel, stranger)
    said = {
        who: (await desk.command(who, klynge.channel, line))["response"]["text"]
        for who, line in (
            (klynge.coordinator, "/klynge hjælp"),
            (klynge.doctors[1], "/klynge møed i <!channel>"),
            (stranger, "/klynge"),
        )
    }

    assert "Og som koordinator:" in said[klynge.coordinator].splitlines()
    assert said[klynge.doctors[1]] == "Jeg kender ikke »møed i &lt;!channel&gt;«."
    assert said[stranger].startswith("Jeg er Klyngebot, og jeg hjælper kvalitetsklynger")


async def test_words_that_nobody_understands_get_a_kind_answer(
    world: Workspace, desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=5)
    stranger = world.add_person("Per", email="per@x.example")
    for who in (klynge.doctors[1], stranger):
        await desk.say(who, world.bot_user_id, "Hvornår er der kaffe?")
    await settle()

    assert [each["text"].splitlines()[0] for each in await desk.dm(klynge.doctors[1]) if each["bot"]] == [
        "Det forstod jeg desværre ikke, så jeg har ikke noteret noget. Er det en af disse? Eller skriv *hjælp*."
    ]
    assert [each["text"].splitlines()[2][:18] for each in await desk.dm(stranger) if each["bot"]] == [
        "Jeg er Klyngebot, "
    ]


async def test_person_in_two_clusters_sees_both_on_one_page(
    world: Workspace, desk: Desk, bot: Runtime, a_cluster: MakeCluster, clock: MovableClock
) -> None:
    first = await a_cluster(practices=5)
    doctor = first.doctors[1]
    other = world.add_channel("klynge-syd", members=[doctor, world.bot_user_id])
    async with UnitOfWork(bot.database) as uow:
        person = Person(doctor, "Læge 2", "laege2@klynge.example")
        cluster = await setup.begin(uow, team_id=world.team_id, channel_id=other, inviter=person, now=clock.now())
        cluster.name = "Klynge Syd"
        await uow.commit()
    home = await page(desk, doctor)

    assert [line for line in words(home) if line in {"*Klynge Nord*", "*Klynge Syd*", STEP_1}] == [
        "*Klynge Nord*",
        "*Klynge Syd*",
        STEP_1,
    ]


@pytest.mark.long
async def test_questions_get_the_answer_of_their_role_and_change_nothing(
    world: Workspace, desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=5)
    await desk.command(klynge.coordinator, klynge.channel, "/klynge møde")
    await desk.submit(klynge.coordinator, values={"title": "KOL i praksis", "place": "Lægehuset"})
    await settle()
    for speaker, said, answer in (
        (klynge.coordinator, "hvor mange kommer?", "har ikke svaret"),
        (klynge.doctors[1], "kan mødet flyttes?", "Det er koordinatoren, der kan det: Læge 1."),
        (klynge.doctors[1], "hvad har jeg svaret?", "du har ikke svaret"),
        (klynge.doctors[1], "stop", "Når du har svaret, minder jeg dig ikke om det igen"),
        (klynge.doctors[1], "slet mine data", "Vil du have det slettet"),
        (klynge.doctors[1], "can others see our numbers?", "Kun de, der er bekræftet i din praksis"),
    ):
        await desk.say(speaker, world.bot_user_id, said)
        await settle()
        assert answer in (await desk.dm(speaker))[-1]["text"]
    async with bot.database.read() as session:
        assert {each.answer for each in await session.scalars(select(Invitation))} == {None}


@pytest.mark.long
async def test_numbers_that_wait_for_a_yes_are_told_to_whoever_gave_them(desk: Desk, a_round: MakeCluster) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    asked = "Din praksis er bedt om at sende tal om *KOL"
    assert any(line.startswith(asked) for line in words(await page(desk, doctor)))
    await r.write(doctor, "KOL 130, spirometri 96")
    (waits,) = [line for line in words(await page(desk, doctor)) if "venter på dit ja" in line]
    assert waits.startswith("Jeres tal om *KOL")
    await r.press(doctor, await r.last(doctor), "submission.confirm")
    assert not any("tal om *KOL" in line for line in words(await page(desk, doctor)))
