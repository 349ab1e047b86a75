"""A coordinator's file for all practices: shown without a number, saved for each practice, or dropped."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import delete, select, update

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import Audit, Collected, Consent, Member, Practice, PracticeAlias, Submission
from storage.unit_of_work import UnitOfWork
from workspace import Workspace

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
Make = Callable[..., Awaitable[Any]]
HEADINGS = "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan"
THREE = f"{HEADINGS}\n010001;3100;141;101;81\n010002;3200;142;102;82\n010003;3300;143;103;83\n099999;1;1;1;1\n".encode()
NAMED = (
    "Praksis;Tilmeldte;KOL;Spirometri;Forløbsplan\n"
    "Laegehuset 1;3100;141;101;81\nHolm og Bach;3200;142;102;82\nLægehuset 3;3300;143;103;83\n"
).encode()
PREVIEW = (
    "Filen har tal om KOL for {} af de {} praksisser, der er spurgt (1. marts 2025 – 28. februar 2026). "
    "Intet er gemt endnu."
)


async def kept(bot: Runtime) -> dict[int, tuple[str, str, dict[str, Any]]]:
    """The newest answer of each practice."""
    async with bot.database.read() as session:
        found = await session.scalars(select(Submission).order_by(Submission.id))
        return {each.practice_id: (each.source, each.state, each.numbers) for each in found}


def numbers(n: int) -> dict[str, int]:
    return {"listed": 3000 + 100 * n, "copd": 140 + n, "spirometry": 100 + n, "care_plan": 80 + n}


async def call(bot: Runtime, practice_id: int, name: str) -> None:
    """Give a practice another name."""
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Practice).where(Practice.id == practice_id).values(name=name))
        await uow.commit()


@pytest.mark.long
async def test_preview_tells_which_practices_and_no_number(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", THREE)
    told = await r.last(r.klynge.coordinator)
    assert told["text"].splitlines() == [
        PREVIEW.format(3, 3),
        "• ✅ Klar: Lægehuset 1, Lægehuset 2 og Lægehuset 3",
        "• 1 række hører til andre. Den er ikke gemt.",
        "Du får ikke tallene at se her. Hver praksis ser sine egne og kan rette dem eller trække dem tilbage.",
    ]
    assert [value for value in ("141", "102", "83", "3.300") if value in json.dumps(told["blocks"])] == []
    assert await kept(bot) == {}


@pytest.mark.long
@pytest.mark.both_databases
async def test_saved_numbers_count_and_each_practice_is_told_its_own(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", THREE)
    card = await r.last(r.klynge.coordinator)
    await r.desk.act(r.klynge.coordinator, card, "bundle.save")
    await r.press(r.klynge.coordinator, card, "bundle.save")  # a double click
    assert await kept(bot) == {
        practice: ("bundle", "accepted", numbers(n)) for n, practice in enumerate(r.klynge.practice_ids, 1)
    }
    said = (await r.last(r.klynge.doctors[2]))["text"].splitlines()
    assert said[:3] == [
        "✅ Jeres koordinator har sendt en fil med tal for alle praksisser, for eksempel fra regionen. Jeres er gemt:",
        "*Lægehuset 3* · 1. marts 2025 – 28. februar 2026",
        "• Tilmeldte patienter: *3.300* – _celle B4, »Tilmeldte«_",
    ]
    assert said[-1] == (
        "Ud over dem, der har lavet og sendt filen, kan kun jeres praksis se tallene. "
        "I får jeres egne grafer her, når de sendes ud."
    )
    assert [word for word in ("141", "142", "3.200") if word in "\n".join(said)] == []
    texts = await r.texts(r.klynge.coordinator)
    assert "Gemt for 3 praksisser. Hver af dem har fået besked og kan sige fra." in texts
    async with bot.database.read() as session:
        assert [each.rows for each in await session.scalars(select(Collected))] == [[]]
        assert [each.details for each in await session.scalars(select(Audit).where(Audit.what == "bundle.saved"))] == [
            {"saved": 3, "asking": 0}
        ]


@pytest.mark.long
async def test_practice_can_correct_withdraw_and_object(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", THREE)
    await r.press(r.klynge.coordinator, await r.last(r.klynge.coordinator), "bundle.save")
    await r.enter(r.klynge.doctors[1], copd=150)
    await r.press(r.klynge.doctors[2], await r.last(r.klynge.doctors[2]), "submission.withdraw")
    states = [(source, state) for source, state, _ in (await kept(bot)).values()]
    assert states == [("bundle", "accepted"), ("form", "accepted"), ("bundle", "withdrawn")]

    await r.drop(r.klynge.coordinator, "region.csv", THREE)
    preview = (await r.last(r.klynge.coordinator))["text"]
    assert preview.splitlines()[1:3] == [
        "• Har selv svaret og beholder egne tal: Lægehuset 2 og Lægehuset 3",
        "• Har allerede de samme tal: Lægehuset 1",
    ]


@pytest.mark.long
async def test_nothing_is_kept_of_a_practice_without_a_consent(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(delete(Consent).where(Consent.practice_id == r.klynge.practice_ids[2]))
        await uow.commit()
    await r.drop(r.klynge.coordinator, "region.csv", THREE)
    card = await r.last(r.klynge.coordinator)
    assert "• Uden samtykke; intet er gemt af deres tal: Lægehuset 3" in card["text"].splitlines()
    async with bot.database.read() as session:
        [waits] = (await session.scalars(select(Collected))).all()
        assert "143" not in json.dumps(waits.rows)
    await r.press(r.klynge.coordinator, card, "bundle.save")
    assert sorted(await kept(bot)) == r.klynge.practice_ids[:2]


@pytest.mark.long
async def test_doubtful_numbers_wait_for_the_practices_own_yes(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", THREE.replace(b";103;83", b";103;3"))
    await r.press(r.klynge.coordinator, await r.last(r.klynge.coordinator), "bundle.save")
    assert (await kept(bot))[r.klynge.practice_ids[2]][1] == "draft"
    await r.press(r.klynge.doctors[2], await r.last(r.klynge.doctors[2]), "submission.confirm")
    assert (await kept(bot))[r.klynge.practice_ids[2]][1] == "accepted"


@pytest.mark.long
async def test_row_that_can_not_be_used_is_told_by_place_and_not_by_content(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", THREE.replace(b";143;103;", b";143;987;"))
    card = await r.last(r.klynge.coordinator)
    assert (
        "• Kan ikke bruges: Lægehuset 3, tallene passer ikke sammen. (Række 4, kolonne D)" in card["text"].splitlines()
    )
    assert "987" not in json.dumps(card)
    await r.press(r.klynge.coordinator, card, "bundle.save")
    assert sorted(await kept(bot)) == r.klynge.practice_ids[:2]


@pytest.mark.long
async def test_names_of_others_are_asked_about_and_remembered(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await call(bot, r.klynge.practice_ids[1], "Lægerne Holm & Bach")
    await r.drop(r.klynge.coordinator, "kommune.csv", NAMED)
    card = await r.last(r.klynge.coordinator)
    assert "Er »Holm og Bach« det samme som *Lægerne Holm &amp; Bach*?" in card["text"].splitlines()
    await r.press(r.klynge.coordinator, card, "bundle.save")
    async with bot.database.read() as session:
        known = [(each.alias, each.practice_id) for each in await session.scalars(select(PracticeAlias))]
    assert known == [("holm og bach", r.klynge.practice_ids[1])]
    await r.drop(r.klynge.coordinator, "kommune.csv", NAMED)
    assert "Er »" not in (await r.last(r.klynge.coordinator))["text"]


@pytest.mark.long
async def test_name_that_was_denied_is_left_out_and_not_remembered(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await call(bot, r.klynge.practice_ids[1], "Lægerne Holm & Bach")
    await r.drop(r.klynge.coordinator, "kommune.csv", NAMED)
    await r.press(r.klynge.coordinator, await r.last(r.klynge.coordinator), "bundle.other")
    card = await r.last(r.klynge.coordinator)
    assert "• Står ikke i filen: Lægerne Holm &amp; Bach" in card["text"].splitlines()
    await r.press(r.klynge.coordinator, card, "bundle.save")
    assert sorted(await kept(bot)) == [r.klynge.practice_ids[0], r.klynge.practice_ids[2]]
    async with bot.database.read() as session:
        assert (await session.scalars(select(PracticeAlias))).all() == []


@pytest.mark.long
async def test_member_who_leads_nothing_gets_the_own_row_only(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.doctors[1], "region.csv", THREE)
    assert list(await kept(bot)) == [r.klynge.practice_ids[1]]


@pytest.mark.long
async def test_file_that_waits_a_week_is_forgotten(a_round: Make, bot: Runtime, clock: MovableClock) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", THREE)
    clock.move_to(clock.now() + timedelta(days=8))
    await r.settle()
    async with bot.database.read() as session:
        assert [(each.state, each.rows) for each in await session.scalars(select(Collected))] == [("dropped", [])]
    assert await kept(bot) == {}


@pytest.mark.long
async def test_patients_in_a_file_about_all_practices_are_refused(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", THREE + b"010180-1234;1;1;1;1\n")
    assert (await r.last(r.klynge.coordinator))["text"].splitlines()[0] == (
        "⚠️ Her står noget, der ligner et CPR-nummer. Jeg har ikke gemt noget fra filen. Send kun antal."
    )
    async with bot.database.read() as session:
        assert (await session.scalars(select(Collected))).all() == []


@pytest.mark.long
async def test_file_told_of_twice_is_read_once(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", THREE)
    await r.desk.delivery(redeliver="last")
    await r.settle()
    async with bot.database.read() as session:
        assert [each.state for each in await session.scalars(select(Collected))] == ["waiting"]
    previews = [text for text in await r.texts(r.klynge.coordinator) if text.startswith("Filen har tal om KOL")]
    assert len(previews) == 1


@pytest.mark.long
async def test_button_of_a_forgotten_file_saves_nothing(a_round: Make, bot: Runtime, clock: MovableClock) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", THREE)
    card = await r.last(r.klynge.coordinator)
    clock.move_to(clock.now() + timedelta(days=8))
    await r.desk.act(r.klynge.coordinator, card, "bundle.save")
    await r.settle()
    assert await kept(bot) == {}


@pytest.mark.long
async def test_who_leads_no_longer_saves_nothing(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await r.drop(r.klynge.coordinator, "region.csv", THREE)
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Member).where(Member.role == "coordinator").values(role="member"))
        await uow.commit()
    await r.press(r.klynge.coordinator, await r.last(r.klynge.coordinator), "bundle.save")
    assert (await r.last(r.klynge.coordinator))["text"] == "Det er kun klyngens koordinator, der kan gøre det."
    assert await kept(bot) == {}


@pytest.mark.long
async def test_file_that_fits_two_rounds_is_asked_about(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    boss = r.klynge.coordinator
    for doctor in r.klynge.doctors:
        await r.enter(doctor)
    await r.desk.command(boss, r.klynge.channel, "/klynge grafer")
    await r.desk.submit(boss, None, {})
    await r.settle()
    await r.ask(period_start="2024-03-01", period_end="2025-02-28")
    asked = (await r.last(boss))["ts"]
    await r.drop(boss, "region.csv", THREE)
    question = await r.last(boss)
    assert question["text"] == "Filen har tal for flere praksisser. Hvilken dataindsamling hører den til?"
    [chosen] = [block for block in question["blocks"] if block.get("accessory") and "2024" in block["text"]["text"]]
    await r.press(boss, question, "bundle.pick", block_id=chosen["block_id"])
    ready = "• ✅ Klar: Lægehuset 1, Lægehuset 2 og Lægehuset 3"
    assert (await r.last(boss))["text"].splitlines()[1] == ready
    await r.drop(boss, "region.csv", THREE, asked)  # in the round's own thread there is nothing to ask
    assert (await r.last(boss))["text"].splitlines()[1] == ready
    async with bot.database.read() as session:
        waits = (await session.scalars(select(Collected).order_by(Collected.id))).all()
    assert [(each.round_id == waits[0].round_id, each.state) for each in waits] == [
        (True, "dropped"),
        (True, "waiting"),
    ]


@pytest.mark.long
async def test_ordered_sheet_comes_back_filled_in(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    boss = r.klynge.coordinator
    await r.command(boss, "/klynge udtræk")
    await r.settle()
    sheets = [file["id"] for each in await r.desk.dm(boss) for file in each.get("files") or []][-2:]
    book = openpyxl.load_workbook(BytesIO(await r.desk.file(boss, sheets[0])))
    for n in (1, 2, 3):
        for column, value in enumerate(numbers(n).values(), 3):
            book.active.cell(n + 1, column).value = value
    book.active.cell(4, 6).value = "<5"
    filled = BytesIO()
    book.save(filled)
    await r.drop(boss, "ark.xlsx", filled.getvalue())
    await r.press(boss, await r.last(boss), "bundle.save")
    assert await kept(bot) == {
        practice: ("bundle", "accepted", numbers(n) | ({"care_plan": None} if n == 3 else {}))
        for n, practice in enumerate(r.klynge.practice_ids, 1)
    }


@pytest.mark.long
async def test_colleague_is_told_when_the_one_who_was_asked_is_gone(
    a_round: Make, bot: Runtime, world: Workspace
) -> None:
    r = await a_round(3)
    colleague = world.add_person("Afløser", email="afloeser@klynge.example")
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(
            update(Member).where(Member.slack_user_id == r.klynge.doctors[2]).values(active=False)
        )
        about = {
            "cluster_id": r.klynge.id,
            "practice_id": r.klynge.practice_ids[2],
            "role": "member",
            "title": "ejerlæge",
            "confirmed_at": NOON,
        }
        uow.session.add(Member(**about, slack_user_id=colleague, name="Afløser", email="afloeser@klynge.example"))
        await uow.commit()
    await r.drop(r.klynge.coordinator, "region.csv", THREE)
    await r.press(r.klynge.coordinator, await r.last(r.klynge.coordinator), "bundle.save")
    line = "• Tilmeldte patienter: *3.300* – _celle B4, »Tilmeldte«_"
    assert line in (await r.last(colleague))["text"].splitlines()


@pytest.mark.long
async def test_a_name_that_others_may_have_is_asked_about_as_that(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    await call(bot, r.klynge.practice_ids[1], "Lægehuset Havnen")
    named = NAMED.decode().replace("Holm og Bach", "Lægehuset Havnen").replace("Tilmeldte;", "")
    named = re.sub(r";3\d00;", ";", named).encode()
    await r.drop(r.klynge.coordinator, "kommune.csv", named)
    told = (await r.last(r.klynge.coordinator))["text"].splitlines()
    assert "Andre kan også hedde *Lægehuset Havnen*. Er rækken om den i jeres klynge?" in told


@pytest.mark.long
async def test_heading_that_is_nearly_known_is_asked_about_once(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    odd = THREE.replace(b"Spirometri;", b"Spirometrri;")
    await r.drop(r.klynge.coordinator, "region.csv", odd)
    card = await r.last(r.klynge.coordinator)
    assert card["text"].splitlines()[-2:] == [
        "Række 1, kolonne D: Er »Spirometrri« det samme som »KOL-patienter med spirometri inden for 12 måneder«?",
        "Du får ikke tallene at se her. Hver praksis ser sine egne og kan rette dem eller trække dem tilbage. "
        "Når du gemmer, siger du også ja til spørgsmålene ovenfor.",
    ]
    await r.press(r.klynge.coordinator, card, "bundle.save")
    assert (await kept(bot))[r.klynge.practice_ids[2]] == ("bundle", "accepted", numbers(3))
    await r.drop(r.klynge.coordinator, "region.csv", odd)
    assert "❓" not in json.dumps((await r.last(r.klynge.coordinator))["blocks"], ensure_ascii=False)


@pytest.mark.long
async def test_a_file_about_others_says_what_is_not_known(a_round: Make, bot: Runtime) -> None:
    r = await a_round(3)
    rows = "".join(f"{name};3000;90;60;40\n" for name in ("Aarhus", "Odense", "Esbjerg", "Randers"))
    await r.drop(r.klynge.coordinator, "region.csv", f"Kommune;Tilmeldte;KOL;Spirometri;Forløbsplan\n{rows}".encode())
    assert "Jeg kender tallene, men ikke hvis de er" in (await r.last(r.klynge.coordinator))["text"]
