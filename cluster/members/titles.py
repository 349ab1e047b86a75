"""Who may speak for a practice: the titles that decide, a cluster's own among them, and those that do not.

A title that is on neither list, or none at all, is asked about; nobody is assumed to decide.
"""

from __future__ import annotations

from cluster.members.cluster_rules import rules_of
from storage.models import Member
from storage.unit_of_work import Reading

DECIDING = (
    "ejerlæge",
    "ejer",
    "medejer",
    "praksisejer",
    "kompagniskabslæge",
    "kompagnon",
    "praktiserende læge",
    "alment praktiserende læge",
    "almenpraktiserende læge",
    "speciallæge i almen medicin",
    "speciallæge",
    "ansat læge",
    "ansat speciallæge",
    "fastansat læge",
    "owner",
    "partner",
    "general practitioner",
    "employed doctor",
)
"""Owners and permanently employed doctors, as lists write them."""
NOT_DECIDING = (
    "uddannelseslæge",
    "introlæge",
    "reservelæge",
    "vikar",
    "lægevikar",
    "medicinstuderende",
    "personale",
    "praksispersonale",
    "sygeplejerske",
    "praksissygeplejerske",
    "konsultationssygeplejerske",
    "klinikassistent",
    "sundhedsassistent",
    "bioanalytiker",
    "jordemoder",
    "sekretær",
    "lægesekretær",
    "praksismanager",
    "doctor in training",
    "staff",
)
"""Titles of those who work in a practice without speaking for it; they are not asked what they are."""
ANSWERS = ("ejerlæge", "ansat læge", "uddannelseslæge", "personale")
"""What somebody whose title says too little can answer."""


def plain(title: str) -> str:
    """A title as it is compared: small letters, single blanks."""
    return " ".join(title.casefold().split())


def listed(written: str) -> tuple[str, ...]:
    """The titles that a cluster has added, as it wrote them: with commas or lines between."""
    parts = (" ".join(part.split()) for part in written.replace("\n", ",").replace(";", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


async def decides(state: Reading, member: Member) -> bool:
    """Whether the member's title is one of those that speak for a practice."""
    title = plain(member.title)
    if title in DECIDING:
        return True
    more = (await rules_of(state, member.cluster_id)).more_titles
    return bool(title) and title in {plain(each) for each in listed(more)}


async def is_open(state: Reading, member: Member) -> bool:
    """Whether the title says too little, and the member is to be asked."""
    return plain(member.title) not in NOT_DECIDING and not await decides(state, member)
