"""How a meeting was: asked of those who were there, answered in one of two grades, told once when it is over."""

from __future__ import annotations

import io
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import Appraisal, AppraisalAnswer, AppraisalAsked, AppraisalTally, Inbox, Invitation, Outbox, Rules
from storage.unit_of_work import UnitOfWork, look
from storage.words import Rsvp
from tests.handlers.meetings.kit import Room, on, words
from workspace import Desk

END = on(3, 26, 19, 5)
MORNING = on(3, 27, 8)
CLOSED, TOLD = on(4, 7, 12), on(4, 7, 13)
"""Five workdays after, with Easter between; told an hour later."""
Make = Callable[..., Awaitable[Any]]
GOOD = {"learning": "4", "company": "5", "sparring": "4", "speaker": "3", "data": "4", "benefit": "4"}


@pytest.fixture
async def evening(
    a_cluster: Make, desk: Desk, clock: MovableClock, settle: Callable[[], Awaitable[None]], bot: Runtime
) -> Room:
    """Seven have said that they come to a meeting."""
    room = Room(desk, clock, settle, await a_cluster(7))
    await room.call_meeting()
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Invitation).values(answer=Rsvp.YES))
        await uow.commit()
    return room


async def ask(room: Room, grade: str = "anonymous") -> dict[str, Any]:
    """The coordinator asks, right after the meeting; the preview."""
    await room.go_to(END)
    klynge = room.klynge
    await room.desk.command(room.coordinator, klynge.channel, "/klynge evaluering")
    shown = [m for m in await room.desk.messages(room.coordinator, klynge.channel) if m.get("ephemeral")][-1]
    await room.press(room.coordinator, shown, "cluster.appraise")
    view: dict[str, Any] = (await room.desk.top_view(room.coordinator))["view"]
    assert (await room.desk.submit(room.coordinator, None, {"grade": grade})).get("errors") is None
    await room.settle()
    return view


async def answer(room: Room, person: str, **changes: Any) -> dict[str, Any]:
    message = (await room.find(person, "Hvordan var"))[-1]
    await room.desk.act(person, message, "appraisal.answer")
    said = await room.desk.submit(person, None, GOOD | changes)
    await room.settle()
    return said


@pytest.mark.long
async def test_coordinator_sees_whom_and_when_and_those_who_were_there_are_asked_at_once(evening: Room) -> None:
    view = await ask(evening)
    assert "til de 7, der var der eller har sagt ja, torsdag den 26. marts kl. 19.05" in str(view["blocks"])
    [asked] = await evening.find(evening.bo, "Hvordan var")
    assert "Anonymt: ingen kan se, hvem der har svaret hvad" in words(asked)


@pytest.mark.long
async def test_anonymous_answers_leave_no_trace_until_they_are_told_together(evening: Room, bot: Runtime) -> None:
    await ask(evening)
    for n, person in enumerate(evening.klynge.doctors[:6]):
        said = await answer(
            evening, person, learning="5" if n else "4", comment="Meget hemmeligt ord" if n == 3 else ""
        )
        assert said["response_action"] == "update"
        assert "ligger i urnen" in str(await evening.desk.top_view(person))
    async with look(bot.database) as state:
        assert (await state.session.scalars(select(AppraisalTally.ballots))).all() == [0]
        assert not any((await state.session.scalars(select(AppraisalAsked.given))).all())
        kinds = (await state.session.scalars(select(Inbox.kind))).all()
        assert [kind for kind in kinds if "anonymous" in kind] == []
        bodies = [json.dumps(each) for each in await state.session.scalars(select(Inbox.body))]
        bodies += [json.dumps(each) for each in await state.session.scalars(select(Outbox.params))]
        assert [each for each in bodies if "hemmeligt" in each] == []
    await evening.go_to(CLOSED)
    assert await evening.find(evening.bo, "har svaret, uden navn") == []
    await evening.go_to(TOLD)
    [told] = await evening.find(evening.bo, "har svaret, uden navn")
    assert "6 har svaret, uden navn" in words(told)
    assert "*Samlet udbytte:* i gennemsnit mellem" in words(told)
    assert "hemmeligt" not in str(told)  # comments from ten
    async with look(bot.database) as state:
        assert (await state.session.scalars(select(AppraisalTally))).all() == []
        assert sorted((await state.session.scalars(select(AppraisalAsked.given))).all()) == [False] + [True] * 6


