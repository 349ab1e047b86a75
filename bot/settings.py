"""What can be set from outside, read in this one place from ``KLYNGE_…`` variables and an optional ``.env`` file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field, SecretStr, ValidationError, ValidatorFunctionWrapHandler, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.problems import BadSetting, from_fault
from locales import N_, texts_for

PREFIX = "KLYNGE_"
LOOPBACK = ("http://127.0.0.1:", "http://localhost:")
"""Where nobody listens in between."""


class SettingsError(Exception):
    """The settings cannot be used. ``problems`` holds every one of them, each a line without any secret in it."""

    def __init__(self, found: list[BadSetting]) -> None:
        self.found = found
        self.problems = [each.said(texts_for("en")) for each in found]
        super().__init__("; ".join(self.problems))


class Settings(BaseSettings):
    """Everything the program needs to know before it starts."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)
    is_strict: ClassVar[bool] = True

    slack_bot_token: SecretStr = Field(SecretStr(""), description="Bot token (xoxb-…) of the installed app.")
    slack_app_token: SecretStr = Field(
        SecretStr(""), description="App-level token (xapp-…) with connections:write; needed in socket mode."
    )
    slack_signing_secret: SecretStr = Field(
        SecretStr(""), description="Signing secret that proves requests come from Slack; needed in http mode."
    )
    slack_api_url: str = Field("https://slack.com/api/", description="Web API of Slack, or of anything that speaks it.")
    database_url: str = Field(
        "sqlite+aiosqlite:///klynge.db",
        description="sqlite+aiosqlite:///FILE for one process, postgresql+asyncpg://USER:PASSWORD@HOST/NAME for more.",
    )
    database_pool: int = Field(
        20,
        ge=20,  # sixteen things are in hand at once, and who knocks at the door must find one free
        le=200,
        description="How many connections to PostgreSQL a process may have open, beside the one by which it is woken.",
    )
    role: Literal["all", "chat", "worker"] = Field(
        "all",
        description="What a process does: all, chat (listens and answers) or worker (sends, reads files, draws charts)."
        " More than one process needs PostgreSQL.",
    )
    mode: Literal["socket", "http"] = Field(
        "socket", description="How Slack reaches us: socket (we call Slack) or http (Slack calls us)."
    )
    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 inside a container.")
    port: int = Field(
        8080, ge=0, le=65535, description="Port for health checks, members' calendars and, in http mode, for Slack."
    )
    public_url: str = Field(
        "",
        description="Where members' calendars reach us from the internet, `https://bot.example.dk`; empty: not at all.",
    )
    lease_seconds: float = Field(
        60, ge=1, le=600, description="How long a process may hold a message before another takes it over."
    )
    tick_seconds: float = Field(5, gt=0, le=60, description="How often the schedule is looked at.")
    pace_factor: float = Field(
        1, gt=0, description="Speed of sending compared with Slack's published limits; raise it only in rehearsals."
    )
    lag_seconds: float = Field(
        300,
        gt=0,
        description="How long an arrival or an answer may wait before `/readyz` says that we lag.",
    )
    silence_seconds: float = Field(
        60, ge=1, description="How long the socket may be silent before it is thrown away and opened anew."
    )
    keep_days: int = Field(
        90,
        ge=30,
        description="How many days settled arrivals and sent messages are kept before they are deleted.",
    )
    keep_years: int = Field(
        0,
        ge=0,
        le=100,
        description="How many years numbers, answers and attendance are kept; 0 is until asked to delete.",
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="When set, `/metrics` answers only to `Authorization: Bearer` with it."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")
    log_json: bool = Field(True, description="Log lines as JSON (true) or for the eye (false).")

    @model_validator(mode="wrap")
    @classmethod
    def check_all(cls, values: Any, handler: ValidatorFunctionWrapHandler) -> Settings:
        """Collect every problem instead of stopping at the first."""
        given = {str(name): value for name, value in dict(values).items()}
        if not cls.is_strict:
            usable: Settings = _as_far_as_possible(given, handler)
            return usable
        problems = _missing(given)
        try:
            made: Settings = handler(values)
        except ValidationError as error:
            problems += [from_fault(_variable(fault["loc"]), fault) for fault in error.errors(include_input=False)]
            made = _as_far_as_possible(given, handler)
        problems += _wrong(made)
        if problems:
            raise SettingsError(problems)
        return made


class UsableSettings(Settings):
    """As much of the settings as can be used: what is wrong or missing has its default."""

    is_strict = False


def read_settings(**given: Any) -> Settings:
    """The settings as the environment and ``.env`` in the current folder give them; SettingsError with all problems.

    What is ``given`` goes before both.
    """
    return Settings(_env_file=_env_file(), **given)


def read_usable() -> tuple[Settings, list[BadSetting]]:
    """What can be used of the settings, and all problems."""
    try:
        return read_settings(), []
    except SettingsError as error:
        return UsableSettings(_env_file=_env_file()), error.found


def read_for_database() -> Settings:
    """The settings for work that asks nothing of Slack: only the database's address must be right."""
    usable, problems = read_usable()
    if ours := [problem for problem in problems if problem.variable == f"{PREFIX}DATABASE_URL"]:
        raise SettingsError(ours)
    return usable


def _env_file() -> str | None:
    return ".env" if Path(".env").exists() else None


def _as_far_as_possible(given: dict[str, Any], handler: ValidatorFunctionWrapHandler) -> Any:
    try:
        return handler(given)
    except ValidationError as error:
        wrong = {str(fault["loc"][0]) for fault in error.errors(include_input=False)}
        return handler({name: value for name, value in given.items() if name not in wrong})


def example() -> str:
    """``.env.example``: every variable with its default and what it is for."""
    lines = ["# Settings of Klyngebot. Copy to .env and fill in; every line is optional unless it says needed.", ""]
    for name, field in Settings.model_fields.items():
        default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        lines += [f"# {field.description}", f"{PREFIX}{name.upper()}={shown}", ""]
    return "\n".join(lines)


def _variable(place: tuple[int | str, ...]) -> str:
    return PREFIX + "_".join(str(part) for part in place).upper()


def _missing(given: dict[str, Any]) -> list[BadSetting]:
    needed = ["slack_bot_token"]
    if given.get("role") != "worker":  # nobody calls a worker
        needed.append("slack_signing_secret" if given.get("mode") == "http" else "slack_app_token")
    return [_problem(name, N_("is needed")) for name in needed if not _plain(given.get(name))]


def _plain(value: Any) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value or "")


