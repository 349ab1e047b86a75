"""`klynge demo`: the stand-in, the unchanged bot and an invented cluster; by hand in a browser, or by itself."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot import log
from bot.rehearsal.cast import Cast, company, vestfjord
from bot.rehearsal.demo import show
from bot.rehearsal.real_numbers import DEFAULT_MAPPING, UnusableData, read_group, read_mapping
from bot.rehearsal.story import perform
from measures.package import load

PORT = 8090


def demo(
    story: Annotated[bool, typer.Option("--story", help="Play the whole story headless and check it.")] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers and the same transcript.")] = 1,
    out: Annotated[Path, typer.Option(help="Folder for the charts of the story.")] = Path("klynge-story"),
    mode: Annotated[str, typer.Option(help="socket or http: how the stand-in reaches the bot.")] = "socket",
    data: Annotated[Path | None, typer.Option(help="CSV with real numbers, one row a practice.")] = None,
    group: Annotated[str, typer.Option(help="The group of practices in the CSV.")] = "",
    columns: Annotated[str, typer.Option(help="Which column holds what: field=column, comma between.")] = "",
    port: Annotated[int, typer.Option(help="Port of the page (demo by hand).")] = PORT,
) -> None:
    """Try everything offline against the Slack stand-in."""
    log.set_up("ERROR", as_json=False)
    try:
        cast = _cast(seed, data, group, columns)
    except UnusableData as error:
        raise typer.BadParameter(str(error)) from None
    if mode not in {"socket", "http"}:
        raise typer.BadParameter("mode is socket or http")
    with tempfile.TemporaryDirectory(prefix="klynge-demo-") as folder:
        if story:
            differences = asyncio.run(perform(cast, Path(folder), seed=seed, out=out, mode=mode, write=typer.echo))
            raise typer.Exit(1 if differences else 0)
        asyncio.run(show(cast, Path(folder), seed=seed, port=port, mode=mode, say=typer.echo))


def _cast(seed: int, data: Path | None, group: str, columns: str) -> Cast:
    if data is None:
        if group or columns:
            raise UnusableData("--group and --columns belong to --data")
        return vestfjord(seed)
    if not data.is_file():
        raise UnusableData(f"there is no file {data}")
    fields = [field.id for field in load("kol").fields]
    numbers = read_group(data, group, read_mapping(columns or DEFAULT_MAPPING), fields)
    return company(numbers)
