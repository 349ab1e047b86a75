"""A person's own data, given out and taken away; a round's numbers, taken away: by the commands, on real stories."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app import Runtime
from bot.settings import Settings
from storage.models import Base, Collected, Member, Naming, Release, RosterImport, Round, Submission
from storage.unit_of_work import UnitOfWork
from tests.bot.test_settings import klynge

ARound = Callable[..., Awaitable[Any]]


async def command(settings: Settings, *words: str) -> tuple[int, str]:
    """As somebody at the server types it, while the bot runs."""
    return await asyncio.to_thread(klynge, *words, KLYNGE_DATABASE_URL=settings.database_url)


async def released(a_round: ARound) -> Any:
    """Five practices have answered, charts are sent, one doctor objects."""
    asked = await a_round(5)
    for doctor in asked.klynge.doctors:
        await asked.enter(doctor)
    await asked.command(asked.klynge.coordinator, "/klynge grafer")
    answer = await asked.desk.submit(asked.klynge.coordinator, None, {})
    assert answer["response_action"] is None
    await asked.settle()
    return asked


async def count(bot: Runtime, table: type[Base]) -> int:
    async with bot.database.read() as session:
        return int(await session.scalar(select(func.count()).select_from(table)) or 0)


async def test_personal_data_holds_what_is_about_the_person_and_nobody_else(
    bot: Runtime, settings: Settings, a_round: ARound
) -> None:
    asked = await a_round(2)
    doctor = asked.klynge.doctors[1]
    await asked.enter(doctor, copd=131)
    code, said = await command(settings, "personal-data", doctor)
    [found] = json.loads(said)
    assert code == 0
    assert found["member"][0]["email"] == "laege2@klynge.example"
    assert [row["numbers"]["copd"] for row in found["submission"] if row["state"] == "accepted"] == [131]
    assert found["practice (contact_id)"] == [{"id": asked.klynge.practice_ids[1]}]
    assert "laege1" not in said


async def test_member_gets_own_data_as_a_file_for_nobody_else(bot: Runtime, a_round: ARound) -> None:
    asked = await a_round(2)
    doctor = asked.klynge.doctors[1]
    await asked.enter(doctor, copd=131)
    await asked.command(doctor, "/klynge oplysninger")
    await asked.settle()
    messages = await asked.desk.dm(doctor)
    said = [message for message in messages if message["text"].startswith("Her er alt, hvad jeg har gemt om dig")]
    file = [file for message in messages for file in message.get("files", [])][-1]
    assert (len(said), file["name"]) == (1, "mine-oplysninger.json")
    async with asked.desk.http().get(f"{asked.desk.url}/desk/file/{file['id']}", params={"as": doctor}) as answer:
        found = json.loads(await answer.read())
    assert found["member"][0]["slack_user_id"] == doctor
    assert "laege1" not in json.dumps(found)


async def test_files_about_everybody_are_named_by_number_only(
    bot: Runtime, settings: Settings, a_round: ARound
) -> None:
    """A coordinator who sent a list or a file with all practices does not get the others' data as "own"."""
    asked = await a_round(2)
    mine = asked.klynge.member_ids[asked.klynge.coordinator]
    async with UnitOfWork(bot.database) as uow:
        common = {"cluster_id": asked.klynge.id, "member_id": mine, "rows": [{"name": "Rosenkilde"}]}
        now = bot.tools.clock.now()
        uow.session.add_all([RosterImport(created_at=now, **common), Collected(round_id=1, created_at=now, **common)])
        await uow.commit()
    _, said = await command(settings, "personal-data", asked.klynge.coordinator)
    [found] = json.loads(said)
    assert (found["collected (member_id)"], found["roster_import (member_id)"]) == ([{"id": 1}], [{"id": 1}])
    assert "Rosenkilde" not in said


async def test_personal_data_reaches_every_table_that_names_members(
    bot: Runtime, settings: Settings, a_round: ARound
) -> None:
    """By the references themselves, so that a new table cannot be forgotten; here each of them is named once."""
    asked = await a_round(2)
    _, said = await command(settings, "personal-data", asked.klynge.coordinator)
    assert sorted(json.loads(said)[0]) == [
        "assignment", "audit (actor_id)", "consent", "member", "outbox", "practice (contact_id)", "round (created_by)",
    ]  # fmt: skip


async def test_forgotten_member_has_no_name_no_address_and_hears_nothing_more(
    bot: Runtime, settings: Settings, a_round: ARound
) -> None:
    asked = await a_round(2)
    doctor = asked.klynge.doctors[1]
    await asked.enter(doctor)
    before = await asked.texts(doctor)
    assert await command(settings, "forget-member", doctor, "--yes") == (
        0,
        "Forgotten in one cluster. Backups and Slack still remember: see docs/operations.md.\n",
    )
    async with bot.database.read() as session:
        member = await session.get(Member, asked.klynge.member_ids[doctor])
    assert member is not None
    assert (member.name, member.email, member.slack_user_id, member.dm_channel_id, member.active) == (
        "(slettet)", None, None, None, False,
    )  # fmt: skip
    assert (await command(settings, "personal-data", doctor))[0] == 1
    assert await asked.texts(doctor) == before


async def test_last_coordinator_is_not_forgotten(bot: Runtime, settings: Settings, a_round: ARound) -> None:
    asked = await a_round(2)
    code, said = await command(settings, "forget-member", asked.klynge.coordinator, "--yes")
    assert (code, said) == (1, "Cluster 1 would be left without a coordinator: name another one first.\n")
    assert (await command(settings, "personal-data", asked.klynge.coordinator))[0] == 0


@pytest.mark.both_databases
async def test_numbers_of_a_round_go_with_everything_made_from_them(
    bot: Runtime, settings: Settings, a_round: ARound
) -> None:
    asked = await released(a_round)
    async with UnitOfWork(bot.database) as uow:
        release = (await uow.session.scalars(select(Release))).one()
        practice = asked.klynge.practice_ids[0]
        uow.session.add(Naming(measure_id="x", practice_id=practice, release_id=release.id))
        await uow.commit()
    assert await count(bot, Submission) == 5
    code, said = await command(settings, "forget-numbers", "--cluster", "Klynge Nord")
    assert (code, said.split()[:2], said.split()[-1]) == (0, ["1", "kol"], "released")
    assert await command(settings, "forget-numbers", "1", "--yes") == (
        0,
        "5 answers deleted. Backups and Slack still remember: see docs/operations.md.\n",
    )
    left = [await count(bot, table) for table in (Submission, Release, Naming)]
    async with bot.database.read() as session:
        assert (left, (await session.scalars(select(Round.state))).all()) == ([0, 1, 0], ["cancelled"])


async def test_bot_goes_on_after_numbers_were_forgotten(bot: Runtime, settings: Settings, a_round: ARound) -> None:
    asked = await released(a_round)
    await command(settings, "forget-numbers", "1", "--yes")
    answer = await asked.command(asked.klynge.coordinator, "/klynge status")
    assert answer["text"] != ""
    assert (await asked.ask())["response_action"] is None
    card = await asked.last(asked.klynge.doctors[2])
    assert card["text"].startswith("Klyngen beder")


async def test_commands_say_when_there_is_nothing(bot: Runtime, settings: Settings) -> None:
    assert await command(settings, "personal-data", "U404") == (1, "Nobody goes by U404.\n")
    assert await command(settings, "forget-member", "U404", "--yes") == (1, "Nobody goes by U404.\n")
    assert await command(settings, "forget-numbers", "404", "--yes") == (1, "There is no round 404.\n")
