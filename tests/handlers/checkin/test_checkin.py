"""Members check in by themselves, by the PIN of the screen, only then; it is the attendance that the sheet shows."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import Attendance, CheckIn
from tests.handlers.meetings.kit import Room, buttons, on, words


async def opened(room: Room, bot: Runtime) -> str:
    """The coordinator opens it from the card; the PIN."""
    await room.press(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.agenda")
    await room.go_to(on(3, 26, 16, 16))
    card = next(each for each in reversed(await room.desk.dm(room.coordinator)) if "meeting.admit" in str(each))
    await room.press(room.coordinator, card, "meeting.admit")
    await room.press(room.coordinator, card, "meeting.admit")
    async with bot.database.read() as session:
        [door] = await session.scalars(select(CheckIn))
    assert await room.find(room.coordinator, f"*her {door.pin}*")
    return door.pin


async def say(room: Room, person: str, text: str) -> str:
    channels = (await room.desk.state(person))["channels"]
    conversation = str(next(each["id"] for each in channels if each["kind"] == "im"))
    await room.desk.say(person, conversation, text)
    await room.settle()
    return words(await room.last(person))


async def there(bot: Runtime) -> set[int]:
    async with bot.database.read() as session:
        return set(await session.scalars(select(Attendance.member_id).where(Attendance.present)))


@pytest.mark.long
@pytest.mark.both_databases
async def test_member_checks_in_by_words_twice_and_takes_it_back(room: Room, bot: Runtime) -> None:
    pin, bo = await opened(room, bot), room.klynge.member_ids[room.bo]
    assert "Du er tjekket ind: KOL i praksis" in await say(room, room.bo, f"her {pin}")
    assert await there(bot) == {bo}, "invited and silent, and there all the same"
    assert "Du er allerede tjekket ind" in await say(room, room.bo, f"Jeg er her, {pin}!")
    card = next(each for each in reversed(await room.desk.dm(room.coordinator)) if "meeting.admit" in str(each))
    assert "1 er tjekket ind." in words(card)
    await say(room, room.bo, "fortryd")
    assert await there(bot) == set()
    assert "Du er tjekket ind" in await say(room, room.bo, f"her {pin}")

    await room.go_to(on(3, 27, 9))  # the sheet shows it, and closes it
    sheet = next(each for each in reversed(await room.desk.dm(room.coordinator)) if "meeting.attended" in str(each))
    await room.press(room.coordinator, sheet, "meeting.attended")
    assert await there(bot) == {bo}


@pytest.mark.long
async def test_button_of_the_page_asks_for_the_pin(room: Room, bot: Runtime) -> None:
    async def page() -> str:
        await room.desk.home(room.ida)
        await room.settle()
        return json.dumps((await room.desk.state(room.ida))["home"], ensure_ascii=False)

    assert "Er du til" not in await page()
    pin = await opened(room, bot)
    assert "Er du til *KOL i praksis*" in await page()
    home = (await room.desk.state(room.ida))["home"]
    await room.desk.act(room.ida, home, "meeting.here")
    await room.desk.submit(room.ida, values={"pin": "0000"})
    await room.settle()
    assert "Det er ikke mødets PIN" in words(await room.last(room.ida))
    await room.desk.act(room.ida, home, "meeting.here")
    await room.desk.submit(room.ida, values={"pin": f" {pin} "})
    await room.settle()
    assert await there(bot) == {room.klynge.member_ids[room.ida]}
    assert "Er du til" not in await page()


@pytest.mark.long
async def test_code_for_the_screen_comes_with_the_pin(room: Room, bot: Runtime) -> None:
    await opened(room, bot)
    names = [file["name"] for each in await room.desk.dm(room.coordinator) for file in each.get("files") or []]
    assert "tjek-ind.png" in names


@pytest.mark.long
async def test_pin_counts_only_then(room: Room, bot: Runtime) -> None:
    assert "ikke noget møde at tjekke ind til" in await say(room, room.bo, "her 4728")
    pin = await opened(room, bot)
    await room.go_to(on(3, 26, 19, 31))
    assert "ikke noget møde at tjekke ind til" in await say(room, room.bo, f"her {pin}")
    assert await there(bot) == set()


@pytest.mark.long
async def test_cluster_that_registers_nothing_opens_nothing(room: Room, bot: Runtime) -> None:
    async with bot.database.write() as session:
        from storage.models import Rules

        for rules in await session.scalars(select(Rules)):
            rules.attendance_registered = False
        await session.commit()
    await room.press(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.agenda")
    await room.go_to(on(3, 26, 16, 16))
    card = next(each for each in reversed(await room.desk.dm(room.coordinator)) if "meeting.admit" in str(each))
    await room.press(room.coordinator, card, "meeting.admit")
    assert "aftalt ikke at registrere" in words(await room.last(room.coordinator))
    assert "Se fremmødelisten" not in str([buttons(each) for each in await room.desk.dm(room.coordinator)])
