"""What was agreed after the charts: asked, written down, shown, changed, dropped – and measured again on the day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cluster.clock import MovableClock
from tests.handlers.conftest import sent

Make = Callable[..., Awaitable[Any]]
WORDS = "Sygeplejersken laver forløbsplanen ved <årskontrollen>."
AGREED = {"text": WORDS, "measure": "care_plan", "again": "yes", "again_on": "2026-09-01"}
SHOWN = "> Sygeplejersken laver forløbsplanen ved &lt;årskontrollen&gt;."
TOPIC = "KOL (Aktiv forløbsplan)"


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZoneInfo("Europe/Copenhagen"))


async def released(a_round: Make, size: int = 2) -> Any:
    """A round whose charts are sent."""
    r = await a_round(size)
    await r.give(*range(1, size + 1))
    await r.release()
    return r


async def agree(r: Any, **changes: str | None) -> dict[str, Any]:
    """`/klynge aftale`, filled in."""
    await r.command(r.klynge.coordinator, "/klynge aftale")
    answer: dict[str, Any] = await r.desk.submit(r.klynge.coordinator, None, AGREED | changes)
    await r.settle()
    return answer


async def in_channel(r: Any) -> list[str]:
    messages = await r.desk.messages(r.klynge.coordinator, r.klynge.channel)
    return [message["text"] for message in messages if not message.get("ephemeral")]


async def with_button(r: Any, action: str) -> dict[str, Any]:
    """The coordinator's newest message that holds a button."""
    held = [message for message in await r.desk.dm(r.klynge.coordinator) if action in str(message.get("blocks"))]
    newest: dict[str, Any] = held[-1]
    return newest


@pytest.mark.long
async def test_agreement_is_noted_and_told_in_the_channel_and_at_home(a_round: Make) -> None:
    r = await released(a_round)
    assert (await agree(r))["response_action"] is None
    assert (await r.texts(r.klynge.coordinator))[-1] == (
        f"Noteret. Efter {TOPIC} aftalte I:\n{SHOWN}\n"
        "Jeg skriver til dig den 1. september 2026, når det er tid til at måle igen."
    )
    told = f"*Aftalt i klyngen* efter {TOPIC}:\n{SHOWN}\nVi regner med at måle igen den 1. september 2026."
    assert (await in_channel(r))[-1] == told
    at_home = f"*Aftalt* efter {TOPIC}:\n{SHOWN}\nDer bliver målt igen den 1. september 2026."
    assert (await r.command(r.klynge.doctors[1], "/klynge aftale"))["text"] == at_home
    await r.desk.home(r.klynge.doctors[1])
    await r.desk.settled()
    blocks = (await r.desk.state(r.klynge.doctors[1]))["home"]["view"]["blocks"]
    assert [block["text"]["text"] for block in blocks if "Aftalt" in str(block)] == [at_home]


@pytest.mark.long
async def test_form_suggests_the_first_day_on_which_whole_periods_can_be_compared(a_round: Make) -> None:
    r = await released(a_round)
    await r.command(r.klynge.coordinator, "/klynge aftale")
    blocks = (await r.desk.top_view(r.klynge.coordinator))["view"]["blocks"]
    [day] = [block["element"]["initial_date"] for block in blocks if block.get("block_id") == "again_on"]
    assert day == "2027-04-01"  # a year of months of which none was in the first round


WRONG: list[tuple[dict[str, str | None], dict[str, str]]] = [
    ({"text": "  "}, {"text": "Skriv med en sætning, hvad I aftalte."}),
    ({"again_on": "2026-03-02"}, {"again_on": "Den dag er passeret. Vælg en senere."}),
    ({"again_on": "2026-04-03"}, {"again_on": "Den dag holder almen praksis lukket. Vælg en hverdag."}),
    ({"again_on": None}, {"again_on": "Vælg en dag, eller vælg »Ingen ny måling«."}),
    (
        {"text": "Ring til 010170-1234"},
        {"text": "Det ligner et CPR-nummer. Slet det: Her må ikke stå noget om patienter."},
    ),
]


@pytest.mark.long
async def test_form_says_what_is_wrong_at_its_field(a_round: Make) -> None:
    r = await released(a_round)
    for changes, wrong in WRONG:
        assert (await agree(r, **changes))["errors"] == wrong


@pytest.mark.long
async def test_agreement_is_mended_in_place(a_round: Make, bot: Any) -> None:
    r = await released(a_round)
    await agree(r)
    posted = len(await in_channel(r))
    await agree(r, text="Vi fortsætter som nu", measure="0", again="no")
    assert (await in_channel(r))[-1] == "*Aftalt i klyngen* efter KOL:\n> Vi fortsætter som nu"
    assert len(await in_channel(r)) == posted
    assert (await r.texts(r.klynge.coordinator))[-1].splitlines()[-1] == "I vil ikke måle igen."


@pytest.mark.long
async def test_dropped_agreement_is_told_and_never_comes_due(a_round: Make, clock: MovableClock) -> None:
    r = await released(a_round)
    await agree(r)
    await r.press(r.klynge.coordinator, await with_button(r, "agreement.drop"), "agreement.drop")
    assert (await in_channel(r))[-1] == f"Klyngens aftale efter {TOPIC} gælder ikke længere."
    clock.move_to(at(9, 1, 9))
    await r.settle()
    assert [text for text in await r.texts(r.klynge.coordinator) if "tid til at måle" in text] == []