def _problem(name: str, reason: str, **named: str) -> BadSetting:
    return BadSetting(f"{PREFIX}{name.upper()}", reason, named)


def _wrong(made: Settings) -> list[BadSetting]:
    beginning, problems = N_("should begin with {start}"), []
    for name, start in (("slack_bot_token", "xoxb-"), ("slack_app_token", "xapp-")):
        token = getattr(made, name).get_secret_value()
        if token and not token.startswith(start):
            problems.append(_problem(name, beginning, start=start))
    if not made.slack_api_url.startswith(("https://", "http://")):
        problems.append(_problem("slack_api_url", beginning, start="https://"))
    if made.public_url and not made.public_url.startswith(("https://", *LOOPBACK)):
        problems.append(_problem("public_url", beginning, start="https://"))
    try:
        driver = make_url(made.database_url).drivername
        if driver == "sqlite+aiosqlite" and made.role != "all":
            reason = N_("{role} needs PostgreSQL; SQLite has room for only one process, which does everything")
            problems.append(_problem("role", reason, role=made.role))
        if driver not in {"sqlite+aiosqlite", "postgresql+asyncpg"}:
            reason = N_("should begin with sqlite+aiosqlite:// or postgresql+asyncpg://")
            problems.append(_problem("database_url", reason))
    except ArgumentError:
        problems.append(_problem("database_url", N_("cannot be read")))
    return problems
