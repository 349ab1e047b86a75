"""A file that leaves a choice: the places are shown as buttons, the chosen one is read, and the receipt tells where."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import Submission
from tests.measures.makers import xlsx

Make = Callable[..., Awaitable[Any]]
SAVED = "✅ Tak! Tallene er gemt."
COLUMNS = "Hvad;Mænd;Kvinder;I alt\nTilmeldte;1500;1700;3200\nKOL;60;80;140\nSpirometri;40;60;100\nPlan;30;50;80\n"
NUMBERS = {"listed": 3200, "copd": 140, "spirometry": 100, "care_plan": 80}


async def answers(bot: Runtime) -> list[tuple[str, dict[str, Any]]]:
    async with bot.database.read() as session:
        found = await session.scalars(select(Submission).order_by(Submission.id))
        return [(each.state, each.numbers) for each in found]


def choices(message: dict[str, Any]) -> dict[str, str]:
    """What each button that chooses a place stands beside, with its block."""
    return {
        block["text"]["text"]: block["block_id"]
        for block in message["blocks"]
        if block.get("accessory", {}).get("action_id") == "submission.choose"
    }


async def choose(r: Any, doctor: Any, message: dict[str, Any], name: str) -> None:
    await r.press(doctor, message, "submission.choose", block_id=choices(message)[name])


@pytest.mark.long
@pytest.mark.both_databases
async def test_the_column_that_was_chosen_is_read_and_the_receipt_says_where(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", COLUMNS.encode())
    question = await r.last(doctor)
    assert question["text"].splitlines() == [
        "❓ Der er flere kolonner med tal. Hvilken kolonne er jeres for denne periode?",
        "• Kolonne B: »Mænd«",
        "• Kolonne C: »Kvinder«",
        "• Kolonne D: »I alt«",
        "Er det ingen af dem? Send en anden fil, eller skriv tallene.",
    ]
    assert await answers(bot) == []
    await choose(r, doctor, question, "Kolonne D: »I alt«")
    told = (await r.last(doctor))["text"].splitlines()
    assert told[0] == SAVED
    assert [line.rpartition(" – ")[2] for line in told if line.startswith("• ")] == [
        "_celle D2, »Tilmeldte«_",
        "_celle D3, »KOL«_",
        "_celle D4, »Spirometri«_",
        "_celle D5, »Plan«_",
    ]
    assert await answers(bot) == [("accepted", NUMBERS)]


@pytest.mark.long
async def test_a_second_choice_is_asked_for_with_the_first_kept(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    other = [["Tilmeldte", 3200], ["KOL", 141], ["Spirometri", 100], ["Forløbsplan", 80]]
    book = xlsx(("A", [row.split(";") for row in COLUMNS.splitlines()]), ("B", other))
    await r.drop(doctor, "kol.xlsx", book)
    question = await r.last(doctor)
    assert list(choices(question)) == ["Arket »A«", "Arket »B«"]
    await choose(r, doctor, question, "Arket »A«")
    await choose(r, doctor, await r.last(doctor), "Arket »A«, kolonne D: »I alt«")
    assert await answers(bot) == [("accepted", NUMBERS)]


@pytest.mark.long
async def test_an_old_choice_changes_nothing_once_there_are_newer_numbers(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", COLUMNS.encode())
    question = await r.last(doctor)
    await choose(r, doctor, question, "Kolonne D: »I alt«")
    await choose(r, doctor, question, "Kolonne B: »Mænd«")
    assert (await r.last(doctor))["text"] == "Der er kommet nyere tal siden, så den knap gør ikke noget længere."
    assert await answers(bot) == [("accepted", NUMBERS)]


@pytest.mark.long
async def test_names_over_columns_are_not_repeated(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", COLUMNS.replace("Mænd", "Jens Hansen").encode())
    assert next(iter(choices(await r.last(doctor)))) == "Kolonne B"


@pytest.mark.long
async def test_the_heading_of_the_guide_is_asked_about(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", b"Antal KOL pt.;Spirometri;Plan\n140;100;80\n")
    question = await r.last(doctor)
    assert "Række 1, kolonne A: Er »Antal KOL pt.« det samme som »Patienter med KOL (R95)«?" in question["text"]
    await r.press(doctor, question, "heading.yes")
    told = (await r.last(doctor))["text"].splitlines()
    assert (told[0], await answers(bot)) == (SAVED, [("accepted", NUMBERS)])
    assert "• Tilmeldte patienter: *3.200* – det tal, jeg har noteret" in told
