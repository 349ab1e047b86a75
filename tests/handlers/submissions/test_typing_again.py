"""A number far outside what is usual is asked about at once and typed again: in chat, in the form, and from a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import Submission

Make = Callable[..., Awaitable[Any]]
FAR = (
    "Patienter med KOL (R95): 1.400 af 3.200 = 438 pr. 1.000. Det er langt uden for det sædvanlige "
    "(fra 6 til 110 pr. 1.000, et skøn, som ingen har kontrolleret). Skriv tallet igen, hvis det er rigtigt."
)
WORDS = "kol {}, spirometri 96, plan 70, tilmeldte 3200"
FILE = "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan\n010002;3200;1400;96;70\n"


async def counted(bot: Runtime) -> int | None:
    """The KOL number that counts for the second practice."""
    async with bot.database.read() as session:
        rows = select(Submission).where(Submission.practice_id == 2, Submission.state == "accepted")
        found = (await session.scalars(rows)).first()
        return found.numbers["copd"] if found else None


async def say_it(r: Any, how: str) -> None:
    doctor = r.klynge.doctors[1]
    if how == "chat":
        await r.write(doctor, WORDS.format(1400))
    elif how == "form":
        await r.enter(doctor, listed=3200, copd=1400)
    else:
        await r.drop(doctor, "tal.csv", FILE.encode())


@pytest.mark.long
@pytest.mark.parametrize("how", ["chat", "form", "file"])
async def test_the_same_question_meets_a_number_however_it_comes(a_round: Make, bot: Runtime, how: str) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await say_it(r, how)
    asked = await r.last(doctor)
    assert FAR in asked["text"]
    assert "submission.confirm" not in str(asked["blocks"])
    await r.desk.act(doctor, asked, "submission.again")
    refused = await r.desk.submit(doctor, None, {"again.copd": "140"})
    assert refused["errors"] == {
        "again.copd": "Det er ikke det samme tal som før. Er det her det rigtige, så luk vinduet, og tryk »Ret tal«."
    }
    assert await counted(bot) is None
    assert (await r.desk.submit(doctor, None, {"again.copd": "1400"}))["response_action"] is None
    await r.settle()
    assert await counted(bot) == 1400


@pytest.mark.long
async def test_a_yes_is_not_enough_and_the_number_written_again_is(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, WORDS.format(1400))
    await r.write(doctor, "ja")
    assert (await r.last(doctor))["text"] == (
        "Et af tallene er langt uden for det sædvanlige, så et ja er ikke nok. Skriv tallet igen her, eller tryk "
        "»Skriv tallet igen«."
    )
    assert await counted(bot) is None
    await r.write(doctor, "1400")
    assert await counted(bot) == 1400


@pytest.mark.long
async def test_another_number_in_its_place_is_read_as_the_answer(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, WORDS.format(1400))
    await r.write(doctor, "140")
    echoed = await r.last(doctor)
    assert "• Patienter med KOL (R95): *140* af 3.200 = 44 pr. 1.000 (før: 1.400)" in echoed["text"].splitlines()
    assert await counted(bot) is None
    await r.write(doctor, "ja")
    assert await counted(bot) == 140


@pytest.mark.long
async def test_a_number_typed_again_beside_another_correction_is_not_asked_for_a_third_time(
    a_round: Make, bot: Runtime
) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, WORDS.format(1400))
    await r.write(doctor, "kol 1400, spirometri 900")
    await r.write(doctor, "ja")
    assert await counted(bot) == 1400
    await r.enter(doctor, listed=3200, copd=1400, spirometry=901)
    assert await counted(bot) == 1400
    assert "Tak! Tallene er gemt." in (await r.last(doctor))["text"]


@pytest.mark.long
async def test_what_is_asked_depends_on_no_other_practice(a_round: Make) -> None:
    r = await a_round(3)
    doctor = r.klynge.doctors[1]
    told = []
    for more in (0, 150):
        for n in (1, 3):
            await r.enter(r.klynge.doctors[n - 1], listed=3000 + 100 * n, copd=130 + more + n)
        await r.write(doctor, WORDS.format(1400))
        asked = await r.last(doctor)
        told.append(asked["text"])
        await r.write(doctor, "nej")
    assert told[0] == told[1]
    assert FAR in told[0]
