"""The command ``klynge``."""

from __future__ import annotations

import asyncio
import contextlib
import html
import urllib.error
import urllib.request
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from bot import log
from bot.commands import database, deck, doctor, letters, measures, people
from bot.commands.demo import demo
from bot.commands.language import Lang
from bot.settings import Settings, SettingsError, read_settings
from cluster.clock import SystemClock

app = typer.Typer(
    help="Klyngebot: runs the working life of a Danish kvalitetsklynge in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
HEALTH_SECONDS = 5
app.command()(demo)
measures.register(app)
deck.register(app)
database.register(app)
doctor.register(app)
letters.register(app)
people.register(app)


class ProcessRole(StrEnum):
    """What a process of several does."""

    ALL = "all"
    CHAT = "chat"
    WORKER = "worker"


def main() -> None:
    """Entry point of the installed command."""
    app()


def _say_version(wanted: bool) -> None:
    if wanted:
        try:
            typer.echo(version("klyngebot"))
        except PackageNotFoundError:
            typer.echo("klyngebot from a source folder")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    """Options before the command."""


def _settings(**given: str) -> Settings:
    try:
        return read_settings(**given)
    except SettingsError as error:
        for problem in error.problems:
            typer.echo(problem, err=True)
        raise typer.Exit(2) from None


@app.command()
def run(
    role: Annotated[ProcessRole | None, typer.Option(help="What this process does; KLYNGE_ROLE without it.")] = None,
) -> None:
    """Run the bot until it is told to stop (Ctrl-C or SIGTERM), then finish what is in hand."""
    settings = _settings(**({"role": role.value} if role else {}))
    log.set_up(settings.log_level, as_json=settings.log_json)
    from bot.service import NotStartedError, serve

    work = serve(
        settings,
        started=lambda runtime: typer.echo(f"Klyngebot is running. Health: {runtime.http_url}/healthz", err=True),
    )
    try:
        asyncio.run(work)
    except NotStartedError as error:
        typer.echo(f"Klyngebot could not start: {error}. klynge doctor says more, and what to do.", err=True)
        raise typer.Exit(1) from None


@app.command()
def check_config() -> None:
    """Look at all settings and name every problem; secrets are never shown."""
    settings = _settings()
    for name in type(settings).model_fields:
        typer.echo(f"{name} = {_shown(settings, name)}")


def _shown(settings: Settings, name: str) -> str:
    from pydantic import SecretStr
    from sqlalchemy import make_url

    value = getattr(settings, name)
    if isinstance(value, SecretStr):
        return "(set)" if value.get_secret_value() else "(empty)"
    if name == "database_url":
        return make_url(value).render_as_string(hide_password=True)
    return str(value)


@app.command()
def import_roster(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or XLSX with one row a person.")],
    cluster: Annotated[str, typer.Option(help="Name of the cluster, as in /klynge opsæt.")],
    yes: Annotated[bool, typer.Option("--yes", help="Save without asking.")] = False,
    language: Annotated[Lang, typer.Option(help="Of the answer.")] = Lang.DA,
) -> None:
    """Read a list of members: shows what would change, and saves it after a yes."""
    settings = _settings()
    from bot.commands.cluster_named import NotOneClusterError
    from bot.commands.roster_import import ImportRefusedError, Keyboard
    from bot.commands.roster_import import import_roster as read
    from locales import texts_for

    t = texts_for(language)

    def agree() -> bool:
        return yes or typer.confirm(t("Save this list?"))

    try:
        keyboard = Keyboard(t, lambda words: typer.echo(html.unescape(words)), agree)  # escaped for Slack
        work = read(settings, SystemClock(), file.read_bytes(), file.name, cluster=cluster, keyboard=keyboard)
        saved = database.run_or_say(work)
    except (ImportRefusedError, NotOneClusterError) as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None
    typer.echo(t("The list is saved.") if saved else t("Nothing was saved."))


@app.command()
def healthcheck() -> None:
    """Ask the running bot on this machine whether it is alive; the exit code answers."""
    settings = _settings()
    host = "127.0.0.1" if settings.host in {"0.0.0.0", ""} else settings.host  # noqa: S104 - compared, not bound
    with contextlib.suppress(urllib.error.URLError, OSError):
        url = f"http://{host}:{settings.port}/healthz"
        with urllib.request.urlopen(url, timeout=HEALTH_SECONDS) as answer:
            if answer.status == 200:
                typer.echo("alive")
                return
    typer.echo("not answering", err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    main()
