"""A file with faults: the part in order can be kept, and the file comes back with the faults marked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import Submission

Make = Callable[..., Awaitable[Any]]
HEADINGS = "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan"
ONE_FAULT = f"{HEADINGS}\n010002;3200;140;74 %;80\n".encode()
FOUR_FAULTS = f"{HEADINGS}\n010002;cirka Jens;Ida Olsen;74 %;-3\n".encode()


async def answers(bot: Runtime) -> list[tuple[str, dict[str, Any]]]:
    async with bot.database.read() as session:
        found = await session.scalars(select(Submission).order_by(Submission.id))
        return [(each.state, each.numbers) for each in found]


def button(message: dict[str, Any], action: str) -> str:
    """The label of a button, empty when there is none."""
    found = [
        each["text"]["text"]
        for block in message["blocks"]
        for each in block.get("elements", [])
        if each.get("action_id") == action
    ]
    return found[0] if found else ""


@pytest.mark.long
async def test_part_in_order_is_kept_when_the_sender_says_so(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", ONE_FAULT)
    refusal = await r.last(doctor)
    assert (button(refusal, "submission.partial"), await answers(bot)) == ("Gem de 3, der er i orden", [])
    await r.desk.act(doctor, refusal, "submission.partial")
    await r.press(doctor, refusal, "submission.partial")  # a double click
    assert await answers(bot) == [("accepted", {"listed": 3200, "copd": 140, "spirometry": None, "care_plan": 80})]
    last = [message["text"] for message in (await r.desk.dm(doctor))[-2:]]  # the refusal may pass the longer answer
    assert "Der er kommet nyere tal siden, så den knap gør ikke noget længere." in last


@pytest.mark.long
async def test_part_in_order_is_not_offered_when_it_makes_no_measure(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", b"KOL;Spirometri\nx;100\n")
    assert button(await r.last(doctor), "submission.partial") == ""


@pytest.mark.long
async def test_part_in_order_can_not_be_kept_once_the_file_is_gone(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", ONE_FAULT)
    refusal = await r.last(doctor)
    [sent] = [message for message in await r.desk.dm(doctor) if message.get("files") and not message["bot"]]
    await r.desk.delete_file(doctor, sent["files"][0]["id"])
    await r.press(doctor, refusal, "submission.partial")
    assert (await r.last(doctor))["text"] == "Jeg kunne ikke hente filen fra Slack. Send den igen om lidt."
    assert await answers(bot) == []


@pytest.mark.long
async def test_old_refusal_can_not_replace_newer_numbers(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", ONE_FAULT)
    refusal = await r.last(doctor)
    await r.enter(doctor)
    await r.press(doctor, refusal, "submission.partial")
    assert [state for state, _ in await answers(bot)] == ["accepted"]


@pytest.mark.long
async def test_much_to_mend_comes_back_as_a_marked_copy_without_names(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "Jens Hansen.csv", FOUR_FAULTS)
    told = [message for message in await r.desk.dm(doctor) if message["bot"]]
    [copy] = [file for message in told for file in message.get("files") or []][1:]
    page = openpyxl.load_workbook(BytesIO(await r.desk.file(doctor, copy["id"]))).active
    assert copy["name"] == "kol-markeret.xlsx"
    assert [[cell.value for cell in row[:5]] for row in page] == [
        ["Ydernummer", "Tilmeldte", "KOL", "Spirometri", "Forløbsplan"],
        ["010002", "•••", "•••", "74 %", "-3"],
    ]
    assert [cell.fill.fgColor.rgb for cell in page[2][:5]] == ["00000000", *["FFFFD9B3"] * 4]
    assert [name for name in ("Jens", "Ida", "Olsen") if name in f"{told} {page['F2'].value}"] == []


@pytest.mark.long
async def test_few_faults_come_without_a_copy(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", ONE_FAULT)
    told = [message for message in await r.desk.dm(doctor) if message["bot"] and message.get("files")]
    assert len(told) == 1  # the template
