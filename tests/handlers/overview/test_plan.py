"""`/klynge plan`: what is coming, stopped or put off."""

from __future__ import annotations

from typing import Any

import pytest

from tests.handlers.meetings.kit import Room, on, words

ASKED = "Vi mangler dit svar: *KOL i praksis*"


@pytest.fixture
async def room(room: Room) -> Room:
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge plan")
    return room


async def window(room: Room) -> dict[str, Any]:
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    return view


async def entries(room: Room) -> list[list[str]]:
    """The entries of the window that has been opened, line by line."""
    blocks = (await window(room))["view"]["blocks"]
    return [block["text"]["text"].splitlines() for block in blocks if block["type"] == "section"]


def block_of(view: dict[str, Any], text: str) -> str:
    return next(block["block_id"] for block in view["view"]["blocks"] if text in str(block.get("text")))


@pytest.mark.long
async def test_plan_names_what_comes_when_why_and_to_whom(room: Room) -> None:
    about = "*KOL i praksis*, torsdag den 26. marts kl. 16.30–19.00"
    missing = ["Påmindelse til dem, der ikke har svaret", about, "Til 2 personer: Læge 1 og Læge 3"]
    assert await entries(room) == [
        ["*torsdag den 5. marts kl. 12.00*", *missing],
        ["*torsdag den 12. marts kl. 12.00*", *missing],
    ]


@pytest.mark.long
async def test_stopped_message_is_not_sent_and_leaves_the_window(room: Room) -> None:
    view = await window(room)
    await room.desk.act(
        room.coordinator, view["id"], "plan.stop", block_id=block_of(view, "torsdag den 5. marts kl. 12.00")
    )
    await room.settle()
    assert [lines[0] for lines in await entries(room)] == ["*torsdag den 12. marts kl. 12.00*"]
    await room.go_to(on(3, 5, 12))
    assert await room.find(room.ida, ASKED) == []


@pytest.mark.long
async def test_pause_puts_this_weeks_reminders_off_until_monday(room: Room) -> None:
    await room.desk.act(room.coordinator, (await window(room))["id"], "plan.pause")
    await room.settle()
    assert (await entries(room))[0] == ["Ugens påmindelser venter til mandag den 9. marts kl. 08.00."]
    await room.go_to(on(3, 5, 12))
    assert await room.find(room.ida, ASKED) == []
    await room.go_to(on(3, 9, 8))
    assert len(await room.find(room.ida, ASKED)) == 1


@pytest.mark.long
async def test_plan_is_for_coordinators(room: Room) -> None:
    answer = await room.desk.command(room.bo, room.klynge.channel, "/klynge plan")
    assert answer["response"]["text"] == "Det er kun klyngens koordinator, der kan gøre det."


@pytest.mark.long
async def test_message_already_sent_cannot_be_stopped(room: Room) -> None:
    view = await window(room)
    await room.go_to(on(3, 5, 12))
    await room.desk.act(
        room.coordinator, view["id"], "plan.stop", block_id=block_of(view, "torsdag den 5. marts kl. 12.00")
    )
    await room.settle()
    assert words(await room.last(room.coordinator)) == "Den besked er allerede sendt eller stoppet."
