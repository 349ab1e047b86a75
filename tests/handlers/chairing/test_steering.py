"""A meeting is steered by a card: a person goes on, the clock only tells, and the chair alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import AgendaItem, Outbox, Parked
from storage.words import ItemState, OutboxState
from tests.handlers.meetings.kit import Json, Room, buttons, on, words


async def with_agenda(room: Room) -> Json:
    """The coordinator makes an agenda; its card."""
    await room.press(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.agenda")
    return (await room.find(room.coordinator, "Dagsorden: KOL"))[-1]


async def card(room: Room, person: str) -> Json:
    return next(each for each in reversed(await room.desk.dm(person)) if _is_card(each))


def _is_card(message: Json) -> bool:
    said = str(message.get("blocks"))
    return "meeting.begin" in said or "meeting.end" in said or "er gemt til næste møde" in said


async def bo_chairs(room: Room) -> None:
    agenda = await with_agenda(room)
    await room.desk.act(room.coordinator, agenda, "meeting.chair")
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    options = next(each for each in view["view"]["blocks"] if each.get("block_id") == "chair")["element"]["options"]
    chosen = next(each["value"] for each in options if each["text"]["text"] == "Læge 2")
    await room.desk.submit(room.coordinator, values={"chair": chosen})
    await room.settle()


async def since(room: Room, person: str, before: int) -> list[str]:
    return [words(each) for each in (await room.desk.dm(person))[before:]]


@pytest.mark.long
@pytest.mark.both_databases
async def test_member_chairs_the_evening_and_alone_hears_of_the_time(room: Room) -> None:
    await bo_chairs(room)
    assert "Du bliver bedt om at lede *KOL i praksis*" in words(await room.last(room.bo))
    assert "Læge 2 leder" in words(await room.last(room.coordinator))
    silent = {person: len(await room.desk.dm(person)) for person in (room.ida,)}
    await room.go_to(on(3, 26, 16, 16))
    shown = await card(room, room.bo)
    assert "*16.35* Klyngens tal i plenum (20 min.)" in words(shown)

    await room.go_to(on(3, 26, 16, 40))  # ten minutes late
    await room.press(room.bo, shown, "meeting.begin")
    now = await card(room, room.bo)
    assert "Nu: *Velkomst og afbud* til kl. 16.45" in words(now)
    assert "slutter I kl. 19.10, 10 minutter for sent" in words(now)
    await room.press(room.bo, now, "meeting.next")
    assert "Nu: *Klyngens tal i plenum* til kl. 17.00" in words(await card(room, room.bo))

    before = len(await room.desk.dm(room.bo))
    await room.go_to(on(3, 26, 16, 56))
    assert await since(room, room.bo, before) == ["4 minutter tilbage af *Klyngens tal i plenum*."]
    await room.go_to(on(3, 26, 17))
    [_, over] = (await room.desk.dm(room.bo))[before:]
    assert words(over).startswith(
        "Tiden til *Klyngens tal i plenum* er gået. Bliver I ved, går det fra det næste: Grupper"
    )
    await room.press(room.bo, over, "meeting.more")
    await room.press(room.bo, over, "meeting.more")  # twice in haste: once
    assert "Nu: *Klyngens tal i plenum* til kl. 17.05" in words(await card(room, room.bo))
    await room.go_to(on(3, 26, 17, 5))
    assert len((await room.desk.dm(room.bo))[before:]) == 3, "the new end is told, and once"
    old = await card(room, room.bo)
    await room.press(room.bo, old, "meeting.next")
    await room.press(room.bo, over, "meeting.next")  # of the point that is done
    assert "Nu: *Grupper: hvad ser vi, og hvorfor?*" in words(await card(room, room.bo))
    await room.go_to(on(3, 26, 17, 15))
    for person, number in silent.items():
        assert len(await room.desk.dm(person)) == number, "nobody else hears of it"
    said = [words(each) for each in await room.desk.dm(room.coordinator)]
    assert not [each for each in said if "tilbage af" in each or "er gået" in each]


@pytest.mark.long
async def test_what_was_not_reached_comes_again_and_undo_goes_on_where_it_was(room: Room, bot: Runtime) -> None:
    await with_agenda(room)
    await room.go_to(on(3, 26, 16, 30))
    await room.press(room.coordinator, await card(room, room.coordinator), "meeting.begin")
    await room.press(room.coordinator, await card(room, room.coordinator), "meeting.next")
    await room.press(room.coordinator, await card(room, room.coordinator), "meeting.end")
    assert "Mødet er slut" in words(await card(room, room.coordinator))
    async with bot.database.read() as session:
        rows = await session.scalars(select(AgendaItem).order_by(AgendaItem.place))
        states = [(row.named, row.state) for row in rows]
    assert states[:3] == [("welcome", ItemState.DONE), ("numbers", ItemState.DONE), ("groups", ItemState.LATER)]
    assert states[-1] == ("food", ItemState.PLANNED), "nobody catches up on a dinner"
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge fortryd")
    await room.settle()
    assert "Nu: *Klyngens tal i plenum* til kl. 16.50" in words(await card(room, room.coordinator))


@pytest.mark.long
async def test_objection_is_parked_for_the_coordinators_alone(room: Room, bot: Runtime) -> None:
    await bo_chairs(room)
    await room.go_to(on(3, 26, 16, 30))
    await room.press(room.bo, await card(room, room.bo), "meeting.begin")
    for words_ in (
        "Praksis siger <!channel>: også tidligere patienter",
        "Praksis siger <!channel>: også tidligere patienter",
    ):
        await room.desk.act(room.bo, await card(room, room.bo), "meeting.park")
        assert (await room.desk.submit(room.bo, values={"words": words_})).get("errors") is None
        await room.settle()
    assert "1 indvending er parkeret." in words(await card(room, room.bo))
    await room.desk.act(room.bo, await card(room, room.bo), "meeting.park")
    assert (await room.desk.submit(room.bo, values={"words": "fru 010185-1239"})).get("errors")
    assert not await room.find(room.coordinator, "tidligere patienter"), "the meeting goes on first"
    await room.press(room.bo, await card(room, room.bo), "meeting.end")
    [told] = await room.find(room.coordinator, "tidligere patienter")
    assert "Praksis siger &lt;!channel&gt;: også" in words(told)
    await room.press(room.coordinator, told, "meeting.settled")
    assert "✔" in words((await room.find(room.coordinator, "tidligere patienter"))[0])
    for person in (room.bo, room.ida):
        assert not await room.find(person, "tidligere patienter")
    async with bot.database.read() as session:
        [row] = await session.scalars(select(Parked))
    assert row.settled_at is not None


@pytest.mark.long
async def test_late_word_about_the_time_is_none_and_a_restart_loses_nothing(room: Room, bot: Runtime) -> None:
    await with_agenda(room)
    await room.go_to(on(3, 26, 16, 30))
    await room.press(room.coordinator, await card(room, room.coordinator), "meeting.begin")
    async with bot.database.read() as session:  # where it is stands in the database, and what is owed for it, too
        waiting = select(Outbox.due_at).where(Outbox.kind == "chair.nudge", Outbox.state == OutboxState.WAITING)
        due = sorted(each.minute for each in await session.scalars(waiting))
    assert due == [34, 35]
    before = len(await room.desk.dm(room.coordinator))
    room.clock.forward(timedelta(minutes=20))  # nobody ran meanwhile
    await room.settle()
    assert await since(room, room.coordinator, before) == []
    await room.press(room.coordinator, await card(room, room.coordinator), "meeting.next")
    assert "Nu: *Klyngens tal i plenum* til kl. 17.10" in words(await card(room, room.coordinator))


@pytest.mark.long
async def test_clock_for_groups_tells_twice(room: Room) -> None:
    await with_agenda(room)
    await room.go_to(on(3, 26, 16, 30))
    await room.press(room.coordinator, await card(room, room.coordinator), "meeting.begin")
    shown = await card(room, room.coordinator)
    menu: Any = next(
        e
        for each in shown["blocks"]
        if each["type"] == "actions"
        for e in each["elements"]
        if e["type"] == "static_select"
    )
    await room.press(room.coordinator, shown, "meeting.timer", selected_option=menu["options"][1]["value"])
    assert "Grupperne er tilbage kl. 16.40." in words(await card(room, room.coordinator))
    before = len(await room.desk.dm(room.coordinator))
    await room.go_to(on(3, 26, 16, 38))
    await room.go_to(on(3, 26, 16, 40))
    said = await since(room, room.coordinator, before)
    assert [each for each in said if "upper" in each] == [
        "Grupperne har to minutter tilbage.",
        "Gruppernes tid er gået.",
    ]


@pytest.mark.long
async def test_who_does_not_chair_steers_nothing(room: Room) -> None:
    await with_agenda(room)
    await room.go_to(on(3, 26, 16, 16))
    await room.desk.command(room.bo, room.klynge.channel, "/klynge styr")
    await room.settle()
    assert "Det er en anden, der leder mødet" in words(await room.last(room.bo))
    assert "Start" not in str([buttons(each) for each in await room.desk.dm(room.bo)])
