"""`klynge migrate`: work on the database that asks nothing of Slack, so it needs no tokens."""

from __future__ import annotations

import asyncio

import typer

from bot.settings import Settings, SettingsError, read_for_database


def database_settings() -> Settings:
    """The settings, or the end of the command with every problem of the database's address."""
    try:
        return read_for_database()
    except SettingsError as error:
        typer.echo("\n".join(error.problems), err=True)
        raise typer.Exit(2) from None


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

    asyncio.run(go())


def register(app: typer.Typer) -> None:
    """Put the commands among the others."""
    app.command()(migrate)
