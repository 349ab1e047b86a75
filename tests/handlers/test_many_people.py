"""A cluster of 150 people and 120 practices with long names: every window opens within Slack's limits, and reaches
everybody. The stand-in refuses, as Slack does, what is too much."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.app import Runtime
from cluster.calendar import at
from cluster.clock import MovableClock
from handlers.meetings.ids import Action as MeetingAction
from handlers.members.ids import Action as MemberAction
from handlers.onboarding.ids import Action as OnboardingAction
from storage.models import Assignment, Attendance, Member, Practice
from storage.unit_of_work import UnitOfWork, look
from tests.handlers.conftest import sent
from tests.handlers.meetings.kit import Room
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
PRACTICES, PEOPLE = 120, 150
LONG = "Lægerne & Sygeplejerskerne i Sønder Bjerregravs Gamle Mejeri <ved> åen, nummer"


@pytest.fixture
async def room(desk: Desk, bot: Runtime, clock: MovableClock, world: Workspace, settle: Settle, a_cluster: Any) -> Room:
    klynge = await a_cluster(PRACTICES)
    async with UnitOfWork(bot.database) as uow:
        for n, practice_id in enumerate(klynge.practice_ids):
            await uow.session.execute(
                update(Practice).where(Practice.id == practice_id).values(name=f"{n:03} {LONG} {n}")
            )
        for n in range(PEOPLE - PRACTICES):
            user = world.add_person(f"Vikar {n}", email=f"vikar{n}@klynge.example")
            uow.session.add(
                Member(
                    cluster_id=klynge.id,
                    slack_user_id=user,
                    name=f"Vikar {n} {LONG} {n}",
                    email=f"vikar{n}@klynge.example",
                    role="member",
                    title="ejerlæge",
                    confirmed_at=clock.now(),
                )
            )
        await uow.commit()
    return Room(desk, clock, settle, klynge)


COMMANDS = "medlemmer data møde plan status grafer hjælp indstillinger log opsæt tal"


@pytest.mark.long
async def test_every_command_answers(room: Room) -> None:
    for words in COMMANDS.split():
        answer = await room.desk.command(room.coordinator, room.klynge.channel, f"/klynge {words}")
        await room.settle()
        assert answer["failed"] is None, words
        assert await refused(room) == [], words
        while await room.desk.top_view(room.coordinator):
            await room.desk.close(room.coordinator, everything=True)
    await room.desk.home(room.coordinator)
    await room.settle()
    assert await refused(room) == []


async def refused(room: Room) -> list[str]:
    """What Slack did not take."""
    calls = await room.desk.traffic()
    return [f"{call['method']}: {call['error']}" for call in calls if call.get("error")]


@pytest.mark.long
async def test_everybody_can_be_answered_for_and_stands_on_the_sheet(room: Room, bot: Runtime) -> None:
    async with UnitOfWork(bot.database) as uow:  # whom Slack doesn't know is sent nothing, which takes long for so many
        unknown = update(Member).where(Member.slack_user_id != room.coordinator).values(slack_user_id=None)
        await uow.session.execute(unknown)
        await uow.commit()
    await room.call_meeting()
    card = next(
        message
        for message in await room.desk.dm(room.coordinator)
        if MeetingAction.MEETING_ANSWER_FOR in str(message.get("blocks"))
    )
    await room.press(room.coordinator, card, MeetingAction.MEETING_WHO)
    await room.press(room.coordinator, card, MeetingAction.MEETING_ANSWER_FOR)
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    assert len(await room.desk.options(room.coordinator, window, "guest", "")) == 100
    offered = await room.desk.options(room.coordinator, window, "guest", "vikar 29")
    assert [option["text"]["text"][:9] for option in offered] == ["Vikar 29 "]
    answer = await room.desk.submit(room.coordinator, None, {"guest": offered[0]["value"], "answer": "yes"})
    await room.settle()
    assert answer["response_action"] is None
    assert [message for message in await room.desk.dm(room.coordinator) if "Vikar 29" in str(message)]
    assert await refused(room) == []

    await room.go_to(at(date(2026, 3, 27), 10))
    card = next(
        message
        for message in await room.desk.dm(room.coordinator)
        if MeetingAction.MEETING_ATTENDANCE in str(message.get("blocks"))
    )
    await room.press(room.coordinator, card, MeetingAction.MEETING_ATTENDANCE)
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    boxes = [block["element"] for block in window["view"]["blocks"] if block["type"] == "input"]
    people = [option["value"] for element in boxes for option in element["options"]]
    assert len(people) == len(set(people)) == PEOPLE
    await room.desk.submit(
        room.coordinator,
        None,
        {element["action_id"]: [option["value"] for option in element["options"]] for element in boxes},
    )
    await room.settle()
    async with look(bot.database) as state:
        rows = (await state.session.execute(select(Attendance.member_id))).scalars().all()
    assert len(rows) == PEOPLE
    assert await refused(room) == []


@pytest.mark.long
async def test_all_practices_are_asked_but_those_left_out(room: Room, bot: Runtime) -> None:
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge data")
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    offered = await room.desk.options(room.coordinator, window, "leave_out", "119")
    assert [option["value"] for option in offered] == [str(room.klynge.practice_ids[119])]
    filled = {"deadline_day": "2026-03-19", "deadline_time": "12:00", "leave_out": [offered[0]["value"]]}
    answer = await sent(room.desk, room.coordinator, filled)
    assert answer["response_action"] is None, answer
    await room.settle()
    async with look(bot.database) as state:
        asked = set((await state.session.execute(select(Assignment.practice_id))).scalars())
    assert asked == set(room.klynge.practice_ids[:119])
    assert await refused(room) == []


@pytest.mark.long
async def test_practice_that_nobody_answers_for_is_asked_about(room: Room, bot: Runtime) -> None:
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(
            update(Practice).where(Practice.id == room.klynge.practice_ids[7]).values(contact_id=None)
        )
        await uow.commit()
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge data")
    due = {"deadline_day": "2026-03-19", "deadline_time": "12:00"}
    answer = await room.desk.submit(room.coordinator, None, due)
    who = f"who.{room.klynge.practice_ids[7]}"
    assert list(answer["errors"]) == [who]
    doctor = room.klynge.member_ids[room.klynge.doctors[7]]
    answer = await sent(room.desk, room.coordinator, due | {who: str(doctor)})
    assert answer["response_action"] is None


async def test_every_practice_and_every_person_can_be_mended(room: Room, bot: Runtime) -> None:
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge medlemmer")
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    menus = [block for block in window["view"]["blocks"] if "external_select" in str(block)]
    block = next(each["block_id"] for each in menus if MemberAction.PRACTICE_EDIT in str(each))
    found = await room.desk.post(
        "options",
        {
            "as": room.coordinator,
            "view_id": window["id"],
            "action_id": MemberAction.PRACTICE_EDIT,
            "block_id": block,
            "value": "010120",
        },
    )
    assert [each["value"] for each in found["options"]] == [str(room.klynge.practice_ids[119])]
    value = found["options"][0]["value"]
    await room.desk.act(room.coordinator, window, MemberAction.PRACTICE_EDIT, block_id=block, selected_option=value)
    await room.settle()
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    assert "119 Lægerne" in str(window["view"]["blocks"][0])
    assert await refused(room) == []


async def test_menu_offers_nothing_to_whoever_no_longer_leads(room: Room, bot: Runtime) -> None:
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge data")
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    async with UnitOfWork(bot.database) as uow:
        for doctor, role in zip(room.klynge.doctors, ("member", "coordinator"), strict=False):
            await uow.session.execute(update(Member).where(Member.slack_user_id == doctor).values(role=role))
        await uow.commit()
    assert await room.desk.options(room.coordinator, window, "leave_out", "119") == []


@pytest.mark.long
async def test_somebody_is_moved_to_any_of_very_many_practices(room: Room, bot: Runtime) -> None:
    klynge = room.klynge
    await room.desk.command(room.coordinator, klynge.channel, "/klynge medlemmer")
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    value = str(klynge.practice_ids[3])
    block = next(
        each["block_id"]
        for each in window["view"]["blocks"]
        if each.get("accessory", {}).get("action_id") == MemberAction.PRACTICE_EDIT
        and each["accessory"]["value"] == value
    )
    await room.desk.act(room.coordinator, window, MemberAction.PRACTICE_EDIT, block_id=block)
    await room.settle()
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    doctor = klynge.member_ids[klynge.doctors[3]]
    offered = await room.desk.options(room.coordinator, window, f"place:{doctor}", "010120")
    assert [option["value"] for option in offered] == [str(klynge.practice_ids[119])]
    assert "(010120)" in offered[0]["text"]["text"]
    answer = await room.desk.submit(room.coordinator, window, {f"place:{doctor}": offered[0]["value"]})
    assert answer["response_action"] is None, answer
    await room.settle()
    async with look(bot.database) as state:
        moved = await state.session.get_one(Member, doctor)
    assert moved.practice_id == klynge.practice_ids[119]
    assert await refused(room) == []


@pytest.mark.long
async def test_new_person_is_put_in_any_of_very_many_practices(room: Room) -> None:
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge medlemmer")
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    await room.desk.act(room.coordinator, window, OnboardingAction.CLUSTER_ADD_PERSON)
    await room.settle()
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    offered = await room.desk.options(room.coordinator, window, "practice", "010120")
    assert [option["value"] for option in offered] == [str(room.klynge.practice_ids[119])]
    assert await refused(room) == []
