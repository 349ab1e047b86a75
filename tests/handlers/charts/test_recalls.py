"""A number was plainly wrong after the charts had gone out: the comparison is recalled in place, for everybody."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from bot.app import Runtime
from bot.commands.deck import deck_files
from bot.settings import Settings
from locales import texts_for
from storage.models import Outbox
from tests.handlers.conftest import numbers
from workspace import DeskError

Make = Callable[..., Awaitable[Any]]
TOLD = "*KOL* ({measures}): Et tal i sammenligningen var forkert. Se bort fra den; jeres eget tal gælder."
SPIROMETRY = "Spirometri inden for 12 måneder"
GONE = "Sammenligningen med klyngen er trukket tilbage: Et tal var forkert. Jeres eget tal gælder."


async def charts(r: Any, n: int) -> list[dict[str, Any]]:
    """The chart messages of the n-th practice's doctor."""
    return [m for m in await r.desk.dm(r.klynge.doctors[n - 1]) if m["text"].startswith("Her er graferne")]


async def correct(r: Any, n: int, **numbers_now: int) -> None:
    """The n-th practice presses "Ret tal" on its newest charts."""
    doctor = r.klynge.doctors[n - 1]
    await r.desk.act(doctor, (await charts(r, n))[-1], "submission.correct")
    answer = await r.send(doctor, **(numbers(n) | numbers_now))
    assert answer["response_action"] is None
    await r.settle()


async def released(a_round: Make, size: int = 8, **wrong: int) -> Any:
    """A round whose charts are sent; the second practice gave something ``wrong``."""
    r = await a_round(size)
    for n in range(1, size + 1):
        given = numbers(n) | (wrong if n == 2 else {})
        assert (await r.enter(r.klynge.doctors[n - 1], **given))["response_action"] is None
        if (last := await r.last(r.klynge.doctors[n - 1]))["text"].startswith("Klyngen"):
            continue
        if any(
            element.get("action_id") == "submission.confirm"
            for block in last["blocks"]
            for element in block.get("elements", [])
        ):
            await r.press(r.klynge.doctors[n - 1], last, "submission.confirm")
    await r.release()
    if not await charts(r, 2):  # the wrong number was looked at once more, and called right
        await r.press(r.klynge.doctors[1], await r.last(r.klynge.doctors[1]), "look.right")
        waiting = next(m for m in reversed(await r.desk.dm(r.klynge.coordinator)) if "round.send" in str(m))
        await r.press(r.klynge.coordinator, waiting, "round.send")
    return r


def pictures(message: dict[str, Any]) -> list[str]:
    return [block["slack_file"]["id"] for block in message["blocks"] if block["type"] == "image"]


async def is_gone(r: Any, n: int, file_id: str) -> bool:
    """Whether a file can't be opened any more by the n-th practice's doctor."""
    try:
        await r.desk.file(r.klynge.doctors[n - 1], file_id)
    except DeskError:
        return True
    return False


async def question(r: Any, n: int) -> dict[str, Any] | None:
    """The question whether the comparison may be drawn without the n-th practice, if it was asked."""
    found = [m for m in await r.desk.dm(r.klynge.doctors[n - 1]) if m["text"].startswith("Tak, fordi I har rettet")]
    return found[-1] if found else None


@pytest.mark.long
async def test_gross_correction_calls_the_comparison_back_in_place(a_round: Make) -> None:
    r = await released(a_round, spirometry=7)
    [before] = await charts(r, 3)
    assert "Klyngen samlet" in json.dumps(before, ensure_ascii=False)
    shown = pictures(before)
    await correct(r, 2)

    [after] = await charts(r, 3)
    assert after["ts"] == before["ts"]
    assert not set(pictures(after)) & set(shown)
    assert len(pictures(after)) == 3
    assert [await is_gone(r, 3, each) for each in (*shown, *pictures(after))] == [True] * 3 + [False] * 3
    said = after["text"]
    assert f"Sammenligningen af {SPIROMETRY} er trukket tilbage" in said
    assert GONE in said
    assert (await r.texts(r.klynge.doctors[2]))[-1] == TOLD.format(measures=SPIROMETRY)
    heard = [(await r.texts(doctor)).count(TOLD.format(measures=SPIROMETRY)) for doctor in r.klynge.doctors[1:]]
    assert heard == [1] * 7


def deck_in(content: bytes) -> tuple[bool, int]:
    """Whether a presentation says that something is recalled, and how many charts it holds."""
    pptx = ZipFile(BytesIO(content))
    words = b"".join(pptx.read(name) for name in pptx.namelist() if name.endswith(".xml")).decode()
    return "Trukket tilbage" in words, sum(name.startswith("ppt/media/") for name in pptx.namelist())


async def deck(r: Any) -> tuple[bool, int]:
    """What is in the newest deck, asked for with the command."""
    await r.command(r.klynge.coordinator, "/klynge oplæg")
    await r.settle()
    files = [file for m in await r.desk.dm(r.klynge.coordinator) for file in m.get("files", [])]
    newest = [file["id"] for file in files if file["name"].endswith(".pptx")][-1]
    return deck_in(await r.desk.file(r.klynge.coordinator, newest))


