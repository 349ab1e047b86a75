"""`/klynge åbenhed`: the rungs of the ladder, through Slack, from the coordinator's choice to what each chart shows."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import Audit, Consent, Naming, Pseudonym
from storage.unit_of_work import look

Make = Callable[..., Awaitable[Any]]


async def shown(r: Any, person: str) -> dict[str, Any]:
    """The answer to `/klynge åbenhed`, which only that person sees."""

    async def answers() -> list[dict[str, Any]]:
        return [m for m in await r.desk.messages(person, r.klynge.channel) if m.get("ephemeral")]

    async def newer() -> list[dict[str, Any]]:
        return (await answers())[len(before) :]

    before = await answers()
    await r.command(person, "/klynge åbenhed")
    now: list[dict[str, Any]] = await r.desk.wait_for(newer, 30)  # a slow answer comes after the acknowledgement
    return now[-1]


async def set_rung(r: Any, rung: str) -> dict[str, Any]:
    """The coordinator changes the round; the answer of the form."""
    await r.desk.act(r.klynge.coordinator, await shown(r, r.klynge.coordinator), "openness.change")
    answer = await r.desk.submit(r.klynge.coordinator, None, {"rung": rung})
    await r.settle()
    return answer


async def charts(r: Any, n: int) -> list[dict[str, Any]]:
    """The chart messages to the n-th practice's doctor."""
    return [m for m in await r.desk.dm(r.klynge.doctors[n - 1]) if m["text"].startswith("Her er graferne")]


async def press(r: Any, n: int, action: str) -> None:
    """The n-th doctor presses a button in the newest message that has it."""
    message = [m for m in await r.desk.dm(r.klynge.doctors[n - 1]) if action in json.dumps(m.get("blocks"))][-1]
    await r.press(r.klynge.doctors[n - 1], message, action)


async def rows(bot: Runtime, table: type[Any]) -> list[Any]:
    async with look(bot.database) as state:
        return list((await state.session.execute(select(table).order_by(table.id))).scalars())


def alts(message: dict[str, Any]) -> list[str]:
    return [block["alt_text"] for block in message["blocks"] if block["type"] == "image"]


def words(message: dict[str, Any]) -> str:
    return json.dumps(message["blocks"], ensure_ascii=False)


@pytest.mark.long
@pytest.mark.both_databases
async def test_letters_are_told_to_their_own_practice_alone(a_round: Make, bot: Runtime) -> None:
    r = await a_round(6)
    assert (await set_rung(r, "letters"))["response_action"] is None
    await r.give(1, 2, 3, 4, 5)
    await r.release()

    drawn = {(each.measure_id, each.practice_id): each.letter for each in await rows(bot, Pseudonym)}
    assert len(drawn) == 3 * 6
    for n in (1, 2, 3, 4, 5):
        [message] = await charts(r, n)
        own = [drawn[measure, r.klynge.practice_ids[n - 1]] for measure in ("prevalence", "spirometry", "care_plan")]
        said = [b["elements"][0]["text"] for b in message["blocks"] if b["type"] == "context"]
        told = [each for each in said if each.startswith("Jeres bogstav")]
        assert told == [
            f"Jeres bogstav på denne graf: *{letter}*. Kun jeres praksis får det at vide." for letter in own
        ]
        assert [f"Jeres bogstav: {letter}" in alt for letter, alt in zip(own, alts(message), strict=True)] == [True] * 3
        assert [name for name in range(1, 7) if name != n and f"Lægehuset {name}" in words(message)] == []
    [alt, *_] = alts((await charts(r, 1))[0])
    order = alt.split("fra lavest til højest: ")[1].split(".")[0].split(", ")
    others = [drawn["prevalence", r.klynge.practice_ids[n - 1]] for n in (2, 3, 4, 5)]
    assert sorted(order) == sorted(others)


