"""Commands that find no usable database say so in a sentence, and make none."""

from __future__ import annotations

import asyncio
import io
import os
import signal
from pathlib import Path

import pytest

from bot.service import NotStartedError, serve
from bot.settings import Settings
from tests.bot.test_settings import GOOD, klynge

NOBODY = "postgresql+asyncpg://klynge:very-secret@127.0.0.1:9/klynge"
COMMANDS = [
    ("dead-letters", "list"),
    ("dead-letters", "retry", "--all"),
    ("personal-data", "anna@example.dk"),
    ("forget-member", "anna@example.dk", "--yes"),
    ("forget-numbers", "--cluster", "Klynge Nord"),
    ("forget-numbers", "12", "--yes"),
    ("deck", "Klynge Nord"),
    ("after-restore", "--yes"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_command_in_the_wrong_folder_begins_no_database(words: tuple[str, ...], folder: Path) -> None:
    code, said = klynge(*words)
    assert (code, said) == (
        1,
        f"There is no database {folder.resolve() / 'klynge.db'}. Run this in the bot's folder, with its settings.\n",
    )
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("words", [*COMMANDS, ("migrate",)], ids=" ".join)
def test_database_that_does_not_answer_is_said_in_a_sentence(words: tuple[str, ...]) -> None:
    code, said = klynge(*words, KLYNGE_DATABASE_URL=NOBODY)
    assert (code, len(said.splitlines())) == (1, 1)
    assert said.startswith("The database cannot be used: ")
    assert "very-secret" not in said


def test_database_without_tables_is_said_in_a_sentence(folder: Path) -> None:
    (folder / "klynge.db").touch()
    code, said = klynge("dead-letters", "list")
    assert (code, said.partition(" at ")[0]) == (1, "The database cannot be used: OperationalError")


def test_backup_of_nothing_is_said(folder: Path) -> None:
    code, said = klynge("backup", "kept")
    assert (code, said) == (1, f"There is no database {folder.resolve() / 'klynge.db'}, or it is empty.\n")
    assert list(folder.iterdir()) == []


def test_run_says_why_it_could_not_start() -> None:
    code, said = klynge("run", KLYNGE_DATABASE_URL=NOBODY, KLYNGE_LOG_LEVEL="ERROR", **GOOD)
    assert (code, len(said.splitlines())) == (1, 1)
    assert said.startswith("Klyngebot could not start: ")
    assert "very-secret" not in said


async def test_refused_token_keeps_it_from_starting(settings: Settings) -> None:
    with pytest.raises(NotStartedError, match=r"^SlackApiError invalid_auth at "):
        await serve(Settings(**(settings.model_dump() | {"slack_bot_token": "xoxb-wrong"})))


async def test_told_to_stop_while_it_waits_for_slack_it_stops(settings: Settings, lines: io.StringIO) -> None:
    waiting = asyncio.create_task(serve(settings.model_copy(update={"slack_api_url": "http://127.0.0.1:9/api/"})))
    async with asyncio.timeout(20):
        while "slack.unreachable" not in lines.getvalue():  # noqa: ASYNC110 - as in tests/conftest.py
            await asyncio.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)
        assert await waiting is None


def test_personal_data_are_not_put_where_others_may_read(migrated_file: Path, folder: Path) -> None:
    (folder / "anna.json").touch(mode=0o644)
    address = f"sqlite+aiosqlite:///{migrated_file}"
    code, said = klynge("personal-data", "anna@example.dk", "--out", "anna.json", KLYNGE_DATABASE_URL=address)
    assert (code, said) == (1, "anna.json exists already: choose another name.\n")


def test_cluster_that_nobody_knows_has_no_rounds(migrated_file: Path) -> None:
    address = f"sqlite+aiosqlite:///{migrated_file}"
    code, said = klynge("forget-numbers", "--cluster", "Klynge Nord", KLYNGE_DATABASE_URL=address)
    assert (code, said) == (1, "No cluster is named Klynge Nord, or it has no rounds.\n")
