"""Slack tells things twice, late and in another order than they happened."""

from __future__ import annotations

import asyncio

from tests.faults.village import WORDS, Village


async def test_what_is_told_twice_is_done_once(village: Village) -> None:
    await village.desk.delivery(duplicate_next=30)
    for person in village.klynge.doctors:
        await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.settle()
    assert [await village.helped(person) for person in village.klynge.doctors[1:]] == [1] * 4
    assert await village.account() == ([], [])
    assert await village.unsettled() == {}


async def test_what_is_told_again_after_it_was_done_is_not_done_again(village: Village) -> None:
    person = village.klynge.doctors[1]
    await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.settle()
    for _ in range(3):
        await village.desk.delivery(redeliver="last")
    await village.settle()
    assert await village.helped(person) == 1


async def test_what_overtakes_on_its_way_is_answered_too(village: Village) -> None:
    person = village.klynge.doctors[1]
    await village.desk.delivery(reorder=True)
    for _ in range(2):
        await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.settle()
    assert await village.helped(person) == 2


async def test_ten_hasty_clicks_are_one_answer(village: Village) -> None:
    person = village.klynge.doctors[1]
    assert await asyncio.gather(*(village.says_yes(person) for _ in range(10))) == [True] * 10
    await village.settle()
    assert await village.answers() == ["", "yes", "", "", ""]
    assert await village.account() == ([], [])
