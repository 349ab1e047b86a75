"""What comes back from Slack, read as an id. Which ids there are, each room says in its ``ids.py``."""

from __future__ import annotations

from cluster.errors import ClusterError
from cluster.ids import as_id


def number(value: object, place: int = 0) -> int:
    """One of the ids in a button's value (``7`` or ``7:31``), a form's field or metadata; a friendly refusal when it is
    none."""
    parts = str(value).split(":")
    found = as_id(parts[place]) if place < len(parts) else None
    if found is None:
        raise ClusterError("id.unknown")
    return found
