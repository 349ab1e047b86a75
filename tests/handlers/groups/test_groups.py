"""Groups from those who came: dealt, mixed again, shown on the screen and told to each; notes for the summing up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import GroupSeat, Seating
from tests.conftest import Klynge
from tests.handlers.meetings.kit import Json, Room, buttons, on, words
from workspace import Desk


@pytest.fixture
async def full_room(
    a_cluster: Callable[..., Awaitable[Klynge]], desk: Desk, clock: MovableClock, settle: Callable[[], Awaitable[None]]
) -> Room:
    """Ten practices, all of whom say yes, and an agenda; a quarter of an hour before."""
    room = Room(desk, clock, settle, await a_cluster(10))
    await room.call_meeting()
    for person in room.klynge.doctors:
        await desk.act(person, await room.card(person), "meeting.rsvp_yes")
    await settle()
    await room.press(room.coordinator, (await desk.dm(room.coordinator))[0], "meeting.agenda")
    await room.go_to(on(3, 26, 16, 16))
    return room


async def groups(room: Room) -> Json:
    """The card, asked for."""
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge grupper")
    await room.settle()
    return await card(room)


async def card(room: Room) -> Json:
    return next(each for each in reversed(await room.desk.dm(room.coordinator)) if "meeting.deal" in str(each))


async def seats(bot: Runtime) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    async with bot.database.read() as session:
        for seat in await session.scalars(select(GroupSeat)):
            found.setdefault(seat.number, set()).add(seat.member_id)
    return found


@pytest.mark.long
@pytest.mark.both_databases
async def test_groups_are_dealt_mixed_shown_and_told(full_room: Room, bot: Runtime) -> None:
    room = full_room
    first = await groups(room)
    assert "10 personer, som har sagt ja til at komme." in words(first)
    assert "*Gruppe 2:*" in words(first)
    before = await seats(bot)
    assert [len(each) for each in before.values()] == [5, 5]
    await room.press(room.coordinator, first, "meeting.deal")
    mixed = await seats(bot)
    assert mixed != before

    await room.desk.act(room.coordinator, await card(room), "meeting.groups_show")
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    assert "10 personer får straks en privat besked" in words(view["view"] | {"text": ""})
    await room.desk.submit(
        room.coordinator, values={"questions": "Hvad overrasker?\n\nHvad <!channel> gør vi?", "minutes": "20"}
    )
    await room.settle()
    told = words(await room.last(room.bo))
    assert "Du er i *gruppe" in told
    assert "1. Hvad overrasker?\n2. Hvad &lt;!channel&gt; gør vi?\nI har 20 minutter." in told
    shown = [
        words(each) for each in await room.desk.messages(room.bo, room.klynge.channel) if "*Gruppe 1:*" in words(each)
    ]
    assert len(shown) == 1
    assert "Vis for alle" not in buttons(await card(room))
    await room.go_to(on(3, 26, 16, 36))
    assert "Gruppernes tid er gået." in [words(each) for each in await room.desk.dm(room.coordinator)]

    await room.desk.fail("chat.update", error="message_not_found", times=20)  # the card stays as it is
    last = await card(room)
    await room.press(room.coordinator, last, "meeting.deal")
    mixed = await seats(bot)
    await room.press(room.coordinator, last, "meeting.deal")  # twice in haste: once
    assert await seats(bot) == mixed


@pytest.mark.long
async def test_a_groups_notes_are_for_the_group_and_whoever_steers(full_room: Room, bot: Runtime) -> None:
    room = full_room
    await groups(room)
    await room.desk.act(room.coordinator, await card(room), "meeting.groups_show")
    await room.desk.submit(room.coordinator, values={"questions": "", "minutes": ""})
    await room.settle()
    told = await room.last(room.bo)
    await room.desk.act(room.bo, told, "meeting.group_note")
    assert (await room.desk.submit(room.bo, values={"words": "om 010185-1239"})).get("errors")
    await room.desk.act(room.bo, told, "meeting.group_note")
    await room.desk.submit(room.bo, values={"words": "Vi ringer *selv* op"})
    await room.settle()
    assert "Gruppernes noter (1)" in buttons(await card(room))
    await room.desk.act(room.coordinator, await card(room), "meeting.group_notes")
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    assert "Vi ringer *selv* op" in words(view["view"] | {"text": ""})
    mine = next(number for number, group in (await seats(bot)).items() if room.klynge.member_ids[room.bo] in group)
    ids = {number: person for person, number in room.klynge.member_ids.items()}
    other = next(
        ids[each]
        for number, group in (await seats(bot)).items()
        if number != mine
        for each in group
        if ids[each] != room.coordinator
    )
    assert not await room.find(other, "Vi ringer")


@pytest.mark.long
async def test_team_stays_together_and_those_who_checked_in_are_dealt(full_room: Room, bot: Runtime) -> None:
    room = full_room
    await groups(room)
    team = [room.klynge.member_ids[each] for each in room.klynge.doctors[1:4]]
    await room.desk.act(room.coordinator, await card(room), "meeting.teams")
    await room.desk.submit(room.coordinator, values={"name": "Babyklynge 1", "people": [str(each) for each in team]})
    await room.settle()
    for _ in range(3):
        await room.press(room.coordinator, await card(room), "meeting.deal")
        assert [group for group in (await seats(bot)).values() if set(team) <= group], "always at one table"

    steer = next(each for each in reversed(await room.desk.dm(room.coordinator)) if "meeting.admit" in str(each))
    await room.press(room.coordinator, steer, "meeting.admit")
    pin = words((await room.find(room.coordinator, "*her "))[-1]).split("*her ")[1][:4]
    for person in room.klynge.doctors[:8]:
        channels = (await room.desk.state(person))["channels"]
        conversation = str(next(each["id"] for each in channels if each["kind"] == "im"))
        await room.desk.say(person, conversation, f"her {pin}")
    await room.settle()
    old = await card(room)
    await room.press(room.coordinator, old, "meeting.group_size", selected_option="1:4:4")
    assert "8 personer, som er noteret til stede." in words(await card(room))
    assert sorted(len(each) for each in (await seats(bot)).values()) == [4, 4]
    async with bot.database.read() as session:
        [seating] = await session.scalars(select(Seating))
    assert (seating.size, seating.turn) == (4, 5)


@pytest.mark.long
async def test_three_people_are_one_table(room: Room) -> None:
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.go_to(on(3, 26, 16, 16))
    assert "Det er ét bord: Tag det i plenum." in words(await groups(room))
