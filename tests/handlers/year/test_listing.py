"""The list of all meetings: every door for who runs the cluster, one's own for a member, and a new one like an old."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import Runtime
from storage.models import Invitation, Meeting
from storage.unit_of_work import UnitOfWork
from tests.handlers.meetings.kit import Room, on, words


async def held(bot: Runtime, room: Room, many: int) -> None:
    """Meetings on second Thursdays of earlier months, the newest in February."""
    async with UnitOfWork(bot.database) as uow:
        for n in range(many):
            year, month = divmod(2026 * 12 + 1 - n, 12)
            starts = on(3, 12, 17).replace(year=year, month=month + 1, day=10)
            row = Meeting(cluster_id=room.klynge.id, title=f"Møde {n}", place="Rådhuset", food=True, created_at=starts)
            row.kind, row.starts_at, row.ends_at, row.answer_by = "topic", starts, starts.replace(hour=19), starts
            uow.session.add(row)
            await uow.session.flush()
            uow.session.add(Invitation(meeting_id=row.id, member_id=room.klynge.member_ids[room.bo], answer="yes"))
        await uow.commit()


async def window(room: Room, person: str) -> dict[str, Any]:
    await room.desk.command(person, room.klynge.channel, "/klynge møder")
    top = await room.desk.top_view(person)
    assert top is not None
    return dict(top["view"])


def actions(view: dict[str, Any]) -> set[str]:
    parts = [each for block in view["blocks"] for each in [*block.get("elements", []), block.get("accessory") or {}]]
    return {str(each["action_id"]) for each in parts if "action_id" in each}


@pytest.mark.long
async def test_who_runs_the_cluster_has_every_door(room: Room, bot: Runtime) -> None:
    await held(bot, room, 20)
    shown = await window(room, room.coordinator)
    assert "*KOL i praksis*, torsdag den 26. marts" in words(shown)
    assert "*Møde 0*" in words(shown)
    doors = {"meeting.who", "meeting.edit", "meeting.cancel", "meeting.attendance", "meeting.export", "meeting.like"}
    assert doors <= actions(shown)
    assert "*Møde 16*" not in words(shown)
    await room.desk.act(room.coordinator, shown, "cluster.older")
    top = await room.desk.top_view(room.coordinator)
    assert top is not None
    assert "*Møde 16*" in words(top["view"])
    assert "*Møde 0*" not in words(top["view"])


@pytest.mark.long
async def test_member_sees_their_own_and_no_doors(room: Room, bot: Runtime) -> None:
    await held(bot, room, 2)
    shown = await window(room, room.bo)
    assert "*Møde 0*" in words(shown)
    assert "Du svarede: Kommer" in words(shown)
    assert not actions(shown) & {"meeting.who", "meeting.edit", "meeting.like"}
    assert "*Møde 0*" not in words(await window(room, room.ida)), "she was not invited"


@pytest.mark.long
async def test_new_one_like_an_earlier_has_its_place_hours_and_day_rule(empty_room: Room, bot: Runtime) -> None:
    room = empty_room
    await held(bot, room, 1)
    await room.desk.act(room.coordinator, await window(room, room.coordinator), "meeting.like")
    top: Any = await room.desk.top_view(room.coordinator)
    fields = {block["block_id"]: block["element"] for block in top["view"]["blocks"] if block["type"] == "input"}
    assert fields["day"]["initial_date"] == "2026-04-14", "the second Tuesday, at least three weeks ahead"
    assert (fields["place"]["initial_value"], fields["end"]["initial_time"]) == ("Rådhuset", "20:00")
    await room.desk.submit(room.coordinator, values={"title": "Astma"})
    await room.settle()
    assert "tirsdag den 14. april" in words(await room.card(room.bo))


async def test_called_off_meeting_stays_on_the_list_with_its_reason(room: Room) -> None:
    await room.call_off("Oplægsholderen er syg")
    shown = words(await window(room, room.coordinator))
    assert "~KOL i praksis~" in shown
    assert "Oplægsholderen er syg" in shown
