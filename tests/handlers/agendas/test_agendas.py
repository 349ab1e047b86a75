"""An agenda from suggestion to channel: made, changed in a form and by words, wished for, shared, carried over."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import AgendaItem
from storage.words import ItemState
from tests.handlers.meetings.kit import Json, Room, on, words

DESK = "Dagsorden: KOL i praksis"
POINTS = [
    "*16.30* Velkomst og afbud (5 min.)",
    "*16.35* Klyngens tal i plenum (20 min.)",
    "*16.55* Grupper: hvad ser vi, og hvorfor? (25 min.)",
    "*17.20* Kort opsamling (10 min.)",
    "*17.30* Grupper: hvad vil vi ændre? (25 min.)",
    "*17.55* Plenum: hvad aftaler vi, og hvordan var mødet? (20 min.)",
    "*18.15* Vi spiser sammen (45 min.)",
]


async def make(room: Room) -> Json:
    """The coordinator presses "Dagsorden" at the meeting; the card."""
    await room.press(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.agenda")
    return await desk(room)


async def desk(room: Room) -> Json:
    return (await room.find(room.coordinator, DESK))[-1]


async def say(room: Room, person: str, text: str) -> str:
    """Write to the bot; its answer."""
    channels = (await room.desk.state(person))["channels"]
    conversation = str(next(each["id"] for each in channels if each["kind"] == "im"))
    await room.desk.say(person, conversation, text)
    await room.settle()
    return words(await room.last(person))


def points(message: Json) -> list[str]:
    return [line for line in words(message).splitlines() if line.startswith("*1") and "(" in line]


async def share(room: Room) -> None:
    await room.desk.act(room.coordinator, await desk(room), "meeting.agenda_share")
    await room.desk.submit(room.coordinator, values={})
    await room.settle()


@pytest.mark.long
@pytest.mark.both_databases
async def test_agenda_is_suggested_shared_and_edited_in_place(room: Room) -> None:
    card = await make(room)
    assert points(card) == POINTS
    assert "Kun koordinatorerne ser den" in words(card)
    assert "⚠" not in words(card)
    assert "Velkomst" not in words(await room.card(room.bo)), "nobody sees it before it is shared"

    await room.desk.act(room.coordinator, card, "meeting.agenda_share")
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    preview = words(view["view"] | {"text": ""})
    assert "inviterede ser den med det samme" in preview
    assert POINTS[1] in preview
    await room.desk.submit(room.coordinator, values={})
    await room.settle()
    assert points(await room.card(room.bo)) == POINTS
    said = [
        each for each in await room.desk.messages(room.coordinator, room.klynge.channel) if POINTS[1] in words(each)
    ]
    assert len(said) == 1

    answer = await say(room, room.coordinator, "giv punkt 2 10 minutter mere")
    assert "Det står nu som punkt 2: *16.35* Klyngens tal i plenum (30 min.)" in answer
    assert "⚠ Planen er 10 minutter længere end mødet." in answer
    again = [
        each for each in await room.desk.messages(room.coordinator, room.klynge.channel) if "(30 min.)" in words(each)
    ]
    assert [each["ts"] for each in again] == [said[0]["ts"]], "the same message, edited"
    assert "*17.05* Grupper: hvad ser vi" in words(await room.card(room.bo))

    await room.press(room.coordinator, await desk(room), "meeting.agenda_fit")
    assert "⚠" not in words(await desk(room))
    assert "Klyngens tal i plenum (30 min.)" in words(await desk(room)), "the numbers keep what they were given"
    await say(room, room.coordinator, "fortryd")
    assert "⚠ Planen er 10 minutter længere end mødet." in words(await desk(room))


@pytest.mark.long
async def test_talk_before_the_numbers_is_warned_about_in_the_form_and_by_words(room: Room) -> None:
    await make(room)
    await room.desk.act(room.coordinator, await desk(room), "meeting.agenda_add")
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    where = next(block for block in view["view"]["blocks"] if block.get("block_id") == "after")
    welcome = where["element"]["options"][1]["value"]
    talk = {
        "title": "Nyt om KOL <!channel>",
        "minutes": "45",
        "kind": "talk",
        "speaker": "Karen Holm",
        "after": welcome,
    }
    assert (await room.desk.submit(room.coordinator, values=talk | {"minutes": "0"})).get("errors")
    assert (await room.desk.submit(room.coordinator, values=talk)).get("errors") is None
    await room.settle()
    said = words(await desk(room))
    assert "*16.35* Nyt om KOL &lt;!channel&gt; (45 min.) – Karen Holm" in said
    assert "⚠ Oplægget går lige over i tallene" in said
    assert "⚠ Planen er 45 minutter længere end mødet." in said
    assert "flyt" not in said
    await say(room, room.coordinator, "flyt punkt 2 til nr. 6")
    assert "Oplægget" not in words(await desk(room))
    await say(room, room.coordinator, "fjern karen fra dagsordenen")
    assert "Det punkt kan jeg ikke finde" in words(await room.last(room.coordinator)), "a speaker is no name of a point"
    await say(room, room.coordinator, "fjern nyt om kol fra dagsordenen")
    assert points(await desk(room)) == POINTS
    assert "Der er flere punkter" in await say(room, room.coordinator, "fjern grupper fra dagsordenen")


@pytest.mark.long
async def test_wish_is_asked_about_taken_and_told(room: Room) -> None:
    said = await say(room, room.bo, "jeg vil gerne foreslå et punkt")
    assert "Skriv dit punkt i formularen" in said
    await room.desk.act(room.bo, await room.last(room.bo), "meeting.agenda_wish")
    await room.desk.submit(room.bo, values={"wish": "Telefonen om morgenen"})
    await room.settle()
    [asked] = await room.find(room.coordinator, "Læge 2 foreslår et punkt til")
    await room.press(room.coordinator, asked, "meeting.agenda_take")
    await room.press(room.coordinator, asked, "meeting.agenda_take")
    assert "*18.15* Telefonen om morgenen (10 min.)" in words(await desk_of_new(room)), "before the food"
    told = [words(each) for each in await room.desk.dm(room.bo) if "er kommet på dagsordenen" in words(each)]
    assert len(told) == 1, "once, however often it was pressed"

    assert "Jeg har givet dit punkt videre" in await say(room, room.ida, "sæt vagten på dagsordenen")
    [asked] = await room.find(room.coordinator, "Læge 3 foreslår et punkt til")
    await room.press(room.coordinator, asked, "meeting.agenda_later")
    assert "Det er gemt til næste møde" in words(await room.last(room.ida))
    assert "Det er kun klyngens koordinator" in await say(room, room.bo, "slet punkt 2")


async def desk_of_new(room: Room) -> Json:
    await room.press(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.agenda")
    return await desk(room)


@pytest.mark.long
async def test_what_was_put_off_is_wished_again_at_the_next_meeting(room: Room, bot: Runtime) -> None:
    await make(room)
    await say(room, room.coordinator, "tilføj vagten til dagsordenen 15 min")
    await say(room, room.bo, "sæt telefonen på dagsordenen")  # and nobody answers
    assert "Gemt til næste møde: *vagten*" in await say(room, room.coordinator, "udskyd punkt 7 til næste møde")
    await room.go_to(on(3, 27, 9))
    await room.call_meeting(title="Diabetes", day="2026-05-07", answer_day="2026-04-30")
    [card] = [
        each
        for each in await room.desk.dm(room.coordinator)
        if "Diabetes" in words(each) and "meeting.edit" in json.dumps(each)
    ]
    await room.press(room.coordinator, card, "meeting.agenda")
    [card] = await room.find(room.coordinator, "Dagsorden: Diabetes")
    assert "Blev ikke nået på et tidligere møde: *vagten*" in words(card)
    assert "Blev ikke nået på et tidligere møde: *telefonen*" in words(card)
    await room.press(room.coordinator, card, "meeting.agenda_take")
    assert "vagten (15 min.)" in words((await room.find(room.coordinator, "Dagsorden: Diabetes"))[-1])
    async with bot.database.read() as session:
        states = {row.state for row in await session.scalars(select(AgendaItem).where(AgendaItem.title == "vagten"))}
    assert states == {ItemState.CARRIED, ItemState.PLANNED}


@pytest.mark.long
async def test_start_page_shows_who_leads_what_lacks_and_members_what_is_shared(room: Room) -> None:
    async def page(person: str) -> str:
        await room.desk.home(person)
        await room.settle()
        return json.dumps((await room.desk.state(person))["home"], ensure_ascii=False)

    assert "ingen dagsorden" not in await page(room.coordinator), "it is early, and the meeting has its button"
    await room.go_to(on(3, 16, 17))
    assert "Der er ingen dagsorden til *KOL i praksis*" in await page(room.coordinator)
    assert "dagsorden til" not in await page(room.bo)
    await make(room)
    assert "er ikke delt endnu" in await page(room.coordinator)
    await share(room)
    assert "Klyngens tal i plenum (20 min.)" in await page(room.bo)
    assert "ikke delt endnu" not in await page(room.coordinator)


@pytest.mark.long
async def test_agenda_follows_its_meeting_and_is_off_with_it(room: Room, bot: Runtime) -> None:
    card = await make(room)
    await share(room)
    await room.desk.act(room.coordinator, card, "meeting.agenda_add")
    await room.move(start="17:00", end="19:30")
    assert "*17.05* Klyngens tal" in words(await desk(room)), "the hours follow the meeting"
    messages = await room.desk.messages(room.coordinator, room.klynge.channel)
    assert [each for each in messages if "*17.05* Klyngens tal" in words(each)], "in the channel, too"
    await room.call_off()
    said = f"{await room.desk.messages(room.coordinator, room.klynge.channel)}"
    assert "Mødet er aflyst, og dagsordenen med det" in said
    assert "Klyngens tal" not in said
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge dagsorden")
    await room.settle()
    assert "Der er ikke planlagt noget møde" in words(await room.last(room.coordinator))
    async with bot.database.read() as session:
        assert {row.state for row in await session.scalars(select(AgendaItem))} == {ItemState.PLANNED}


@pytest.mark.long
async def test_nothing_about_patients_is_wished(room: Room, bot: Runtime) -> None:
    await room.desk.command(room.bo, room.klynge.channel, "/klynge dagsorden")
    await room.settle()
    await room.desk.act(room.bo, await room.last(room.bo), "meeting.agenda_wish")
    said = await room.desk.submit(room.bo, values={"wish": "om 010185-1239"})
    assert said.get("errors")
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge dagsorden tilføj fru 010185-1239 5 min")
    await room.settle()
    async with bot.database.read() as session:
        assert [row.title for row in await session.scalars(select(AgendaItem))] == []
    messages = await room.desk.messages(room.coordinator, room.klynge.channel)
    assert "ligner et CPR-nummer" in str(messages) + str(await room.desk.dm(room.coordinator))
