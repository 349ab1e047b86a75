"""Who a practice's numbers go to: those who work there now, and nobody who has gone elsewhere or only looks on."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update

from bot.app import Runtime
from storage.models import Member
from storage.unit_of_work import UnitOfWork
from tests.handlers.charts.test_deck import files, released
from tests.handlers.submissions.test_bundles import THREE
from workspace import Workspace

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
Make = Callable[..., Awaitable[Any]]


async def become(bot: Runtime, person: str, **facts: Any) -> None:
    """A list of members says something new of somebody."""
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Member).where(Member.slack_user_id == person).values(**facts))
        await uow.commit()


async def a_newcomer(bot: Runtime, world: Workspace, r: Any, practice_id: int, **facts: Any) -> str:
    person = str(world.add_person("Ny Kollega", email="ny@klynge.example"))
    async with UnitOfWork(bot.database) as uow:
        about = {
            "cluster_id": r.klynge.id,
            "practice_id": practice_id,
            "name": "Ny Kollega",
            "confirmed_at": NOON,
        } | facts
        uow.session.add(Member(slack_user_id=person, **about))
        await uow.commit()
    return person


def shown(window: Any) -> str:
    return json.dumps(window, ensure_ascii=False)


@pytest.mark.long
async def test_who_was_asked_and_went_to_another_practice_sees_no_numbers_of_the_old_one(
    a_round: Make, bot: Runtime, world: Workspace
) -> None:
    r = await a_round(3)
    moved, (_, old, new) = r.klynge.doctors[1], r.klynge.practice_ids
    await become(bot, moved, practice_id=new)
    successor = await a_newcomer(bot, world, r, old)
    await r.drop(r.klynge.coordinator, "region.csv", THREE)
    await r.press(r.klynge.coordinator, await r.last(r.klynge.coordinator), "bundle.save")
    assert [text for text in await r.texts(moved) if "3.200" in text] == []
    assert "• Tilmeldte patienter: *3.200*" in (await r.last(successor))["text"]
    assert "assignment.history" not in shown(await r.card(moved))
    assert [number for number in ("3.200", "142") if number in shown(await r.desk.state(moved))] == []


async def test_who_was_asked_and_went_to_another_practice_answers_for_the_old_one_no_more(
    a_round: Make, bot: Runtime
) -> None:
    r = await a_round(3)
    moved = r.klynge.doctors[1]
    card = await r.card(moved)
    await become(bot, moved, practice_id=r.klynge.practice_ids[2])
    await r.desk.act(moved, card, "assignment.enter")
    assert "value.copd" not in shown(await r.desk.state(moved))


@pytest.mark.long
async def test_who_only_looks_on_gets_no_page_of_the_practice(a_round: Make, bot: Runtime) -> None:
    r = await released(a_round)
    observer = r.klynge.doctors[1]
    await become(bot, observer, role="observer")
    await r.command(observer, "/klynge oplæg")
    await r.settle()
    assert await files(r, observer) == {}
    assert (await r.texts(observer))[
        -1
    ] == "Du arbejder ikke i en af klyngens praksisser, så der er ingen side til dig."
