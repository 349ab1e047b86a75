"""The log of a whole round: lines can be followed from the click to the messages, and say nothing of anybody."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.app import Runtime

ARound = Callable[..., Awaitable[Any]]
SHEET = "Praksis;Periode;Antal patienter\nHansens Hemmelige Lægehus;2026K1;3000\n"


def read(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


async def a_whole_round(asked: Any) -> None:
    """Numbers by form, by words and by files good and bad; an unknown command; charts; an objection."""
    one, two, three, four, five = asked.klynge.doctors
    await asked.enter(one, listed=3111)
    await asked.write(two, "Frk. Rosenkilde har KOL 137, spirometri 96, forløbsplan 70")
    await asked.drop(three, "rosenkildes-patienter.csv", SHEET.encode())
    await asked.drop(four, "rosenkilde.xlsx", b"PK not a workbook")
    await asked.write(five, "251248-4916 Rosenkilde")
    await asked.command(one, "/klynge Rosenkilde 251248-4916")
    for doctor in (three, four, five):
        await asked.enter(doctor)
    await asked.command(one, "/klynge grafer")
    await asked.desk.submit(one, None, {})
    await asked.settle()


@pytest.mark.long
async def test_log_of_a_whole_round_holds_nothing_of_anybody(lines: io.StringIO, a_round: ARound) -> None:
    asked = await a_round(5)
    await a_whole_round(asked)
    written = lines.getvalue()
    words = [
        "Rosenkilde",
        "rosenkildes",
        "rosenkilde",
        "251248",
        "4916",
        "3111",
        "Hemmelige",
        "Lægehus",
        "Lægehuset",
        "Læge 1",
        "klynge.example",
        "Klynge Nord",
        "csv",
        "xlsx",
    ]
    told = re.compile("|".join(rf"(?<![0-9a-z]){re.escape(word)}(?![0-9a-z])" for word in words))
    assert [line for line in written.splitlines() if told.search(line)] == []
    people = [*asked.klynge.doctors, asked.klynge.channel]
    assert [person for person in people if person in written] == []
    assert [line["event"] for line in read(lines) if line["level"] in {"error", "critical"}] == []


@pytest.mark.long
async def test_click_is_followed_from_the_door_to_the_messages_it_causes(
    lines: io.StringIO, bot: Runtime, a_round: ARound
) -> None:
    asked = await a_round(2)
    await asked.enter(asked.klynge.doctors[1])
    said = read(lines)
    kept = [line for line in said if line["event"] == "arrival.kept" and line["route"] == "assignment.numbers"]
    done = [line for line in said if line["event"] == "inbox.done" and line["route"] == "assignment.numbers"]
    assert (len(kept), len(done)) == (1, 1)
    assert kept[0]["arrival"] == done[0]["arrival"]
    sent = {line["kind"]: line["inbox"] for line in said if line["event"] == "outbox.done"}
    assert sent["data.verdict"] == done[0]["inbox"]
    rows = [line["outbox"] for line in said if line["event"] == "outbox.done"]
    assert len(rows) == len(set(rows))


async def test_lines_name_ids_that_hold_no_name(lines: io.StringIO, a_round: ARound) -> None:
    await a_round(2)
    arrivals = {line["arrival"] for line in read(lines) if "arrival" in line}
    assert [each for each in arrivals if not re.fullmatch(r"[0-9A-Za-z:.-]{4,12}", each)] == []