@pytest.mark.long
async def test_coordinator_has_no_list_of_letters(a_round: Make, bot: Runtime) -> None:
    r = await a_round(6)
    await set_rung(r, "letters")
    await r.give(2, 3, 4, 5, 6)
    await r.release()
    said = json.dumps([await r.desk.dm(r.klynge.coordinator), await shown(r, r.klynge.coordinator)], ensure_ascii=False)
    assert "Jeres bogstav på denne graf" not in said
    assert await charts(r, 1) == []


@pytest.mark.long
async def test_everybody_is_told_when_the_rung_changes(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await set_rung(r, "chosen")
    for doctor in r.klynge.doctors[1:]:
        assert (await r.texts(doctor))[-1] == (
            "Jeres koordinator har ændret, hvor åbne I er med hinandens tal om *KOL*.\n"
            "*Frivilligt:* De praksisser, der selv vælger det, står med navn og de andre uden – og ingen "
            "får navn på, hvis det ville røbe de sidste uden.\n"
            "Jeres tal vises ikke med navn, medmindre I selv siger ja, og I skylder ingen et svar."
        )
    assert [each.details for each in await rows(bot, Audit) if each.what == "openness.set"] == [{"rung": "chosen"}]


@pytest.mark.long
async def test_practice_that_chose_stands_with_its_name_for_the_others(a_round: Make) -> None:
    r = await a_round(8)
    await set_rung(r, "chosen")
    await r.give(*range(1, 9))
    await r.release()
    await press(r, 2, "openness.show")
    assert (await r.texts(r.klynge.doctors[1]))[-1] == (
        "I står med praksissens navn på de grafer, der bliver tegnet fra nu af. Kollegerne ser det, når de henter nye "
        "grafer, eller når graferne bliver opdateret."
    )
    assert [len(await charts(r, n)) for n in range(1, 9)] == [1] * 8  # nobody is disturbed

    await press(r, 3, "openness.fetch")
    before, after = await charts(r, 3)
    assert ["Lægehuset 2" in words(each) for each in (before, after)] == [False, True]
    assert [name for name in (1, 4, 5, 6, 7, 8) if f"Lægehuset {name}" in words(after)] == []
    assert ["Lægehuset 2: 40 pr. 1.000" in alts(after)[0], "127" in words(after)] == [True, False]
    assert [len(await charts(r, n)) for n in (1, 2, 4)] == [1, 1, 1]


@pytest.mark.long
async def test_name_taken_down_is_on_no_new_chart(a_round: Make, bot: Runtime) -> None:
    r = await a_round(8)
    await set_rung(r, "chosen")
    await r.give(*range(1, 9))
    await r.release()
    await press(r, 2, "openness.show")
    await press(r, 2, "openness.hide")
    assert (await r.texts(r.klynge.doctors[1]))[-1] == (
        "Jeres navn er taget af: Det står ikke på de grafer, der bliver tegnet fra nu af. Billeder, der allerede er "
        "sendt, kan ikke kaldes tilbage."
    )
    await press(r, 3, "openness.fetch")
    assert "Lægehuset 2" not in words((await charts(r, 3))[-1])
    kept = [(each.kind, each.withdrawn_at is not None) for each in await rows(bot, Consent) if each.round_id]
    assert kept == [("shown-by-name", True)]
    assert [each.until_id for each in await rows(bot, Naming)] == [1, 1, 1]


@pytest.mark.long
async def test_last_ones_without_a_name_are_not_given_away(a_round: Make) -> None:
    r = await a_round(8)
    await set_rung(r, "chosen")
    await r.give(*range(1, 9))
    await r.release()
    for n in (1, 2, 3, 4, 5, 6):
        await press(r, n, "openness.show")
    assert (await r.texts(r.klynge.doctors[5]))[-1] == (
        "I har valgt at give jer til kende. Navnet kommer på graferne, så snart det ikke røber nogen: Mindst tre skal "
        "stå uden navn (fem i en lille klynge) – eller slet ingen."
    )
    await press(r, 8, "openness.fetch")
    last = words((await charts(r, 8))[-1])
    assert [n for n in range(1, 8) if f"Lægehuset {n}" in last] == [1, 2, 3, 4, 5]


@pytest.mark.long
async def test_coordinator_is_asked_to_go_first(a_round: Make) -> None:
    r = await a_round(6)
    await set_rung(r, "chosen")
    await r.give(*range(1, 7))
    await r.release()
    invited = [m for m in await r.desk.dm(r.klynge.coordinator) if "går forrest" in m["text"]]
    assert len(invited) == 1
    await r.press(r.klynge.coordinator, invited[0], "openness.show")
    await press(r, 2, "openness.fetch")
    assert "Lægehuset 1" in words((await charts(r, 2))[-1])
    said = [m["text"] for n in range(2, 7) for m in await r.desk.dm(r.klynge.doctors[n - 1]) if "forrest" in m["text"]]
    assert said == []


@pytest.mark.long
async def test_open_is_everybody_or_nobody(a_round: Make) -> None:
    r = await a_round(5)
    await r.give(*range(1, 6))
    await r.release()
    await set_rung(r, "open")
    for n in (1, 2, 3, 4):
        await press(r, n, "openness.show")
    assert (await r.texts(r.klynge.doctors[3]))[-1] == "I har sagt ja. Der vises ingen navne, før alle har sagt ja."
    await press(r, 5, "openness.fetch")
    assert [n for n in (1, 2, 3, 4) if f"Lægehuset {n}" in words((await charts(r, 5))[-1])] == []
    section = (await shown(r, r.klynge.coordinator))["blocks"][0]["text"]["text"]
    assert section.splitlines()[-1] == "4 af 5 har sagt ja til åbne tal."

    await press(r, 5, "openness.show")
    for n in range(1, 6):
        assert [text for text in await r.texts(r.klynge.doctors[n - 1]) if text.startswith("Alle praksisser har")] == [
            "Alle praksisser har sagt ja til åbne tal om *KOL*. Hent nye grafer, når det passer jer, så ser I navnene."
        ]
    await press(r, 5, "openness.fetch")
    assert [n for n in (1, 2, 3, 4) if f"Lægehuset {n}" in words((await charts(r, 5))[-1])] == [1, 2, 3, 4]

    await press(r, 1, "openness.hide")
    await press(r, 5, "openness.fetch")
    assert [n for n in (1, 2, 3, 4) if f"Lægehuset {n}" in words((await charts(r, 5))[-1])] == []


@pytest.mark.long
async def test_yes_to_open_for_all_is_no_yes_to_standing_alone(a_round: Make) -> None:
    """Whoever agreed to be open when all are is not named when the coordinator makes the round voluntary instead."""
    r = await a_round(8)
    await r.give(*range(1, 9))
    await set_rung(r, "open")
    await r.press(r.klynge.doctors[1], await r.last(r.klynge.doctors[1]), "openness.show")
    await set_rung(r, "chosen")
    await r.release()
    [message] = await charts(r, 3)
    assert "Lægehuset 2" not in words(message)


@pytest.mark.long
async def test_after_the_charts_the_only_way_up_is_open_for_all(a_round: Make) -> None:
    r = await a_round(5)
    await r.give(*range(1, 6))
    await r.release()
    await r.desk.act(r.klynge.coordinator, await shown(r, r.klynge.coordinator), "openness.change")
    view = (await r.desk.top_view(r.klynge.coordinator))["view"]
    [radio] = [b["element"] for b in view["blocks"] if b["type"] == "input"]
    assert [option["value"] for option in radio["options"]] == ["closed", "open"]


@pytest.mark.long
async def test_stepping_down_takes_all_names_off(a_round: Make, bot: Runtime) -> None:
    r = await a_round(8)
    await set_rung(r, "chosen")
    await r.give(*range(1, 9))
    await r.release()
    await press(r, 2, "openness.show")
    await set_rung(r, "closed")
    assert [each.until_id for each in await rows(bot, Naming)] == [1, 1, 1]
    await r.command(r.klynge.coordinator, "/klynge oplæg")
    await r.settle()
    answer = await r.command(r.klynge.doctors[1], "/klynge åbenhed")
    assert "openness.show" not in json.dumps(answer)


@pytest.mark.long
async def test_member_cannot_change_the_rung_and_staff_cannot_decide(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await set_rung(r, "chosen")
    answer = await shown(r, r.klynge.doctors[1])
    assert ["openness.change" in words(answer), "openness.show" in words(answer)] == [False, True]


@pytest.mark.long
async def test_choice_pressed_twice_is_one_consent(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await set_rung(r, "chosen")
    message = await r.last(r.klynge.doctors[1])
    for _ in range(2):
        await r.press(r.klynge.doctors[1], message, "openness.show")
    assert [each.practice_id for each in await rows(bot, Consent) if each.round_id] == [r.klynge.practice_ids[1]]


@pytest.mark.long
async def test_home_page_holds_the_choice(a_round: Make) -> None:
    r = await a_round(3)
    await set_rung(r, "chosen")
    await r.desk.home(r.klynge.doctors[1])
    await r.settle()
    home = (await r.desk.state(r.klynge.doctors[1]))["home"]
    said = json.dumps(home, ensure_ascii=False)
    assert ["Vis vores tal med navn" in said, "Om I vil give jer til kende" in said] == [True, True]


@pytest.mark.long
async def test_deck_shows_letters_and_names_as_the_charts_do(a_round: Make) -> None:
    r = await a_round(8)
    await set_rung(r, "chosen")
    await r.give(*range(1, 9))
    await r.release()
    await press(r, 2, "openness.show")
    await r.command(r.klynge.coordinator, "/klynge oplæg")
    await r.settle()
    messages = await r.desk.dm(r.klynge.coordinator)
    pptx = next(f for m in reversed(messages) for f in m.get("files", []) if f["name"].endswith(".pptx"))
    file = ZipFile(BytesIO(await r.desk.file(r.klynge.coordinator, pptx["id"])))
    said = b"".join(file.read(name) for name in file.namelist() if name.endswith(".xml")).decode()
    assert [n for n in range(1, 9) if f"Lægehuset {n}" in said] == [2]


@pytest.mark.long
async def test_consent_that_ends_is_asked_for_and_then_holds_no_more(a_round: Make, clock: MovableClock) -> None:
    r = await a_round(2)
    await r.desk.command(r.klynge.coordinator, r.klynge.channel, "/klynge opsæt")
    assert (
        await r.desk.submit(
            r.klynge.coordinator, None, {"name": "Klynge Nord", "region": "Region Nordjylland", "consent_months": "12"}
        )
    )["response_action"] is None
    doctor = r.klynge.doctors[1]
    await r.settle()
    await r.desk.home(doctor)
    await r.settle()
    await r.press(doctor, (await r.desk.state(doctor))["home"], "practice.withdraw")
    await r.press(doctor, (await r.desk.state(doctor))["home"], "practice.consent")
    assert (await r.texts(doctor))[-1] == (
        "Tak. Praksissens samtykke er noteret med dags dato og dit navn. Det udløber 2. marts 2027."
    )
    clock.move_to(datetime(2027, 2, 1, 9, 0, tzinfo=ZoneInfo("Europe/Copenhagen")))
    await r.settle()
    asked = await r.last(doctor)
    assert asked["text"].startswith(
        "Samtykket fra Lægehuset 2 til, at jeres tal bruges i klyngen, udløber 2. marts 2027."
    )
    clock.move_to(datetime(2027, 3, 2, 9, 1, tzinfo=ZoneInfo("Europe/Copenhagen")))
    await r.settle()
    assert (await r.texts(doctor))[-1] == (
        "Samtykket fra Lægehuset 2 er udløbet. Fra nu af hverken modtager eller bruger jeg jeres tal. I kan give "
        "samtykke igen, når I vil."
    )
    assert (await r.texts(r.klynge.coordinator))[-1] == "Samtykket fra Lægehuset 2 til brug af deres tal er udløbet."
