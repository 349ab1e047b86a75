"""Numbers from a member: typed in the form, written in a message, confirmed, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import Consent, Member, Submission

Make = Callable[..., Awaitable[Any]]
PERIOD = "1. marts 2025 – 28. februar 2026"
PRIVATE = "Kun jeres praksis kan se tallene. I får jeres egne grafer her, når de sendes ud."


def numbers(copd: str, spirometry: str, care_plan: str, listed: str = "3.200") -> str:
    """The lines in which numbers are shown, with what they come to."""
    return "\n".join(
        [
            f"• Tilmeldte patienter: {listed}",
            f"• Patienter med KOL (R95): {told(copd, listed, 1000)}",
            f"• KOL-patienter med spirometri inden for 12 måneder: {told(spirometry, copd, 100)}",
            f"• KOL-patienter med aktiv forløbsplan: {told(care_plan, copd, 100)}",
        ]
    )


def told(part: str, whole: str, per: int) -> str:
    """`*130*` of `*3.200*` as a receipt says it, with what stands behind the number left where it is."""
    number, _, more = part.strip("*").partition("*")
    of = whole.strip("*").partition("*")[0]
    if not number[:1].isdigit() or not of[:1].isdigit():
        return part
    rate = int(number.replace(".", "")) / int(of.replace(".", "")) * per
    return f"*{number}* af {of} = {rate:.0f} {'%' if per == 100 else 'pr. 1.000'}{more}"


def saved(shown: str) -> str:
    """What a member reads when an answer counts."""
    return f"✅ Tak! Tallene er gemt.\n*Lægehuset 2* · {PERIOD}\n{shown}\n{PRIVATE}"


async def versions(bot: Runtime) -> list[tuple[int, str, str, dict[str, Any]]]:
    """Everything kept of the second practice's answers."""
    async with bot.database.read() as session:
        rows = select(Submission).where(Submission.practice_id == 2).order_by(Submission.version)
        return [(each.version, each.source, each.state, each.numbers) for each in await session.scalars(rows)]


