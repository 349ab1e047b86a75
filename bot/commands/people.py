"""`klynge personal-data`, `forget-member` and `forget-numbers`: what a person may ask of whoever runs the bot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot.commands.database import in_unit
from cluster.subjects import MEMBER

Who = Annotated[str, typer.Argument(help="Member id, e-mail address or Slack user id.", show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking; it cannot be undone.")]


def personal_data(
    who: Who, out: Annotated[Path | None, typer.Option(help="File to write; else it is shown here.")] = None
) -> None:
    """Give out everything that is kept about a person, as JSON."""

    if out is not None and (out.exists() or not out.parent.is_dir()):
        _stop(f"{out} exists already: choose another name." if out.exists() else f"There is no folder {out.parent}.")

    async def collect(uow: Any) -> list[dict[str, Any]]:
        from cluster import audit
        from cluster.clock import SystemClock
        from cluster.members import person_data

        members = await person_data.find(uow, who)
        data = [await person_data.data_of(uow, member) for member in members]
        for member in members:
            subject = MEMBER.about(member.id)
            audit.note(uow, "member.exported", subject, now=SystemClock().now(), cluster_id=member.cluster_id)
        await uow.commit()
        return data

    found = in_unit(collect)
    if not found:
        _stop(f"Nobody goes by {who}.")
    written = json.dumps(found, ensure_ascii=False, indent=2)
    if out is None:
        typer.echo(written)
        return
    out.touch(mode=0o600)  # a new file: one that is there keeps the rights it has
    out.write_text(written + "\n")
    typer.echo(str(out))


def forget_member(who: Who, yes: Yes = False) -> None:
    """Take away a person's name, addresses and words in all clusters; what they counted in stays counted."""
    if not yes:
        typer.confirm(f"Forget {who} for good?", abort=True)

    async def forget(uow: Any) -> int:
        from cluster.clock import SystemClock
        from cluster.errors import ClusterError
        from cluster.members import person_data

        found = await person_data.find(uow, who)
        for member in found:
            try:
                await person_data.forget_member(uow, member, now=SystemClock().now())
            except ClusterError:
                _stop(f"Cluster {member.cluster_id} would be left without a coordinator: name another one first.")
        await uow.commit()
        return len(found)

    count = in_unit(forget)
    if not count:
        _stop(f"Nobody goes by {who}.")
    where = "one cluster" if count == 1 else f"{count} clusters"
    typer.echo(f"Forgotten in {where}. Backups and Slack still remember: see docs/operations.md.")


def forget_numbers(
    round_id: Annotated[int | None, typer.Argument(metavar="ROUND", help="Id of the round.")] = None,
    cluster: Annotated[str, typer.Option(help="Only list the rounds of this cluster.")] = "",
    yes: Yes = False,
) -> None:
    """Delete all numbers of a round, and what its charts were made from. With --cluster: list the rounds."""
    if (round_id is None) == (not cluster):
        raise typer.BadParameter("a round, or --cluster")
    if round_id is None:
        rounds = in_unit(lambda uow: _rounds(uow, cluster))
        if not rounds:
            _stop(f"No cluster is named {cluster}, or it has no rounds.")
        for line in rounds:
            typer.echo(line)
        return
    if not yes:
        typer.confirm(f"Delete the numbers of round {round_id} for good?", abort=True)

    async def forget(uow: Any) -> int | None:
        from cluster.clock import SystemClock
        from cluster.operations import forgetting
        from storage.models import Round

        round_ = await uow.session.get(Round, round_id)
        if round_ is None:
            return None
        count = await forgetting.forget_numbers(uow, round_, now=SystemClock().now())
        await uow.commit()
        return count

    count = in_unit(forget)
    if count is None:
        _stop(f"There is no round {round_id}.")
    typer.echo(f"{count} answers deleted. Backups and Slack still remember: see docs/operations.md.")


async def _rounds(uow: Any, cluster: str) -> list[str]:
    from cluster.operations import forgetting

    return [
        f"{each.id}  {each.package_id}  {each.period_start} – {each.period_end}  {each.state}"
        for each in await forgetting.rounds_of(uow, cluster)
    ]


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Put the commands among the others."""
    for command in (personal_data, forget_member, forget_numbers):
        app.command()(command)
