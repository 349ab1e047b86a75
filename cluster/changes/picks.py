"""What a practice can choose when it says what it changes: the quick picks of the topic, or those that fit all."""

from __future__ import annotations

from dataclasses import dataclass

from cluster.packages.lookup import package_of
from storage.models import Round

NOTHING, OWN = "0", "1"
"""It has that in hand already; something else, in its own words. No id of a package begins with a digit."""
OTHER_KIND = "other"
KINDS = ("work", "procedure", "medicine", "teaching")
"""Who does what, how it is done, which medicine, what the staff learn; each is offered where the topic has no picks."""
WHO = ("all", "staff", "one")
WEEKS = (0, 1, 2, 4)
"""This week, next week …"""
BARRIERS = ("time", "patients", "systems", "disagree", "codes")


@dataclass(frozen=True)
class Pick:
    """One choice."""

    id: str
    kind: str
    texts: dict[str, str] | None = None
    """The package's own words; None for one that fits every topic."""


def picks_of(round_: Round | None) -> tuple[Pick, ...]:
    """The quick picks about a topic."""
    offered = package_of(round_).changes if round_ is not None else ()
    if not offered:
        return tuple(Pick(kind, kind) for kind in KINDS)
    return tuple(Pick(each.id, each.kind, each.text.model_dump()) for each in offered)


def find(round_: Round | None, pick_id: str) -> Pick | None:
    """A pick by its id, "something else" among them."""
    if pick_id == OWN:
        return Pick(OWN, OTHER_KIND)
    return next((each for each in picks_of(round_) if each.id == pick_id), None)
