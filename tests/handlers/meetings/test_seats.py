"""A meeting with fewer seats than people: a queue in order, and the next hears at once of a seat that becomes free."""

from __future__ import annotations

import asyncio
import random

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.meetings import invitations, meetings, seats
from cluster.members import members
from cluster.onboarding import one_person
from storage.models import Invitation, Member
from storage.unit_of_work import UnitOfWork, look
from storage.words import Rsvp
from tests.handlers.meetings.kit import Room, on, words


@pytest.fixture
async def room(empty_room: Room) -> Room:
    """Three people, and a visit with one seat."""
    await empty_room.call_meeting(seats="1")
    return empty_room


async def say(room: Room, person: str, answer: str) -> None:
    await room.press(person, await room.card(person), f"meeting.rsvp_{answer}")


async def status(room: Room, person: str) -> str:
    return words(await room.card(person))


FIRST, SECOND = "Du er nummer 1 på ventelisten.", "Du er nummer 2 på ventelisten."
SEAT = "Der er en plads til dig"


@pytest.mark.both_databases
async def test_seat_that_becomes_free_goes_to_the_next_at_once_and_in_order(room: Room) -> None:
    for person in (room.bo, room.ida, room.coordinator):
        await say(room, person, "yes")
    assert "Du har svaret: *Kommer* ✔" in await status(room, room.bo)
    assert [FIRST in await status(room, room.ida), SECOND in await status(room, room.coordinator)] == [True, True]
    assert "1 kommer · 2 på venteliste" in words(await room.channel_card())
    assert not any(message.get("files") for message in await room.desk.dm(room.ida))
    await say(room, room.ida, "yes")  # pressed again: the place is kept
    assert FIRST in await status(room, room.ida)
    await say(room, room.bo, "no")
    assert len(await room.find(room.ida, SEAT)) == 1
    assert await room.find(room.coordinator, SEAT) == []
    assert any(message.get("files") for message in await room.desk.dm(room.ida))
    assert "Du har svaret: *Kommer* ✔" in await status(room, room.ida)
    assert FIRST in await status(room, room.coordinator)
    await say(room, room.ida, "maybe")
    assert len(await room.find(room.coordinator, SEAT)) == 1


async def test_who_comes_back_stands_last(room: Room) -> None:
    for person in (room.bo, room.ida, room.coordinator):
        await say(room, person, "yes")
    await say(room, room.bo, "no")
    await room.desk.command(room.bo, room.klynge.channel, "/klynge fortryd")
    await room.settle()
    assert SECOND in await status(room, room.bo)
    await say(room, room.coordinator, "no")
    assert FIRST in await status(room, room.bo)


async def test_more_seats_are_given_out_and_fewer_take_none_away(room: Room) -> None:
    for person in (room.bo, room.ida, room.coordinator):
        await say(room, person, "yes")
    await room.move(seats="2")
    assert (len(await room.find(room.ida, SEAT)), len(await room.find(room.coordinator, SEAT))) == (1, 0)
    await room.move(seats="1")
    assert "Du har svaret: *Kommer* ✔" in await status(room, room.ida)
    await say(room, room.bo, "no")
    assert await room.find(room.coordinator, SEAT) == []
    await room.move(seats="")
    assert len(await room.find(room.coordinator, SEAT)) == 1


async def test_no_seats_and_too_many_are_refused(empty_room: Room) -> None:
    room = empty_room
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge møde")
    for wrong in ("0", "501"):
        said = await room.desk.submit(room.coordinator, values={"title": "KOL", "seats": wrong})
        assert "seats" in (said["errors"] or {}), wrong


async def test_seat_of_who_leaves_is_given_on(room: Room, bot: Runtime) -> None:
    await say(room, room.bo, "yes")
    await say(room, room.ida, "yes")
    boss = room.klynge.member_ids[room.coordinator]
    async with UnitOfWork(bot.database) as uow:
        bo = await uow.session.get_one(Member, room.klynge.member_ids[room.bo])
        await one_person.change_role(uow, bo, members.LEFT, now=room.clock.now(), actor_id=boss)
        await uow.commit()
    await room.settle()
    assert len(await room.find(room.ida, SEAT)) == 1


async def test_nobody_is_given_a_seat_when_the_meeting_has_begun(room: Room) -> None:
    await say(room, room.bo, "yes")
    await say(room, room.ida, "yes")
    await room.go_to(on(3, 26, 17))
    await room.desk.act(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.answer_for")
    values = {"guest": str(room.klynge.member_ids[room.bo]), "answer": "no"}
    await room.desk.submit(room.coordinator, values=values)
    await room.settle()
    assert await room.find(room.ida, SEAT) == []


@pytest.mark.both_databases
async def test_the_last_seat_is_taken_by_one_of_those_who_press_at_once(room: Room, bot: Runtime) -> None:
    async def come(person: str) -> None:
        async with UnitOfWork(bot.database) as uow:
            [meeting] = await meetings.ahead(uow, room.klynge.id, room.clock.now())
            member = await uow.session.get_one(Member, room.klynge.member_ids[person])
            await invitations.answer(uow, meeting, member, "yes", by=member, now=room.clock.now())
            await uow.commit()

    await asyncio.gather(*map(come, (room.bo, room.ida, room.coordinator)))
    async with look(bot.database) as state:
        rows = list(await state.session.scalars(select(Invitation)))
    assert sorted(str(each.answer) for each in rows) == ["waits", "waits", "yes"]
    assert sorted(each.queue or 0 for each in rows) == [0, 1, 2]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
async def test_no_history_leaves_a_seat_free_beside_a_queue_or_gives_one_out_of_turn(
    room: Room, bot: Runtime, seed: int
) -> None:
    lot, queue = random.Random(seed), list[int]()
    people = [room.klynge.member_ids[each] for each in (room.bo, room.ida, room.coordinator)]
    for _ in range(60):
        async with UnitOfWork(bot.database) as uow:
            [meeting] = await meetings.ahead(uow, room.klynge.id, room.clock.now())
            member = await uow.session.get_one(Member, lot.choice(people))
            if lot.random() < 0.2:
                meeting.seats, who = lot.choice([1, 2, 3]), None
                await seats.fill(uow, meeting, now=room.clock.now())
            else:
                said, who = lot.choice(["yes", "yes", "maybe", "no"]), member.id
                await invitations.answer(uow, meeting, member, said, by=member, now=room.clock.now())
            await uow.session.flush()
            rows = list(await uow.session.scalars(select(Invitation)))
            waits = sorted((each for each in rows if each.answer == Rsvp.WAITS), key=lambda each: each.queue or 0)
            waiting = [each.member_id for each in waits]
            others = [each for each in queue if each != who]
            promoted = [each for each in others if each not in waiting]
            assert promoted == others[: len(promoted)]
            assert [each for each in waiting if each in others] == others[len(promoted) :]
            taken = sum(each.answer == Rsvp.YES for each in rows)
            assert not waits or taken >= (meeting.seats or 99)
            queue = waiting
            await uow.commit()
