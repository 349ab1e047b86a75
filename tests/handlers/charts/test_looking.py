"""The zero too many, in chat: asked about and typed again; insisted on, it is held before anybody gets charts."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import Practice
from storage.unit_of_work import UnitOfWork

Make = Callable[..., Awaitable[Any]]
TUESDAY_NOON = datetime(2026, 3, 3, 12, 0, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))
WAITING = "Graferne om KOL sendes tirsdag den 3. marts kl. 12.00; nogle tal bliver set efter."
LOOK = "Vil I se jeres tal om KOL igennem en gang til, før graferne sendes tirsdag den 3. marts kl. 12.00?"


async def insisted(a_round: Make, bot: Runtime) -> Any:
    """Seven practices have answered; the second has 1,580 listed and wrote 880 for 88, twice."""
    r = await a_round(7)
    await r.give(1, 3, 4, 5, 6, 7)
    async with UnitOfWork(bot.database) as uow:
        chosen = update(Practice).where(Practice.id == r.klynge.practice_ids[1])
        await uow.session.execute(chosen.values(list_size=1580))
        await uow.commit()
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "kol 880, spirometri 61, plan 40")
    assert (
        "Patienter med KOL (R95): 880 af 1.580 = 557 pr. 1.000. Det er langt uden for det sædvanlige"
        in (await r.last(doctor))["text"]
    )
    await r.write(doctor, "ja")
    assert "et ja er ikke nok" in (await r.last(doctor))["text"]
    await r.write(doctor, "880")
    assert (await r.last(doctor))["text"] == "✅ Gemt."
    return r


async def charts_of(r: Any, n: int) -> list[dict[str, Any]]:
    return [m for m in await r.desk.dm(r.klynge.doctors[n - 1]) if m["text"].startswith("Her er graferne")]


@pytest.mark.long
async def test_a_zero_too_many_is_held_and_corrected_before_anybody_sees_it(
    a_round: Make, bot: Runtime, clock: MovableClock
) -> None:
    r = await insisted(a_round, bot)
    doctor, coordinator = r.klynge.doctors[1], r.klynge.coordinator
    await r.release()
    assert (await r.last(coordinator))["text"] == WAITING
    assert [len(await charts_of(r, n)) for n in range(1, 8)] == [0] * 7
    status = json.dumps(await r.command(coordinator, "/klynge status"), ensure_ascii=False)
    assert WAITING in status
    assert "✅ *Tal modtaget (7):*" in status
    plan = await r.desk.command(coordinator, r.klynge.channel, "/klynge plan")
    assert "Læge 2" not in json.dumps(plan, ensure_ascii=False)
    asked = await r.last(doctor)
    assert asked["text"].splitlines()[0] == LOOK
    assert "• Patienter med KOL (R95): *880* af 1.580 = 557 pr. 1.000" in asked["text"].splitlines()
    for n in (1, 3, 4, 5, 6, 7):
        assert "igennem en gang til" not in str(await r.texts(r.klynge.doctors[n - 1]))
    await r.desk.act(doctor, asked, "submission.correct")
    await r.send(doctor, listed=1580, copd=88, spirometry=61, care_plan=40)
    assert "Tak! De nye tal bruges." in await r.texts(doctor)
    clock.move_to(TUESDAY_NOON)
    await r.settle()
    assert [len(await charts_of(r, n)) for n in range(1, 8)] == [1] * 7
    [message] = await charts_of(r, 1)
    assert "46,5" in str([block.get("alt_text") for block in message["blocks"]])
    told = [block.get("alt_text", "") for block in message["blocks"]]
    assert "557" not in "".join([*await r.texts(r.klynge.doctors[0]), *told])


@pytest.mark.long
async def test_sent_now_without_an_answer_the_number_is_not_among_the_others(a_round: Make, bot: Runtime) -> None:
    r = await insisted(a_round, bot)
    await r.release()
    await r.press(r.klynge.coordinator, await r.last(r.klynge.coordinator), "round.send")
    assert [len(await charts_of(r, n)) for n in range(1, 8)] == [1] * 7
    [message] = await charts_of(r, 1)
    assert "45,8" in str([block.get("alt_text") for block in message["blocks"]])


@pytest.mark.long
async def test_who_says_that_the_numbers_are_right_is_believed(
    a_round: Make, bot: Runtime, clock: MovableClock
) -> None:
    r = await insisted(a_round, bot)
    await r.release()
    doctor = r.klynge.doctors[1]
    await r.press(doctor, await r.last(doctor), "look.right")
    assert (await r.last(doctor))["text"] == "Tak! Tallene bruges, som de står."
    assert (await r.last(r.klynge.coordinator))["text"] == WAITING
    clock.move_to(TUESDAY_NOON)
    await r.settle()
    [message] = await charts_of(r, 1)
    assert "82,2" in str([block.get("alt_text") for block in message["blocks"]])
