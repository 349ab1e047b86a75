"""`/klynge data`: from the coordinator's form to the practices' cards, reminders and the deadline."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from cluster.clock import MovableClock
from handlers.rounds.plan_form import plan_of
from storage.models import Practice
from tests.handlers.conftest import sent

Make = Callable[..., Awaitable[Any]]
REMINDER = (
    "En lille påmindelse: Tallene om KOL fra Lægehuset 2 mangler. Fristen er torsdag den 19. marts kl. 12.00. "
    "Send skabelonen her, tryk på *Indtast tal*, eller skriv »KOL 130, Spirometri 96« – også hvis I kun har "
    "nogle af tallene."
)


PAST = "Den frist er allerede passeret. Vælg en senere dag eller et senere klokkeslæt."


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Europe/Copenhagen"))


async def test_every_contact_is_asked_with_a_template_of_their_own(a_round: Make) -> None:
    r = await a_round(2)
    messages = await r.desk.dm(r.klynge.doctors[1])

    assert [message["text"] for message in messages] == [
        "Klyngen beder Lægehuset 2 om tal om KOL for 1. marts 2025 – 28. februar 2026. "
        "Frist: torsdag den 19. marts kl. 12.00. ⬜ *Ikke besvaret endnu.*",
        "",
    ]
    [file] = messages[1]["files"]
    assert file["name"] == "kol-skabelon.xlsx"
    sheet = openpyxl.load_workbook(BytesIO(await r.desk.file(r.klynge.doctors[1], file["id"]))).worksheets[0]
    assert [sheet.cell(row, 2).value for row in (4, 5)] == ["Lægehuset 2", "010002"]


async def test_coordinator_hears_who_was_asked_and_when_it_is_repeated(a_round: Make) -> None:
    r = await a_round(2)
    assert (await r.texts(r.klynge.coordinator))[0] == (
        "Jeg har bedt 2 praksisser om tal om KOL for 1. marts 2025 – 28. februar 2026. "
        "Fristen er torsdag den 19. marts kl. 12.00 (uge 12). "
        "Jeg minder dem, der ikke har svaret, om det torsdag den 12. marts, mandag den 16. marts og onsdag den "
        "18. marts – og kun dem. Skriv /klynge status, når du vil se, hvordan det går.\n"
        "⚠️ Tjek selv koden, før I bruger tallet: 7121 – Spirometri, udvidet"
    )


@pytest.mark.long
@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"deadline_day": "2026-03-01"}, "deadline_day", PAST),
        ({"period_end": "2026-03-03"}, "period_end", "Perioden skal være slut: Vælg en dag senest i dag."),
        ({"period_end": "2024-03-03"}, "period_end", "Perioden slutter, før den begynder."),
        ({"who.1": "0", "who.2": "0"}, "package", "Så bliver ingen praksis spurgt. Vælg mindst én."),
    ],
)  # fmt: skip
async def test_form_says_what_is_wrong_at_its_field(
    a_round: Make, wrong: dict[str, str], field: str, said: str
) -> None:
    r = await a_round(2)
    await r.press(r.klynge.coordinator, await status(r), "round.cancel")
    answer = await r.ask(**wrong)
    assert (answer["response_action"], answer["errors"]) == ("errors", {field: said})


def test_days_that_do_not_exist_are_named_by_field() -> None:
    state = {"period_start": "2025-02-31", "period_end": "", "deadline_day": "2026-03-19", "deadline_time": "25:00"}
    plan, wrong = plan_of(state)
    assert (plan, [(error.code, error.field) for error in wrong]) == (
        None,
        [
            ("round.no_such_day", "period_start"),
            ("round.no_such_day", "period_end"),
            ("round.no_such_time", "deadline_time"),
        ],
    )


async def status(r: Any) -> dict[str, Any]:
    """The coordinator's status as it stands in the channel."""
    await r.command(r.klynge.coordinator, "/klynge status")
    return [m for m in await r.desk.messages(r.klynge.coordinator, r.klynge.channel) if m.get("ephemeral")][-1]


@pytest.mark.long
async def test_second_round_on_the_same_is_refused(a_round: Make) -> None:
    r = await a_round(2)
    assert (await r.ask())["errors"] == {
        "package": "I er allerede i gang med at samle de tal ind. "
        "Luk den dataindsamling først, eller se /klynge status."
    }


async def test_member_cannot_ask(a_round: Make) -> None:
    r = await a_round(2)
    answer = await r.command(r.klynge.doctors[1], "/klynge data")
    assert answer["text"] == "Det er kun klyngens koordinator, der kan gøre det."


@pytest.mark.long
async def test_practice_without_contact_is_named(a_round: Make, bot: Any) -> None:
    r = await a_round(2)
    await r.press(r.klynge.coordinator, await status(r), "round.cancel")
    async with bot.database.write() as session:
        (await session.get(Practice, r.klynge.practice_ids[1])).contact_id = None
        await session.commit()
    answer = await r.ask()
    assert answer["errors"] == {
        "who.2": "Lægehuset 2 mangler en, der svarer. Vælg en person eller »Spørg ikke denne praksis«."
    }
    member = str(r.klynge.member_ids[r.klynge.doctors[1]])
    again = await sent(r.desk, r.klynge.coordinator, {"who.2": member, "deadline_day": "2026-03-19"})
    assert again["response_action"] is None


