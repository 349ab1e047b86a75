"""Releases: private charts to those who gave numbers, a count to the channel, late answers, objections."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cluster.clock import MovableClock

Make = Callable[..., Awaitable[Any]]
PERIOD = "1. marts 2025 – 28. februar 2026"
AFTER_DEADLINE = datetime(2026, 3, 19, 12, 1, tzinfo=ZoneInfo("Europe/Copenhagen"))
OPENING = "Her er graferne for *Lægehuset {n}* om KOL for " + PERIOD + ". I sendte tallene 2. marts 2026."


async def charts(r: Any, n: int) -> list[dict[str, Any]]:
    """The chart messages in the conversation of the n-th practice's doctor."""
    return [m for m in await r.desk.dm(r.klynge.doctors[n - 1]) if m["text"].startswith("Her er graferne")]


def pictures(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in message["blocks"] if block["type"] == "image"]


@pytest.mark.long
async def test_each_contributing_practice_gets_its_own_charts_in_private(a_round: Make) -> None:
    r = await a_round(6)
    await r.give(1, 2, 3, 4, 5)
    assert (await r.release())["response_action"] is None

    for n in (1, 2, 3, 4, 5):
        [message] = await charts(r, n)
        assert message["text"].splitlines()[0] == OPENING.format(n=n)
        assert len(pictures(message)) == 3
    assert await charts(r, 6) == []
    assert (await r.texts(r.klynge.doctors[5]))[-1] == (
        "Graferne om KOL er sendt til dem, der har givet tal. *Lægehuset 6* kan stadig være med: Send tallene, "
        "så kommer jeres egne grafer her med det samme."
    )
    said = [message["text"] for message in await r.desk.messages(r.klynge.coordinator, r.klynge.channel)]
    assert said == ["Graferne er sendt privat til 5 praksisser. 📊"]


@pytest.mark.long
async def test_charts_hold_the_own_numbers_and_nobody_elses(a_round: Make) -> None:
    r = await a_round(5)
    await r.give(1, 2, 3, 4, 5)
    await r.release()
    [message] = await charts(r, 2)
    said = json.dumps(message, ensure_ascii=False)
    assert "127 af 3.200" in said  # copd of practice 2
    others = [f"{101 + 13 * n} af" for n in (1, 3, 4, 5)] + [f"Lægehuset {n}" for n in (1, 3, 4, 5)]
    assert [part for part in others if part in said] == []
    for picture in pictures(message):
        content = await r.desk.file(r.klynge.doctors[1], picture["slack_file"]["id"])
        assert content.startswith(b"\x89PNG")
        assert len(picture["alt_text"]) <= 2000


@pytest.mark.long
async def test_picture_files_are_named_alike_for_everybody(a_round: Make) -> None:
    r = await a_round(2)
    await r.give(1, 2)
    await r.release()
    files = [file["name"] for file in (await r.desk.everything())["files"] if file["name"].endswith(".png")]
    assert sorted(set(files)) == ["kol-care-plan.png", "kol-prevalence.png", "kol-spirometry.png"]


@pytest.mark.long
async def test_release_window_tells_what_too_few_answers_mean(a_round: Make) -> None:
    r = await a_round(5)
    await r.give(1, 2, 3)
    await r.command(r.klynge.coordinator, "/klynge grafer")
    blocks = (await r.desk.top_view(r.klynge.coordinator))["view"]["blocks"]
    assert blocks[0]["text"]["text"].splitlines()[:2] == [
        "*3 af 5* praksisser har svaret, og *3* af dem har givet tal.",
        "Det er færre end de 5, der skal til for at vise de andre. "
        "Hver praksis ser sit eget tal og klyngen som helhed, men ikke de andre enkeltvis.",
    ]


async def test_release_without_numbers_is_refused(a_round: Make) -> None:
    r = await a_round(2)
    answer = await r.command(r.klynge.coordinator, "/klynge grafer")
    assert answer["text"] == "Ingen praksisser har givet tal endnu, så der er ikke noget at tegne."


@pytest.mark.long
async def test_second_release_is_refused(a_round: Make) -> None:
    r = await a_round(2)
    await r.give(1, 2)
    await r.release()
    answer = await r.command(r.klynge.coordinator, "/klynge grafer")
    assert (
        answer["text"]
        == "Graferne er allerede sendt. De bliver opdateret af sig selv, når der er kommet mindst tre nye svar."
    )


async def test_member_cannot_release(a_round: Make) -> None:
    r = await a_round(2)
    answer = await r.command(r.klynge.doctors[1], "/klynge grafer")
    assert answer["text"] == "Det er kun klyngens koordinator, der kan gøre det."


