"""Headings that are only nearly known: asked about one by one, remembered for the practice, forgotten on request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import Heading, Submission

Make = Callable[..., Awaitable[Any]]
ODD = "Ydernummer;Tilmeldte;KOL;Spirometrri;Forløbsplan\n010002;3200;140;{};80\n"
QUESTION = "Række 1, kolonne D: Er »Spirometrri« det samme som »KOL-patienter med spirometri inden for 12 måneder«?"
SAVED = "✅ Tak! Tallene er gemt."
NUMBERS = {"listed": 3200, "copd": 140, "spirometry": 100, "care_plan": 80}


async def answers(bot: Runtime) -> list[tuple[str, dict[str, Any]]]:
    async with bot.database.read() as session:
        found = await session.scalars(select(Submission).order_by(Submission.id))
        return [(each.state, each.numbers) for each in found]


async def remembered(bot: Runtime) -> list[tuple[str, str]]:
    async with bot.database.read() as session:
        return [(each.heading, each.field) for each in await session.scalars(select(Heading).order_by(Heading.id))]


def buttons(message: dict[str, Any]) -> list[str]:
    return [each["text"]["text"] for block in message["blocks"] for each in block.get("elements", []) if "text" in each]


@pytest.mark.long
@pytest.mark.both_databases
async def test_nearly_known_heading_is_asked_about_and_a_yes_is_remembered(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", ODD.format(100).encode())
    question = await r.last(doctor)
    assert question["text"].splitlines()[-1] == QUESTION
    assert [each for each in buttons(question) if "tallene er rigtige" in each] == []
    await r.press(doctor, question, "heading.yes")
    assert (await r.last(doctor))["text"].splitlines()[0] == SAVED
    assert await answers(bot) == [("accepted", NUMBERS)]
    assert await remembered(bot) == [("spirometrri", "spirometry")]

    await r.drop(doctor, "kol.csv", ODD.format(101).encode())
    assert (await r.last(doctor))["text"].splitlines()[0] == SAVED
    assert [state for state, _ in await answers(bot)] == ["replaced", "accepted"]


@pytest.mark.long
async def test_no_leaves_the_field_out_and_is_remembered(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", ODD.format(100).encode())
    await r.press(doctor, await r.last(doctor), "heading.no")
    question = await r.last(doctor)
    assert question["text"].splitlines()[-1] == (
        "KOL-patienter med spirometri inden for 12 måneder mangler. Vil I sende resten uden?"
    )
    assert await remembered(bot) == [("spirometrri", "")]
    await r.press(doctor, question, "submission.confirm")
    assert await answers(bot) == [("accepted", NUMBERS | {"spirometry": None})]


@pytest.mark.long
async def test_no_to_all_that_could_be_used_drops_the_numbers(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", b"KOL-patienterr\n140\n")
    await r.press(doctor, await r.last(doctor), "heading.no")
    assert (await r.last(doctor))["text"].splitlines()[-1] == (
        "Der er for få tal til, at jeg kan regne noget ud. Udfyld mindst ét mere, og send igen."
    )
    assert [state for state, _ in await answers(bot)] == ["dropped"]
    assert await remembered(bot) == [("kol patienterr", "")]


@pytest.mark.long
async def test_second_click_on_a_heading_changes_nothing(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", ODD.format(100).encode())
    question = await r.last(doctor)
    await r.desk.act(doctor, question, "heading.yes")
    await r.press(doctor, question, "heading.no")
    assert (await r.last(doctor))["text"] == ("Tallene er allerede gemt. Brug »Træk tilbage«, hvis de ikke skal gælde.")
    assert await answers(bot) == [("accepted", NUMBERS)]
    assert await remembered(bot) == [("spirometrri", "spirometry")]


@pytest.mark.long
async def test_typed_yes_says_yes_to_the_heading_too(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", ODD.format(100).encode())
    await r.write(doctor, "ja")
    assert await answers(bot) == [("accepted", NUMBERS)]
    assert await remembered(bot) == [("spirometrri", "spirometry")]


@pytest.mark.long
async def test_remembered_heading_is_shown_and_can_be_forgotten(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", ODD.format(100).encode())
    await r.press(doctor, await r.last(doctor), "heading.yes")
    await r.desk.act(doctor, await r.card(doctor), "assignment.history")
    window = await r.desk.top_view(doctor)
    said = [block["text"]["text"] for block in window["view"]["blocks"] if block.get("accessory")]
    assert said == ["»spirometrri« er »KOL-patienter med spirometri inden for 12 måneder«"]
    await r.desk.act(doctor, window, "heading.forget")
    await r.settle()
    assert (await r.last(doctor))["text"] == "Glemt. Jeg spørger igen, næste gang en fil har den overskrift."
    assert await remembered(bot) == []
