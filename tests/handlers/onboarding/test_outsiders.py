"""People of another organisation: never tied to the list by themselves, and in charge of nothing by themselves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from handlers.onboarding.ids import Action
from storage.models import Audit, Member
from storage.unit_of_work import UnitOfWork, look
from workspace import Desk, Workspace

ELSEWHERE = "T0ELSEWHERE"
Make = Callable[..., Awaitable[Any]]
Settle = Callable[[], Awaitable[None]]


async def add_to_list(bot: Runtime, klynge: Any, **about: Any) -> int:
    async with UnitOfWork(bot.database) as uow:
        facts = {"cluster_id": klynge.id, "practice_id": klynge.practice_ids[0], "name": "Ida Udefra"} | about
        member = Member(**facts)
        uow.session.add(member)
        await uow.commit()
        return int(member.id)


async def the_member(bot: Runtime, member_id: int) -> Member:
    async with look(bot.database) as state:
        found = await state.session.get(Member, member_id)
    assert found is not None
    return found


async def logged(bot: Runtime) -> list[tuple[str, int | None]]:
    async with look(bot.database) as state:
        rows = await state.session.execute(select(Audit.what, Audit.actor_id).order_by(Audit.id))
    return [(what, actor) for what, actor in rows if what.startswith("outsider")]


async def test_listed_address_in_another_organisation_is_asked_about_and_let_in_by_a_coordinator(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, a_cluster: Make
) -> None:
    klynge = await a_cluster(2)
    member_id = await add_to_list(bot, klynge, email="ida@ude.example")
    ida = world.add_person("Ida", email="ida@ude.example", team_id=ELSEWHERE)
    await desk.join(klynge.channel, ida)
    await settle()
    assert (await the_member(bot, member_id)).slack_user_id is None
    assert await desk.dm(ida) == []
    card = (await desk.dm(klynge.coordinator))[-1]
    assert card["text"].startswith(f"<@{ida}> fra en anden organisation vil være Ida Udefra")
    await desk.act(klynge.coordinator, card, Action.MEMBER_ADMIT)
    await settle()
    member = await the_member(bot, member_id)
    assert (member.slack_user_id, member.organisation, member.outsider) == (ida, ELSEWHERE, "")
    assert len(await desk.dm(ida)) == 1
    assert (await desk.dm(klynge.coordinator))[-1]["text"].startswith(f"✔ <@{ida}> fra en anden organisation er")
    assert await logged(bot) == [
        ("outsider.asked", None),
        ("outsider.admitted", klynge.member_ids[klynge.coordinator]),
    ]
    await desk.act(ida, (await desk.dm(ida))[-1], Action.MEMBER_WELCOME)
    assert await desk.top_view(ida) is not None


async def test_a_no_is_kept_and_not_asked_again(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, a_cluster: Make
) -> None:
    klynge = await a_cluster(2)
    member_id = await add_to_list(bot, klynge, email="ida@ude.example")
    ida = world.add_person("Ida", email="ida@ude.example", team_id=ELSEWHERE)
    await desk.join(klynge.channel, ida)
    await settle()
    await desk.act(klynge.coordinator, (await desk.dm(klynge.coordinator))[-1], Action.MEMBER_TURN_AWAY)
    await settle()
    told = len(await desk.dm(klynge.coordinator))
    await desk.leave(klynge.channel, ida)
    await desk.join(klynge.channel, ida)
    await settle()
    assert len(await desk.dm(klynge.coordinator)) == told
    assert (await the_member(bot, member_id)).slack_user_id is None


async def test_deputy_lets_nobody_in(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, a_cluster: Make
) -> None:
    klynge = await a_cluster(2)
    member_id = await add_to_list(bot, klynge, email="ida@ude.example")
    ida = world.add_person("Ida", email="ida@ude.example", team_id=ELSEWHERE)
    await desk.join(klynge.channel, ida)
    await settle()
    card = (await desk.dm(klynge.coordinator))[-1]
    async with UnitOfWork(bot.database) as uow:
        leader = await uow.session.get(Member, klynge.member_ids[klynge.coordinator])
        other = await uow.session.get(Member, klynge.member_ids[klynge.doctors[1]])
        assert leader is not None
        assert other is not None
        leader.role, other.role = "deputy", "coordinator"
        await uow.commit()
    await desk.act(klynge.coordinator, card, Action.MEMBER_ADMIT)
    await settle()
    assert (await the_member(bot, member_id)).slack_user_id is None


async def test_somebody_from_another_organisation_takes_no_cluster_over(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle
) -> None:
    eva = world.add_person("Eva", email="eva@ude.example", team_id=ELSEWHERE)
    channel = world.add_channel("klynge-nord", members=[eva])
    await desk.join(channel, world.bot_user_id, inviter=eva)
    await settle()
    async with look(bot.database) as state:
        assert (await state.session.execute(select(Member))).scalars().all() == []
    asked = [each for each in await desk.messages(eva, channel) if each["bot"]]
    await desk.act(eva, asked[-1], Action.CLUSTER_CLAIM)
    await settle()
    async with look(bot.database) as state:
        assert (await state.session.execute(select(Member))).scalars().all() == []


async def test_same_user_id_in_another_organisation_is_somebody_else(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, a_cluster: Make
) -> None:
    klynge = await a_cluster(2)
    person, windows = world.people.by_id[klynge.coordinator], []
    for team_id in (None, ELSEWHERE):
        person.team_id = team_id
        answer = await desk.command(klynge.coordinator, klynge.channel, "/klynge medlemmer")
        windows.append(await desk.top_view(klynge.coordinator))
        if windows[-1] is not None:
            await desk.close(klynge.coordinator)
    assert "Medlemmer" in str(windows[0])
    assert windows[1] is None
    assert answer["response"]["text"].startswith("Jeg kender dig ikke")


async def test_a_sibling_workspace_of_our_enterprise_is_ours(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, clock: MovableClock, a_cluster: Make
) -> None:
    """Known by the enterprise: the payload of a button names the sibling workspace only."""
    klynge = await a_cluster(2)
    for each in world.people.by_id.values():
        each.enterprise_id = "E0GRID"
    world.enterprise_id = "E0GRID"
    object.__setattr__(bot.tools, "home", type(bot.tools.home)(world.team_id, "E0GRID"))
    member_id = await add_to_list(bot, klynge, email="bo@soester.example", name="Bo Søster")
    bo = world.add_person("Bo", email="bo@soester.example", team_id="T0SIBLING", enterprise_id="E0GRID")
    assert bo.startswith("W")
    await desk.join(klynge.channel, bo)
    await settle()
    assert ((await the_member(bot, member_id)).slack_user_id, (await the_member(bot, member_id)).organisation) == (
        bo,
        "",
    )
    await desk.act(bo, (await desk.dm(bo))[-1], Action.MEMBER_WELCOME)
    assert await desk.top_view(bo) is not None