@pytest.mark.long
async def test_deck_is_made_anew_without_it_and_drawn_again_by_a_yes(a_round: Make, settings: Settings) -> None:
    """The story: a wrong number corrected after sending, recalled everywhere, drawn again as the practice agrees."""
    r = await released(a_round, spirometry=7)
    leader = r.klynge.coordinator
    await r.command(leader, "/klynge oplæg")
    await r.command(leader, "/klynge tragt")
    await r.command(r.klynge.doctors[4], "/klynge oplæg")
    await r.settle()
    sent = [
        (n, file["id"])
        for n in (1, 5)
        for m in await r.desk.dm(r.klynge.doctors[n - 1])
        for file in m.get("files", [])
        if file["name"].endswith((".pdf", ".pptx"))
    ]
    assert len(sent) == 4
    await correct(r, 2)

    assert [await is_gone(r, n, each) for n, each in sent] == [True] * 4
    texts = await r.texts(leader)
    assert sum(said.startswith("⚠️ De filer, der lå her, er forældede") for said in texts) == 1
    assert sum(said.startswith("Her er oplægget") for said in texts) == 1  # the new one
    assert any("Et oplæg, du har gemt, sendt videre eller printet, er forældet" in said for said in texts)
    assert await deck(r) == (True, 2)
    made = await deck_files(settings, "Klynge Nord", texts_for("da"))
    assert deck_in(made["oplæg-kol.pptx"]) == (True, 2)

    asked = await question(r, 2)
    assert asked is not None
    assert f"• {SPIROMETRY}: 7 af 127" in asked["text"]
    assert [await question(r, n) for n in (1, 3, 4, 5, 6, 7, 8)] == [None] * 7
    for _ in range(2):  # a double click is one answer
        await r.press(r.klynge.doctors[1], asked, "recall.yes")
        await r.settle()
    back = "Sammenligningen er tegnet igen uden det forkerte tal. I finder den, hvor den var før."
    heard = [(await r.texts(doctor)).count(f"*KOL* ({SPIROMETRY}): {back}") for doctor in r.klynge.doctors[1:]]
    assert heard == [1] * 7
    [after] = await charts(r, 3)
    assert "trukket tilbage" not in after["text"]
    pictures = [block["alt_text"] for block in after["blocks"] if block["type"] == "image"]
    assert [re.findall(r"givet tal: (\d)", alt) for alt in pictures] == [["8"], ["7"], ["8"]]
    assert await deck(r) == (False, 3)


@pytest.mark.long
async def test_coordinators_button_calls_back_any_measure(a_round: Make) -> None:
    r = await released(a_round)
    leader = r.klynge.coordinator
    status = await r.command(leader, "/klynge status")
    assert any(
        e["action_id"] == "recall.open" for b in status["blocks"] for e in b.get("elements", []) if "action_id" in e
    )
    sent = next(m for m in reversed(await r.desk.dm(leader)) if m["text"].startswith("Graferne om KOL er sendt til"))
    await r.desk.act(leader, sent, "recall.open")
    blocks = (await r.desk.top_view(leader))["view"]["blocks"]
    assert "*Det kan ikke fortrydes.*" in blocks[0]["text"]["text"]
    assert (await r.desk.submit(leader, None, {"measures": ["care_plan"]}))["response_action"] is None
    await r.settle()
    [chart] = await charts(r, 4)
    assert "Sammenligningen af Aktiv forløbsplan er trukket tilbage" in chart["text"]
    assert (await r.texts(r.klynge.doctors[3]))[-1] == TOLD.format(measures="Aktiv forløbsplan")
    assert await question(r, 2) is None


@pytest.mark.long
async def test_what_fails_on_the_way_is_done_again(a_round: Make) -> None:
    """Slack loses answers and stumbles between the edit and the deletion: in the end everything is as it must be."""
    r = await released(a_round, 6, spirometry=7)
    [before] = await charts(r, 3)
    shown = pictures(before)
    await r.desk.fail("chat.update", status=500, when="after", times=2)
    await r.desk.fail("files.delete", status=500, times=3)
    await correct(r, 2)
    [after] = await charts(r, 3)
    assert after["ts"] == before["ts"]
    assert GONE in after["text"]
    assert [await is_gone(r, 3, each) for each in (*shown, *pictures(after))] == [True] * 3 + [False] * 3
    assert (await r.texts(r.klynge.doctors[2])).count(TOLD.format(measures=SPIROMETRY)) == 1


@pytest.mark.long
async def test_deck_that_stopped_between_its_files_is_called_back_too(a_round: Make, bot: Runtime) -> None:
    """Slack has taken the first file and asks for an hour before the next: the row looks as if it was never tried."""
    r = await released(a_round, 6, spirometry=7)
    leader = r.klynge.coordinator
    await r.desk.fail("files.completeUploadExternal", retry_after=3600, when="after")
    await r.desk.command(leader, r.klynge.channel, "/klynge oplæg")
    deck = await first_of(bot, lambda row: row.kind == "deck.ready" and bool(row.file_ids) and row.leased_until is None)
    assert (deck.state, deck.attempts, deck.sent_ts is not None) == ("waiting", 0, True)
    await r.desk.act(r.klynge.doctors[1], (await charts(r, 2))[-1], "submission.correct")
    right = {f"value.{name}": str(value) for name, value in numbers(2).items()}
    assert (await r.desk.submit(r.klynge.doctors[1], None, right))["response_action"] is None
    await first_of(bot, lambda row: row.how == "edit" and row.params["row"] == deck.id)


async def first_of(bot: Runtime, fits: Callable[[Outbox], bool]) -> Outbox:
    """The first row that fits, as soon as there is one."""
    for _ in range(600):
        async with bot.database.read() as session:
            found = [row for row in await session.scalars(select(Outbox)) if fits(row)]
        if found:
            return found[0]
        await asyncio.sleep(0.05)
    raise AssertionError
