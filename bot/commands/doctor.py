"""`klynge doctor`: is everything there that the bot needs, and what to do when it is not."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.commands.language import Lang
from bot.settings import read_usable
from locales import texts_for


def doctor(language: Annotated[Lang, typer.Option(help="Of the answer.")] = Lang.DA) -> None:
    """Look at settings, machine, database and Slack; name everything that is wrong and what to do. Exit code 0 or 1."""
    from bot import log
    from bot.doctor import examine
    from cluster.clock import SystemClock

    log.set_up("ERROR", as_json=False)
    t = texts_for(language)
    settings, problems = read_usable()

    async def go() -> int:
        ill = 0
        async for finding in examine(settings, problems, SystemClock(), t):
            ill += not finding.is_well
            typer.echo(finding.lines())
        return ill

    ill = asyncio.run(go())
    typer.echo("")
    typer.echo(t.n("{n} thing to look at.", "{n} things to look at.", ill) if ill else t("All is well."))
    raise typer.Exit(1 if ill else 0)


def register(app: typer.Typer) -> None:
    """Put the command among the others."""
    app.command()(doctor)
