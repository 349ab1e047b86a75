"""Everybody suggests topics and says which they want; nobody sees who, and the coordinator tidies."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.app import Runtime
from storage.models import Audit, Idea, Wish
from tests.handlers.meetings.kit import Room
from tests.handlers.topics.kit import press_in_window, say, seen, window


async def suggestions(bot: Runtime) -> list[tuple[str, str, str]]:
    async with bot.database.read() as session:
        rows = await session.scalars(select(Idea).order_by(Idea.id))
        return [(each.words, each.package_id, each.state) for each in rows]


async def wishes(bot: Runtime) -> int:
    async with bot.database.read() as session:
        return len((await session.scalars(select(Wish.id))).all())


async def listing(room: Room, person: str) -> str:
    await room.desk.command(person, room.klynge.channel, "/klynge emner")
    return await seen(room.desk, person)


async def test_suggestion_is_written_wished_for_and_never_says_whose_it_is(empty_room: Room, bot: Runtime):
    room = empty_room
    await say(room, room.bo, "Forslag: PPI til møde")
    told = (await room.last(room.bo))["text"]
    assert told == "Noteret i Klynge Nord: *PPI til møde*."
    assert await suggestions(bot) == [("PPI til møde", "ppi", "open")]
    await say(room, room.ida, "forslag: ppi til møde")
    assert (await room.last(room.ida))["text"] == "*ppi til møde* stod på listen. Du og 1 anden ønsker det.".replace(
        "*ppi", "*PPI"
    )
    for person in (room.coordinator, room.ida):
        said = await listing(room, person)
        assert "*PPI til møde*\n2 ønsker det · pakke: " in said
        assert "Læge 2" not in said
        await room.desk.close(person)
    async with bot.database.read() as session:
        noted = (await session.scalars(select(Audit.what).where(Audit.what.like("idea%")))).all()
    assert noted == []  # the log would say who


async def test_several_lines_are_several_suggestions(empty_room: Room, bot: Runtime):
    await say(empty_room, empty_room.bo, "emneforslag:\n- hvad er kvalitet\n- attester\n\n• KOL")
    assert await suggestions(bot) == [
        ("hvad er kvalitet", "kvalitet", "open"),
        ("attester", "attester", "open"),
        ("KOL", "kol", "open"),
    ]


async def test_form_and_window_do_the_same(empty_room: Room, bot: Runtime):
    room = empty_room
    await room.desk.command(room.bo, room.klynge.channel, "/klynge forslag astma")
    assert (await room.desk.submit(room.bo, values={"words": " "})).get("errors") == {
        "words": "Skriv med nogle få ord, hvad det handler om."
    }
    assert (await room.desk.submit(room.bo, values={"words": "astma", "named": ["yes"]}))["response_action"] is None
    await room.settle()
    assert "*astma*\n1 ønsker det · foreslået af Læge 2" in await listing(room, room.ida)
    await press_in_window(room, room.ida, "idea.wish", 1)
    assert "2 ønsker det" in await seen(room.desk, room.ida)  # the window shows it at once
    await press_in_window(room, room.ida, "idea.unwish", 1)
    assert "1 ønsker det" in await seen(room.desk, room.ida)
    await room.press(room.bo, await room.last(room.bo), "idea.unname")
    assert "foreslået af" not in await listing(room, room.coordinator)


async def test_coordinator_counts_two_together_ties_and_takes_out_and_undoes(empty_room: Room, bot: Runtime):
    room = empty_room
    await say(room, room.bo, "forslag: mavesyre\n")
    await say(room, room.bo, "forslag: syrehæmmere")
    await say(room, room.ida, "forslag: syrehæmmere")
    await listing(room, room.coordinator)
    await press_in_window(room, room.coordinator, "idea.tidy", 1)
    form = {"words": "Mavesyre og PPI", "package": "ppi", "same_as": "2"}
    assert (await room.desk.submit(room.coordinator, values=form))["response_action"] is None
    await room.settle()
    await room.desk.close(room.coordinator, everything=True)
    said = await listing(room, room.coordinator)
    assert "*syrehæmmere*\n2 ønsker det" in said  # bo wants both, and counts once
    assert "Mavesyre" not in said
    assert await suggestions(bot) == [("Mavesyre og PPI", "ppi", "open"), ("syrehæmmere", "", "open")]
    room.clock.forward(timedelta(minutes=11))
    await press_in_window(room, room.coordinator, "idea.drop", 2)
    assert "Der er ikke foreslået noget endnu." in await seen(room.desk, room.coordinator)
    await say(room, room.coordinator, "fortryd")
    await room.desk.close(room.coordinator, everything=True)
    assert "*syrehæmmere*\n2 ønsker det" in await listing(room, room.coordinator)


async def test_member_tidies_nothing_and_takes_back_the_own_suggestion(empty_room: Room, bot: Runtime):
    room = empty_room
    await say(room, room.bo, "forslag: hud")
    await listing(room, room.bo)
    actions = [
        element["action_id"]
        for block in (await window(room.desk, room.bo))["view"]["blocks"]
        for element in block.get("elements", [])
        if "action_id" in element
    ]
    assert not {"idea.tidy", "idea.drop"} & set(actions)
    await say(room, room.bo, "fortryd")
    assert await suggestions(bot) == [("hud", "", "dropped")]
    await say(room, room.bo, "forslag: hud")
    await say(room, room.ida, "forslag: hud")
    await say(room, room.bo, "fortryd")
    assert (await suggestions(bot))[-1] == ("hud", "", "open")  # another wants it by now
    assert await wishes(bot) == 3


async def test_cpr_number_in_a_suggestion_is_kept_nowhere(empty_room: Room, bot: Runtime):
    await say(empty_room, empty_room.bo, "forslag: patienten 010190-1234 og KOL")
    assert await suggestions(bot) == []