@pytest.mark.long
async def test_numbers_from_the_form_are_saved_and_read_back(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    assert (await r.enter(doctor, listed=3200))["response_action"] is None

    assert (await r.last(doctor))["text"] == saved(numbers("*130*", "*96*", "*70*", "*3.200*"))
    assert (await r.card(doctor))["text"].endswith("✅ *Modtaget* mandag den 2. marts kl. 09.00 fra Læge 2. Tak!")
    assert await versions(bot) == [
        (1, "form", "accepted", {"listed": 3200, "copd": 130, "spirometry": 96, "care_plan": 70})
    ]


async def test_form_shows_what_cannot_be_under_its_field(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    answer = await r.enter(r.klynge.doctors[1], listed=3200, spirometry=200)
    assert answer["errors"] == {
        "value.spirometry": "KOL-patienter med spirometri inden for 12 måneder (200) kan ikke være flere end Patienter "
        "med KOL (R95) (130). Er de to tal byttet om?"
    }
    assert await versions(bot) == []


@pytest.mark.long
async def test_doubtful_numbers_wait_for_a_yes(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.enter(doctor, listed=1000)
    asked = await r.last(doctor)
    assert asked["text"] == (
        "Jeg har læst tallene, men vil være sikker, før de gælder:\n"
        + numbers("*130*", "*96*", "*70*", "*1.000*")
        + "\nTilmeldte patienter: I skriver 1.000, men jeg har noteret 3.200. Er 1.000 rigtigt?"
    )
    assert (await r.card(doctor))["text"].endswith("⏳ Jeres tal venter på et ja længere nede i samtalen.")
    await r.press(doctor, asked, "submission.confirm")
    assert (await r.last(doctor))["text"] == saved(numbers("*130*", "*96*", "*70*", "*1.000*"))
    assert [state for _, _, state, _ in await versions(bot)] == ["accepted"]


@pytest.mark.long
async def test_typed_answer_is_echoed_and_saved_by_a_click(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "KOL 130, spirometri 96")
    echo = await r.last(doctor)
    assert echo["text"] == (
        "Det her læste jeg i din besked. Skal jeg gemme det?\n"
        + numbers("*130*", "*96*", "*–*", "*3.200*")
        + "\nKOL-patienter med aktiv forløbsplan mangler. Vil I sende resten uden?"
    )
    assert [state for _, _, state, _ in await versions(bot)] == ["draft"]
    await r.press(doctor, echo, "submission.confirm")
    assert (await r.last(doctor))["text"] == saved(numbers("*130*", "*96*", "*–*", "*3.200*"))


@pytest.mark.long
async def test_typed_yes_saves_and_says_so_at_the_bottom(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "130 kol / 96 spiro / 70 forløbsplaner")
    await r.write(doctor, "ja")
    assert (await r.texts(doctor))[-2:] == ["ja", "✅ Gemt."]
    assert [(source, state) for _, source, state, _ in await versions(bot)] == [("reply", "accepted")]


@pytest.mark.long
async def test_typed_no_discards(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "130 kol / 96 spiro / 70 forløbsplaner")
    await r.write(doctor, "nej")
    assert (await r.texts(doctor))[-1] == "Slettet. Intet er gemt."
    assert [state for _, _, state, _ in await versions(bot)] == ["dropped"]


async def test_numbers_without_names_get_an_example(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "130 og 96")
    assert (await r.last(doctor))["text"] == (
        "Jeg kan ikke se, hvilket tal der er hvad. Skriv for eksempel »KOL 130, Spirometri 96«."
    )
    assert await versions(bot) == []


@pytest.mark.long
@pytest.mark.both_databases
async def test_new_numbers_replace_and_show_what_changed(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.enter(doctor, listed=3200)
    first = await r.last(doctor)
    await r.desk.act(doctor, first, "submission.correct")
    await r.send(doctor, listed=3200, copd=140)
    assert (await r.last(doctor))["text"] == saved(numbers("*140* (før: 130)", "*96*", "*70*", "*3.200*"))
    older = next(message for message in await r.desk.dm(doctor) if message["ts"] == first["ts"])
    assert older["text"] == "Disse tal er erstattet af nyere."
    assert [(version, state) for version, _, state, _ in await versions(bot)] == [(1, "replaced"), (2, "accepted")]


@pytest.mark.long
async def test_withdrawn_numbers_no_longer_count_and_are_asked_for_again(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.enter(doctor, listed=3200)
    await r.press(doctor, await r.last(doctor), "submission.withdraw")
    assert (await r.last(doctor))["text"] == (
        "Tallene er trukket tilbage og gælder ikke længere. I kan sende nye, når det passer jer."
    )
    assert (await r.card(doctor))["text"].endswith("⬜ *Ikke besvaret endnu.*")
    assert [state for _, _, state, _ in await versions(bot)] == ["withdrawn"]


@pytest.mark.long
async def test_history_lists_every_version(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.enter(doctor, listed=3200)
    await r.desk.act(doctor, await r.last(doctor), "submission.correct")
    await r.send(doctor, listed=3200, copd=140)
    await r.desk.act(doctor, await r.last(doctor), "assignment.history")
    blocks = (await r.desk.top_view(doctor))["view"]["blocks"]
    assert [block["text"]["text"] for block in blocks if block["type"] == "section"] == [
        "*Version 2* · mandag den 2. marts kl. 09.00 · Læge 2 · indtastet · _gælder_\n"
        "Tilmeldte: *3.200* · KOL: *140* · Spirometri: *96* · Forløbsplan: *70*",
        "*Version 1* · mandag den 2. marts kl. 09.00 · Læge 2 · indtastet · _erstattet_\n"
        "Tilmeldte: *3.200* · KOL: *130* · Spirometri: *96* · Forløbsplan: *70*",
    ]


@pytest.mark.long
async def test_no_data_counts_as_an_answer(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.desk.act(doctor, await r.card(doctor), "assignment.none")
    await r.desk.submit(doctor, None, {"reason": "Vi har lige skiftet system"})
    await r.settle()
    assert (await r.last(doctor))["text"] == (
        "Noteret: *ingen data* denne gang. Du får ikke flere påmindelser, og I kan stadig sende tal."
    )
    assert (await r.command(r.klynge.coordinator, "/klynge status"))["text"].endswith("*1 af 2* praksisser har svaret.")


@pytest.mark.long
async def test_card_of_a_closed_round_asks_for_no_more_numbers(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.desk.act(doctor, await r.card(doctor), "assignment.none")
    await r.desk.submit(doctor, None, {"reason": "Vi har lige skiftet system"})
    await r.settle()
    said = (await r.card(doctor))["text"]
    await r.command(r.klynge.coordinator, "/klynge status")
    shown = [m for m in await r.desk.messages(r.klynge.coordinator, r.klynge.channel) if m.get("ephemeral")][-1]
    await r.press(r.klynge.coordinator, shown, "round.close")
    assert (await r.card(doctor))["text"] + " I kan stadig sende tal." == said


async def test_reason_with_a_cpr_number_is_refused(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.desk.act(doctor, await r.card(doctor), "assignment.none")
    answer = await r.desk.submit(doctor, None, {"reason": "010180-1234 mangler"})
    assert answer["errors"] == {"reason": "Det ligner et CPR-nummer. Slet det: Her må ikke stå noget om patienter."}
    assert await versions(bot) == []


@pytest.mark.long
async def test_double_click_saves_once(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "130 kol / 96 spiro / 70 forløbsplaner")
    echo = await r.last(doctor)
    await r.desk.act(doctor, echo, "submission.confirm")
    await r.desk.act(doctor, echo, "submission.confirm")
    await r.settle()
    assert (await r.last(doctor))["text"] == saved(numbers("*130*", "*96*", "*70*", "*3.200*"))
    assert [state for _, _, state, _ in await versions(bot)] == ["accepted"]


@pytest.mark.long
async def test_practice_without_consent_is_told_how_to_give_it(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2, consents=False)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "130 kol / 96 spiro / 70 forløbsplaner")
    refusal = await r.last(doctor)
    assert refusal["text"] == (
        "*Lægehuset 2* har ikke givet samtykke til at dele tal med klyngen, så jeg har ikke gemt noget. "
        "En ejer eller en fast læge i praksis kan give samtykket; send så tallene igen."
    )
    assert await versions(bot) == []
    await r.press(doctor, refusal, "practice.consent")
    await r.write(doctor, "130 kol / 96 spiro / 70 forløbsplaner")
    assert [state for _, _, state, _ in await versions(bot)] == ["draft"]


async def test_form_without_consent_shows_the_button_instead(a_round: Make) -> None:
    r = await a_round(2, consents=False)
    doctor = r.klynge.doctors[1]
    await r.press(doctor, await r.card(doctor), "assignment.enter")
    [shown] = [message for message in await r.desk.dm(doctor) if message.get("ephemeral")]
    assert shown["blocks"][1]["elements"][0]["text"]["text"] == "Giv samtykke"
    assert await r.desk.top_view(doctor) is None


@pytest.mark.long
async def test_answer_after_the_deadline_is_taken_and_said_to_be_late(
    a_round: Make, clock: MovableClock, bot: Runtime
) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    clock.move_to(datetime(2026, 3, 20, 9, tzinfo=ZoneInfo("Europe/Copenhagen")))
    await r.settle()
    assert (await r.enter(doctor, listed=3200))["response_action"] is None
    assert (await r.last(doctor))["text"].splitlines()[-2] == (
        "Fristen var torsdag den 19. marts kl. 12.00, men de er kommet med."
    )
    assert [state for _, _, state, _ in await versions(bot)] == ["accepted"]


@pytest.mark.long
async def test_typed_answer_in_the_cards_thread_is_answered_there(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    card = await r.card(doctor)
    await r.write(doctor, "KOL 130, spirometri 96", card["ts"])
    assert (await r.last(doctor))["thread_ts"] == card["ts"]


@pytest.mark.long
async def test_colleague_in_the_practice_may_answer(a_round: Make, bot: Runtime, world: Any, clock: Any) -> None:
    r = await a_round(2)
    colleague = world.add_person("Ny Kollega", email="ny@klynge.example")
    async with bot.database.write() as session:
        session.add(
            Member(
                cluster_id=r.klynge.id,
                practice_id=2,
                slack_user_id=colleague,
                name="Ny Kollega",
                confirmed_at=clock.now(),
            )
        )
        await session.commit()
    await r.desk.say(colleague, world.bot_user_id, "130 kol / 96 spiro / 70 forløbsplaner")
    await r.settle()
    await r.press(colleague, (await r.desk.dm(colleague))[-1], "submission.confirm")
    assert (await r.card(r.klynge.doctors[1]))["text"].endswith(
        "✅ *Modtaget* mandag den 2. marts kl. 09.00 fra Ny Kollega. Tak!"
    )


@pytest.mark.long
async def test_consent_withdrawn_between_is_respected(a_round: Make, bot: Runtime, clock: Any) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "130 kol / 96 spiro / 70 forløbsplaner")
    echo = await r.last(doctor)
    async with bot.database.write() as session:
        for consent in await session.scalars(select(Consent).where(Consent.practice_id == 2)):
            consent.withdrawn_at = clock.now()
        await session.commit()
    await r.press(doctor, echo, "submission.confirm")
    assert [state for _, _, state, _ in await versions(bot)] == ["draft"]


@pytest.mark.long
async def test_round_closed_while_the_form_is_open_takes_no_numbers(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.desk.act(doctor, await r.card(doctor), "assignment.enter")
    await r.command(r.klynge.coordinator, "/klynge status")
    shown = [m for m in await r.desk.messages(r.klynge.coordinator, r.klynge.channel) if m.get("ephemeral")][-1]
    await r.press(r.klynge.coordinator, shown, "round.close")
    answer = await r.send(doctor, listed=3200)
    assert answer["errors"] == {
        "value.listed": "Dataindsamlingen er lukket, så jeg tager ikke imod flere tal. Skriv til jeres koordinator."
    }
    assert (await r.card(doctor))["text"].endswith("Dataindsamlingen er lukket. Der kom ingen tal fra jeres praksis.")
    assert await versions(bot) == []