@pytest.mark.long
async def test_fewer_than_five_answers_tell_nothing_and_the_silent_are_reminded_once(
    evening: Room, bot: Runtime
) -> None:
    await ask(evening)
    for person in evening.klynge.doctors[:4]:
        await answer(evening, person)
    await evening.go_to(on(3, 31, 8))
    silent, done = evening.klynge.doctors[6], evening.klynge.doctors[0]
    assert len(await evening.find(silent, "Hvordan var")) == 2
    assert len(await evening.find(done, "Hvordan var")) == 1
    await evening.go_to(CLOSED)
    await evening.go_to(TOLD)
    assert len(await evening.find(silent, "Hvordan var")) == 2
    assert await evening.find(done, "er evalueret af færre end fem")


@pytest.mark.long
async def test_confidential_answer_is_changed_and_gone_when_it_is_over(evening: Room, bot: Runtime) -> None:
    await ask(evening, "confidential")
    for person in evening.klynge.doctors[:5]:
        assert (await answer(evening, person)).get("errors") is None
    await answer(evening, evening.bo, learning="1", comment="For langt")
    async with look(bot.database) as state:
        rows = (await state.session.scalars(select(AppraisalAnswer))).all()
    assert sorted(row.answers["learning"] for row in rows) == [1, 4, 4, 4, 4]
    await evening.go_to(CLOSED)
    await evening.go_to(TOLD)
    assert "5 har svaret, uden navn" in words((await evening.find(evening.ida, "har svaret, uden navn"))[0])
    async with look(bot.database) as state:
        assert (await state.session.scalars(select(AppraisalAnswer))).all() == []


@pytest.mark.long
async def test_it_comes_by_itself_in_the_morning_where_the_cluster_has_agreed(evening: Room, bot: Runtime) -> None:
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Rules).values(evaluation="anonymous"))
        await uow.commit()
    await evening.go_to(on(3, 26, 19, 30))
    assert await evening.find(evening.bo, "Hvordan var") == []
    await evening.desk.home(evening.bo)
    await evening.settle()
    assert "appraisal.answer" in json.dumps((await evening.desk.state(evening.bo))["home"])
    await evening.go_to(MORNING)
    assert len(await evening.find(evening.bo, "Hvordan var")) == 1


@pytest.mark.long
async def test_nobody_asks_by_itself_without_the_clusters_yes_nor_answers_without_having_been_there(
    evening: Room, bot: Runtime
) -> None:
    async with UnitOfWork(bot.database) as uow:
        lone = evening.klynge.member_ids[evening.ida]
        await uow.session.execute(update(Invitation).where(Invitation.member_id == lone).values(answer=Rsvp.NO))
        await uow.commit()
    await evening.go_to(MORNING)
    assert await evening.find(evening.bo, "Hvordan var") == []
    await evening.desk.command(evening.coordinator, evening.klynge.channel, "/klynge evaluering")
    shown = [m for m in await evening.desk.messages(evening.coordinator, evening.klynge.channel) if m.get("ephemeral")]
    await evening.press(evening.coordinator, shown[-1], "cluster.appraise")
    await evening.desk.submit(evening.coordinator, None, {"grade": "anonymous"})
    await evening.settle()
    assert await evening.find(evening.ida, "Hvordan var") == []
    async with look(bot.database) as state:
        made = (await state.session.scalars(select(Appraisal))).one()
        asked = (await state.session.scalars(select(AppraisalAsked.member_id))).all()
    assert made.closes_at.astimezone().date().isoformat() == "2026-04-08"
    assert lone not in asked


@pytest.mark.long
async def test_log_of_the_process_tells_of_no_answer(lines: io.StringIO, evening: Room) -> None:
    await ask(evening)
    message = (await evening.find(evening.bo, "Hvordan var"))[-1]
    await evening.desk.act(evening.bo, message, "appraisal.answer")
    before = len(lines.getvalue())
    await evening.desk.submit(evening.bo, None, GOOD | {"comment": "Meget hemmeligt ord"})
    await evening.settle()
    assert [line for line in lines.getvalue()[before:].splitlines() if "appraisal" in line or "hemmelig" in line] == []
