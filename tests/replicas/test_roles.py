"""Which process does what: what may be set, and that every name called heavy is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.receiving.inbox import heavy_kinds
from bot.settings import Settings, SettingsError
from handlers.feature import Feature, merge
from handlers.table import TABLE

POSTGRESQL = "postgresql+asyncpg://klynge@db/klynge"


@pytest.mark.parametrize("role", ["chat", "worker"])
def test_sqlite_has_room_for_one_process_that_does_all(role: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", role=role)
    assert caught.value.problems == [
        f"KLYNGE_ROLE: {role} needs PostgreSQL; SQLite has room for only one process, which does everything"
    ]


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_worker_needs_nothing_by_which_slack_would_reach_it(mode: str) -> None:
    settings = Settings(slack_bot_token="xoxb-1", role="worker", mode=mode, database_url=POSTGRESQL)
    assert settings.role == "worker"


def test_role_on_the_command_line_goes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    environment = {"KLYNGE_SLACK_BOT_TOKEN": "xoxb-1", "KLYNGE_SLACK_APP_TOKEN": "xapp-1", "KLYNGE_ROLE": "worker"}
    result = CliRunner().invoke(app, ["run", "--role", "chat"], env=environment)
    assert (result.exit_code, result.output) == (
        2,
        "KLYNGE_ROLE: chat needs PostgreSQL; SQLite has room for only one process, which does everything\n",
    )


def test_every_heavy_name_is_a_name_of_the_table() -> None:
    known = [TABLE.commands, TABLE.actions, TABLE.forms, TABLE.events, TABLE.notices]
    assert TABLE.heavy - {name for names in known for name in names} == set()


def test_heavy_arrivals_are_known_by_the_kind_of_their_row() -> None:
    routes = merge([Feature(events={"message": TABLE.events["message"]}, notices={}, heavy={"message", "deck.ready"})])
    assert heavy_kinds(routes) == ("event:message",)
