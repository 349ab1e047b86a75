"""The doctor says everything that is wrong, in the reader's language, and never a secret."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from sqlalchemy import make_url, text

from bot.doctor import examine
from bot.doctor.slack import SCOPES
from bot.problems import BadSetting
from bot.settings import Settings
from cluster.clock import SystemClock
from locales import texts_for
from storage.database import Database
from tests.bot.test_settings import klynge
from workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]


async def found(settings: Settings, problems: list[BadSetting] | None = None, language: str = "en") -> list[str]:
    return [each.lines() async for each in examine(settings, problems or [], SystemClock(), texts_for(language))]


def ill(lines: list[str]) -> list[str]:
    return [line.removeprefix("✘ ") for line in lines if line.startswith("✘")]


@pytest.mark.both_databases
async def test_doctor_finds_nothing_wrong_with_a_sound_bot(settings: Settings) -> None:
    lines = await found(settings)
    assert (ill(lines), len(lines)) == ([], 14)


async def test_doctor_sees_a_database_that_others_can_read(settings: Settings) -> None:
    await found(settings)
    file = Path(make_url(settings.database_url).database or "").resolve()  # noqa: ASYNC240
    file.chmod(0o644)
    assert ill(await found(settings)) == [
        f"Database: others on this machine can read {file}.\n"
        "    → Run klynge migrate as its owner, or chmod 600 it: it is for the bot's user alone."
    ]


async def test_doctor_speaks_danish(settings: Settings) -> None:
    assert "✔ Database: kan skrives til." in await found(settings, language="da")


async def test_doctor_names_missing_scopes(settings: Settings, world: Workspace) -> None:
    world.settings.scopes.remove("im:history")
    assert ill(await found(settings)) == [
        "Slack: the app lacks im:history.\n    → Paste manifest.yml into the app's page once more and reinstall the "
        "app."
    ]


async def test_doctor_does_not_know_what_slack_does_not_say(settings: Settings, world: Workspace) -> None:
    world.settings.scopes.clear()
    lines = await found(settings)
    assert ill(lines) == []
    assert [line for line in lines if line.startswith("?")] == [
        "? Slack: does not say what the app may do.\n"
        "    → Compare the scopes on the app's page with manifest.yml. Something in between may have left them out."
    ]


async def test_doctor_tells_refused_tokens_without_showing_them(settings: Settings) -> None:
    wrong = {"slack_bot_token": "xoxb-very-secret", "slack_app_token": "xapp-very-secret"}
    lines = await found(Settings(**(settings.model_dump() | wrong)))
    assert [line.split("\n")[0] for line in ill(lines)] == [
        "Slack: refuses the bot token (invalid_auth).",
        "Slack: refuses the app token (invalid_auth).",
    ]
    assert "very-secret" not in "".join(lines)


async def test_doctor_says_that_slack_does_not_answer(settings: Settings) -> None:
    lines = ill(await found(settings.model_copy(update={"slack_api_url": "http://127.0.0.1:9/api/"})))
    assert [line.partition(" (")[0] for line in lines] == ["Slack: does not answer", "Slack: does not answer"]


@pytest.mark.long
async def test_doctor_does_not_wait_for_ever_for_a_database(settings: Settings) -> None:
    """Something listens there and never says a word."""
    callers: list[asyncio.StreamWriter] = []
    silent = await asyncio.start_server(lambda _reader, writer: callers.append(writer), "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    address = f"postgresql+asyncpg://klynge:very-secret@127.0.0.1:{port}/klynge"
    async with asyncio.timeout(12):
        lines = ill(await found(settings.model_copy(update={"database_url": address})))
    for writer in callers:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
    silent.close()
    await silent.wait_closed()
    assert [line.partition(" (")[0] for line in lines] == ["Database: does not answer"]
    assert "very-secret" not in "".join(lines)


async def test_doctor_sends_to_the_newer_version(settings: Settings, database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await session.commit()
    assert [line.partition("→ ")[2] for line in ill(await found(settings))] == [
        "Install the newer version of Klyngebot."
    ]


async def test_doctor_asks_for_tables(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch(mode=0o600)
    empty = settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"})
    assert [line.partition("→ ")[2] for line in ill(await found(empty))] == ["Run klynge migrate."]


async def test_doctor_makes_no_database_where_there_is_none(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere" / "klynge.db"
    none = settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{file}"})
    assert [line.partition("\n")[0] for line in ill(await found(none))] == [f"Database: there is no file {file}."]
    assert not file.parent.exists()


async def test_doctor_tells_a_database_that_cannot_be_written_to(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the address looks like one of a folder, which is made
    await found(settings)  # the journal is there from now on
    address = f"sqlite+aiosqlite:///file:{tmp_path / 'klynge.db'}?mode=ro&uri=true"
    lines = ill(await found(settings.model_copy(update={"database_url": address})))
    assert [line.partition(" (")[0] for line in lines] == ["Database: cannot be written to"]


async def test_doctor_counts_dead_letters(settings: Settings, database: Database) -> None:
    async with database.write() as session:
        await session.execute(
            text(
                "INSERT INTO inbox (source_id, kind, person, body, state, received_at, next_at, attempts, error)"
                " VALUES ('e1', 'event:message', 'T:U', '{}', 'dead', '2026-01-01', '2026-01-01', 6, 'x')"
            )
        )
        await session.commit()
    assert [line.split("\n")[0] for line in ill(await found(settings))] == ["Dead letters: 1 message was abandoned."]


def test_doctor_with_wrong_settings_says_all_of_them_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = klynge(
        "doctor", "--language", "en", KLYNGE_PORT="many", KLYNGE_SLACK_BOT_TOKEN="xoxp-very-secret",
        KLYNGE_SLACK_API_URL="http://127.0.0.1:9/",
    )  # fmt: skip
    assert code == 1
    assert [line.partition(": ")[2].partition(":")[0] for line in said.splitlines() if "✘ Settings" in line] == [
        "KLYNGE_SLACK_APP_TOKEN",
        "KLYNGE_PORT",
        "KLYNGE_SLACK_BOT_TOKEN",
    ]
    assert "✔ Characters: charts can write æøå." in said.splitlines()
    assert "very-secret" not in said


def test_doctor_says_in_danish_what_is_wrong_with_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, said = klynge("doctor", KLYNGE_LEASE_SECONDS="0", KLYNGE_ROLE="boss", KLYNGE_MODE="http")
    assert [line for line in said.splitlines() if "Indstillinger" in line] == [
        "✘ Indstillinger: KLYNGE_SLACK_BOT_TOKEN: mangler",
        "✘ Indstillinger: KLYNGE_SLACK_SIGNING_SECRET: mangler",
        "✘ Indstillinger: KLYNGE_ROLE: skal være en af 'all', 'chat', 'worker'",
        "✘ Indstillinger: KLYNGE_LEASE_SECONDS: skal være mindst 1",
    ]


def test_migrate_needs_no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, _ = klynge("migrate", KLYNGE_DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}/klynge.db", KLYNGE_PORT="many")
    assert code == 0


def test_migrate_names_a_wrong_address_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = klynge("migrate", KLYNGE_DATABASE_URL="mysql://x", KLYNGE_PORT="many")
    assert (code, said) == (
        2,
        "KLYNGE_DATABASE_URL: should begin with sqlite+aiosqlite:// or postgresql+asyncpg://\n",
    )


def test_scopes_are_those_of_the_manifest() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    assert list(SCOPES) == manifest["oauth_config"]["scopes"]["bot"]
