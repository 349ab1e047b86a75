"""Files dropped in the conversation: read, refused with the place of the fault, or not kept at all."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import Audit, Base, Submission

Make = Callable[..., Awaitable[Any]]
HEADINGS = "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan"
GOOD = f"{HEADINGS}\n010002;3200;140;100;80\n".encode()
SAVED = "✅ Tak! Tallene er gemt."
NUMBERS = {"listed": 3200, "copd": 140, "spirometry": 100, "care_plan": 80}


async def answers(bot: Runtime) -> list[tuple[str, str, dict[str, Any]]]:
    """Everything kept of answers."""
    async with bot.database.read() as session:
        found = await session.scalars(select(Submission).order_by(Submission.id))
        return [(each.source, each.state, each.numbers) for each in found]


async def everything_kept(bot: Runtime) -> str:
    """The whole database as text."""
    kept = []
    async with bot.database.read() as session:
        for table in Base.metadata.sorted_tables:
            kept += [json.dumps([str(value) for value in row]) for row in await session.execute(select(table))]
    return "\n".join(kept)


@pytest.mark.long
async def test_filled_in_template_is_accepted(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    [file] = [file for message in await r.desk.dm(doctor) for file in message.get("files") or []]
    book = openpyxl.load_workbook(BytesIO(await r.desk.file(doctor, file["id"])))
    for row, value in enumerate(NUMBERS.values(), start=9):
        book.worksheets[0].cell(row, 2).value = value
    filled = BytesIO()
    book.save(filled)
    await r.drop(doctor, "kol-skabelon.xlsx", filled.getvalue())

    assert (await r.last(doctor))["text"].splitlines()[0] == SAVED
    assert await answers(bot) == [("file", "accepted", NUMBERS)]


@pytest.mark.long
async def test_answer_to_a_file_stands_in_the_open(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", GOOD)
    assert "thread_ts" not in await r.last(doctor)


@pytest.mark.long
async def test_file_in_the_reminders_thread_is_accepted(a_round: Make, bot: Runtime, clock: MovableClock) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    clock.move_to(datetime(2026, 3, 12, 9, tzinfo=ZoneInfo("Europe/Copenhagen")))
    await r.settle()
    reminder = await r.last(doctor)
    await r.drop(doctor, "kol.csv", GOOD, reminder["ts"])
    assert (await r.last(doctor))["thread_ts"] == reminder["ts"]
    assert await answers(bot) == [("file", "accepted", NUMBERS)]


@pytest.mark.long
async def test_fault_is_told_with_row_and_column_and_nothing_is_kept(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", f"{HEADINGS}\n010002;3200;140;Jens Hansen;80\n".encode())
    assert (await r.last(doctor))["text"] == (
        "Det kunne jeg ikke bruge endnu, og intet er gemt. Ret dette, og send igen:\n"
        "Række 2, kolonne D: KOL-patienter med spirometri inden for 12 måneder: Jeg kan ikke læse »•••• ••••••« som et "
        "tal. Skriv et helt tal, for eksempel 96."
    )
    assert await answers(bot) == []
    assert "Jens" not in await everything_kept(bot)


@pytest.mark.long
async def test_bad_file_then_good_file_is_accepted(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", f"{HEADINGS}\n010002;3200;140;150;80\n".encode())
    await r.drop(doctor, "kol.csv", GOOD)
    assert (await r.last(doctor))["text"].splitlines()[0] == SAVED
    assert await answers(bot) == [("file", "accepted", NUMBERS)]


@pytest.mark.long
async def test_another_practices_file_is_refused(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", f"{HEADINGS}\n010001;3200;140;100;80\n".encode())
    assert "010001" in (await r.last(doctor))["text"]
    assert await answers(bot) == []


@pytest.mark.long
async def test_same_file_twice_changes_nothing(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", GOOD)
    await r.drop(doctor, "kol.csv", GOOD)
    assert (await r.last(doctor))["text"] == "Det er den samme fil, som jeg allerede har læst, så intet er ændret."
    assert len(await answers(bot)) == 1


@pytest.mark.long
async def test_nothing_is_kept_of_a_file_with_cpr_numbers(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "Jens Hansen.csv", b"CPR;KOL;Spirometri\n010180-1234;1;1\n020275-4321;1;0\n")
    told = await r.last(doctor)
    sent = next(message for message in await r.desk.dm(doctor) if message.get("files") and not message["bot"])
    assert "thread_ts" not in told
    assert told["text"].splitlines() == [
        "⚠️ Her står noget, der ligner et CPR-nummer. Jeg har ikke gemt noget fra filen. Send kun antal.",
        "*Slet den i Slack nu* – det har jeg ikke lov til at gøre for dig: Hold musen over beskeden med filen "
        "(på mobilen: hold fingeren på den), vælg *⋯ (More actions)* og så *Slet fil (Delete file)*.",
        f"<https://klynge.slack.com/archives/{sent['channel']}/p{sent['ts'].replace('.', '')}|Gå til beskeden>",
        "Send derefter kun antallene. Tak, fordi du passer på patienternes oplysninger.",
    ]
    kept = await everything_kept(bot)
    assert [part for part in ("010180", "020275", "Jens", "Hansen") if part in kept] == []
    assert await answers(bot) == []
    async with bot.database.read() as session:
        found = (await session.scalars(select(Audit).where(Audit.what == "data.personal"))).all()
    assert [each.details for each in found] == [{"code": "cpr"}]


async def test_typed_cpr_number_is_not_kept_and_must_be_deleted(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "KOL 130, spirometri 96, husk 010180-1234")
    assert (await r.last(doctor))["text"].splitlines()[0] == (
        "⚠️ Der står noget i din besked, der ligner et CPR-nummer. Jeg har ikke gemt det."
    )
    assert "010180" not in await everything_kept(bot)
    assert await answers(bot) == []


@pytest.mark.long
async def test_wrong_kinds_are_answered_by_kind(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    said = []
    for name, content in (
        ("kol.pdf", b"%PDF-1.7 \n"),
        ("kol.csv", b" "),
        ("kol.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50),
    ):
        await r.drop(doctor, name, content)
        said.append((await r.last(doctor))["text"].splitlines()[-1])
    assert said == [
        "Det er en PDF, og den kan jeg ikke læse tal fra. Brug skabelonen, eller skriv tallene.",
        "Filen er tom. Udfyld skabelonen, og send den igen.",
        "Det er et billede, og det kan jeg ikke læse tal fra. Brug skabelonen, eller skriv tallene.",
    ]
    assert await answers(bot) == []


@pytest.mark.long
async def test_file_larger_than_ten_megabytes_is_not_opened(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "kol.csv", b"1;2\n" * (3 * 1024 * 1024))
    assert (await r.last(doctor))["text"] == "Filen fylder mere end 10 MB, så jeg har ikke åbnet den."


async def test_file_when_nothing_is_asked_gets_a_kind_answer(
    world: Any, desk: Any, settle: Any, a_cluster: Make
) -> None:
    klynge = await a_cluster(2)
    await desk.upload(klynge.doctors[1], world.bot_user_id, "kol.csv", GOOD)
    await settle()
    assert [message["text"] for message in await desk.dm(klynge.doctors[1]) if message["bot"]] == [
        "Ingen har bedt jeres praksis om tal lige nu, så jeg har ikke gemt filen."
    ]


@pytest.mark.long
async def test_file_that_can_be_about_two_rounds_is_asked_about(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    first, doctor = r.klynge.coordinator, r.klynge.doctors[1]
    await r.enter(first, listed=3100)
    await r.desk.command(first, r.klynge.channel, "/klynge grafer")
    await r.desk.submit(first, None, {})
    await r.settle()
    await r.ask(period_start="2024-03-01", period_end="2025-02-28")
    await r.drop(doctor, "kol.csv", GOOD)
    question = await r.last(doctor)
    assert question["text"] == "Hvad handler filen om? Vælg, så læser jeg den med det samme."
    chosen = [block for block in question["blocks"] if block.get("accessory")][1]
    assert chosen["text"]["text"] == "*KOL* · Lægehuset 2 · 1. marts 2024 – 28. februar 2025"
    await r.press(doctor, question, "assignment.pick", block_id=chosen["block_id"])
    assert (await r.last(doctor))["text"].splitlines()[:2] == [
        SAVED,
        "*Lægehuset 2* · 1. marts 2024 – 28. februar 2025",
    ]


@pytest.mark.long
async def test_words_beside_a_good_file_must_be_deleted_and_the_file_counts(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.desk.upload(doctor, await r.conversation(doctor), "kol.csv", GOOD, text="Husk Jens 25.12.48 4916")
    await r.settle()
    said = "\n".join(message["text"] for message in await r.desk.dm(doctor))
    assert "*Slet den i Slack nu*" in said
    assert await answers(bot) == [("file", "accepted", NUMBERS)]
    assert "4916" not in await everything_kept(bot)


async def test_file_named_after_a_patient_is_not_kept(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "Jens 251248_4916.csv", GOOD)
    assert "*Slet den i Slack nu*" in (await r.last(doctor))["text"]
    assert await answers(bot) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("kol.xls", b"<html><body><table><tr><td>KOL</td></tr></table></body></html>", "Det er en webside"),
        ("kol.xls", b"<div><table><tr><td>KOL</td></tr></table></div>", "Det er en webside"),
        ("audio_message.m4a", b"\0\0\0\x1cftypM4A \0\0\0\0M4A mp42isom" + b"0" * 100, "Det er en optagelse"),
    ],
)
async def test_what_is_no_table_is_named_with_a_lasting_reason(
    a_round: Make, name: str, content: bytes, words: str
) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, name, content)
    assert words in (await r.last(doctor))["text"]
