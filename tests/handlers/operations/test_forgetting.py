"""A person's own data, given out and taken away; a round's numbers, taken away: by the commands, on real stories."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app import Runtime
from bot.settings import Settings
from cluster import audit
from cluster.members import places
from storage.models import (
    Allowance,
    Base,
    Card,
    Cluster,
    Collected,
    Erratum,
    Inbox,
    Member,
    Naming,
    Objection,
    Recall,
    Release,
    RosterImport,
    Round,
    Submission,
)
from storage.sqlite_file import file_of
from storage.unit_of_work import UnitOfWork
from tests.bot.test_settings import klynge
from tests.handlers.meetings.kit import Room
from workspace import Workspace

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


@pytest.mark.long
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


async def own_files(asked: Any, doctor: str, words: str = "Her er alt, hvad jeg har gemt om dig") -> dict[str, str]:
    """The files that somebody gets who asks what is kept, with a message that begins with some words."""
    await asked.command(doctor, "/klynge oplysninger")
    await asked.settle()
    messages = await asked.desk.dm(doctor)
    said = [message for message in messages if message["text"].startswith(words)]
    assert len(said) == 1
    files = [file for message in messages for file in message.get("files", [])][-2:]
    found = {}
    for file in files:
        address = f"{asked.desk.url}/desk/file/{file['id']}"
        async with asked.desk.http().get(address, params={"as": doctor}) as answer:
            found[file["name"]] = (await answer.read()).decode()
    return found


@pytest.mark.long
async def test_member_gets_own_data_as_files_for_nobody_else(bot: Runtime, a_round: ARound) -> None:
    asked = await a_round(2)
    doctor = asked.klynge.doctors[1]
    await asked.enter(doctor, copd=131)
    files = await own_files(asked, doctor)
    assert list(files) == ["mine-oplysninger.txt", "mine-oplysninger.json"]
    found = json.loads(files["mine-oplysninger.json"])
    assert found["member"][0]["slack_user_id"] == doctor
    assert "laege1" not in "".join(files.values())


@pytest.mark.long
async def test_own_data_can_be_read_by_a_person(bot: Runtime, a_round: ARound) -> None:
    asked = await a_round(2)
    doctor = asked.klynge.doctors[1]
    await asked.enter(doctor, copd=131)
    page = (await own_files(asked, doctor))["mine-oplysninger.txt"]
    assert page.startswith("Hvad Klyngebot ved om dig\n=========================\n")
    for line in (
        "Om dig",
        "Navn: Læge 2",
        "E-mail: laege2@klynge.example",
        "Praksis: Lægehuset 2",
        "Titel: ejerlæge",
        "Sprog: Dansk",
        "Tal, du har sendt for praksis",
        "  • Patienter med KOL (R95): 131",
        "Status: gælder",
        "Praksisser, du er kontaktperson for",
        "• Lægehuset 2",
        "Samtykker, du har givet for praksis",
        "• 2. marts 2026 kl. 09.00: Læge 2 gav tal for praksis",
    ):
        assert line in page.splitlines(), line
    assert "2. marts 2026" in page
    assert [word for word in ("submission", "T08:", "+00:00", "token", "{", "None", ".accepted") if word in page] == []


@pytest.mark.long
async def test_page_says_kinds_questions_places_and_own_answers_in_words(
    bot: Runtime, world: Workspace, clock: Any, a_round: ARound
) -> None:
    asked = await a_round(2)
    doctor = asked.klynge.doctors[1]
    await Room(asked.desk, clock, asked.settle, asked.klynge).call_meeting()
    for words in ("kol 880", "kommer ikke, ferie"):
        await asked.desk.say(doctor, world.bot_user_id, words)
        await asked.settle()
    sheet = "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan\n010002;3200;140;100;"
    for last in ("180", "80"):
        await asked.drop(doctor, "kol.csv", f"{sheet}{last}\n".encode())
    page = (await own_files(asked, doctor))["mine-oplysninger.txt"]
    for line in (
        "• 2. marts 2026 kl. 09.00: Læge 2 svarede på KOL i praksis (26. marts 2026)",
        "  • Patienter med KOL (R95): celle C2, »KOL«",
    ):
        assert line in page.splitlines(), line
    assert "• Slags: en kommando (/klynge oplysninger); Status: klaret" in page
    assert "• Slags: en fil; Status: klaret" in page
    assert "Svar, du har noteret for nogen" not in page
    raw = r"event:|command:|\b(?:da|en|code|level|params|cell|heading|sequence|topic|copd)\b[:,]|[a-z]+[._][a-z_]+[);]"
    assert re.findall(raw, page) == []


@pytest.mark.long
async def test_page_says_a_yes_in_words_and_counts_what_has_no_name(bot: Runtime, a_round: ARound) -> None:
    asked = await released(a_round)
    coordinator, now = asked.klynge.coordinator, bot.tools.clock.now()
    mine = asked.klynge.member_ids[coordinator]
    async with UnitOfWork(bot.database) as uow:
        for measure in ("prevalence", "spirometry"):
            uow.session.add(Recall(round_id=1, measure_id=measure, release_id=1, by_id=mine, at=now))
        await uow.session.flush()
        practice = asked.klynge.practice_ids[0]
        uow.session.add(Erratum(recall_id=1, practice_id=practice, answer="yes", member_id=mine, at=now))
        await uow.commit()
    page = (await own_files(asked, coordinator))["mine-oplysninger.txt"].splitlines()
    assert "Svar: ja" in page
    heading = page.index("Grafer, du har sendt")
    assert page[heading + 2] == "• 1 i alt"
    heading = page.index("Sammenligninger, du har trukket tilbage")
    assert [line.partition(",")[0] for line in page[heading + 2 : heading + 4]] == [
        "• Kendt KOL pr. 1.000 tilmeldte",
        "• Spirometri inden for 12 måneder",
    ]


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


async def everything(bot: Runtime) -> bytes:
    """All that is kept: the files of an SQLite database with its log emptied, or every row of another."""
    if bot.database.is_sqlite:
        await bot.database.empty_log()
        file = file_of(bot.database.url)
        assert file is not None
        return b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
    async with bot.database.read() as session:
        tables = [(await session.execute(select(table))).all() for table in Base.metadata.sorted_tables]
    return repr(tables).encode()


@pytest.mark.long
@pytest.mark.both_databases
async def test_nothing_of_a_forgotten_person_is_left_in_the_database(
    bot: Runtime, settings: Settings, a_round: ARound, world: Workspace
) -> None:
    """Name, address, Slack's ids of them and of the conversation, and their words: in no list, log or arrival."""
    asked = await released(a_round)
    doctor, mine = asked.klynge.doctors[1], asked.klynge.member_ids[asked.klynge.doctors[1]]
    async with bot.database.read() as session:
        member = await session.get_one(Member, mine)
    assert member.dm_channel_id
    words = "Sygemeldt med ryggen"
    listed = {"row": {"row": 2, "name": "Læge 2", "email": "laege2@klynge.example"}}
    other = {"row": {"row": 3, "name": "Læge 3", "email": "laege3@klynge.example"}}
    now = bot.tools.clock.now()
    async with UnitOfWork(bot.database) as uow:
        uow.session.add(RosterImport(cluster_id=asked.klynge.id, rows=[listed, other], created_at=now, member_id=None))
        uow.session.add(Objection(submission_id=2, member_id=mine, text=words, opened_at=now))
        uow.session.add(Allowance(name=f"chat.postMessage:{member.dm_channel_id}", tokens=1, at=now))
        uow.session.add(
            Card(kind="x", subject="x", lane=f"c:{member.dm_channel_id}", channel_id=member.dm_channel_id, ts="1")
        )
        audit.note(uow, "meeting.answered", "meeting:1", now=now, actor_id=1, cluster_id=asked.klynge.id, member=mine)
        await uow.commit()
    _, said = await command(settings, "personal-data", doctor)
    [found] = json.loads(said)
    assert found["roster_import"] == [listed]
    assert {row["person"] for row in found["inbox"]} == {f"{world.team_id}:{doctor}"}
    [line] = [row for row in found["audit"] if row["details"] == {"member": mine}]
    assert "actor_id" not in line
    signs = ("Læge 2", "laege2@", doctor, member.dm_channel_id, words)
    before = await everything(bot)
    assert [sign for sign in signs if sign.encode() not in before] == []
    assert (await command(settings, "forget-member", doctor, "--yes"))[0] == 0
    await asked.settle()
    left = await everything(bot)
    assert [sign for sign in signs if sign.encode() in left] == []
    assert b"laege3@" in left


