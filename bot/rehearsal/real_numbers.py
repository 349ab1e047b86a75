"""Real practice-level numbers for the rehearsal: a CSV file, one row a practice, read by a column mapping.

The mapping says which column holds what: ``group=ccg_name,listed=list_2018_19,copd=copd_register_2018_19``. Names and
codes of the file are not used: the practices get invented ones. A cell may be empty where the package can do without.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from bot.rehearsal.cast import FEWEST, MOST
from bot.running.compute import Compute
from measures.tables.published import Published, published

DEFAULT_MAPPING = "group=ccg_name,listed=list_2018_19,copd=copd_register_2018_19"
GROUP, LISTED = "group", "listed"
SHOWN = 5
"""This many groups are named to somebody who asks for an unknown one."""

Numbers = dict[str, int]


class UnusableData(ValueError):
    """The file, the mapping or the group cannot be used; says why."""


def read_mapping(text: str, fields: Sequence[str]) -> dict[str, str]:
    """``a=b,c=d`` as field → column; ``fields`` are what the package knows. Raises UnusableData."""
    pairs = [part.partition("=") for part in text.split(",")]
    mapping = {name.strip(): column.strip() for name, _, column in pairs}
    if not all(mapping.values()):
        raise UnusableData(f"the columns are given as field=column with a comma between: {DEFAULT_MAPPING}")
    if missing := {GROUP, LISTED} - mapping.keys():
        raise UnusableData(f"the columns lack {', '.join(sorted(missing))}: {DEFAULT_MAPPING}")
    if strange := mapping.keys() - {GROUP, *fields}:
        raise UnusableData(f"the package has no field {', '.join(sorted(strange))}; it has {', '.join(fields)}")
    if mapping.keys() == {GROUP, LISTED}:
        raise UnusableData(f"nothing to measure: say which column holds another of {', '.join(fields)}")
    return mapping


def read_group(path: Path, group: str, mapping: Mapping[str, str], parts: Sequence[tuple[str, str]]) -> list[Numbers]:
    """The numbers of one group's practices, largest first.

    ``parts`` are pairs of fields of which the first cannot exceed the second. Raises UnusableData for a file that is no
    such CSV, an unknown column or group, too few or too many practices, and numbers that cannot be.
    """
    try:
        table = asyncio.run(_read(path.read_text("utf-8-sig"), set(mapping.values())))
    except (OSError, ValueError):
        raise UnusableData(f"{path} cannot be read as a CSV file in UTF-8") from None
    if missing := set(mapping.values()) - set(table.columns):
        has = ", ".join(table.columns) or "none"
        raise UnusableData(f"{path.name} has no column {', '.join(sorted(missing))}; it has {has}")
    groups: dict[str, list[Numbers]] = {}
    for line, row in table.rows:
        name = row[mapping[GROUP]]
        counted = _numbers(row, mapping, line) if name == group else {}
        for part, whole in parts:
            if counted.get(part, 0) > counted.get(whole, counted.get(part, 0)):
                raise UnusableData(f"line {line}: {mapping[part]} is larger than {mapping[whole]}")
        groups.setdefault(name, []).append(counted)
    if group not in groups:
        some = ", ".join(sorted(groups)[:SHOWN]) or "none"
        raise UnusableData(f"{path.name} has no group {group!r} in column {mapping[GROUP]}; it has for example {some}")
    if not FEWEST <= len(groups[group]) <= MOST:
        raise UnusableData(f"{group!r} has {len(groups[group])} practices; a cluster here has {FEWEST} to {MOST}")
    return sorted(groups[group], key=lambda numbers: -numbers[LISTED])


async def _read(text: str, columns: Collection[str]) -> Published:
    """In a process of its own, as everything that needs pandas: this one goes on without it."""
    compute = Compute()
    try:
        table: Published = await compute(published, text, columns)
    finally:
        await compute.close()
    return table


def _numbers(row: Mapping[str, str], mapping: Mapping[str, str], line: int) -> Numbers:
    found = {
        field: _whole(cell, mapping[field], line)
        for field in mapping
        if field != GROUP and (cell := row[mapping[field]])
    }
    if found.keys() <= {LISTED} or LISTED not in found:
        columns = ", ".join(column for field, column in mapping.items() if field not in {GROUP, *found})
        raise UnusableData(f"line {line} has nothing in {columns}")
    return found


def _whole(text: str, column: str, line: int) -> int:
    digits = text.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit()):
        raise UnusableData(f"line {line}: {text!r} in column {column} is not a whole number")
    return int(digits)
