"""A file for all practices that leaves a choice: the coordinator presses what is meant, once for all of them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import Submission
from tests.measures.makers import xlsx

Make = Callable[..., Awaitable[Any]]
HEADINGS = ["Ydernummer", "Tilmeldte", "KOL", "Spirometri", "Forløbsplan"]
ROWS = [[f"01000{n}", 3000 + 100 * n, 140 + n, 100 + n, 80 + n] for n in (1, 2, 3)]
TWO_ROWS = "Ydernummer;Køn;Tilmeldte;KOL;Spirometri;Forløbsplan\n" + "".join(
    f"01000{n};{words};3{n}00;14{n + more};10{n};8{n}\n"
    for n in (1, 2, 3)
    for words, more in (("Mænd", 0), ("Kvinder", 3))
)


async def copd(bot: Runtime) -> list[int]:
    async with bot.database.read() as session:
        return [each.numbers["copd"] for each in await session.scalars(select(Submission).order_by(Submission.id))]


async def choose(r: Any, message: dict[str, Any], name: str) -> dict[str, Any]:
    [block] = [each["block_id"] for each in message["blocks"] if each.get("accessory") and each["text"]["text"] == name]
    await r.press(r.klynge.coordinator, message, "bundle.choose", block_id=block)
    return await r.last(r.klynge.coordinator)


@pytest.mark.long
@pytest.mark.both_databases
async def test_the_rows_that_were_chosen_are_saved_with_their_places(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", TWO_ROWS.encode())
    question = await r.last(r.klynge.coordinator)
    assert question["text"].splitlines() == [
        "❓ Der er flere rækker for en praksis, og kolonne B »Køn« skiller dem. Hvilke er de tal, jeg beder om?",
        "• Række 2, kolonne B: »Mænd«",
        "• Række 3, kolonne B: »Kvinder«",
        "• Ingen af dem",
    ]
    assert [number for number in ("141", "144", "3100") if number in json.dumps(question["blocks"])] == []
    card = await choose(r, question, "Række 3, kolonne B: »Kvinder«")
    assert "Rækken gælder kun »Kvinder«. Er det dem, jeg spørger om?" in card["text"]
    await r.press(r.klynge.coordinator, card, "bundle.save")
    assert await copd(bot) == [144, 145, 146]
    assert " – _celle D5, »KOL«_\n" in (await r.last(r.klynge.doctors[1]))["text"]


@pytest.mark.long
async def test_none_of_them_leaves_those_practices_out_and_says_why(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", TWO_ROWS.encode())
    card = await choose(r, await r.last(r.klynge.coordinator), "Ingen af dem")
    assert "flere rækker, som kolonne B »Køn« skiller: Mænd, Kvinder" in card["text"]
    assert await copd(bot) == []


@pytest.mark.long
async def test_a_column_is_chosen_once_for_all(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    rows = [[*HEADINGS, "KOL i alt"], *([*row, row[2] + 10] for row in ROWS)]
    await r.drop(r.klynge.coordinator, "region.xlsx", xlsx(("Udtræk", rows)))
    question = await r.last(r.klynge.coordinator)
    assert question["text"].splitlines()[0] == "❓ »KOL« står der flere gange. Hvilket tal er det rigtige?"
    card = await choose(r, question, "Arket »Udtræk«, kolonne F: »KOL i alt«")
    await r.press(r.klynge.coordinator, card, "bundle.save")
    assert await copd(bot) == [151, 152, 153]


@pytest.mark.long
async def test_a_sheet_is_chosen_once_for_all(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    more = [[*row[:2], row[2] + 20, *row[3:]] for row in ROWS]
    book = xlsx(("Udtræk A", [HEADINGS, *ROWS]), ("Udtræk B", [HEADINGS, *more]))
    await r.drop(r.klynge.coordinator, "region.xlsx", book)
    question = await r.last(r.klynge.coordinator)
    assert question["text"].splitlines()[1:] == ["• Arket »Udtræk A«", "• Arket »Udtræk B«"]
    card = await choose(r, question, "Arket »Udtræk B«")
    await r.press(r.klynge.coordinator, card, "bundle.save")
    assert await copd(bot) == [161, 162, 163]


@pytest.mark.long
async def test_rounding_is_told_once_to_the_sender_and_with_each_number(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.ask(package="ppi")
    rows = "".join(f"01000{n};3{n}00;90;60;40;1200,{n}\n" for n in (1, 2, 3))
    await r.drop(
        r.klynge.coordinator, "region.csv", f"Ydernummer;Tilmeldte;PPI;Langtid;Drøftet;DDD PPI\n{rows}".encode()
    )
    card = await r.last(r.klynge.coordinator)
    assert card["text"].count("»DDD af PPI« har decimaler. Jeg runder dem af.") == 1
    await r.press(r.klynge.coordinator, card, "bundle.save")
    assert "afrundet fra 1200,2" in (await r.last(r.klynge.doctors[1]))["text"]
