"""`klynge import-roster`: what it shows and saves, and who is blamed when it cannot."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.migrate import migrate
from storage.models import Cluster, Member
from storage.unit_of_work import UnitOfWork
from tests.bot.test_settings import klynge
from workspace import Workspace

LIST = "Ydernummer;Praksis;Navn;E-mail\n123456;Lægerne Smed & Søn;Bo Berg;bo@nord.example\n"


@pytest.fixture
async def environment(tmp_path: Path, world: Workspace) -> dict[str, str]:
    """A cluster in a database, and a Slack."""
    url = f"sqlite+aiosqlite:///{tmp_path}/klynge.db"
    database = Database(url)
    await migrate(database)
    async with UnitOfWork(database) as uow:
        made = datetime(2026, 3, 2, tzinfo=UTC)
        uow.session.add(Cluster(team_id=world.team_id, channel_id="C1", name="Nord", created_at=made))
        await uow.commit()
    await database.close()
    return {
        "KLYNGE_DATABASE_URL": url,
        "KLYNGE_SLACK_BOT_TOKEN": world.bot_token,
        "KLYNGE_SLACK_APP_TOKEN": world.app_token,
        "KLYNGE_SLACK_API_URL": f"{world.url}/api/",
    }


async def imported(tmp_path: Path, environment: dict[str, str]) -> tuple[int, str]:
    file = tmp_path / "medlemmer.csv"
    file.write_text(LIST)
    words = ("import-roster", str(file), "--cluster", "Nord", "--yes")
    return await asyncio.to_thread(klynge, *words, **environment)


async def kept(environment: dict[str, str]) -> int:
    database = Database(environment["KLYNGE_DATABASE_URL"])
    async with database.read() as session:
        count = await session.scalar(select(func.count()).select_from(Member))
    await database.close()
    return int(count or 0)


async def test_list_is_shown_as_a_terminal_shows_it_and_saved(tmp_path: Path, environment: dict[str, str]) -> None:
    code, said = await imported(tmp_path, environment)
    assert (code, said.splitlines()[-1], await kept(environment)) == (0, "Listen er gemt.", 1)
    assert "&amp;" not in said


async def test_slack_is_blamed_when_slack_is_away(tmp_path: Path, environment: dict[str, str]) -> None:
    code, said = await imported(tmp_path, environment | {"KLYNGE_SLACK_API_URL": "http://127.0.0.1:9/api/"})
    assert (code, await kept(environment)) == (1, 0)
    assert said.splitlines()[-1].startswith("Jeg kan ikke spørge Slack, hvem der er hvem: ClientConnectorError")


async def test_slack_is_blamed_when_it_refuses(tmp_path: Path, environment: dict[str, str]) -> None:
    code, said = await imported(tmp_path, environment | {"KLYNGE_SLACK_BOT_TOKEN": "xoxb-wrong"})
    assert (code, await kept(environment)) == (1, 0)
    assert said.splitlines()[-1].startswith("Jeg kan ikke spørge Slack, hvem der er hvem: invalid_auth.")
