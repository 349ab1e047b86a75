"""Writes tables into the pages, of commands and of what is kept, and the hint into the manifest, as the rooms say them.

``make pages`` writes; a house test holds that nothing is left to write. What stands between the marks is made, and is
changed where it is said: ``Command.told`` and the Danish catalogue, ``cluster.kept.KeptTable``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

from cluster.rooms import KEPT
from handlers.feature import Command, FeatureTable, Told
from handlers.overview.help import usage_hint
from locales import Texts, texts_for

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- made: written by make pages -->", "<!-- end of what is made -->"


def told(table: FeatureTable) -> list[tuple[Command, Told]]:
    """Every command of which the pages say something, in the order of the work."""
    found = [(command, command.told) for command in table.said if command.told is not None]
    return sorted(found, key=lambda each: each[1].place)


def overview(table: FeatureTable, t: Texts) -> list[str]:
    """README: a line for each part of the work, with the commands that belong to it."""
    lines = ["| Koordinatoren skriver | og så sker der |", "|---|---|"]
    shown = [each for each in told(table) if each[1].readme]
    for _, part in groupby(shown, key=lambda each: each[1].place // 10):
        same = list(part)
        names = ", ".join(f"`{command.names[0]}`" for command, _ in same)
        lines.append(f"| {names.replace('`', '`/klynge ', 1)} | {'; '.join(t(said.readme) for _, said in same)} |")
    return lines


def for_coordinators(table: FeatureTable, t: Texts) -> list[str]:
    """All commands, for whom, and what they do."""
    lines = ["| Kommando | Hvem | Hvad |", "|---|---|---|"]
    for command, said in told(table):
        who = "koordinator" if command.leads else "alle"
        lines.append(f"| {_names(command)} | {who} | {t(said.coordinator)} |")
    return lines


def for_members(table: FeatureTable, t: Texts) -> list[str]:
    """The commands that a member has use for."""
    lines = ["| Skriv | og få |", "|---|---|"]
    for command, said in told(table):
        if said.member:
            name = "" if "" in command.names else f" {command.names[0]}"
            lines.append(f"| `/klynge{name}` | {t(said.member)} |")
    return lines


def kept(_table: FeatureTable, _t: Texts) -> list[str]:
    """How long what is kept: a row for each ten of places."""
    lines = ["| what | goes by itself | goes on request | tables |", "|---|---|---|---|"]
    placed = sorted((one.place, table, one) for table, one in KEPT.items())
    for _, part in groupby(placed, key=lambda each: each[0] // 10):
        row = list(part)
        what = ", ".join(dict.fromkeys(one.what for _, _, one in row))
        by_itself = "; ".join(dict.fromkeys(one.by_itself for _, _, one in row))
        on_request = "; ".join(dict.fromkeys(one.on_request for _, _, one in row))
        lines.append(f"| {what} | {by_itself} | {on_request} | {', '.join(f'`{name}`' for _, name, _ in row)} |")
    return lines


PAGES: dict[str, Callable[[FeatureTable, Texts], list[str]]] = {
    "README.md": overview,
    "docs/koordinator.md": for_coordinators,
    "docs/medlem.md": for_members,
    "docs/privacy.md": kept,
}


def put(page: str, lines: Iterable[str]) -> str:
    """A page with what stands between its marks made again; ValueError when it has no marks."""
    before, mark, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (mark and end):
        raise ValueError(f"no {BEGIN} … {END}")
    return "\n".join([f"{before}{BEGIN}", *lines, f"{END}{after}"])


def pages(table: FeatureTable, root: Path = ROOT) -> dict[str, str]:
    """Every page that is partly made, as it should be."""
    danish = texts_for("da")
    made = {name: put((root / name).read_text("utf-8"), lines(table, danish)) for name, lines in PAGES.items()}
    manifest = (root / "manifest.yml").read_text("utf-8")
    made["manifest.yml"] = re.sub(r"(?<=usage_hint: ).*", lambda _: usage_hint(table), manifest)
    return made


def _names(command: Command) -> str:
    danish, *others = command.names
    if "" in others:
        return f"`/klynge`, `/klynge {danish}`"
    return f"`/klynge {danish}`" + "".join(f" (eller `/klynge {other}`)" for other in others)


def main() -> None:
    """Write what differs."""
    from handlers import TABLE

    for name, page in pages(TABLE).items():
        if (ROOT / name).read_text("utf-8") != page:
            (ROOT / name).write_text(page, "utf-8")
            print(f"{name} is written anew.")


if __name__ == "__main__":
    main()