@pytest.mark.long
async def test_deadline_releases_by_itself_when_the_rule_is_met(a_round: Make, clock: MovableClock) -> None:
    r = await a_round(6)
    await r.give(1, 2, 3, 4, 5)
    clock.move_to(AFTER_DEADLINE)
    await r.settle()
    assert [len(await charts(r, n)) for n in (1, 2, 3, 4, 5, 6)] == [1, 1, 1, 1, 1, 0]
    assert (await r.texts(r.klynge.coordinator))[-2] == (
        "Graferne om KOL er sendt til 5 medlemmer i 5 praksisser. 5 af 6 praksisser har svaret. "
        "Sene tal kan stadig komme med."
    )


@pytest.mark.long
async def test_late_answer_gets_its_own_charts_and_renews_nobody_elses(a_round: Make) -> None:
    r = await a_round(6)
    await r.give(1, 2, 3, 4, 5)
    await r.release()
    await r.give(6)
    [late] = await charts(r, 6)
    assert late["text"].splitlines()[0] == OPENING.format(n=6) + (
        " Jeres eget tal er det nye; klyngens tal er dem, der gjaldt, da graferne blev sendt."
    )
    assert [len(await charts(r, n)) for n in (1, 2, 3, 4, 5)] == [1, 1, 1, 1, 1]


@pytest.mark.long
async def test_third_late_answer_renews_everybodys_charts(a_round: Make) -> None:
    r = await a_round(8)
    await r.give(1, 2, 3, 4, 5)
    await r.release()
    await r.give(6, 7, 8)
    assert [len(await charts(r, n)) for n in range(1, 9)] == [2, 2, 2, 2, 2, 2, 2, 1]
    assert (await charts(r, 1))[1]["text"].splitlines()[0] == OPENING.format(n=1) + (
        " Graferne er opdateret med de svar, der er kommet til, og erstatter dem, I fik før."
    )
    channel = await r.desk.messages(r.klynge.coordinator, r.klynge.channel)
    assert len(channel) == 1


@pytest.mark.long
@pytest.mark.both_databases
async def test_objection_reaches_the_coordinator_without_numbers(a_round: Make) -> None:
    r = await a_round(2)
    await r.give(1, 2)
    await r.release()
    doctor = r.klynge.doctors[1]
    await r.desk.act(doctor, (await charts(r, 2))[0], "submission.object")
    await r.desk.submit(doctor, None, {"text": "Søgningen tog <fraflyttede> med"})
    await r.settle()
    assert (await r.texts(r.klynge.coordinator))[-1] == (
        "Læge 2 fra *Lægehuset 2* skriver, at deres tal om KOL er forkerte:\n> Søgningen tog &lt;fraflyttede&gt; med"
    )
    assert (await r.texts(doctor))[-1] == "Tak, jeres koordinator har fået besked. Send nye tal her, når I har dem."


@pytest.mark.long
async def test_objection_with_a_cpr_number_is_refused(a_round: Make) -> None:
    r = await a_round(2)
    await r.give(1, 2)
    await r.release()
    doctor = r.klynge.doctors[1]
    await r.desk.act(doctor, (await charts(r, 2))[0], "submission.object")
    answer = await r.desk.submit(doctor, None, {"text": "010180-1234 er flyttet"})
    assert answer["errors"] == {"text": "Det ligner et CPR-nummer. Slet det: Her må ikke stå noget om patienter."}


@pytest.mark.long
async def test_withdrawn_practice_gets_no_charts(a_round: Make) -> None:
    r = await a_round(3)
    await r.give(1, 2, 3)
    doctor = r.klynge.doctors[1]
    await r.press(doctor, await r.last(doctor), "submission.withdraw")
    await r.release()
    assert [len(await charts(r, n)) for n in (1, 2, 3)] == [1, 0, 1]


@pytest.mark.long
async def test_how_a_picture_is_read_stands_behind_its_button_for_the_practice_alone(a_round: Make) -> None:
    r = await a_round(5)
    await r.give(1, 2, 3, 4, 5)
    await r.release()
    [message] = await charts(r, 2)
    before = [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"]
    assert [said for said in before if len(said.split()) > 45 + len(OPENING.split())] == []
    await r.press(r.klynge.doctors[1], message, "chart.read")
    view = (await r.desk.top_view(r.klynge.doctors[1]))["view"]
    said = json.dumps(view, ensure_ascii=False)
    assert view["title"]["text"] == "Sådan læses billedet"
    assert [lead in said for lead in ("*Statistisk usikkerhed*", "*Klyngen samlet*", "*Hvem der ser det*")] == [
        True
    ] * 3
