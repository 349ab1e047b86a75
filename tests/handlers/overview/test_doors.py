"""Whatever can be written can be pressed on the start page: each command has its button there, for its role."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.app import Runtime
from cluster.clock import MovableClock
from cluster.members.members import Person
from cluster.onboarding import setup
from handlers import TABLE
from handlers.feature import Direct, Kept
from storage.models import Member
from storage.unit_of_work import UnitOfWork
from tests.handlers.meetings.kit import Room, on
from tests.handlers.overview.test_home import page
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
Make = Callable[..., Awaitable[Any]]
ASKED_FOR = "cluster.here"
"""While members may check in the page asks by itself."""
STEERING = {"cluster.steer", "cluster.groups"}
"""For who runs the cluster, from the day before a meeting."""
DOORS = {str(command.door.action): command for command in TABLE.said if command.door is not None}


def doors(home: dict[str, Any]) -> list[str]:
    elements = [each for block in home["view"]["blocks"] for each in block.get("elements", [])]
    return [each["action_id"] for each in elements if each.get("action_id") in DOORS]


def test_every_command_has_a_door():
    assert {name for command in DOORS.values() for name in command.names} == TABLE.commands.keys()


@pytest.mark.long
async def test_every_door_of_the_page_leads_somewhere(desk: Desk, bot: Runtime, a_round: Make, settle: Settle) -> None:
    made = await a_round(2)
    for who, leads in ((made.klynge.coordinator, True), (made.klynge.doctors[1], False)):
        home = await page(desk, who)
        theirs = {action for action, command in DOORS.items() if leads or not command.leads}
        assert set(doors(home)) == theirs - STEERING - {ASKED_FOR}
        before, later = len(await desk.dm(who)), 0
        for action in doors(home):
            await desk.act(who, home, action)
            if isinstance(DOORS[action].run, Direct):
                window = await desk.top_view(who)
                assert window is not None, action
                assert "gik galt" not in str(window)
                await desk.close(who)
            later += isinstance(DOORS[action].run, Kept)
        await settle()
        new = [message for message in (await desk.dm(who))[before:] if message["bot"] and message["text"]]
        assert len(new) == later, [each["text"] for each in new]
        assert "gik galt" not in str(new)


async def test_meeting_is_steered_from_the_day_before_by_who_runs_the_cluster(room: Room) -> None:
    for moment, leads in ((on(3, 25, 16), set()), (on(3, 25, 17), STEERING), (on(3, 26, 18), STEERING)):
        await room.go_to(moment)
        assert set(doors(await page(room.desk, room.coordinator))) & STEERING == leads
        assert not set(doors(await page(room.desk, room.bo))) & STEERING
    home = await page(room.desk, room.coordinator)
    before = len(await room.desk.dm(room.coordinator))
    for action in sorted(STEERING):
        await room.press(room.coordinator, home, action)
    assert len(await room.desk.dm(room.coordinator)) > before
    assert "gik galt" not in str(await room.desk.dm(room.coordinator))


async def test_door_of_an_old_page_leads_into_no_other_cluster(
    world: Workspace, desk: Desk, bot: Runtime, a_cluster: Make, clock: MovableClock
) -> None:
    klynge = await a_cluster(practices=5)
    home = await page(desk, klynge.coordinator)
    other = world.add_channel("klynge-syd", members=[klynge.coordinator, world.bot_user_id])
    async with UnitOfWork(bot.database) as uow:
        person = Person(klynge.coordinator, "Læge 1", "laege1@klynge.example")
        await setup.begin(uow, team_id=world.team_id, channel_id=other, inviter=person, now=clock.now())
        left = await uow.session.get(Member, klynge.member_ids[klynge.coordinator])
        assert left is not None
        left.active = False
        await uow.commit()
    await desk.act(klynge.coordinator, home, "cluster.members")
    shown = await desk.top_view(klynge.coordinator)
    assert shown is not None
    assert [each["text"]["text"] for each in shown["view"]["blocks"]] == ["Det kan jeg ikke finde længere."]


async def test_what_an_answer_over_the_page_tells_to_write_can_be_pressed_in_it(
    desk: Desk, bot: Runtime, a_cluster: Make
) -> None:
    klynge = await a_cluster(practices=2)
    lead = klynge.coordinator
    await desk.act(lead, await page(desk, lead), "cluster.status")
    answer = await desk.top_view(lead)
    assert "/klynge data" in str(answer)
    await desk.act(lead, answer, "cluster.numbers")
    form = await desk.top_view(lead)
    assert form is not None
    assert form["view"]["callback_id"] == "round.form"
