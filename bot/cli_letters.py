"""`klynge dead-letters`: what was given up, with ids, kinds and reasons only; try it again or let it lie."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer

from bot.cli_database import database_settings
from bot.settings import Settings
from cluster import dead_letters
from cluster.clock import SystemClock
from cluster.dead_letters import Letter
from storage.database import Database
from storage.unit_of_work import UnitOfWork, look

letters = typer.Typer(help="Messages and arrivals that were given up.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="As the list names it, such as outbox:57.", show_default=False)]


@letters.command("list")
def show() -> None:
    """List them, oldest first."""
    found = asyncio.run(_listed(database_settings()))
    for letter in found:
        where = f"cluster {letter.cluster_id}" if letter.cluster_id else "no cluster"
        when, why = f"{letter.at:%Y-%m-%d %H:%M} UTC", f"tries {letter.attempts}: {letter.reason}"
        typer.echo(f"{letter.name}  {letter.kind}  {where}  {when}  {why}")
    typer.echo(f"{len(found)} given up.")


@letters.command()
def retry(
    name: Name = "", everything: Annotated[bool, typer.Option("--all", help="All outgoing ones.")] = False
) -> None:
    """Send it once more, unless it stands in Slack after all. Needs the running bot to be noticed at its next tick."""
    if bool(name) == everything:
        raise typer.BadParameter("one name, or --all")
    typer.echo(f"{asyncio.run(_retry(database_settings(), name))} will be tried again.")


@letters.command()
def drop(name: Name) -> None:
    """Let it lie: it is not counted any more and goes when it has been kept long enough."""
    asyncio.run(_drop(database_settings(), name))
    typer.echo(f"{name} dropped.")


async def _listed(settings: Settings) -> Sequence[Letter]:
    database = Database(settings.database_url)
    try:
        async with look(database) as state:
            return await dead_letters.listed(state)
    finally:
        await database.close()


async def _retry(settings: Settings, name: str) -> int:
    found = [letter for letter in await _listed(settings) if name in ("", letter.name)]
    if name and not found:
        raise typer.BadParameter(f"{name} is not given up")
    if name and found[0].box == dead_letters.INBOX:
        raise typer.BadParameter(
            "what a member did is forgotten once it is given up, so it cannot be tried again: "
            "the member was asked to do it once more"
        )
    database = Database(settings.database_url)
    try:
        async with UnitOfWork(database) as uow:
            again = [letter for letter in found if letter.box == dead_letters.OUTBOX]
            for letter in again:
                await dead_letters.retry(uow, await dead_letters.get(uow, letter.id), now=SystemClock().now())
            await uow.commit()
        return len(again)
    finally:
        await database.close()


async def _drop(settings: Settings, name: str) -> None:
    found = [letter for letter in await _listed(settings) if letter.name == name]
    if not found:
        raise typer.BadParameter(f"{name} is not given up")
    database = Database(settings.database_url)
    try:
        async with UnitOfWork(database) as uow:
            await dead_letters.drop(uow, found[0], now=SystemClock().now())
            await uow.commit()
    finally:
        await database.close()


def register(app: typer.Typer) -> None:
    """Put the commands among the others."""
    app.add_typer(letters, name="dead-letters")
