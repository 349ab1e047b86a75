"""What the cluster has had is told, made from what is kept; the same is not begun once more by accident."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from cluster.clock import MovableClock
from tests.handlers.meetings.kit import FORM, Room, on
from tests.handlers.topics.kit import seen

Make = Callable[..., Awaitable[Any]]
LATER = {"deadline_day": "2027-05-20", "period_start": "2026-05-01", "period_end": "2027-04-30"}


async def log_of(desk: Any, person: str, channel: str) -> str:
    await desk.command(person, channel, "/klynge emner")
    await desk.act(person, await desk.top_view(person), "cluster.topics_had")
    return await seen(desk, person)


@pytest.mark.long
async def test_numbers_had_fourteen_months_ago_are_told_and_asked_again_on_purpose(a_round: Make, clock: MovableClock):
    r = await a_round(5)
    boss, channel = r.klynge.coordinator, r.klynge.channel
    await r.give(1, 2, 3, 4, 5)
    await r.release()
    clock.forward(timedelta(hours=1))
    assert "*KOL* – " in (said := await log_of(r.desk, r.klynge.doctors[1], channel))
    assert "5 praksisser gav tal · ingen aftale er noteret" in said
    clock.forward(timedelta(days=430))
    await r.settle()
    await r.desk.command(boss, channel, "/klynge data")
    shown = await r.desk.submit(boss, None, {"package": "kol", "deadline_time": "12:00", "send": "now"} | LATER)
    assert shown["response_action"] == "update"
    said = await seen(r.desk, boss)
    assert "⚠️ I havde *KOL* for 14 måneder siden. 5 praksisser gav tal · ingen aftale er noteret." in said
    before = len(await r.texts(r.klynge.doctors[1]))
    assert (await r.desk.submit(boss, None, {}))["response_action"] is None
    await r.settle()
    assert any("Klyngen beder" in each for each in (await r.texts(r.klynge.doctors[1]))[before:])


async def test_meeting_about_the_same_is_told_of_and_called_all_the_same(room: Room):
    await room.go_to(on(3, 27, 9))
    await room.go_to(on(9, 1, 9))
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge møde")
    again = FORM | {"title": "kol i praksis", "send": "now"}
    shown = await room.desk.submit(room.coordinator, values=again)
    assert shown["response_action"] == "update"
    assert "⚠️ I havde *KOL i praksis* for 5 måneder siden." in await seen(room.desk, room.coordinator)
    assert (await room.desk.submit(room.coordinator, values={}))["response_action"] is None
    await room.settle()


async def test_meeting_about_another_topic_is_called_at_once(room: Room):
    await room.go_to(on(9, 1, 9))
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge møde")
    shown = await room.desk.submit(room.coordinator, values=FORM | {"title": "Diabetes", "send": "now"})
    assert shown["response_action"] is None
    await room.settle()


async def test_log_counts_who_came_and_names_nobody(room: Room):
    await room.go_to(on(3, 27, 9))
    said = await log_of(room.desk, room.bo, room.klynge.channel)
    assert "*KOL i praksis* – " in said
    assert "Læge" not in said.replace("Lægehuset", "")
