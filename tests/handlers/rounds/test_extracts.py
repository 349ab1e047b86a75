"""`/klynge udtræk`: the order of a central extract names those who consented, and its sheet can be sent back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

Make = Callable[..., Awaitable[Any]]


async def order(r: Any) -> tuple[dict[str, Any], list[list[list[Any]]]]:
    """The order's message, and the rows of its two sheets."""
    await r.command(r.klynge.coordinator, "/klynge udtræk")
    await r.settle()
    said = next(each for each in reversed(await r.desk.dm(r.klynge.coordinator)) if "bestilling" in each["text"])
    files = [file["id"] for each in await r.desk.dm(r.klynge.coordinator) for file in each.get("files") or []][-2:]
    books = [CalamineWorkbook.from_filelike(BytesIO(await r.desk.file(r.klynge.coordinator, each))) for each in files]
    return said, [book.get_sheet_by_index(0).to_python() for book in books]


@pytest.mark.long
async def test_order_lists_the_practices_and_what_is_asked(a_round: Make) -> None:
    r = await a_round(3)
    said, (numbers, consents) = await order(r)
    assert [numbers[0][:2], [row[1] for row in numbers[1:]]] == [
        ["Ydernummer", "Praksis"],
        ["Lægehuset 1", "Lægehuset 2", "Lægehuset 3"],
    ]
    assert [row[1] for row in consents[1:]] == ["Lægehuset 1", "Lægehuset 2", "Lægehuset 3"]
    assert "for hver af 3 praksisser" in said["text"]


@pytest.mark.long
async def test_order_leaves_out_who_has_not_consented(a_round: Make) -> None:
    r = await a_round(3)
    await r.desk.home(r.klynge.doctors[2])
    home = (await r.desk.state(r.klynge.doctors[2]))["home"]
    await r.desk.act(r.klynge.doctors[2], home["id"], "practice.withdraw")
    await r.settle()
    said, (numbers, _) = await order(r)
    assert [row[1] for row in numbers[1:]] == ["Lægehuset 1", "Lægehuset 2"]
    assert "Ikke med på listen, fordi samtykket mangler: Lægehuset 3." in said["text"]


@pytest.mark.long
async def test_sheet_that_is_filled_in_and_dropped_is_read_as_it_is(a_round: Make) -> None:
    r = await a_round(3)
    await order(r)
    sent = [file["id"] for each in await r.desk.dm(r.klynge.coordinator) for file in each.get("files") or []][-2]
    book = openpyxl.load_workbook(BytesIO(await r.desk.file(r.klynge.coordinator, sent)))
    for row in book.active.iter_rows(min_row=2, min_col=3):
        for cell, value in zip(row, (3200, 141, 101, 81), strict=True):
            cell.value = value
    filled = BytesIO()
    book.save(filled)
    await r.drop(r.klynge.coordinator, "svar.xlsx", filled.getvalue())
    told = await r.last(r.klynge.coordinator)
    assert told["text"].splitlines()[1] == "• ✅ Klar: Lægehuset 1, Lægehuset 2 og Lægehuset 3"


async def test_order_without_a_collection_says_what_to_do_first(a_cluster: Make, desk: Any, settle: Any) -> None:
    klynge = await a_cluster(2)
    await desk.command(klynge.coordinator, klynge.channel, "/klynge udtræk")
    await settle()
    assert (await desk.dm(klynge.coordinator))[-1]["text"] == (
        "Der samles ingen tal ind lige nu. Skriv først /klynge data."
    )


async def test_order_is_for_coordinators(a_round: Make) -> None:
    r = await a_round(2)
    await r.command(r.klynge.doctors[1], "/klynge udtræk")
    await r.settle()
    assert "koordinator" in (await r.last(r.klynge.doctors[1]))["text"]
