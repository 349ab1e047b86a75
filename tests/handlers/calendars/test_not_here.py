"""Where nobody can reach the bot from outside, it says so and gives out nothing."""

from __future__ import annotations

import aiohttp

from bot.app import Runtime
from tests.handlers.meetings.kit import Room


async def test_window_says_that_there_is_none_here(empty_room: Room, bot: Runtime) -> None:
    room = empty_room
    await room.desk.home(room.bo)
    await room.settle()
    await room.desk.act(room.bo, (await room.desk.state(room.bo))["home"], "member.calendar")
    window = await room.desk.top_view(room.bo)
    assert window is not None
    assert "Botten har ingen adresse på internettet" in str(window["view"]["blocks"])
    async with aiohttp.ClientSession() as http, http.get(f"{bot.http_url}/kalender/{'x' * 43}.ics") as answer:
        assert answer.status == 404
