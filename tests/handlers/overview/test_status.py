"""`/klynge status`: names for the coordinator, one's own state and the total for the others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import update

from bot.app import Runtime
from storage.models import Round
from storage.unit_of_work import UnitOfWork

Make = Callable[..., Awaitable[Any]]
HEAD = "*KOL* · frist torsdag den 19. marts kl. 12.00\n"


def sections(answer: dict[str, Any]) -> list[str]:
    return [block["text"]["text"] for block in answer["blocks"] if block["type"] == "section"]


@pytest.mark.long
async def test_coordinator_sees_names_by_state(a_round: Make) -> None:
    r = await a_round(4)
    await r.enter(r.klynge.doctors[1], listed=3200)
    await r.enter(r.klynge.doctors[2], listed=1000)  # asks for a yes
    await r.desk.act(r.klynge.doctors[3], await r.card(r.klynge.doctors[3]), "assignment.none")
    await r.desk.submit(r.klynge.doctors[3], None, {})
    await r.settle()
    assert sections(await r.command(r.klynge.coordinator, "/klynge status")) == [
        HEAD + "*2 af 4* praksisser har svaret.",
        "⬜ *Ikke svaret (1):* Lægehuset 1 (Læge 1)",
        "⏳ *Venter på deres eget ja (1):* Lægehuset 3 (Læge 3)",
        "✅ *Tal modtaget (1):* Lægehuset 2",
        "➖ *Ingen data (1):* Lægehuset 4",
    ]


@pytest.mark.long
async def test_member_sees_own_state_and_the_total_only(a_round: Make) -> None:
    r = await a_round(4)
    await r.enter(r.klynge.doctors[1], listed=3200)
    seen = [sections(await r.command(r.klynge.doctors[n], "/klynge status")) for n in (1, 2)]
    assert seen == [
        [HEAD + "*1 af 4* praksisser har svaret.\n✅ Lægehuset 2: jeres tal er modtaget"],
        [HEAD + "*1 af 4* praksisser har svaret.\n⬜ Lægehuset 3: jeres tal mangler"],
    ]


@pytest.mark.long
async def test_status_names_no_numbers(a_round: Make) -> None:
    r = await a_round(2)
    await r.enter(r.klynge.doctors[1], listed=3217, copd=137)
    answer = str(await r.command(r.klynge.coordinator, "/klynge status"))
    assert [part for part in ("3217", "3.217", "137") if part in answer] == []


async def test_nothing_running_is_said_to_each_in_their_way(desk: Any, a_cluster: Make) -> None:
    klynge = await a_cluster(2)
    said = [(await desk.command(who, klynge.channel, "/klynge status"))["response"]["text"] for who in klynge.doctors]
    assert said == [
        "Der samles ingen tal ind lige nu. Skriv /klynge data for at bede om nogle.",
        "Der samles ingen tal ind lige nu, så du mangler ikke noget.",
    ]


@pytest.mark.long
@pytest.mark.parametrize("package", ["kol", "trivsel"])
async def test_coordinator_is_told_why_a_questionnaire_stays_as_it_was_sent(
    a_round: Make, bot: Runtime, clock: Any, package: str
) -> None:
    r = await a_round(3)
    async with UnitOfWork(bot.database) as uow:
        sent = {"state": "released", "released_at": clock.now(), "package_id": package}
        await uow.session.execute(update(Round).values(**sent))
        await uow.commit()
    answer = await r.command(r.klynge.coordinator, "/klynge status")
    assert ("Sene svar på spørgsmålene" in str(answer)) == (package == "trivsel")
    assert "Sene svar" not in str(await r.command(r.klynge.doctors[1], "/klynge status"))
