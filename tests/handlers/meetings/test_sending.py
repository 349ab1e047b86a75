"""An invitation is seen before it goes to many, waits for the morning when it is late, and can be brought forward."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from cluster.meetings import drafts
from cluster.meetings.details import restored, snapshot
from storage.models import Meeting, Member
from storage.unit_of_work import UnitOfWork
from tests.conftest import Klynge
from tests.handlers.meetings.kit import FORM, Room, on, words
from workspace import Desk, Workspace

ASCENSION = {"day": "2026-05-14", "answer_day": "2026-05-07"}


@pytest.fixture
def room(empty_room: Room) -> Room:
    return empty_room


async def top(room: Room) -> dict[str, Any]:
    found = await room.desk.top_view(room.coordinator)
    assert found is not None
    return dict(found["view"])


async def test_holiday_is_told_before_anybody_is_invited(room: Room) -> None:
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge møde")
    answer = await room.desk.submit(room.coordinator, values=FORM | ASCENSION)
    await room.settle()
    assert (answer["response_action"], await room.find(room.bo, "KOL")) == ("update", [])
    shown = words(await top(room))
    assert "⚠ Torsdag den 14. maj er Kristi himmelfartsdag." in shown
    assert "3 personer bliver indkaldt. Intet er sendt endnu." in shown
    assert "torsdag den 14. maj kl. 16.30–19.00" in shown
    await room.desk.submit(room.coordinator, values={})
    await room.settle()
    assert "torsdag den 14. maj" in words(await room.card(room.bo))


@pytest.mark.long
async def test_evening_invitation_waits_for_the_morning_or_is_sent_when_asked(room: Room) -> None:
    await room.go_to(on(3, 6, 21, 30))
    await room.call_meeting()
    assert await room.find(room.bo, "KOL") == []
    card = await room.last(room.coordinator)
    assert "Indkaldelsen sendes mandag den 9. marts kl. 08.00." in words(card)
    await room.move(place="Rådhuset")
    assert await room.find(room.bo, "Rådhuset") == []
    await room.press(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.send")
    assert len(await room.desk.dm(room.bo)) == 1
    assert "Rådhuset" in words(await room.card(room.bo))


@pytest.mark.long
async def test_coordinators_card_says_that_the_invitation_waits_until_it_is_sent(room: Room) -> None:
    await room.go_to(on(3, 6, 21, 30))
    await room.call_meeting()
    await room.go_to(on(3, 9, 8))
    assert len(await room.desk.dm(room.bo)) == 1
    assert "Indkaldelsen sendes" not in words((await room.desk.dm(room.coordinator))[0])


@pytest.mark.long
async def test_who_answered_before_the_invitation_was_sent_hears_that_it_is_off(room: Room) -> None:
    await room.go_to(on(3, 6, 21, 30))
    await room.call_meeting()
    await room.desk.act(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.answer_for")
    guest = str(room.klynge.member_ids[room.bo])
    await room.desk.submit(room.coordinator, values={"guest": guest, "answer": "yes", "reason": ""})
    await room.settle()
    await room.call_off("Oplægsholderen er syg")
    assert "Grund: Oplægsholderen er syg" in str(await room.desk.dm(room.bo))
    assert await room.desk.dm(room.ida) == [], "she was never told that there is a meeting"


async def test_evening_begins_when_the_cluster_says_so(
    a_cluster: Callable[..., Awaitable[Klynge]],
    desk: Desk,
    clock: MovableClock,
    settle: Callable[[], Awaitable[None]],
) -> None:
    room = Room(desk, clock, settle, await a_cluster(2, rules={"reminders_from": 10, "reminders_to": 15}))
    await room.go_to(on(3, 6, 15, 30))
    await room.call_meeting()
    assert await room.desk.dm(room.bo) == []
    assert "Indkaldelsen sendes mandag den 9. marts kl. 10.00." in words(await room.last(room.coordinator))


async def page(room: Room, person: str) -> str:
    await room.desk.home(person)
    await room.settle()
    return str((await room.desk.state(person))["home"])


@pytest.mark.long
async def test_members_read_nothing_of_a_meeting_before_its_invitation(room: Room, world: Workspace) -> None:
    await room.go_to(on(3, 6, 21, 30))
    await room.call_meeting()
    assert "KOL i praksis" not in await page(room, room.bo)
    assert "KOL i praksis" in await page(room, room.coordinator), "whoever called it looks after it"
    for asked in ("hvornår mødes vi?", "hvem kommer?", "hvor mange kommer?", "hvem mangler?", "ja, jeg kommer"):
        await room.desk.say(room.bo, world.bot_user_id, asked)
        await room.settle()
    heard = await room.desk.dm(room.bo)
    assert "KOL i praksis" not in str(heard)
    assert len(heard) == 10, "each is answered"
    await room.go_to(on(3, 9, 8))
    await room.settle()
    assert "KOL i praksis" in str((await room.desk.state(room.bo))["home"]), "drawn again by itself"


@pytest.mark.long
async def test_draft_is_seen_by_who_runs_the_cluster_and_asked_again_when_it_is_sent(room: Room) -> None:
    await room.call_meeting(**ASCENSION, send="draft")
    kept = await room.last(room.coordinator)
    assert words(kept).startswith("Gemt som kladde: *KOL i praksis*, torsdag den 14. maj")
    await room.go_to(on(3, 4, 9))
    shown = await page(room, room.coordinator)
    assert "Kladde: *KOL i praksis*" in shown
    assert "Skrevet for 2 dage siden." in shown
    assert "KOL i praksis" not in await page(room, room.bo)
    assert await room.desk.dm(room.bo) == []
    await room.desk.act(room.coordinator, kept, "meeting.finish")
    answer = await room.desk.submit(room.coordinator, values={"place": "Rådhuset", "send": "now"})
    assert answer["response_action"] == "update", "the holiday is asked about now"
    assert "Kristi himmelfartsdag" in words(await top(room))
    await room.desk.submit(room.coordinator, values={})
    await room.settle()
    assert "Rådhuset" in words(await room.card(room.bo))
    assert "Kladde" not in await page(room, room.coordinator)
    answer = await room.desk.act(room.coordinator, kept, "meeting.drop")
    await room.settle()
    assert "Det er ikke længere en kladde" in str(await room.desk.dm(room.coordinator)) + str(answer)
    assert "KOL i praksis" in await page(room, room.bo)


async def test_draft_that_another_changed_meanwhile_is_looked_at_again(room: Room, bot: Runtime) -> None:
    await room.call_meeting(send="draft")
    await room.desk.act(room.coordinator, await room.last(room.coordinator), "meeting.finish")
    async with UnitOfWork(bot.database) as uow:
        draft = (await uow.session.scalars(select(Meeting))).one()
        other = await uow.session.get_one(Member, room.klynge.member_ids[room.bo])
        details = restored({**snapshot(draft), "place": "Rådhuset"})
        await drafts.rewrite(uow, draft, details, by=other, now=room.clock.now())
        await uow.commit()
    answer = await room.desk.submit(room.coordinator, values={"send": "now"})
    await room.settle()
    assert await room.desk.dm(room.bo) == []
    assert "har rettet mødet i mellemtiden" in str(answer) + str(await room.desk.dm(room.coordinator))


async def test_draft_is_deleted_and_comes_back(room: Room) -> None:
    await room.call_meeting(send="draft")
    kept = await room.last(room.coordinator)
    await room.press(room.coordinator, kept, "meeting.drop")
    assert "Kladde" not in await page(room, room.coordinator)
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge fortryd")
    await room.settle()
    assert "Kladde: *KOL i praksis*" in await page(room, room.coordinator)
    assert await room.desk.dm(room.bo) == []


@pytest.mark.long
async def test_invitation_is_sent_at_the_time_that_was_chosen(room: Room) -> None:
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge møde")
    answer = await room.desk.submit(room.coordinator, values=FORM | {"send": "at"})
    assert answer["response_action"] == "update", "which time?"
    passed = await room.desk.submit(room.coordinator, values={"send_day": "2026-03-01", "send_time": "10:00"})
    assert passed["errors"] == {"send_day": "Det tidspunkt er forbi. Vælg et senere, eller vælg Nu."}
    late = await room.desk.submit(room.coordinator, values={"send_day": "2026-03-26", "send_time": "10:00"})
    assert list(late["errors"]) == ["send_day"]
    await room.desk.submit(room.coordinator, values={"send_day": "2026-03-05", "send_time": "10:15"})
    await room.settle()
    assert "Indkaldelsen sendes torsdag den 5. marts kl. 10.15." in words(await room.last(room.coordinator))
    await room.go_to(on(3, 5, 10, 14))
    assert await room.desk.dm(room.bo) == []
    await room.go_to(on(3, 5, 10, 15))
    assert "KOL i praksis" in words(await room.card(room.bo)) + str(await room.card(room.bo))
