"""A second round about the same: each practice gets its own before–after, and nobody else's."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from cluster.charts import recalling
from cluster.clock import MovableClock
from cluster.members import members
from storage.models import Round
from storage.unit_of_work import UnitOfWork
from tests.handlers.conftest import numbers

Make = Callable[..., Awaitable[Any]]
AGAIN = {"period_start": "2025-09-01", "period_end": "2026-08-31", "deadline_day": "2026-09-15"}


async def newest_card(r: Any, person: str) -> dict[str, Any]:
    found = [message for message in await r.desk.dm(person) if message["text"].startswith("Klyngen beder")]
    return dict(found[-1])


async def measured_again(r: Any, clock: MovableClock, *, first: tuple[int, ...], second: tuple[int, ...]) -> None:
    """Two rounds, half a year apart, with these practices' numbers."""
    await r.give(*first)
    await r.release()
    await r.command(r.klynge.coordinator, "/klynge aftale")
    agreed = {"text": "Alle får spirometri", "again": "no"}
    assert (await r.desk.submit(r.klynge.coordinator, None, agreed))["response_action"] is None
    await r.settle()
    clock.move_to(datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Europe/Copenhagen")))
    await r.settle()
    assert (await r.ask(**AGAIN))["response_action"] is None
    for n in second:
        doctor = r.klynge.doctors[n - 1]
        await r.desk.act(doctor, await newest_card(r, doctor), "assignment.enter")
        await r.send(doctor, **numbers(n, more=25))
    await r.release()


async def changes(r: Any, n: int) -> list[dict[str, Any]]:
    """The before–after messages of the n-th practice's doctor."""
    return [m for m in await r.desk.dm(r.klynge.doctors[n - 1]) if "før og efter" in m["text"]]


@pytest.mark.long
async def test_each_practice_gets_its_own_before_and_after(a_round: Make, clock: MovableClock) -> None:
    r = await a_round(6)
    await measured_again(r, clock, first=(1, 2, 3, 4, 5), second=(1, 2, 3, 4, 5, 6))
    [message] = await changes(r, 2)
    assert message["text"].splitlines()[:3] == [
        "*Lægehuset 2* før og efter, om KOL: 1. marts 2025 – 28. februar 2026 sammenlignet med "
        "1. september 2025 – 31. august 2026.",
        "Kendt KOL pr. 1.000 tilmeldte: 39,7 nu, 39,7 sidst. Klyngen som helhed gik fra 42,4 til 43,7.",
        "Spirometri inden for 12 måneder: 82 % nu, 62 % sidst. Klyngen som helhed gik fra 63 % til 80 %.",
    ]
    assert "Perioderne deler 6 af 12 måneder. Tidligst den 1. april 2027 kan I sammenligne hele perioder." in str(
        message
    )
    assert [word for word in ("Flot", "mere, end", "Ændring:") if word in str(message)] == []
    said = json.dumps(message, ensure_ascii=False)
    assert [f"Lægehuset {n}" for n in (1, 3, 4, 5, 6) if f"Lægehuset {n}" in said] == []
    assert "Alle får spirometri" in said
    pictures = [block for block in message["blocks"] if block["type"] == "image"]
    assert len(pictures) == 3
    assert await changes(r, 6) == []  # gave numbers once
    charts = [m["text"] for m in await r.desk.dm(r.klynge.doctors[1]) if m["text"].startswith("Her er graferne")]
    assert ["Sidst: 62 %, delvis samme måneder." in said for said in charts] == [False, True]


@pytest.mark.long
async def test_before_and_after_says_when_it_is_counted_otherwise(a_round: Make, clock: MovableClock, bot: Any) -> None:
    r = await a_round(2)
    async with bot.database.write() as session:
        (await session.get(Round, 1)).package_version = "0"
        await session.commit()
    await measured_again(r, clock, first=(1, 2), second=(1, 2))
    [message] = await changes(r, 1)
    assert message["text"].splitlines()[1:] == [
        "Kendt KOL pr. 1.000 tilmeldte, Spirometri inden for 12 måneder og Aktiv forløbsplan kan ikke sammenlignes "
        "med sidste gang, fordi det ikke længere tælles på samme måde.",
        "Kun jeres praksis får disse billeder.",
    ]
    assert [block for block in message["blocks"] if block["type"] == "image"] == []


@pytest.mark.long
async def test_deck_has_the_cluster_before_and_after_and_what_was_agreed(a_round: Make, clock: MovableClock) -> None:
    r = await a_round(5)
    await measured_again(r, clock, first=(1, 2, 3, 4, 5), second=(1, 2, 3, 4, 5))
    await r.command(r.klynge.coordinator, "/klynge oplæg")
    await r.settle()
    sent = [file for message in await r.desk.dm(r.klynge.coordinator) for file in message.get("files", [])]
    [file] = [each for each in sent if each["name"].endswith(".pptx")]
    pptx = ZipFile(BytesIO(await r.desk.file(r.klynge.coordinator, file["id"])))
    words = b"".join(pptx.read(name) for name in pptx.namelist() if name.endswith(".xml")).decode()
    expected = ("Det aftalte vi sidst", "Alle får spirometri", "81 % nu, 63 % sidst")
    assert [part for part in expected if part not in words] == []
    assert [part for part in ("Lægehuset", "Læge ") if part in words] == []


SPIROMETRY = "Spirometri inden for 12 måneder"


def cluster_in(message: dict[str, Any]) -> list[str]:
    """What the pictures of a message say of the cluster, to one who hears them."""
    said = [block["alt_text"] for block in message["blocks"] if block["type"] == "image"]
    return [found for each in said for found in re.findall(r"[Kk]lyngen samlet:? (\d+(?:,\d+)?)", each)]


async def over_time(r: Any, n: int) -> list[dict[str, Any]]:
    """What the n-th practice's doctor got of its own numbers over time."""
    return [m for m in await r.desk.dm(r.klynge.doctors[n - 1]) if "fra gang til gang" in m["text"]]


async def asks_for_over_time(r: Any, n: int) -> None:
    """The button on the start page."""
    doctor = r.klynge.doctors[n - 1]
    await r.desk.home(doctor)
    await r.settle()
    await r.press(doctor, (await r.desk.state(doctor))["home"], "over_time.fetch")


@pytest.mark.long
async def test_own_numbers_over_time_tell_of_the_cluster_what_its_charts_tell(
    a_round: Make, clock: MovableClock, bot: Any
) -> None:
    r = await a_round(6)
    await measured_again(r, clock, first=(1, 2, 3, 4, 5), second=(1, 2, 3, 4, 5, 6))
    await asks_for_over_time(r, 2)
    [message] = await over_time(r, 2)
    lines = message["text"].splitlines()
    assert f"{SPIROMETRY}: 82 % nu, 62 % første gang." in lines
    assert lines[-1] == "Kun jeres praksis får disse billeder."
    told = {
        value for m in await r.desk.dm(r.klynge.doctors[1]) if "Her er graferne" in m["text"] for value in cluster_in(m)
    }
    assert set(cluster_in(message)) <= told
    assert len(cluster_in(message)) == 6
    said = json.dumps(message, ensure_ascii=False)
    assert [f"Lægehuset {n}" for n in (1, 3, 4, 5, 6) if f"Lægehuset {n}" in said] == []
    assert "2 målinger er for få til at tale om en udvikling." in said
    home = json.dumps((await r.desk.state(r.klynge.doctors[5]))["home"])
    assert "over_time.fetch" not in home  # gave numbers once
    await r.write(r.klynge.doctors[1], "hvordan har vores tal udviklet sig?")
    assert [each["text"] for each in await over_time(r, 2)] == [message["text"]] * 2

    async with UnitOfWork(bot.database) as uow:
        round_ = await uow.session.get(Round, 1)
        [leader] = await members.coordinators(uow, round_.cluster_id)
        assert await recalling.by_hand(uow, round_, ["spirometry"], by=leader, now=clock.now())
        await uow.commit()
    await r.settle()
    message, _ = await over_time(r, 2)
    [spirometry] = [b["alt_text"] for b in message["blocks"] if b["type"] == "image" and SPIROMETRY in b["alt_text"]]
    assert spirometry.count("klyngen vises ikke") == 1
    assert "62 %" in spirometry
