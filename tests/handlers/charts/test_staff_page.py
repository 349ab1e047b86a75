"""The page for a practice's staff meeting: on one sheet, to whoever asked and works there, with what was agreed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.app import Runtime
from storage.models import Agreement, Commitment, Meeting, Member
from storage.unit_of_work import UnitOfWork
from storage.words import AgreementState, CommitmentState
from tests.handlers.charts.test_deck import files, released
from tests.measures.printed.reading_aloud import opened, parts, words_of

Make = Callable[..., Awaitable[Any]]
pytestmark = pytest.mark.long


async def ask(r: Any, doctor: str) -> None:
    """Press the button under the own charts."""
    charts = [each for each in await r.desk.dm(doctor) if "round.staff_page" in str(each.get("blocks"))]
    await r.press(doctor, charts[-1], "round.staff_page")


async def agree(bot: Runtime, r: Any) -> None:
    """The cluster and the first practice say what they do differently."""
    async with UnitOfWork(bot.database) as uow:
        by = await uow.session.get_one(Member, r.klynge.member_ids[r.klynge.doctors[1]])
        about = {"cluster_id": by.cluster_id, "round_id": 1}
        when = (await uow.session.get_one(Member, by.id)).confirmed_at
        uow.session.add(
            Agreement(text="Alle får spirometri & plan", state=AgreementState.OPEN, decided_at=when, **about)
        )
        meeting = Meeting(
            cluster_id=by.cluster_id, title="KOL", starts_at=when, ends_at=when, answer_by=when, created_at=when
        )
        uow.session.add(meeting)
        await uow.session.flush()
        uow.session.add(
            Commitment(
                meeting_id=meeting.id,
                practice_id=by.practice_id,
                asked_at=when,
                state=CommitmentState.MEANT,
                pick="1",
                words="Bo måler <alle>",
                who="staff",
                in_weeks=1,
                **about,
            )
        )
        await uow.commit()


async def test_page_has_charts_change_and_agreement_on_one_sheet(a_round: Make, bot: Runtime) -> None:
    r = await released(a_round)
    await agree(bot, r)
    doctor = r.klynge.doctors[1]
    await ask(r, doctor)
    pdf = (await files(r, doctor))["personalemøde-kol.pdf"]
    assert len(opened(pdf).pages) == 1
    heads = [told for tag, told in parts(pdf) if tag in {"/H1", "/H2"}]
    assert heads == [
        "Lægehuset 2",
        "Til personalemødet: KOL",
        "Det ændrer vi",
        "Det aftalte klyngen",
        "Slå op i jeres eget system",
        "Tal om",
        "Hvem gør det, og fra hvornår?",
    ]
    [said] = words_of(pdf)
    assert "Bo måler <alle>" in said
    assert "Alle får spirometri & plan" in said
    assert "Spirometri inden for 12 måneder: de 48 af 127, der mangler" in said
    assert "Send den aldrig til mig." in said
    assert len([tag for tag, _ in parts(pdf) if tag == "/Figure"]) == 2


async def test_other_practices_get_their_own_and_never_anothers_change(a_round: Make, bot: Runtime) -> None:
    r = await released(a_round)
    await agree(bot, r)
    other = r.klynge.doctors[2]
    await ask(r, other)
    [said] = words_of((await files(r, other))["personalemøde-kol.pdf"])
    assert "Lægehuset 3" in said
    assert "Bo måler" not in said
    assert "Lægehuset 2" not in said


async def test_who_has_left_the_practice_gets_nothing(a_round: Make, bot: Runtime) -> None:
    r = await released(a_round)
    doctor = r.klynge.doctors[1]
    async with UnitOfWork(bot.database) as uow:
        (await uow.session.get_one(Member, r.klynge.member_ids[doctor])).practice_id = None
        await uow.commit()
    await ask(r, doctor)
    assert [name for name in await files(r, doctor) if "personale" in name] == []