@pytest.mark.long
async def test_who_moved_is_not_given_the_numbers_of_the_former_practice(
    bot: Runtime, settings: Settings, a_round: ARound
) -> None:
    asked = await a_round(2)
    doctor = asked.klynge.doctors[1]
    await asked.enter(doctor, copd=131)
    async with UnitOfWork(bot.database) as uow:
        member = await uow.session.get_one(Member, asked.klynge.member_ids[doctor])
        await places.put(uow, member, asked.klynge.practice_ids[0], now=bot.tools.clock.now(), actor_id=None)
        await uow.commit()
    await asked.settle()  # what is sent meanwhile is logged where the command answers
    _, said = await command(settings, "personal-data", doctor)
    [found] = json.loads(said)
    assert [row["id"] for row in found["submission"]] == [1]
    assert [sign for sign in ('"copd"', "131,", "131\n") if sign in said] == []


@pytest.mark.long
async def test_who_is_in_two_clusters_stays_reachable_in_the_one_that_keeps_them(
    bot: Runtime, settings: Settings, a_round: ARound, world: Workspace
) -> None:
    asked = await a_round(2)
    doctor = asked.klynge.doctors[1]
    await asked.enter(doctor)
    async with UnitOfWork(bot.database) as uow:
        cluster = Cluster(team_id=world.team_id, channel_id="C2", created_at=bot.tools.clock.now(), name="Klynge Syd")
        uow.session.add(cluster)
        await uow.session.flush()
        twin = Member(cluster_id=cluster.id, slack_user_id=doctor, name="Læge 2")
        uow.session.add(twin)
        await uow.commit()
    assert (await command(settings, "forget-member", str(asked.klynge.member_ids[doctor]), "--yes"))[0] == 0
    async with bot.database.read() as session:
        assert (await session.get_one(Member, twin.id)).slack_user_id == doctor
        assert await session.scalar(select(func.count()).where(Inbox.person.endswith(doctor))) > 0


async def test_personal_data_reaches_every_table_that_names_members(
    bot: Runtime, settings: Settings, a_round: ARound
) -> None:
    """By the references themselves, so that a new table cannot be forgotten; here each of them is named once."""
    asked = await a_round(2)
    _, said = await command(settings, "personal-data", asked.klynge.coordinator)
    assert sorted(json.loads(said)[0]) == [
        "assignment", "audit", "card", "consent", "inbox", "member", "outbox", "practice (contact_id)",
        "round (created_by)",
    ]  # fmt: skip


@pytest.mark.long
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


@pytest.mark.long
async def test_last_coordinator_is_not_forgotten(bot: Runtime, settings: Settings, a_round: ARound) -> None:
    asked = await a_round(2)
    code, said = await command(settings, "forget-member", asked.klynge.coordinator, "--yes")
    assert (code, said) == (1, "Cluster 1 would be left without a coordinator: name another one first.\n")
    assert (await command(settings, "personal-data", asked.klynge.coordinator))[0] == 0


@pytest.mark.long
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


@pytest.mark.long
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
