"""Who sent a file for all practices knows those numbers: the few that answered themselves must not be found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import Release, Submission
from tests.handlers.conftest import numbers

Make = Callable[..., Awaitable[Any]]
HEADINGS = "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan"


async def send_file(r: Any, *practices: int) -> None:
    """The coordinator sends a file about these practices and says yes to it."""
    rows = [f"0100{n:02};" + ";".join(map(str, numbers(n).values())) for n in practices]
    await r.drop(r.klynge.coordinator, "region.csv", "\n".join([HEADINGS, *rows, ""]).encode())
    await r.press(r.klynge.coordinator, await r.last(r.klynge.coordinator), "bundle.save")


async def drawn_from(bot: Runtime, r: Any) -> list[int]:
    """The practices (1, 2, …) that others are drawn from in the newest release."""
    async with bot.database.read() as session:
        newest = (await session.scalars(select(Release).order_by(Release.id.desc()))).first()
        rows = select(Submission.practice_id).where(Submission.id.in_(newest.submission_ids if newest else []))
        return sorted(r.klynge.practice_ids.index(each) + 1 for each in await session.scalars(rows))


async def with_charts(r: Any) -> list[int]:
    """The practices whose doctor has charts."""
    got = []
    for n, doctor in enumerate(r.klynge.doctors, 1):
        if any(message["text"].startswith("Her er graferne") for message in await r.desk.dm(doctor)):
            got.append(n)
    return got


@pytest.mark.long
async def test_few_who_answered_themselves_are_not_drawn_for_a_file_s_sender(a_round: Make, bot: Runtime) -> None:
    r = await a_round(8)
    await send_file(r, 1, 2, 3, 4, 5, 6)
    await r.give(7, 8)
    await r.command(r.klynge.coordinator, "/klynge grafer")
    explained = (await r.desk.top_view(r.klynge.coordinator))["view"]["blocks"][0]["text"]["text"]
    assert (
        "2 praksisser, der selv har svaret, vises ikke for de andre: Den, der har sendt filen om alle praksisser, "
        "kender resten og kunne regne deres tal ud. De får deres egen graf."
    ) in explained.splitlines()
    await r.release()
    assert await drawn_from(bot, r) == [1, 2, 3, 4, 5, 6]
    assert await with_charts(r) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.long
async def test_third_who_answers_brings_the_others_in(a_round: Make, bot: Runtime) -> None:
    r = await a_round(9)
    await send_file(r, 1, 2, 3, 4, 5, 6)
    await r.give(7, 8)
    await r.release()
    await r.give(9)
    assert await drawn_from(bot, r) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


@pytest.mark.long
async def test_three_who_answered_themselves_hide_each_other(a_round: Make, bot: Runtime) -> None:
    r = await a_round(8)
    await send_file(r, 1, 2, 3, 4, 5)
    await r.give(6, 7, 8)
    await r.release()
    assert await drawn_from(bot, r) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.long
async def test_senders_own_practice_hides_nobody(a_round: Make, bot: Runtime) -> None:
    r = await a_round(8)
    await r.give(1)
    await send_file(r, 2, 3, 4, 5, 6)
    await r.give(7, 8)
    await r.release()
    assert await drawn_from(bot, r) == [1, 2, 3, 4, 5, 6]


@pytest.mark.long
@pytest.mark.parametrize("corrected", [(4,), (4, 5, 6)], ids=["one", "three"])
async def test_corrections_of_a_file_are_shown_when_three_hide_each_other(
    a_round: Make, bot: Runtime, corrected: tuple[int, ...]
) -> None:
    r = await a_round(8)
    await send_file(r, 1, 2, 3, 4, 5, 6, 7, 8)
    for n in corrected:
        await r.enter(r.klynge.doctors[n - 1], **numbers(n, more=3))
    await r.release()
    kept = set(range(1, 9)) - (set(corrected) if len(corrected) < 3 else set())
    assert await drawn_from(bot, r) == sorted(kept)


@pytest.mark.long
async def test_without_a_file_nobody_is_left_out(a_round: Make, bot: Runtime) -> None:
    r = await a_round(5)
    await r.give(1, 2, 3, 4, 5)
    await r.release()
    assert await drawn_from(bot, r) == [1, 2, 3, 4, 5]
