"""Settings: every problem at once, no secret shown, every variable documented."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings, SettingsError, example

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"KLYNGE_SLACK_BOT_TOKEN": "xoxb-1-very-secret", "KLYNGE_SLACK_APP_TOKEN": "xapp-1-very-secret"}


def klynge(*words: str, **environment: str) -> tuple[int, str]:
    cleared = {f"KLYNGE_{name.upper()}": None for name in Settings.model_fields}
    result = CliRunner().invoke(app, list(words), env=cleared | environment)
    return result.exit_code, result.output


def test_all_problems_are_named_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = klynge(
        "check-config", KLYNGE_PORT="many", KLYNGE_MODE="pigeon", KLYNGE_KEEP_DAYS="3", KLYNGE_SLACK_API_URL="slack.com"
    )
    assert code == 2
    assert said.splitlines() == [
        "KLYNGE_SLACK_BOT_TOKEN: is needed",
        "KLYNGE_SLACK_APP_TOKEN: is needed",
        "KLYNGE_MODE: should be one of 'socket', 'http'",
        "KLYNGE_PORT: should be a whole number",
        "KLYNGE_KEEP_DAYS: should be at least 30",
        "KLYNGE_SLACK_API_URL: should begin with https://",
    ]


def test_http_mode_needs_the_signing_secret_instead_of_the_app_token() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(slack_bot_token="xoxb-1", mode="http")
    assert caught.value.problems == ["KLYNGE_SLACK_SIGNING_SECRET: is needed"]


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("slack_bot_token", "xoxp-secret", "KLYNGE_SLACK_BOT_TOKEN: should begin with xoxb-"),
        ("slack_api_url", "slack.com", "KLYNGE_SLACK_API_URL: should begin with https://"),
        (
            "database_url",
            "mysql://x",
            "KLYNGE_DATABASE_URL: should begin with sqlite+aiosqlite:// or postgresql+asyncpg://",
        ),
        ("database_url", "nonsense", "KLYNGE_DATABASE_URL: cannot be read"),
    ],
)
def test_wrong_value_is_explained_without_repeating_it(name: str, value: str, problem: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(**{"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1", name: value})
    assert caught.value.problems == [problem]


def test_check_config_shows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    url = "postgresql+asyncpg://klynge:very-secret@db/klynge"
    code, said = klynge("check-config", KLYNGE_DATABASE_URL=url, **GOOD)
    assert code == 0
    assert "very-secret" not in said
    assert "slack_bot_token = (set)" in said.splitlines()


def test_env_file_in_the_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        "\n".join([*(f"{name}={value}" for name, value in GOOD.items()), "KLYNGE_PORT=9999"])
    )
    code, said = klynge("check-config")
    assert (code, "port = 9999" in said.splitlines()) == (0, True)


def test_example_documents_every_setting() -> None:
    assert (ROOT / ".env.example").read_text() == example()


def test_migrate_tells_the_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from storage.migrate import newest

    monkeypatch.chdir(tmp_path)
    code, said = klynge("migrate", KLYNGE_DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}/klynge.db", **GOOD)
    assert (code, said) == (0, f"The database is at revision {newest()}.\n")


def test_healthcheck_without_a_bot_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert klynge("healthcheck", KLYNGE_PORT="1", **GOOD) == (1, "not answering\n")
