"""`klynge deck`: the meeting's deck as files, for whoever runs the bot. Practices' own pages go out in private only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.database import run_or_say, settings_of_a_database
from bot.commands.language import Lang
from bot.settings import Settings
from locales import Texts, texts_for


class NoDeckError(Exception):
    """There is no deck to make, in words."""


def deck(
    cluster: Annotated[str, typer.Argument(help="Name of the cluster, as in /klynge opsæt.")],
    out: Annotated[Path, typer.Option(help="Folder for the files.")] = Path(),
    language: Annotated[Lang, typer.Option(help="Of the files.")] = Lang.DA,
) -> None:
    """Write the deck of the newest charts: PDF, presentation, and the coordinator's page."""
    from bot.commands.cluster_named import NotOneClusterError

    settings, t = settings_of_a_database(), texts_for(language)
    try:
        files = run_or_say(deck_files(settings, cluster, t))
    except (NoDeckError, NotOneClusterError) as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
        typer.echo(str(out / name))


async def deck_files(settings: Settings, name: str, t: Texts) -> dict[str, bytes]:
    """The deck's files by name; NotOneClusterError, or NoDeckError when there are no charts."""
    from bot.commands.cluster_named import cluster_named
    from cluster.charts import decks
    from cluster.clock import SystemClock
    from handlers.charts.deck import agenda_of, deck_of, files_of
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

    database = Database(settings.database_url)
    try:
        async with UnitOfWork(database) as uow:
            named = await cluster_named(uow, name, t)
            release = await decks.newest_release(uow, named.id)
            sight = await decks.projector_sight(uow, release.id) if release is not None else None
            if sight is None:
                raise NoDeckError(t("There is nothing to show yet: send the charts first, with /klynge grafer."))
            pdf, pptx, brief = files_of(deck_of(sight, t, await agenda_of(uow, sight)))
            package = sight.round.package_id
            decks.note_made(uow, sight.round.id, named.id, actor_id=None, now=SystemClock().now())
            await uow.commit()
    finally:
        await database.close()
    stem = t("deck-{package}", package=package)
    return {f"{stem}.pdf": pdf, f"{stem}.pptx": pptx, t("coordinator-{package}.pdf", package=package): brief}


def register(app: typer.Typer) -> None:
    """Put the command among the others."""
    app.command()(deck)
