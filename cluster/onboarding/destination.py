"""Which of several clusters a list is for, as far as the words beside it say so. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.models import Cluster

BESIDE = re.compile(
    r"(?:(?:hej|hi|her|here|er|is|the|den|liste|listen|list|medlemsliste|medlemslisten|medlemmer|medlemmerne|members?"
    r"|over|af|of|til|for|to|i|in)\b[\s,:–-]*)*",
    re.IGNORECASE,
)
"""What may stand before the name; any other word may turn it round."""
OF_THE_LIST = re.compile(r"[@\t;]")


def named(words: str, clusters: Sequence[Cluster]) -> Cluster | None:
    """The cluster that a line names and says nothing else; None where none is named, or several are."""
    lines = [line.strip(" \t.:!*") for line in words.splitlines() if not OF_THE_LIST.search(line)]
    found = [cluster for cluster in clusters if cluster.name and any(_is_about(line, cluster.name) for line in lines)]
    return found[0] if len(found) == 1 else None


def _is_about(line: str, name: str) -> bool:
    begins = len(line) - len(name)
    return begins >= 0 and line[begins:].casefold() == name.casefold() and bool(BESIDE.fullmatch(line[:begins]))
