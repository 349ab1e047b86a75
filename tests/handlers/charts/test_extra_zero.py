"""The zero too many, from the first message to the deck: asked about, held, and recalled when it got through."""

from __future__ import annotations

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
from tests.handlers.charts.test_recalls import charts, deck, is_gone, pictures, question

Make = Callable[..., Awaitable[Any]]
TUESDAY_NOON = datetime(2026, 3, 3, 12, 0, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))
LISTED = 1580


async def typed_twice(r: Any, n: int, wrong: int) -> None:
    """The n-th practice writes a zero too many and insists."""
    doctor = r.klynge.doctors[n - 1]
    await r.write(doctor, f"kol {wrong}, spirometri 61, plan 40")
    asked = (await r.last(doctor))["text"]
    assert f"Patienter med KOL (R95): {wrong} af 1.580" in asked
    await r.write(doctor, "ja")
    assert "et ja er ikke nok" in (await r.last(doctor))["text"]
    await r.write(doctor, str(wrong))
    assert (await r.last(doctor))["text"] == "✅ Gemt."


def alt_texts(message: dict[str, Any]) -> str:
    return str([block["alt_text"] for block in message["blocks"] if block["type"] == "image"])


@pytest.mark.long
async def test_two_zeros_too_many_end_with_everybody_comparing_what_is_right(
    a_round: Make, bot: Runtime, clock: MovableClock
) -> None:
    r = await a_round(9)
    second, third = r.klynge.doctors[1:3]
    everybody = r.klynge.doctors
    async with UnitOfWork(bot.database) as uow:
        chosen = update(Practice).where(Practice.id.in_(r.klynge.practice_ids[1:3]))
        await uow.session.execute(chosen.values(list_size=LISTED))
        await uow.commit()
    await r.give(1, 4, 5, 6, 7, 8, 9)
    await typed_twice(r, 2, 880)
    await typed_twice(r, 3, 790)

    await r.release()
    assert [len(await charts(r, n)) for n in range(1, 10)] == [0] * 9, "the charts wait"
    look = {doctor: await r.last(doctor) for doctor in (second, third)}
    assert ["igennem en gang til" in message["text"] for message in look.values()] == [True, True]
    asked = [str(await r.texts(doctor)).count("igennem en gang til") for doctor in everybody]
    assert asked == [0, 1, 1, 0, 0, 0, 0, 0, 0], "nobody else hears of it"
    await r.desk.act(second, look[second], "submission.correct")
    await r.send(second, listed=LISTED, copd=88, spirometry=61, care_plan=40)
    await r.press(third, look[third], "look.right")
    clock.move_to(TUESDAY_NOON)
    await r.settle()
    assert [len(await charts(r, n)) for n in range(1, 10)] == [1] * 9
    [wrong] = await charts(r, 5)
    shown = pictures(wrong)

    [own] = await charts(r, 3)
    await r.desk.act(third, own, "submission.correct")
    answer = await r.send(third, listed=LISTED, copd=79, spirometry=61, care_plan=40)
    assert answer["response_action"] is None
    await r.settle()
    called_back = [(await charts(r, n))[0]["text"].count("trukket tilbage") > 0 for n in range(1, 10)]
    assert called_back == [True] * 9, "withdrawn in place, for everybody"
    assert [await is_gone(r, 5, each) for each in shown] == [True] * len(shown), "and the pictures with it"
    told = [
        str(await r.texts(doctor)).count("Et tal i sammenligningen var forkert. Se bort") for doctor in everybody[1:]
    ]
    assert told == [1] * 8
    assert "så den er trukket tilbage hos alle" in (await r.last(r.klynge.coordinator))["text"]
    assert "79" not in "".join(await r.texts(everybody[4]))
    assert (await deck(r))[0], "the deck says that it is recalled"

    asked_to_be_left_out = await question(r, 3)
    assert asked_to_be_left_out is not None
    await r.press(third, asked_to_be_left_out, "recall.yes")
    await r.settle()
    [after] = await charts(r, 5)
    assert after["ts"] == wrong["ts"]
    assert "trukket tilbage" not in after["text"]
    assert alt_texts(after) != alt_texts(wrong)
    assert not (await deck(r))[0]
    others = [text for doctor in (everybody[0], *everybody[3:]) for text in await r.texts(doctor)]
    assert "790" not in "".join(others)
