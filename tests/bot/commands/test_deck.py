"""`klynge deck`: files where they are asked for, and an exit code that tells what was missing."""

from __future__ import annotations

import asyncio
from pathlib import Path

from typer.testing import CliRunner

from bot.cli import app
from storage.database import Database
from storage.migrate import migrate

TOKENS = {"KLYNGE_SLACK_BOT_TOKEN": "xoxb-1-secret", "KLYNGE_SLACK_APP_TOKEN": "xapp-1-secret"}


async def klynge(tmp_path: Path, *words: str) -> tuple[int, str]:
    url = f"sqlite+aiosqlite:///{tmp_path}/klynge.db"
    database = Database(url)
    await migrate(database)
    await database.close()
    environment = TOKENS | {"KLYNGE_DATABASE_URL": url, "KLYNGE_MODE": "socket"}
    result = await asyncio.to_thread(CliRunner().invoke, app, ["deck", *words], env=environment)
    return result.exit_code, result.output.strip()


async def test_unknown_cluster_is_said_and_leaves_one(tmp_path: Path) -> None:
    assert await klynge(tmp_path, "Vestby", "--out", str(tmp_path / "out")) == (
        1,
        "Der er 0 klynger ved navn Vestby; der skal være præcis én.",
    )
    assert not (tmp_path / "out").exists()
