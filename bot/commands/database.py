"""`klynge migrate`, `backup` and `restore`: work on the database asks nothing of Slack, so it needs no tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.settings import Settings, SettingsError, read_for_database

if TYPE_CHECKING:
    from cluster.operations.restored import Restored
    from storage.unit_of_work import UnitOfWork

Result = TypeVar("Result")
Programs = Annotated[Path | None, typer.Option(help="Folder of pg_dump, pg_restore and psql, when not on the path.")]


def database_settings() -> Settings:
    """The settings, or the end of the command with every problem of the database's address."""
    try:
        return read_for_database()
    except SettingsError as error:
        typer.echo("\n".join(error.problems), err=True)
        raise typer.Exit(2) from None


def in_unit(work: Callable[[UnitOfWork], Awaitable[Result]]) -> Result:
    """The result of work in one transaction; what it needs is loaded now, not with the command line."""
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

    settings = settings_of_a_database()

    async def go() -> Result:
        database = Database(settings.database_url)
        try:
            async with UnitOfWork(database) as uow:
                return await work(uow)
        finally:
            await database.close()

    return run_or_say(go())


def settings_of_a_database() -> Settings:
    """The settings, when there is a database: a command in the wrong folder must not begin a new, empty one."""
    from storage.sqlite_file import missing_file

    settings = database_settings()
    if file := missing_file(settings.database_url):
        typer.echo(f"There is no database {file}. Run this in the bot's folder, with its settings.", err=True)
        raise typer.Exit(1)
    return settings


def run_or_say(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of work on the database, or the end of the command with a sentence instead of a traceback."""
    from asyncpg import InterfaceError, PostgresError
    from sqlalchemy.exc import DBAPIError

    from bot.log import describe

    try:
        return asyncio.run(work)
    except (DBAPIError, PostgresError, InterfaceError, OSError, TimeoutError) as error:
        why = str(error) if isinstance(error, OSError) else describe(error)
        typer.echo(f"The database cannot be used: {why}. klynge doctor says more, and what to do.", err=True)
        raise typer.Exit(1) from None


def migrate() -> None:
    """Create or change the tables of the database."""
    settings = database_settings()

    async def go() -> None:
        from storage.database import Database
        from storage.migrate import NewerDatabaseError, revision
        from storage.migrate import migrate as to_newest

        database = Database(settings.database_url)
        try:
            await to_newest(database)
            typer.echo(f"The database is at revision {await revision(database)}.")
        except NewerDatabaseError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None
        finally:
            await database.close()

    run_or_say(go())


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")], programs: Programs = None
) -> None:
    """Copy the database into a file, also while the bot runs, and read the copy through."""
    from bot.backup import BackupError, back_up

    try:
        revision = back_up(database_settings(), file, programs)
    except BackupError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(
        f"{file}: whole, revision {revision}, {file.stat().st_size} bytes. It holds personal data: keep it safe."
    )


def restore(
    file: Annotated[Path, typer.Argument(help="A file that klynge backup wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Replace what the database holds now.")] = False,
    programs: Programs = None,
) -> None:
    """Put a backup in the place of the database. Stop the bot first; see docs/operations.md for what is lost."""
    from bot.backup import BackupError
    from bot.backup import restore as put_back
    from cluster.clock import SystemClock

    work = put_back(database_settings(), file, SystemClock(), overwrite=yes, programs=programs)
    try:
        done = run_or_say(work)
    except BackupError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Restored revision {done.revision}.")
    if done.kept:
        typer.echo(f"What was there before is in {done.kept}.")
    _say(done.made_safe)


def after_restore(
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
) -> None:
    """Make a database safe that was put back by other means: pg_restore, a snapshot, a point in time. Stop the bot."""
    from bot.backup import make_usable
    from cluster.clock import SystemClock

    settings = settings_of_a_database()
    if not yes:
        typer.confirm("Was the database put back, and is the bot stopped?", abort=True)
    _say(run_or_say(make_usable(settings, SystemClock())))


def _say(safe: Restored) -> None:
    known = f"The newest thing it knows of is from {safe.as_of}." if safe.as_of else "It knows of nothing yet."
    typer.echo(known)
    typer.echo(
        f"{safe.looked_for} messages are looked for in Slack before they are sent; {safe.left_out} are too late."
    )
    if safe.held:
        typer.echo(f"{safe.held} steps are held: see klynge dead-letters list, and retry those that should happen.")


def register(app: typer.Typer) -> None:
    """Put the commands among the others."""
    for command in (migrate, backup, restore, after_restore):
        app.command()(command)
