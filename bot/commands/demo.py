"""`klynge demo`: the stand-in, the unchanged bot and an invented cluster; by hand in a browser, or by itself."""

from __future__ import annotations

import asyncio
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import log
from bot.rehearsal.cast import Cast, company, vestfjord
from bot.rehearsal.real_numbers import DEFAULT_MAPPING, UnusableData, read_group, read_mapping

PORT = 8090


class Mode(StrEnum):
    """How the stand-in reaches the bot."""

    SOCKET = "socket"
    HTTP = "http"


class Beginning(StrEnum):
    """Where the demo by hand begins; what is played before stands in `bot/rehearsal/guide/openings.py`."""

    EMPTY = "empty"
    ABOARD = "aboard"
    SPRING = "spring"
    CHARTS = "charts"


def demo(
    story: Annotated[bool, typer.Option("--story", help="Play the whole story headless and check it.")] = False,
    year: Annotated[bool, typer.Option("--year", help="With --story: a whole year of a small cluster.")] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers and the same transcript.")] = 1,
    out: Annotated[Path, typer.Option(help="Folder for the charts of the story.")] = Path("klynge-story"),
    mode: Annotated[Mode, typer.Option(help="How the stand-in reaches the bot.")] = Mode.SOCKET,
    data: Annotated[Path | None, typer.Option(help="CSV with real numbers, one row a practice.")] = None,
    group: Annotated[str, typer.Option(help="The group of practices in the CSV.")] = "",
    columns: Annotated[str, typer.Option(help="Which column holds what: field=column, comma between.")] = "",
    port: Annotated[int, typer.Option(help="Port of the page (demo by hand).")] = PORT,
    begin: Annotated[Beginning, typer.Option(help="Where the demo by hand begins.")] = Beginning.SPRING,
) -> None:
    """Try everything offline against the Slack stand-in."""
    log.set_up("ERROR", as_json=False)
    try:
        cast = _cast(seed, data, group, columns)
    except UnusableData as error:
        raise typer.BadParameter(str(error)) from None
    with tempfile.TemporaryDirectory(prefix="klynge-demo-") as folder:
        if story:
            from bot.rehearsal.story import perform, play_through
            from bot.rehearsal.year.story import play_the_year

            acts = play_the_year if year else play_through
            differences = asyncio.run(
                perform(cast, Path(folder), seed=seed, out=out, mode=mode.value, write=typer.echo, acts=acts)
            )
            raise typer.Exit(1 if differences else 0)
        from bot.rehearsal.demo import show

        asyncio.run(show(cast, Path(folder), seed=seed, port=port, mode=mode.value, begin=begin.value, say=typer.echo))


def _cast(seed: int, data: Path | None, group: str, columns: str) -> Cast:
    if data is None:
        if group or columns:
            raise UnusableData("--group and --columns belong to --data")
        return vestfjord(seed)
    if not data.is_file():
        raise UnusableData(f"there is no file {data}")
    from measures.packages.package import load

    package = load("kol")
    mapping = read_mapping(columns or DEFAULT_MAPPING, [field.id for field in package.fields])
    parts = [(measure.numerator, measure.denominator) for measure in package.measures]
    return company(read_group(data, group, mapping, parts))