@pytest.mark.long
async def test_only_coordinators_write_it_down(a_round: Make) -> None:
    r = await released(a_round)
    assert (await r.command(r.klynge.doctors[1], "/klynge aftale"))[
        "text"
    ] == "Der er ikke noteret nogen aftale lige nu."


async def test_before_any_charts_there_is_nothing_to_agree_on(a_round: Make) -> None:
    r = await a_round(2)
    said = (await r.command(r.klynge.coordinator, "/klynge aftale"))["text"]
    assert said == "Der er ikke noget at aftale ud fra endnu. Send først graferne med /klynge grafer."


@pytest.mark.long
async def test_question_comes_a_week_after_the_charts_unless_it_is_answered(a_round: Make, clock: MovableClock) -> None:
    r = await released(a_round)
    clock.move_to(at(3, 9, 9))
    await r.settle()
    asked = [text for text in await r.texts(r.klynge.coordinator) if text.startswith("Hvad aftalte I efter KOL?")]
    assert len(asked) == 1
    await r.press(r.klynge.coordinator, await with_button(r, "agreement.open"), "agreement.open")
    assert (await r.desk.submit(r.klynge.coordinator, None, AGREED))["response_action"] is None


@pytest.mark.long
async def test_question_is_not_asked_when_it_is_answered(a_round: Make, clock: MovableClock) -> None:
    r = await released(a_round)
    await agree(r)
    clock.move_to(at(3, 9, 9))
    await r.settle()
    assert [text for text in await r.texts(r.klynge.coordinator) if text.startswith("Hvad aftalte I efter")] == []


async def due(a_round: Make, clock: MovableClock) -> Any:
    """The day to measure again has come."""
    r = await released(a_round)
    await agree(r)
    clock.move_to(at(9, 1, 9))
    await r.settle()
    return r


@pytest.mark.long
async def test_day_opens_the_form_with_a_new_period_and_the_same_people(a_round: Make, clock: MovableClock) -> None:
    r = await due(a_round, clock)
    told = [text for text in await r.texts(r.klynge.coordinator) if text.startswith("*Det er tid")]
    assert told == [
        f"*Det er tid til at måle igen.* Efter {TOPIC} aftalte I:\n{SHOWN}\n"
        "Knappen åbner formularen med de samme spørgsmål, en ny periode og de samme personer."
    ]
    await r.press(r.klynge.coordinator, await with_button(r, "agreement.measure"), "agreement.measure")
    blocks = (await r.desk.top_view(r.klynge.coordinator))["view"]["blocks"]
    fields = {block["block_id"]: block["element"] for block in blocks if block["type"] == "input"}
    assert [option["value"] for option in fields["package"]["options"]] == ["kol"]
    assert [fields[name]["initial_date"] for name in ("period_start", "period_end")] == ["2025-09-01", "2026-08-31"]
    assert fields["who.2"]["initial_option"]["value"] == str(r.klynge.member_ids[r.klynge.doctors[1]])


@pytest.mark.long
async def test_new_round_ends_the_agreement_and_a_cancelled_one_opens_it_again(
    a_round: Make, clock: MovableClock
) -> None:
    r = await due(a_round, clock)
    again = await with_button(r, "agreement.measure")
    await r.press(r.klynge.coordinator, again, "agreement.measure")
    filled = {"deadline_day": "2026-09-15", "deadline_time": "12:00"}
    assert (await sent(r.desk, r.klynge.coordinator, filled))["response_action"] is None
    await r.settle()
    assert [text for text in await in_channel(r) if text.startswith("*Aftalt")][-1].splitlines()[-1] == (
        "Nu bliver der målt igen."
    )
    refused = await r.desk.act(r.klynge.coordinator, again, "agreement.measure")
    await r.settle()
    assert "Der bliver allerede målt igen" in str(refused) + str(await r.desk.dm(r.klynge.coordinator))
    await r.command(r.klynge.coordinator, "/klynge status")
    status = [m for m in await r.desk.messages(r.klynge.coordinator, r.klynge.channel) if m.get("ephemeral")][-1]
    await r.press(r.klynge.coordinator, status, "round.cancel")
    assert [text for text in await in_channel(r) if text.startswith("*Aftalt")][-1].splitlines()[-1] == (
        "Vi regner med at måle igen den 1. september 2026."
    )


@pytest.mark.long
async def test_ordinary_new_round_about_the_same_counts_as_measured(a_round: Make, clock: MovableClock) -> None:
    r = await released(a_round)
    await agree(r)
    clock.move_to(at(8, 3, 9))
    await r.settle()
    about = {"period_start": "2025-08-01", "period_end": "2026-07-31", "deadline_day": "2026-08-20"}
    assert (await r.ask(**about))["response_action"] is None
    clock.move_to(at(9, 1, 9))
    await r.settle()
    assert [text for text in await r.texts(r.klynge.coordinator) if text.startswith("*Det er tid")] == []
    assert [text for text in await in_channel(r) if text.startswith("*Aftalt")][-1].splitlines()[-1] == (
        "Nu bliver der målt igen."
    )
