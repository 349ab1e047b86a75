"""`/klynge oplæg`: the deck to the coordinator, pages to practices, nobody's name or number where it doesn't belong."""

from __future__ import annotations

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
from storage.models import Audit
from storage.unit_of_work import look
from tests.measures.printed.reading_aloud import parts

Make = Callable[..., Awaitable[Any]]


async def released(a_round: Make, size: int = 6, given: int = 5) -> Any:
    """A round whose charts are sent."""
    r = await a_round(size)
    await r.give(*range(1, given + 1))
    await r.release()
    return r


async def files(r: Any, user: str) -> dict[str, bytes]:
    """The files of the newest message to somebody, by name."""
    messages = await r.desk.dm(user)
    known = {file["name"]: file["id"] for message in messages[-3:] for file in message.get("files", [])}
    return {name: await r.desk.file(user, key) for name, key in known.items()}


@pytest.mark.long
async def test_coordinator_gets_deck_presentation_and_briefing(a_round: Make) -> None:
    r = await released(a_round)
    await r.command(r.klynge.coordinator, "/klynge oplæg")
    await r.settle()
    found = await files(r, r.klynge.coordinator)
    assert sorted(found) == ["koordinator-kol.pdf", "oplæg-kol.pdf", "oplæg-kol.pptx"]
    assert [found[name][:4] for name in sorted(found)] == [b"%PDF", b"%PDF", b"PK\x03\x04"]
    heard = parts(found["oplæg-kol.pdf"])
    assert heard[:2] == [("/Document", ""), ("/H1", "KOL: opsporing, spirometri og forløbsplan")]
    assert ["Klyngen samlet" in told for tag, told in heard if tag == "/Figure"] == [True] * 3
    said = next(text for text in reversed(await r.texts(r.klynge.coordinator)) if text.startswith("Her er oplægget"))
    assert said == "Her er oplægget til mødet om KOL. Tal pr. mandag den 2. marts kl. 09.00."


@pytest.mark.long
async def test_deck_names_no_practice_and_nobody(a_round: Make) -> None:
    r = await released(a_round)
    await r.command(r.klynge.coordinator, "/klynge deck")
    await r.settle()
    pptx = ZipFile(BytesIO((await files(r, r.klynge.coordinator))["oplæg-kol.pptx"]))
    words = b"".join(pptx.read(name) for name in pptx.namelist() if name.endswith(".xml")).decode()
    assert [part for part in ("Lægehuset", "Læge ", "127", "3.200") if part in words] == []
    assert "5 af 6 praksisser har svaret." in words


@pytest.mark.long
async def test_command_line_makes_the_same_deck_and_is_logged(a_round: Make, settings: Settings, bot: Runtime) -> None:
    r = await released(a_round)
    await r.command(r.klynge.coordinator, "/klynge oplæg")
    await r.settle()
    made = await deck_files(settings, "Klynge Nord", texts_for("da"))
    assert made == await files(r, r.klynge.coordinator)
    async with look(bot.database) as state:
        rows = await state.session.execute(select(Audit.actor_id, Audit.cluster_id).where(Audit.what == "deck.made"))
        coordinator = r.klynge.member_ids[r.klynge.coordinator]
        assert [tuple(row) for row in rows] == [(coordinator, r.klynge.id), (None, r.klynge.id)]


@pytest.mark.long
async def test_deck_before_any_charts_is_refused(a_round: Make) -> None:
    r = await a_round(5)
    await r.command(r.klynge.coordinator, "/klynge oplæg")
    await r.settle()
    assert (await r.texts(r.klynge.coordinator))[-1] == (
        "Der er ikke noget at vise endnu. Send først graferne med /klynge grafer."
    )


@pytest.mark.long
async def test_member_gets_the_own_page_and_not_the_deck(a_round: Make) -> None:
    r = await released(a_round)
    doctor = r.klynge.doctors[1]
    await r.command(doctor, "/klynge oplæg")
    await r.settle()
    assert sorted(await files(r, doctor)) == ["side-kol.pdf"]
    assert (await r.texts(doctor))[-1] == "Her er siden til *Lægehuset 2* om KOL. Print den, og tag den med."


@pytest.mark.long
async def test_coordinator_sends_every_practice_its_page_once(a_round: Make) -> None:
    r = await released(a_round)
    await r.command(r.klynge.coordinator, "/klynge oplæg")
    await r.settle()
    for _ in range(2):
        message = next(
            each
            for each in reversed(await r.desk.dm(r.klynge.coordinator))
            if each["text"].startswith("Her er oplægget")
        )
        await r.press(r.klynge.coordinator, message, "deck.handouts")
        await r.settle()
    pages = [
        sum(text.startswith("Her er siden til") for text in await r.texts(doctor)) for doctor in r.klynge.doctors[1:6]
    ]
    assert pages == [1, 1, 1, 1, 0]


@pytest.mark.long
async def test_member_without_numbers_has_no_page(a_round: Make) -> None:
    r = await released(a_round)
    doctor = r.klynge.doctors[5]
    await r.command(doctor, "/klynge oplæg")
    await r.settle()
    said = "Der er ingen side til jeres praksis, for I har ikke givet tal til denne dataindsamling."
    assert (await r.texts(doctor))[-1] == said