@pytest.mark.long
async def test_only_those_who_owe_are_reminded_three_times(a_round: Make, clock: MovableClock) -> None:
    r = await a_round(3)
    await r.enter(r.klynge.doctors[2], listed=3300)
    for moment in (at(12, 9), at(16, 9), at(18, 9), at(18, 16)):
        clock.move_to(moment)
        await r.settle()

    reminders = {doctor: (await r.texts(doctor)).count(REMINDER) for doctor in r.klynge.doctors}
    assert reminders == {r.klynge.doctors[0]: 0, r.klynge.doctors[1]: 3, r.klynge.doctors[2]: 0}
    assert (await r.texts(r.klynge.doctors[2]))[-1].startswith("✅ Tak! Tallene er gemt.")
    assert (await r.texts(r.klynge.coordinator))[-1] == (
        "2 praksisser mangler stadig at svare om KOL, og jeg har mindet om det for sidste gang. Fristen er torsdag den "
        "19. marts kl. 12.00. Mangler: Lægehuset 1 (Læge 1), Lægehuset 2 (Læge 2)"
    )


@pytest.mark.long
async def test_answer_between_reminders_stops_them(a_round: Make, clock: MovableClock) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    clock.move_to(at(12, 9))
    await r.settle()
    await r.enter(doctor, listed=3200)
    clock.move_to(at(18, 16))
    await r.settle()
    assert (await r.texts(doctor)).count(REMINDER) == 1


@pytest.mark.long
async def test_remind_me_later_waits_and_then_reminds_once(a_round: Make, clock: MovableClock) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.press(doctor, await r.card(doctor), "assignment.later", selected_option="2:monday")
    assert (await r.card(doctor))["text"].endswith("🔔 Jeg minder dig om det mandag den 9. marts kl. 09.00.")
    clock.move_to(at(6, 9))
    await r.settle()
    assert (await r.texts(doctor)).count(REMINDER) == 0
    clock.move_to(at(9, 9))
    await r.settle()
    assert (await r.texts(doctor)).count(REMINDER) == 1


@pytest.mark.long
async def test_remind_those_missing_once_a_day(a_round: Make) -> None:
    r = await a_round(2)
    await r.press(r.klynge.coordinator, await status(r), "round.remind")
    await r.press(r.klynge.coordinator, await status(r), "round.remind")
    assert (await r.texts(r.klynge.doctors[1])).count(REMINDER) == 1
    heard = [text for text in await r.texts(r.klynge.coordinator) if "påmindelse i dag" in text or "senest" in text]
    assert heard == [
        "2 praksisser bliver mindet om det, senest næste hverdag om morgenen.",
        "Alle, der mangler, har allerede fået en påmindelse i dag, så jeg lader dem være i fred.",
    ]


@pytest.mark.long
async def test_after_an_outage_one_reminder_comes_and_not_all_at_once(a_round: Make, clock: MovableClock) -> None:
    r = await a_round(2)
    reminders = []
    for moment in (at(17, 10), at(18, 9)):  # two were due before; the third comes within the day
        clock.move_to(moment)
        await r.settle()
        reminders.append((await r.texts(r.klynge.doctors[1])).count(REMINDER))
    assert reminders == [0, 1]


@pytest.mark.long
async def test_late_reminder_is_still_sent_when_the_next_is_days_away(a_round: Make, clock: MovableClock) -> None:
    r = await a_round(2)
    clock.move_to(at(13, 10))
    await r.settle()
    assert (await r.texts(r.klynge.doctors[1])).count(REMINDER) == 1


@pytest.mark.long
async def test_cancelled_round_says_so_on_its_cards_and_is_quiet(a_round: Make, clock: MovableClock) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.press(r.klynge.coordinator, await status(r), "round.cancel")
    clock.move_to(at(19, 13))
    await r.settle()
    assert (await r.texts(doctor)) == [
        "Klyngen beder Lægehuset 2 om tal om KOL for 1. marts 2025 – 28. februar 2026. "
        "Frist: torsdag den 19. marts kl. 12.00. Dataindsamlingen er aflyst. Du skal ikke gøre noget."
    ]
    told = (await r.texts(r.klynge.coordinator))[-1]
    assert told == "Dataindsamlingen om KOL er aflyst. Ingen får flere påmindelser."


@pytest.mark.long
async def test_deadline_without_enough_answers_asks_the_coordinator(a_round: Make, clock: MovableClock) -> None:
    r = await a_round(3)
    await r.enter(r.klynge.doctors[2], listed=3300)
    clock.move_to(at(19, 12, 1))
    await r.settle()
    assert (await r.texts(r.klynge.coordinator))[-1] == (
        "Fristen for KOL er udløbet, og 1 af 3 praksisser har svaret. Det er færre, end I har aftalt, så graferne "
        "er ikke sendt. Det er op til dig, om de skal sendes nu. Sene tal kan stadig nå at komme med. "
        "Mangler: Lægehuset 1 (Læge 1), Lægehuset 2 (Læge 2)"
    )


async def test_guide_shows_the_practices_own_system(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.press(doctor, await r.card(doctor), "assignment.guide")
    texts = [block.get("text", {}).get("text", "") for block in (await r.desk.top_view(doctor))["view"]["blocks"]]
    assert texts[2].splitlines()[0] == "*Sådan trækker du tallene i XMO*"


@pytest.mark.long
async def test_form_and_status_hold_the_largest_cluster(a_round: Make) -> None:
    r = await a_round(35)
    assert (await r.texts(r.klynge.coordinator))[0].startswith("Jeg har bedt 35 praksisser om tal om KOL")
    seen = await status(r)
    assert len(seen["blocks"]) == 3
    assert seen["blocks"][1]["text"]["text"].endswith("Lægehuset 9 (Læge 9)")
