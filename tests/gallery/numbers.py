"""Invented numbers as releases would hold them: from one practice to a full cluster, awkward on request."""

from collections.abc import Callable

from measures.charts.shared import groupings_of
from measures.disclosure.grouping import Grouping
from measures.packages import invented
from measures.packages.invented import Invented
from measures.packages.package import Package

Replies = dict[int, Invented]


def kept(package: Package, *releases: Replies) -> dict[str, Grouping]:
    """The groups that are frozen with the last of these releases, one after the other."""
    found: dict[str, Grouping] = {}
    for number in range(1, len(releases) + 1):
        found = groupings_of(package.measures, releases[:number], found)
    return found


def invent(package: Package, size: int, twist: Callable[[Invented, int], None] | None = None) -> Replies:
    """Replies of that many practices, each changed by ``twist``."""
    replies = invented.invent(package, size)
    for practice, reply in replies.items() if twist is not None else ():
        twist(reply, practice)
    return replies
