"""What the fields of a package may be called: headings that mean one thing, and no one's name or time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from measures.packages.faults import Fault
from measures.packages.lines import Path
from measures.reading.headers import is_period, is_personal, normal
from measures.reading.owner_headings import says_name, says_number

TomlTable = dict[str, Any]

REGISTERS = frozenset(
    map(normal, ("SOR", "SOR-kode", "SOR-nummer", "CVR", "CVR-nummer", "P-nummer", "Postnummer", "By"))
)
"""Headings that say whose a row is by another register than ours."""


def texts_in(value: Any) -> list[str]:
    """The texts of a list; none when it is no list."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def has_words(table: TomlTable, key: str) -> bool:
    """Whether a key holds words in languages."""
    return isinstance(table.get(key), dict)


def name_faults(fields: list[tuple[int, TomlTable]], whose: list[str]) -> Iterator[Fault]:
    """Two fields may not answer to the same heading, and none to one about persons, or that says whose or when."""
    owner: dict[str, int] = {}
    owners = {normal(name) for name in whose}
    for place, name in enumerate(whose):
        if is_period(name):
            yield Fault("whose_is_when", ("practice_headings", place), {"name": name})
        if not normal(name):
            yield Fault("blank", ("practice_headings", place), {"key": "practice_headings"})
    for number, each in fields:
        said = [words for key in ("label", "short") if has_words(each, key) for words in each[key].values()]
        aliases = texts_in(each.get("aliases"))
        for name in dict.fromkeys([str(each.get("id", "")), *filter(_is_text, said), *aliases]):
            path: Path = ("fields", number, "aliases") if name in aliases else ("fields", number)
            if not normal(name) and name in aliases:
                yield Fault("blank", path, {"key": "aliases"})
            elif is_personal(name):
                yield Fault("asks_personal", path, {"name": name})
            elif says_number(name) or says_name(name) or normal(name) in owners | REGISTERS:
                yield Fault("names_owner", path, {"name": name})
            elif is_period(name):
                yield Fault("names_time", path, {"name": name})
            if owner.setdefault(normal(name), number) != number:
                yield Fault("same_name", path, {"name": name})


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)
