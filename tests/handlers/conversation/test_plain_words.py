"""Plain words through the real program: shown at once, asked before anything changes, and never guessed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from handlers import TABLE
from handlers.context import make_turn
from handlers.overview.help import answer_to
from handlers.payload import read
from locales import texts_for
from storage.models import Cluster, Invitation, Meeting, Member, Round, Submission
from storage.unit_of_work import UnitOfWork

Make = Callable[..., Awaitable[Any]]


def labels(message: dict[str, Any]) -> list[str]:
    rows = [block["elements"] for block in message.get("blocks") or [] if block["type"] == "actions"]
    beside = [[block["accessory"]] for block in message.get("blocks") or [] if "accessory" in block]
    return [element["text"]["text"] for row in rows + beside for element in row if element["type"] == "button"]


async def said(r: Any, person: str, words: str) -> dict[str, Any]:
    """The answer to words."""
    before = len(await r.desk.dm(person))
    await r.write(person, words)
    answers = [message for message in (await r.desk.dm(person))[before:] if message["bot"]]
    assert len(answers) == 1, (words, [answer["text"] for answer in answers])
    return answers[0]


async def a_meeting(r: Any) -> None:
    await r.desk.command(r.klynge.coordinator, r.klynge.channel, "/klynge møde")
    await r.desk.submit(r.klynge.coordinator, values={"title": "KOL i praksis", "place": "Lægehuset"})
    await r.settle()


@pytest.fixture
def state(bot: Runtime) -> Callable[..., Awaitable[Any]]:
    async def rows(*tables: Any) -> list[Any]:
        async with bot.database.read() as session:
            return [
                {column.name: getattr(row, column.name) for column in table.__table__.columns}
                for table in tables
                for row in (await session.scalars(select(table).order_by(table.id))).all()
            ]

    return rows


@pytest.mark.long
async def test_every_intent_has_words_for_both_roles_in_both_languages(
    a_round: Make, bot: Runtime, state: Make, world: Any
) -> None:
    r = await a_round(2)
    await a_meeting(r)
    kept = (Invitation, Meeting, Member, Round, Submission)
    before = await state(*kept)
    for person in (r.klynge.coordinator, r.klynge.doctors[1]):
        arrival = read({"command": "/klynge", "text": "", "user_id": person, "team_id": world.team_id}, bot.tools.home)
        assert arrival is not None
        turn = await make_turn(arrival, bot.tools)
        for each in TABLE.grammar.sentences:
            for language, words in zip(("da", "en"), (each.test[0], each.test[-1]), strict=True):
                asked = replace(turn, t=texts_for(language))
                shown = await answer_to(asked, each.name, TABLE.grammar.read(words)[0].slots)
                assert shown is not None, each.name
                assert shown.text, each.name
                assert len(shown.blocks) <= 50, each.name
    assert await state(*kept) == before


@pytest.mark.long
async def test_what_is_asked_about_is_shown_at_once(a_round: Make) -> None:
    r = await a_round(2)
    await a_meeting(r)
    doctor = r.klynge.doctors[1]
    coming = await said(r, doctor, "hvornår mødes vi?")
    assert "KOL i praksis, torsdag den 26. marts" in coming["text"]
    assert "Lægehuset. Du har ikke svaret endnu." in coming["text"]
    assert {"Kommer", "Måske", "Kommer ikke"} <= set(labels(coming))
    await r.press(doctor, coming, "meeting.rsvp_yes")
    assert "✔ Kommer" in labels(next(each for each in await r.desk.dm(doctor) if each["ts"] == coming["ts"]))
    assert "Kommer" in (await said(r, doctor, "hvad har jeg svaret"))["text"]
    assert "Frist" in (await said(r, doctor, "min frist"))["text"]
    assert "Spirometri" in str((await said(r, doctor, "hvad skal jeg sende"))["blocks"])
    assert "Læge 1" in (await said(r, doctor, "hvem er koordinator"))["text"]
    assert "Læge 2" not in str(await said(r, doctor, "hvem mangler"))
    assert "Læge 2" in str(await said(r, r.klynge.coordinator, "hvem kommer"))
    assert "*R95*" in (await said(r, doctor, "hvad betyder R95?"))["text"]


@pytest.mark.long
async def test_what_would_change_something_is_asked_about(a_round: Make, state: Make) -> None:
    r = await a_round(2)
    await a_meeting(r)
    doctor = r.klynge.doctors[1]
    asked = await said(r, doctor, "jeg er syg")
    assert asked["text"].startswith("Skal jeg melde afbud for dig til *KOL i praksis*, torsdag den 26. marts")
    assert [each["answer"] for each in await state(Invitation)] == [None, None]
    await r.press(doctor, asked, "meeting.rsvp_no")
    assert [each["answer"] for each in await state(Invitation)] == [None, "no"]
    away = await said(r, doctor, "jeg er på ferie i uge 10")
    assert "mandag den 9. marts" in away["text"]
    assert [each["away_until"] for each in await state(Member)] == [None, None]
    await r.press(doctor, away, "member.away")
    assert str((await state(Member))[1]["away_until"])[:10] in {"2026-03-08", "2026-03-09"}
    assert labels(await said(r, doctor, "ferie i uge 27")) == ["Ja, fra 29. juni 2026 til 6. juli 2026", "Vælg en dag"]
    assert "koordinatoren" in (await said(r, doctor, "flyt mødet til tirsdag"))["text"]
    moving = await said(r, r.klynge.coordinator, "flyt mødet til tirsdag")
    assert labels(moving) == ["Ret", "Aflys mødet"]


@pytest.mark.long
@pytest.mark.parametrize("in_thread", [False, True])
async def test_a_bare_yes_to_a_question_about_a_change_is_no_answer_to_a_meeting(
    a_round: Make, state: Make, *, in_thread: bool
) -> None:
    r = await a_round(2)
    await a_meeting(r)
    doctor = r.klynge.doctors[1]
    asked = await said(r, doctor, "jeg er syg")
    await r.write(doctor, "ja", asked["ts"] if in_thread else None)
    assert [each["answer"] for each in await state(Invitation)] == [None, None]
    if not in_thread:
        again = await r.last(doctor)
        assert again["text"].startswith("Jeg har ikke noteret noget")
        await r.press(doctor, again, "meeting.rsvp_no")
        assert [each["answer"] for each in await state(Invitation)] == [None, "no"]


@pytest.mark.long
async def test_a_bare_yes_to_a_question_what_was_meant_is_asked_about(a_round: Make, state: Make) -> None:
    r = await a_round(2)
    await a_meeting(r)
    doctor = r.klynge.doctors[1]
    await said(r, doctor, "kan man parkere i gården hos jer mon")
    await r.write(doctor, "ja")
    assert [each["answer"] for each in await state(Invitation)] == [None, None]
    assert "KOL i praksis" in (await r.last(doctor))["text"]


@pytest.mark.long
async def test_a_bare_yes_after_a_meeting_was_shown_is_an_answer_to_it(a_round: Make, state: Make) -> None:
    r = await a_round(2)
    await a_meeting(r)
    doctor = r.klynge.doctors[1]
    await said(r, doctor, "jeg er syg")
    await said(r, doctor, "hvornår mødes vi")
    await r.write(doctor, "ja")
    assert [each["answer"] for each in await state(Invitation)] == [None, "yes"]


@pytest.mark.long
async def test_numbers_that_wait_for_a_yes_are_shown_to_whoever_says_they_are_wrong(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "kol 140, spirometri 96, plan 70, tilmeldte 3200")
    wrong = await said(r, doctor, "mine tal er forkerte")
    assert "De er ikke gemt endnu" in wrong["text"]
    assert labels(wrong) == ["Ret tal", "Fortryd", "Historik"]
    await r.press(doctor, wrong, "submission.discard")
    assert "ingen tal" in (await said(r, doctor, "mine tal er forkerte"))["text"]


@pytest.mark.long
async def test_a_window_opens_by_a_button_under_words(a_round: Make) -> None:
    r = await a_round(2)
    asked = await said(r, r.klynge.coordinator, "indkald til møde")
    await r.desk.act(r.klynge.coordinator, asked, "cluster.meeting")
    assert (await r.desk.state(r.klynge.coordinator))["views"][-1]["view"]["callback_id"] == "meeting.form"


@pytest.mark.long
async def test_two_meanings_and_none_are_three_buttons_at_most(a_round: Make) -> None:
    r = await a_round(2)
    two = await said(r, r.klynge.coordinator, "send graferne")
    assert set(labels(two)) == {"Mine grafer", "Send graferne"}
    none = await said(r, r.klynge.doctors[1], "jordbærgrød med fløde")
    assert none["text"].startswith("Det forstod jeg desværre ikke")
    assert labels(none) == ["Hvad skylder jeg?", "Næste møde", "Alt, hvad jeg kan"]
    near = await said(r, r.klynge.doctors[1], "altså det der med fristen, kan det passe")
    assert 1 <= len(labels(near)) <= 3
    assert labels(near)[0] == "Hvornår er fristen?"
    await r.press(r.klynge.doctors[1], near, "words.pick")
    assert "Frist" in (await r.last(r.klynge.doctors[1]))["text"]


async def test_kind_words_are_answered_once_an_hour(a_round: Make, clock: Any) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    assert (await said(r, doctor, "tak for hjælpen"))["text"] == "Selv tak!"
    before = len(await r.texts(doctor))
    await r.write(doctor, "tusind tak")
    assert len(await r.texts(doctor)) == before + 1  # only the doctor's own words


@pytest.fixture
def join_another(bot: Runtime, world: Any) -> Callable[[str], Awaitable[None]]:
    async def join(doctor: str) -> None:
        now = bot.tools.clock.now()
        async with UnitOfWork(bot.database) as uow:
            cluster = Cluster(team_id=world.team_id, channel_id="C2", created_at=now, name="Klynge Syd")
            uow.session.add(cluster)
            await uow.session.flush()
            uow.session.add(Member(cluster_id=cluster.id, slack_user_id=doctor, name="Læge 2"))
            await uow.commit()

    return join


@pytest.mark.long
async def test_an_answer_says_which_of_two_clusters_it_is_about(a_round: Make, join_another: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    assert "gælder" not in (await said(r, doctor, "hvem kommer"))["text"]
    await join_another(doctor)
    for words in ("hvem kommer", "flyt mødet", "hvem mangler"):
        assert (await said(r, doctor, words))["text"].startswith("Det her gælder Klynge Syd."), words
    assert "gælder" not in (await said(r, doctor, "mine tal"))["text"]
    assert "Det her gælder Klynge Nord." in (await r.command(doctor, "/klynge hvem kommer"))["text"]


@pytest.mark.long
async def test_own_charts_come_from_whichever_cluster_had_the_last(a_round: Make, join_another: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.give(2)
    await r.release()
    await join_another(doctor)
    await r.write(doctor, "mine grafer")
    assert "KOL" in (await r.last(doctor))["text"]


@pytest.mark.long
async def test_command_understands_the_same(a_round: Make) -> None:
    r = await a_round(2)
    await a_meeting(r)
    shown = await r.command(r.klynge.doctors[1], "/klynge hvornår mødes vi")
    assert "KOL i praksis, torsdag den 26. marts" in shown["text"]
    unknown = await r.command(r.klynge.doctors[1], "/klynge jordbærgrød")
    assert unknown["text"].startswith("Jeg kender ikke »jordbærgrød«.")
    assert len(labels(unknown)) == 3
