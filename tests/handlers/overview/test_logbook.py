"""`/klynge log`: who did what, for coordinators; no numbers, and nothing between colleagues that is not theirs."""

from __future__ import annotations

import ast
from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from cluster.clock import MovableClock
from handlers import TABLE
from tests.conftest import Klynge
from tests.handlers.meetings.kit import Room
from workspace import Desk

Make = Callable[..., Awaitable[Any]]
ROOT = Path(__file__).resolve().parents[3]


async def lines(r: Any) -> list[str]:
    await r.desk.command(r.klynge.coordinator, r.klynge.channel, "/klynge log")
    view = await r.desk.top_view(r.klynge.coordinator)
    shown = [block["text"]["text"] for block in view["view"]["blocks"] if block["type"] == "section"]
    return [line.partition(" · ")[2] for text in shown for line in text.splitlines() if " · " in line]


@pytest.mark.long
async def test_coordinator_reads_who_did_what(a_round: Make) -> None:
    r = await a_round(3)
    await r.enter(r.klynge.doctors[1], listed=3217, copd=137)
    assert (await lines(r))[:2] == [
        "Læge 2 gav tal for Lægehuset 2",
        "Læge 1 bad om tal om KOL: opsporing, spirometri og forløbsplan",
    ]


@pytest.mark.long
@pytest.mark.both_databases
async def test_answers_stand_there_when_given_for_somebody_else(
    a_cluster: Callable[..., Awaitable[Klynge]], desk: Desk, clock: MovableClock, settle: Callable[[], Awaitable[None]]
) -> None:
    room = Room(desk, clock, settle, await a_cluster(3))
    await room.call_meeting()
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    alone = [line for line in await lines(room) if "svarede" in line]
    await desk.close(room.coordinator)
    await desk.act(room.coordinator, (await desk.dm(room.coordinator))[0], "meeting.answer_for")
    guest = str(room.klynge.member_ids[room.ida])
    await desk.submit(room.coordinator, values={"guest": guest, "answer": "yes", "reason": ""})
    await settle()
    said = [line for line in await lines(room) if "svarede" in line]
    assert (alone, said) == ([], ["Læge 1 svarede for en anden til KOL i praksis (26. marts 2026)"])


@pytest.mark.long
async def test_objection_stands_there_with_the_practice_whose_numbers_are_wrong(a_round: Make) -> None:
    r = await a_round(2)
    await r.give(1, 2)
    await r.release()
    doctor = r.klynge.doctors[1]
    [charts] = [each for each in await r.desk.dm(doctor) if each["text"].startswith("Her er graferne")]
    await r.desk.act(doctor, charts, "submission.object")
    await r.desk.submit(doctor, None, {"text": "Søgningen tog fraflyttede med"})
    await r.settle()
    assert (await lines(r))[0] == "Læge 2 skrev, at tallene for Lægehuset 2 er forkerte"


@pytest.mark.long
async def test_log_names_no_numbers_and_no_mistakes(a_round: Make) -> None:
    r = await a_round(3)
    await r.enter(r.klynge.doctors[1], listed=3217, copd=137)
    await r.write(r.klynge.doctors[2], "Patienten 010170-1234 har KOL")
    said = "\n".join(await lines(r))
    assert [part for part in ("3217", "3.217", "137", "Læge 3", "0101") if part in said] == []


@pytest.mark.long
async def test_whole_log_comes_as_a_sheet_and_that_is_noted(a_round: Make) -> None:
    r = await a_round(3)
    await lines(r)
    view = await r.desk.top_view(r.klynge.coordinator)
    await r.desk.act(r.klynge.coordinator, view["id"], "log.export")
    await r.settle()
    file = next(each for each in reversed(await r.desk.dm(r.klynge.coordinator)) if each.get("files"))["files"][0]["id"]
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(await r.desk.file(r.klynge.coordinator, file)))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert [rows[0], rows[1][1:]] == [
        ["Hvornår", "Hvem", "Hvad"],
        ["Læge 1", "Læge 1 hentede klyngens log som regneark"],
    ]


async def test_member_is_told_that_it_is_the_coordinators(a_round: Make) -> None:
    r = await a_round(2)
    answer = await r.command(r.klynge.doctors[1], "/klynge log")
    assert "koordinator" in answer["text"]


@pytest.mark.long
def test_every_note_has_its_sentence_or_is_withheld_on_purpose() -> None:
    noted = {
        constant.value
        for folder in ("cluster", "handlers")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"audit.note", "_log"} and len(call.args) > 1
        for constant in ast.walk(call.args[1])
        if isinstance(constant, ast.Constant) and "." in str(constant.value)
    }
    assert noted - TABLE.log.keys() - TABLE.withheld.keys() == set()
