"""`klynge dead-letters`: what was given up, with ids, kinds and reasons only; try it again or let it lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.database import in_unit

if TYPE_CHECKING:
    from cluster.operations.dead_letters import DeadLetter
    from storage.unit_of_work import UnitOfWork

letters = typer.Typer(help="Messages and arrivals that were given up.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="As the list names it, such as outbox:57.", show_default=False)]
FORGOTTEN = (
    "what a member did is forgotten once it is given up, so it cannot be tried again: "
    "the member was asked to do it once more"
)


@letters.command("list")
def show() -> None:
    """List them, oldest first."""
    found = in_unit(_listed)
    for letter in found:
        where = f"cluster {letter.cluster_id}" if letter.cluster_id else "no cluster"
        when, why = f"{letter.at:%Y-%m-%d %H:%M} UTC", f"tries {letter.attempts}: {letter.reason}"
        typer.echo(f"{letter.name}  {letter.kind}  {where}  {when}  {why}")
    typer.echo(f"{len(found)} given up.")


@letters.command()
def retry(
    name: Name = "", everything: Annotated[bool, typer.Option("--all", help="All outgoing ones.")] = False
) -> None:
    """Send it once more, unless it stands in Slack after all. The running bot notices at its next tick."""
    if bool(name) == everything:
        raise typer.BadParameter("one name, or --all")
    typer.echo(f"{in_unit(lambda uow: _retry(uow, name))} will be tried again.")


@letters.command()
def drop(name: Name) -> None:
    """Let it lie: it is not counted any more and goes when it has been kept long enough."""
    in_unit(lambda uow: _drop(uow, name))
    typer.echo(f"{name} dropped.")


async def _listed(uow: UnitOfWork) -> Sequence[DeadLetter]:
    from cluster.operations import dead_letters

    return await dead_letters.listed(uow)


async def _retry(uow: UnitOfWork, name: str) -> int:
    from cluster.clock import SystemClock
    from cluster.operations import dead_letters

    found = [letter for letter in await dead_letters.listed(uow) if name in ("", letter.name)]
    if name and not found:
        raise typer.BadParameter(f"{name} is not given up")
    if name and found[0].box == dead_letters.INBOX:
        raise typer.BadParameter(FORGOTTEN)
    again = [letter for letter in found if letter.box == dead_letters.OUTBOX]
    for letter in again:
        await dead_letters.retry(uow, await dead_letters.get(uow, letter.id), now=SystemClock().now())
    await uow.commit()
    return len(again)


async def _drop(uow: UnitOfWork, name: str) -> None:
    from cluster.clock import SystemClock
    from cluster.operations import dead_letters

    found = [letter for letter in await dead_letters.listed(uow) if letter.name == name]
    if not found:
        raise typer.BadParameter(f"{name} is not given up")
    await dead_letters.drop(uow, found[0], now=SystemClock().now())
    await uow.commit()


def register(app: typer.Typer) -> None:
    """Put the commands among the others."""
    app.add_typer(letters, name="dead-letters")
