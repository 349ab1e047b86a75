"""Real practice-level numbers for the rehearsal: a CSV file, one row a practice, read by a column mapping.

The mapping says which column holds what: ``group=ccg_name,listed=list_2018_19,copd=copd_register_2018_19``. Names and
codes of the file are not used: the practices get invented ones.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

DEFAULT_MAPPING = "group=ccg_name,listed=list_2018_19,copd=copd_register_2018_19"


class UnusableData(ValueError):
    """The file, the mapping or the group cannot be used; says why."""


def read_mapping(text: str) -> dict[str, str]:
    """``a=b,c=d`` as field → column; raises UnusableData without ``group`` and ``listed``."""
    mapping = dict(part.split("=", 1) for part in text.split(",") if "=" in part)
    if missing := {"group", "listed"} - mapping.keys():
        raise UnusableData(f"the column mapping lacks {', '.join(sorted(missing))}")
    return mapping


def read_group(path: Path, group: str, mapping: dict[str, str], fields: Sequence[str]) -> list[dict[str, int]]:
    """The numbers of one group's practices, largest first; ``fields`` are what the package knows.

    Raises UnusableData for an unknown column, field or group, or a number that is none.
    """
    if strange := mapping.keys() - {"group", *fields}:
        raise UnusableData(f"the package has no field {', '.join(sorted(strange))}; it has {', '.join(fields)}")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if missing := set(mapping.values()) - set(rows.fieldnames or ()):
            raise UnusableData(f"{path.name} has no column {', '.join(sorted(missing))}")
        counted = [
            {field: _whole(row[column], column) for field, column in mapping.items() if field != "group"}
            for row in rows
            if row[mapping["group"]] == group
        ]
    if not counted:
        raise UnusableData(f"{path.name} has no group {group!r}")
    return sorted(counted, key=lambda numbers: -numbers["listed"])


def _whole(text: str, column: str) -> int:
    try:
        return int(float(text))
    except ValueError:
        raise UnusableData(f"{text!r} in column {column} is not a number") from None
