"""The ways onto the list of members beside a dropped file: pasted, picked, and where a file goes. All through Slack."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.app import Runtime
from storage.models import Cluster, Member, Practice, RosterImport
from storage.unit_of_work import UnitOfWork, look
from tests.handlers.overview.test_home import page
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
LINES = "Bo Friis, bo@nord.example, Lægehuset Nord, 057584\nIda Juul, ida@syd.example, Lægerne Syd, 061654"
PEOPLE = ["Bo Friis|Lægehuset Nord|057584", "Ida Juul|Lægerne Syd|061654"]


@pytest.fixture
async def kirsten(world: Workspace, desk: Desk, settle: Settle) -> str:
    """She has just invited the bot."""
    made = world.add_person("Kirsten Dahl", email="kirsten@nord.example")
    await desk.join(world.add_channel("klynge", members=[made]), world.bot_user_id, made)
    await settle()
    return made


async def listed(bot: Runtime) -> list[str]:
    async with look(bot.database) as state:
        rows = await state.session.execute(select(Member, Practice).join(Practice, Practice.id == Member.practice_id))
        return sorted(f"{member.name}|{practice.name}|{practice.ydernummer}" for member, practice in rows)


async def saved(desk: Desk, who: str, settle: Settle) -> None:
    """Say yes to the list that is shown."""
    shown = [each for each in await desk.dm(who) if "Jeg har læst medlemslisten" in each["text"]][-1]
    await desk.act(who, shown, "roster.save")
    await settle()


@pytest.mark.long
async def test_lines_are_pasted_in_the_form_and_what_is_unclear_is_asked_there(
    desk: Desk, bot: Runtime, kirsten: str, settle: Settle
) -> None:
    await desk.act(kirsten, await page(desk, kirsten), "cluster.members")
    window = await desk.top_view(kirsten)
    assert window is not None
    await desk.act(kirsten, window, "cluster.paste")
    refused = await desk.submit(kirsten, values={"lines": "Friis, Bo, bo@nord.example"})
    assert list(refused["errors"]) == ["lines"]
    assert refused["errors"]["lines"].startswith("Jeg kan ikke se med sikkerhed, hvad der er hvad i linjerne.")
    first, rest = LINES.splitlines()
    assert (await desk.submit(kirsten, values={"lines": first, "more_lines": rest}))["response_action"] is None
    await settle()
    assert "home.show" in str(
        (await desk.state(kirsten))["home"]
    )  # the page that it was pasted from says that it waits
    assert await listed(bot) == []
    await saved(desk, kirsten, settle)
    assert await listed(bot) == PEOPLE


@pytest.mark.long
async def test_lines_are_pasted_in_the_conversation(
    world: Workspace, desk: Desk, bot: Runtime, kirsten: str, settle: Settle
) -> None:
    linked = LINES.replace("bo@nord.example", "<mailto:bo@nord.example|bo@nord.example>")
    await desk.say(kirsten, world.bot_user_id, f"Her er vi:\n{linked}")
    await settle()
    assert "Række 1: en bemærkning, ikke en person" in (await desk.dm(kirsten))[-1]["text"]
    await saved(desk, kirsten, settle)
    assert await listed(bot) == PEOPLE
    member = world.add_person("Bo Friis", email="bo@nord.example")
    await settle()
    await desk.say(member, world.bot_user_id, LINES)  # nobody else changes the list
    await settle()
    assert not any("Jeg har læst" in each["text"] for each in await desk.dm(member))


async def second_cluster(world: Workspace, desk: Desk, bot: Runtime, who: str, settle: Settle) -> None:
    """Another cluster of the same coordinator, newer than the first; both get names."""
    await desk.join(world.add_channel("klynge-syd", members=[who]), world.bot_user_id, who)
    await settle()
    async with UnitOfWork(bot.database) as uow:
        for number, name in ((1, "Klynge Nord"), (2, "Klynge Syd")):
            await uow.session.execute(update(Cluster).where(Cluster.id == number).values(name=name))
        await uow.commit()


async def shown_for(desk: Desk, who: str, cluster: str) -> list[dict[str, Any]]:
    """The lists that were read, and said to be for a cluster."""
    return [each for each in await desk.dm(who) if f"Listen gælder *{cluster}*." in each["text"]]


@pytest.mark.long
async def test_who_runs_several_clusters_is_asked_which_one_a_list_is_for(
    world: Workspace, desk: Desk, bot: Runtime, kirsten: str, settle: Settle
) -> None:
    await desk.say(kirsten, world.bot_user_id, LINES)
    await settle()
    assert "Listen gælder" not in (await desk.dm(kirsten))[-1]["text"]
    await second_cluster(world, desk, bot, kirsten, settle)
    await desk.say(kirsten, world.bot_user_id, LINES.replace("Bo Friis", "Eva Friis"))
    await settle()
    asked = (await desk.dm(kirsten))[-1]
    assert "Hvilken af dine klynger er listen til?" in asked["text"]
    assert [each for name in ("Nord", "Syd") for each in await shown_for(desk, kirsten, f"Klynge {name}")] == []
    await desk.act(kirsten, asked, "cluster.list", block_id=asked["blocks"][1]["block_id"])
    await settle()
    [shown] = await shown_for(desk, kirsten, "Klynge Nord")
    assert "Eva Friis" in str(shown)
    assert "Er den til en anden af dine klynger?" in str(shown["blocks"][1])

    await desk.upload(kirsten, world.bot_user_id, "liste.csv", f"Navn,E-mail,Praksis,Ydernummer\n{LINES}".encode())
    await settle()
    asked = (await desk.dm(kirsten))[-1]
    await desk.act(kirsten, asked, "cluster.list", block_id=asked["blocks"][2]["block_id"])
    await settle()
    assert len(await shown_for(desk, kirsten, "Klynge Syd")) == 1


@pytest.mark.long
async def test_list_that_says_its_cluster_or_can_be_for_one_alone_is_read_at_once(
    world: Workspace, desk: Desk, bot: Runtime, kirsten: str, settle: Settle
) -> None:
    await second_cluster(world, desk, bot, kirsten, settle)
    await desk.say(kirsten, world.bot_user_id, f"Medlemslisten for Klynge Nord:\n{LINES}")
    await settle()
    assert len(await shown_for(desk, kirsten, "Klynge Nord")) == 1
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Member).where(Member.cluster_id == 2).values(role="member"))
        await uow.commit()
    await desk.say(kirsten, world.bot_user_id, LINES)
    await settle()
    async with look(bot.database) as state:
        assert (await state.session.scalars(select(RosterImport.cluster_id))).all() == [1, 1]


@pytest.mark.long
async def test_people_are_picked_in_slack_and_given_their_practices(
    world: Workspace, desk: Desk, bot: Runtime, kirsten: str, settle: Settle
) -> None:
    bo = world.add_person("Bo Friis", email="bo@x.example")
    ida = world.add_person("Ida Juul", email="ida@x.example", guest=True)  # on the list as by a file or one by one
    eva = world.add_person("Eva Krog")

    async def pick(*people: str) -> dict[str, Any]:
        await desk.act(kirsten, await page(desk, kirsten), "cluster.members")
        window = await desk.top_view(kirsten)
        assert window is not None
        await desk.act(kirsten, window, "cluster.pick")
        return await desk.submit(kirsten, values={"people": list(people)})

    assert (await pick(eva))["errors"]["people"].startswith("Jeg kan ikke se e-mailadressen i Slack: Eva Krog.")
    await pick(bo, eva, ida)
    form = await desk.top_view(kirsten)
    assert "Jeg kan ikke se e-mailadressen i Slack: Eva Krog." in str(form)
    wrong = await desk.submit(kirsten, values={f"new:{bo}": "Lægehuset Nord"})
    assert wrong["errors"] == {f"new:{bo}": "Et ydernummer har højst seks cifre."}
    await desk.submit(kirsten, values={f"new:{bo}": "57584 Lægehuset Nord", f"new:{ida}": "061654 Lægerne Syd"})
    await settle()
    await saved(desk, kirsten, settle)
    assert await listed(bot) == PEOPLE

    await pick(bo, kirsten)
    assert "Står på listen i forvejen: Bo Friis." in str(await desk.top_view(kirsten))
    async with look(bot.database) as state:
        nord = (await state.session.scalars(select(Practice.id).where(Practice.ydernummer == "057584"))).one()
    await desk.submit(kirsten, values={f"practice:{kirsten}": str(nord)})
    await settle()
    await saved(desk, kirsten, settle)
    assert await listed(bot) == [*PEOPLE[:1], "Ida Juul|Lægerne Syd|061654", "Kirsten Dahl|Lægehuset Nord|057584"]


async def test_window_of_the_file_sends_an_empty_list(desk: Desk, bot: Runtime, kirsten: str, settle: Settle) -> None:
    await desk.act(kirsten, await page(desk, kirsten), "cluster.members")
    window = await desk.top_view(kirsten)
    assert window is not None
    await desk.act(kirsten, window, "cluster.by_file")
    file_window = await desk.top_view(kirsten)
    assert file_window is not None
    await desk.act(kirsten, file_window, "cluster.empty_list")
    await settle()
    assert [file["name"] for each in await desk.dm(kirsten) for file in each.get("files", [])] == ["medlemmer.xlsx"]
