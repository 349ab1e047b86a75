"""A cluster changes hands: everything follows the role, and nothing goes to who no longer has it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.delivery import handover
from cluster.notices import owe
from cluster.operations import restored
from storage.models import Member, Outbox, Submission
from storage.unit_of_work import UnitOfWork, look
from tests.handlers.meetings.kit import Room
from workspace import Workspace
from workspace.events.payloads import interaction

LEFT_BEHIND = ("deck.ready", "log.export", "meeting.attendance", "round.digest", "roster.preview", "bundle.saved")
Make = Callable[..., Awaitable[Any]]


async def hand_over(bot: Runtime, klynge: Any, clock: Any) -> None:
    """The second doctor becomes coordinator, and the first a member."""
    old, new = (klynge.member_ids[each] for each in klynge.doctors[:2])
    async with UnitOfWork(bot.database) as uow:
        await handover.change_role(uow, new, "coordinator", now=clock.now(), actor_id=old)
        await handover.change_role(uow, old, "member", now=clock.now(), actor_id=new)
        await uow.commit()


async def kinds(bot: Runtime, member_id: int, state: str) -> set[str]:
    async with look(bot.database) as seen:
        rows = select(Outbox.kind).where(Outbox.member_id == member_id, Outbox.state == state, Outbox.how == "post")
        return set((await seen.session.execute(rows)).scalars())


@pytest.mark.long
async def test_new_coordinator_gets_the_desk_and_what_is_to_come(
    desk: Any, settle: Any, a_cluster: Make, bot: Runtime, clock: Any
) -> None:
    klynge = await a_cluster(3)
    await Room(desk, clock, settle, klynge).call_meeting()
    await hand_over(bot, klynge, clock)
    await settle()
    new = klynge.member_ids[klynge.doctors[1]]
    assert "meeting.desk" in await kinds(bot, new, "sent")
    assert {"meeting.digest", "meeting.attendance"} <= await kinds(bot, new, "waiting")


@pytest.mark.long
async def test_former_coordinators_cards_are_emptied_and_nothing_more_comes(
    desk: Any, settle: Any, a_cluster: Make, bot: Runtime, clock: Any
) -> None:
    klynge = await a_cluster(3)
    await Room(desk, clock, settle, klynge).call_meeting()
    before = [m for m in await desk.dm(klynge.coordinator) if "meeting.who" in str(m)]
    await hand_over(bot, klynge, clock)
    await settle()
    old = klynge.member_ids[klynge.coordinator]
    assert before
    assert [m for m in await desk.dm(klynge.coordinator) if "meeting.who" in str(m)] == []
    said = len(await desk.dm(klynge.coordinator))
    async with UnitOfWork(bot.database) as uow:
        about = {"member_id": old, "cluster_id": klynge.id, "subject": "round:1"}
        for kind in LEFT_BEHIND:
            await owe(uow, kind, key=f"late:{kind}", now=clock.now(), **about)
        await uow.commit()
    await settle()
    assert len(await desk.dm(klynge.coordinator)) == said
    assert set(LEFT_BEHIND) <= await kinds(bot, old, "dropped")


@pytest.mark.long
async def test_what_waits_for_one_who_changes_practice_is_not_sent(a_round: Make, bot: Runtime, clock: Any) -> None:
    r = await a_round(3)
    await r.give(2)
    doctor, other = r.klynge.doctors[1], r.klynge.doctors[2]
    said = len(await r.desk.dm(other))
    async with UnitOfWork(bot.database) as uow:
        for who in (doctor, other):
            to = r.klynge.member_ids[who]
            await owe(uow, "data.verdict", key=f"late:{to}", now=clock.now(), member_id=to, subject="submission:1")
        await uow.commit()
    await r.settle()
    assert len(await r.desk.dm(other)) == said


@pytest.mark.long
async def test_deputy_works_from_the_card_of_each_meeting(
    desk: Any, settle: Any, a_cluster: Make, bot: Runtime, clock: Any
) -> None:
    klynge = await a_cluster(3)
    room = Room(desk, clock, settle, klynge)
    await room.call_meeting()
    deputy = klynge.member_ids[room.bo]
    async with UnitOfWork(bot.database) as uow:
        await handover.change_role(
            uow, deputy, "deputy", now=clock.now(), actor_id=klynge.member_ids[klynge.coordinator]
        )
        await uow.commit()
    await settle()
    card = next(m for m in await desk.dm(room.bo) if "meeting.who" in str(m.get("blocks")))
    await desk.act(room.bo, card, "meeting.who")
    assert (await desk.top_view(room.bo)) is not None
    assert not {"meeting.digest", "meeting.attendance"} & await kinds(bot, deputy, "waiting")


async def test_deputy_can_do_what_the_guide_says(desk: Any, settle: Any, a_cluster: Make, bot: Runtime) -> None:
    klynge = await a_cluster(3)
    deputy = klynge.doctors[1]
    async with UnitOfWork(bot.database) as uow:
        member = await uow.session.get(Member, klynge.member_ids[deputy])
        assert member is not None
        member.role = "deputy"
        await uow.commit()
    for line in ("opsæt", "medlemmer", "møde", "data", "status", "log", "plan", "fremmøde", "eksport", "åbenhed"):
        answer = await desk.command(deputy, klynge.channel, f"/klynge {line}")
        await settle()
        assert answer["failed"] is None
        assert "koordinator" not in str((answer["response"] or {}).get("text", "")), line


@pytest.mark.parametrize("was_leader", [False, True])
async def test_commands_of_those_who_lead_open_nothing_for_others(
    desk: Any, settle: Any, a_cluster: Make, bot: Runtime, clock: Any, was_leader: bool
) -> None:
    klynge = await a_cluster(3)
    await hand_over(bot, klynge, clock)
    await settle()
    person = klynge.doctors[0 if was_leader else 2]
    said = len(await desk.dm(person))
    for line in ("opsæt", "medlemmer", "data", "log", "plan", "grafer"):
        answer = await desk.command(person, klynge.channel, f"/klynge {line}")
        assert "koordinator" in answer["response"]["text"], line
        assert await desk.top_view(person) is None, line
    for line in ("udtræk", "tragt", "eksport"):
        await desk.command(person, klynge.channel, f"/klynge {line}")
        await settle()
    assert [m["files"] for m in (await desk.dm(person))[said:] if m.get("files")] == []


REGION = (
    "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan\n"
    "010001;3100;141;101;81\n010002;3200;142;102;82\n010003;3300;143;103;83\n"
).encode()


async def push(world: Workspace, person: str, name: str, value: str) -> None:
    """A button of a card that is emptied by now, pressed all the same."""
    room, stamp = world.open_direct(person, world.bot_user_id), world.fresh_ts()
    button = {"type": "button", "action_id": name, "value": value, "action_ts": stamp}
    where = {"container": {"type": "message", "channel_id": room.id, "message_ts": "1.1"}, "channel": {"id": room.id}}
    payload = interaction(world, "block_actions", world.people.get(person))
    about = {"trigger_id": world.triggers.give(person), "actions": [button], "message": {}}
    await world.deliveries.ask("interactive", "block_actions", payload | where | about)


@pytest.mark.long
async def test_file_that_waits_for_a_yes_is_handed_over(
    a_round: Make, bot: Runtime, clock: Any, world: Workspace
) -> None:
    r = await a_round(3)
    old, new = r.klynge.doctors[:2]
    await r.drop(old, "region.csv", REGION)
    await hand_over(bot, r.klynge, clock)
    await r.settle()
    handed = await r.last(new)
    assert handed["text"].startswith("Filen har tal om KOL for 3 af de 3 praksisser")
    assert [m for m in await r.desk.dm(old) if "bundle.save" in str(m.get("blocks"))] == []

    refusals = []
    for step in ("before", "after"):
        if step == "after":
            await r.press(new, handed, "bundle.save")
            assert "Tallene fra filen er gemt." in (await r.texts(new))
        await push(world, old, "bundle.save", "1")
        await r.settle()
        refusals.append((await r.last(old))["text"])
        async with look(bot.database) as seen:
            kept = len((await seen.session.scalars(select(Submission))).all())
        assert kept == (3 if step == "after" else 0)
    assert refusals == ["Det er kun klyngens koordinator, der kan gøre det."] * 2


@pytest.mark.long
async def test_card_that_was_decided_on_is_not_handed_over(a_round: Make, bot: Runtime, clock: Any) -> None:
    r = await a_round(3)
    old, new = r.klynge.doctors[:2]
    await r.drop(old, "region.csv", REGION)
    await r.press(old, await r.last(old), "bundle.drop")
    await hand_over(bot, r.klynge, clock)
    await r.settle()
    assert [text for text in await r.texts(new) if "filen" in text.casefold()] == []


async def test_what_two_coordinators_are_owed_comes_to_a_third_once(a_cluster: Make, bot: Runtime, clock: Any) -> None:
    klynge = await a_cluster(3)
    first, second, third = (klynge.member_ids[each] for each in klynge.doctors)
    async with UnitOfWork(bot.database) as uow:
        await handover.change_role(uow, second, "coordinator", now=clock.now(), actor_id=first)
        await restored.make_safe(uow, now=clock.now())
        await handover.change_role(uow, third, "coordinator", now=clock.now(), actor_id=first)
        owed = (await uow.session.scalars(select(Outbox.member_id).where(Outbox.kind == "bot.restored"))).all()
    assert sorted(each or 0 for each in owed) == sorted([first, second, third])
