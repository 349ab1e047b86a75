"""The year is planned: days are suggested out of the way of what is known, kept as drafts, and sent one by one."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import local
from storage.models import Meeting
from storage.unit_of_work import look
from tests.handlers.meetings.kit import FORM, Room, words

WISH = {"year": "2026", "many": "3", "weekday": "3", "start": "16:30", "end": "19:00"}


async def plan(room: Room, **changes: Any) -> str:
    """Fill in the form, look at what is suggested, and keep it; what was shown."""
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge år")
    said = await room.desk.submit(room.coordinator, values=WISH | changes)
    assert (said["response_action"], said.get("errors")) == ("update", None)
    top = await room.desk.top_view(room.coordinator)
    assert top is not None
    assert (await room.desk.submit(room.coordinator, values={})).get("errors") is None
    await room.settle()
    return words(top["view"])


async def days(bot: Runtime) -> list[tuple[str, str]]:
    async with look(bot.database) as state:
        rows = await state.session.execute(select(Meeting.starts_at, Meeting.state).order_by(Meeting.starts_at))
        return [(f"{local(starts):%-d/%-m %H:%M}", str(how)) for starts, how in rows]


@pytest.mark.long
async def test_days_are_suggested_seen_and_kept_as_drafts(empty_room: Room, bot: Runtime) -> None:
    room = empty_room
    shown = await plan(room, noted="9/4 PLO-K")
    assert "Jeg foreslår:" in shown
    assert "Ingen hører om dem, før du gør dem færdige" in shown
    found = await days(bot)
    assert [how for _, how in found] == ["draft"] * 3
    assert "9/4 16:30" not in [day for day, _ in found], "others meet"
    assert all(f"{day.split('/')[0]}. " in shown for day, _ in found)
    assert "3 kladder er gemt for 2026." in words(await room.last(room.coordinator))
    assert await room.desk.dm(room.bo) == []
    shown = await plan(room)
    assert "Der mangler ikke flere møder i det år." in shown
    assert len(await days(bot)) == 3


@pytest.mark.long
async def test_more_meetings_than_agreed_are_warned_about(room: Room, bot: Runtime) -> None:
    await plan(room, many="2")
    assert [how for _, how in await days(bot)].count("draft") == 1, "one is called already"
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge møder")
    await room.call_meeting(title="Det andet", day="2026-05-21", answer_day="2026-05-14")
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge møde")
    third = FORM | {"title": "Det tredje", "day": "2026-06-11", "answer_day": "2026-06-04"}
    assert (await room.desk.submit(room.coordinator, values=third))["response_action"] == "update"
    top = await room.desk.top_view(room.coordinator)
    assert top is not None
    assert "Med torsdag den 11. juni bliver der flere møder i året, end klyngen har aftalt." in words(top["view"])


async def test_what_others_have_is_read_or_asked_about(empty_room: Room) -> None:
    room = empty_room
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge år")
    said = await room.desk.submit(room.coordinator, values=WISH | {"noted": "PLO-K i marts"})
    assert said["errors"] == {"noted": "Jeg forstod ikke »PLO-K i marts«. Skriv dagen først: 12/3 PLO-K."}
