"""A backup is taken while the bot writes, and put back: nothing is sent twice, nothing owed is forgotten."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.app import Runtime, build
from bot.backup import BackupError, back_up, restore
from bot.settings import Settings
from cluster.clock import MovableClock
from cluster.notices import owe
from handlers.feature import FeatureTable
from storage.database import Database
from storage.models import Member, Outbox
from storage.unit_of_work import UnitOfWork
from tests.bot.test_settings import klynge as command
from workspace import Desk, Workspace

HOUR = timedelta(hours=1)


@dataclass
class Place:
    """A bot that can be started and stopped, on a database that can be copied."""

    settings: Settings
    clock: MovableClock
    routes: FeatureTable
    desk: Desk
    programs: Path | None
    file: Path

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Runtime]:
        async with build(self.settings, clock=self.clock, routes=self.routes) as runtime:
            yield runtime

    async def owe(self, bot: Runtime, key: str, member_id: int, **more: Any) -> None:
        async with UnitOfWork(bot.database) as uow:
            more = {"kind": "test.notice", "member_id": member_id} | more
            await owe(uow, more.pop("kind"), key=key, now=self.clock.now(), **more)
            await uow.commit()

    async def calm(self, bot: Runtime) -> None:
        async with asyncio.timeout(20):
            while not await bot.idle():  # noqa: ASYNC110 - as in tests/conftest.py
                await asyncio.sleep(0.01)

    async def back_up(self) -> str:
        return await asyncio.to_thread(back_up, self.settings, self.file, self.programs)

    async def restore(self, **more: Any) -> Any:
        more = {"overwrite": True, "programs": self.programs} | more
        return await restore(self.settings, self.file, self.clock, **more)


@pytest.fixture
def place(
    *,
    settings: Settings,
    clock: MovableClock,
    routes: FeatureTable,
    desk: Desk,
    database_url: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Place:
    is_server = database_url.startswith("postgresql")
    programs = Path(request.getfixturevalue("postgresql").bin_path) if is_server else None
    return Place(settings, clock, routes, desk, programs, tmp_path / "kept" / "klynge.backup")


@pytest.fixture
async def anna(database_url: str, world: Workspace, clock: MovableClock) -> tuple[str, int]:
    """A coordinator: Slack id and member id."""
    anna = world.add_person("Anna")
    database = Database(database_url)
    async with UnitOfWork(database) as uow:
        channel = {"team": world.team_id, "channel": world.add_channel("klynge", [anna]), "now": "2026-03-01 00:00:00"}
        insert = "INSERT INTO cluster (team_id, channel_id, name, region, created_at)"
        await uow.session.execute(text(f"{insert} VALUES (:team, :channel, '', '', '{channel.pop('now')}')"), channel)
        cluster_id = int(await uow.session.scalar(text("SELECT id FROM cluster")) or 0)
        member = Member(cluster_id=cluster_id, slack_user_id=anna, name="Anna", role="coordinator", language="en")
        uow.session.add(member)
        await uow.commit()
    await database.close()
    return anna, member.id


async def said(place: Place, person: str) -> list[str]:
    return [message["text"] for message in await place.desk.dm(person)]


@pytest.mark.both_databases
async def test_restore_sends_nothing_twice_and_forgets_nothing(
    place: Place, anna: tuple[str, int], script: Any
) -> None:
    person, member_id = anna
    script.answer = lambda rendering: told(rendering.owed.key)
    async with place.running() as bot:
        await place.owe(bot, "before", member_id)
        await place.calm(bot)
        await place.owe(bot, "an hour ahead", member_id, due_at=place.clock.now() + HOUR)
        await place.owe(bot, "a day ahead", member_id, due_at=place.clock.now() + 24 * HOUR)
        await place.owe(
            bot, "step", member_id, kind="test.step", how="step", due_at=place.clock.now() + HOUR, member=member_id
        )
        assert await place.back_up() >= "0006"
        place.clock.forward(HOUR)  # what follows is the life that the backup knows nothing of
        await place.calm(bot)
        await place.owe(bot, "lost", member_id)
        await place.calm(bot)
    before = await said(place, person)
    assert sorted(before) == ["after:step", "an hour ahead", "before", "lost"]
    place.clock.forward(HOUR)
    done = await place.restore()
    assert (done.made_safe.looked_for, done.made_safe.left_out, done.made_safe.held) == (1, 0, 1)
    async with place.running() as bot:
        await place.calm(bot)
        word = "I have been put back to how things were on Monday 2 March at 09:00. Answers"
        assert [line.partition(",")[0] for line in await said(place, person)] == [*before, word]
        assert script.steps == ["step"]
        place.clock.forward(24 * HOUR)
        await place.calm(bot)
        assert (await said(place, person))[5:] == ["a day ahead"]


@pytest.mark.both_databases
async def test_restore_keeps_what_was_there_before(place: Place, anna: tuple[str, int]) -> None:
    async with place.running() as bot:
        await place.back_up()
        await place.owe(bot, "only here", anna[1], due_at=place.clock.now() + HOUR)
    done = await place.restore()
    assert done.kept is not None
    assert "only here" not in await keys(place)
    place.file = done.kept
    await place.restore()
    assert "only here" in await keys(place)


@pytest.mark.long
@pytest.mark.both_databases
async def test_restore_refuses_while_the_bot_runs(place: Place, anna: tuple[str, int]) -> None:
    async with place.running() as bot:
        await place.back_up()
        await place.calm(bot)
        with pytest.raises(BackupError, match="stop the bot first"):
            await place.restore()


@pytest.mark.both_databases
async def test_restore_overwrites_only_when_told(place: Place, anna: tuple[str, int]) -> None:
    await place.back_up()
    with pytest.raises(BackupError, match="--yes"):
        await place.restore(overwrite=False)


@pytest.mark.both_databases
async def test_restore_refuses_a_backup_of_a_newer_version(place: Place, anna: tuple[str, int]) -> None:
    await sql(place, "UPDATE alembic_version SET version_num = '9999'")
    await place.back_up()
    with pytest.raises(BackupError, match="newer version"):
        await place.restore()


@pytest.mark.both_databases
async def test_restore_refuses_a_damaged_file_and_changes_nothing(place: Place, anna: tuple[str, int]) -> None:
    await place.back_up()
    await asyncio.to_thread(damage, place.file)
    with pytest.raises(BackupError):
        await place.restore()
    assert await sql(place, "SELECT count(*) FROM member") == 1


@pytest.mark.both_databases
async def test_backup_leaves_an_existing_file_alone(place: Place, anna: tuple[str, int]) -> None:
    await place.back_up()
    with pytest.raises(BackupError, match="exists already"):
        await place.back_up()


@pytest.mark.both_databases
async def test_backup_is_for_its_owner_only(place: Place, anna: tuple[str, int]) -> None:
    await place.back_up()
    assert place.file.stat().st_mode & 0o777 == 0o600


@pytest.mark.long
async def test_backup_while_others_write_is_one_moment(place: Place, anna: tuple[str, int]) -> None:
    """Pairs are written in one transaction each: a copy never holds half of one."""
    database = Database(place.settings.database_url)

    async def write() -> None:
        for n in range(200):
            async with UnitOfWork(database) as uow:
                for half in ("a", "b"):
                    await owe(uow, "test.notice", key=f"{half}:{n}", now=place.clock.now(), member_id=anna[1])
                await uow.commit()

    work = asyncio.create_task(write())
    seen = []
    while not work.done():
        await place.back_up()
        copy = sqlite3.connect(place.file)
        seen.append([row[0] for row in copy.execute("SELECT count(*) FROM outbox GROUP BY substr(key, 1, 1)")])
        copy.close()
        place.file.unlink()
    await database.close()
    assert [pair for pair in seen if len(set(pair)) > 1] == []
    assert len(seen) > 3


async def test_backup_to_postgres_without_its_programs_says_what_is_needed(tmp_path: Path, settings: Settings) -> None:
    server = settings.model_copy(update={"database_url": "postgresql+asyncpg://nobody:secret@127.0.0.1/none"})
    with pytest.raises(BackupError, match="pg_dump is needed"):
        back_up(server, tmp_path / "copy", programs=tmp_path)
    assert not (tmp_path / "copy").exists()


def test_commands_copy_and_put_back(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    copy, address = tmp_path / "copy", {"KLYNGE_DATABASE_URL": f"sqlite+aiosqlite:///{migrated_file}"}
    code, words = command("backup", str(copy), **address)
    assert (code, words.startswith(f"{copy}: whole, revision 0")) == (0, True)
    fresh = {"KLYNGE_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'fresh' / 'klynge.db'}"}
    assert command("restore", str(copy), **fresh)[0] == 0
    code, words = command("restore", str(copy), **fresh)
    assert (code, "--yes" in words) == (1, True)


@pytest.mark.both_databases
async def test_database_put_back_by_other_means_is_made_safe(place: Place, anna: tuple[str, int]) -> None:
    async with place.running() as bot:
        for key, how in (("message", "post"), ("step", "step")):
            kind = "test.step" if how == "step" else "test.notice"
            due = place.clock.now() - timedelta(days=9)
            await bot.sender.pump.stop()
            await place.owe(bot, key, anna[1], kind=kind, how=how, due_at=due)
    address = {"KLYNGE_DATABASE_URL": place.settings.database_url}
    code, words = await asyncio.to_thread(command, "after-restore", "--yes", **address)
    assert (code, words.splitlines()[1:]) == (
        0,
        [
            "1 messages are looked for in Slack before they are sent; 0 are too late.",
            "1 steps are held: see klynge dead-letters list, and retry those that should happen.",
        ],
    )


def told(key: str) -> Any:
    from handlers.message import Message

    return Message(key)


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for place in range(len(content) // 3, len(content) // 3 * 2):
        content[place] ^= 0x5A
    file.write_bytes(content)


async def keys(place: Place) -> list[str]:
    database = Database(place.settings.database_url)
    async with database.read() as session:
        found = list((await session.scalars(select(Outbox.key))).all())
    await database.close()
    return found


async def sql(place: Place, statement: str) -> Any:
    database = Database(place.settings.database_url)
    async with database.write() as session:
        result = await session.execute(text(statement))
        found = result.scalar() if result.returns_rows else None
        await session.commit()
    await database.close()
    return found
