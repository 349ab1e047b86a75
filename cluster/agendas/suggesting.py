"""A first agenda for a meeting, from its package or its kind: points in order, fitted to its length. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cluster.agendas.fitting import fit
from measures.packages.package import Package, text
from measures.packages.parts import AgendaSlot
from storage.words import ItemKind

FOOD = 45


@dataclass(frozen=True)
class Suggested:
    """A point that nobody has written yet."""

    kind: ItemKind
    minutes: int
    named: str = ""
    """The name of a standard point …"""
    title: str = ""
    """… or its own title."""


def _of(*points: tuple[str, ItemKind, int]) -> tuple[Suggested, ...]:
    return tuple(Suggested(kind, minutes, named) for named, kind, minutes in points)


K = ItemKind
BY_KIND: dict[str, tuple[Suggested, ...]] = {
    "topic": _of(
        ("welcome", K.WELCOME, 5),
        ("numbers", K.DATA, 20),
        ("groups", K.GROUP, 30),
        ("round_up", K.PLENUM, 10),
        ("groups_change", K.GROUP, 30),
        ("agreements", K.PLENUM, 25),
    ),
    "evaluation": _of(
        ("welcome", K.WELCOME, 5),
        ("agreed_last", K.PLENUM, 20),
        ("numbers", K.DATA, 20),
        ("groups_worked", K.GROUP, 30),
        ("year_ahead", K.PLENUM, 25),
    ),
    "status": _of(
        ("welcome", K.WELCOME, 5),
        ("round_table", K.PLENUM, 30),
        ("agreed_last", K.PLENUM, 20),
        ("year_ahead", K.PLENUM, 20),
        ("any_other", K.POINT, 10),
    ),
    "assembly": _of(
        ("chair", K.POINT, 5),
        ("report", K.POINT, 15),
        ("accounts", K.POINT, 15),
        ("motions", K.POINT, 15),
        ("budget", K.POINT, 10),
        ("elections", K.POINT, 15),
        ("any_other", K.POINT, 10),
    ),
    "visit": _of(
        ("welcome", K.WELCOME, 5),
        ("shown_round", K.TALK, 40),
        ("break", K.BREAK, 10),
        ("groups_home", K.GROUP, 25),
        ("agreements", K.PLENUM, 20),
    ),
    "staff": _of(
        ("welcome", K.WELCOME, 10),
        ("topic", K.TALK, 20),
        ("groups_own", K.GROUP, 40),
        ("agreements", K.PLENUM, 20),
    ),
    "municipality": _of(
        ("welcome", K.WELCOME, 10),
        ("talk", K.TALK, 30),
        ("break", K.BREAK, 10),
        ("groups", K.GROUP, 30),
        ("agreements", K.PLENUM, 25),
    ),
    "virtual": _of(
        ("welcome", K.WELCOME, 5),
        ("numbers", K.DATA, 20),
        ("groups", K.GROUP, 25),
        ("agreements", K.PLENUM, 15),
    ),
}
"""What is usual at each kind of meeting. Times are a start: all are fitted to the meeting."""
NAMES = frozenset({each.named for points in BY_KIND.values() for each in points} | {"food"})
GUESSED = (
    (re.compile(r"^velkomst|^welcome", re.I), K.WELCOME),
    (re.compile(r"^gruppe|^groups?\b", re.I), K.GROUP),
    (re.compile(r"^pause|^break", re.I), K.BREAK),
    (re.compile(r"^oplæg|^talk\b", re.I), K.TALK),
    (re.compile(r"\b(?:tal|tallene|data|numbers)\b", re.I), K.DATA),
)
"""What the first words of a package's slot tell where it says no kind."""


def suggest(kind: str, package: Package | None, *, minutes: int, food: bool, lang: str) -> list[Suggested]:
    """The points of a meeting of some minutes: its package's, else what is usual; food comes last."""
    if package is not None:
        points = [_slot(slot, lang) for slot in package.agenda]
    else:
        points = list(BY_KIND.get(kind, BY_KIND["topic"]))
    if food:
        points.append(Suggested(K.FOOD, FOOD, "food"))
    return fitted(points, minutes)


def fitted(points: Sequence[Suggested], minutes: int) -> list[Suggested]:
    """The same points, as long as fits."""
    return [replace(each, minutes=long) for each, long in zip(points, fit(points, minutes), strict=True)]


def data_needed(package: Package | None) -> int:
    """The minutes that a package means for its numbers; 0 without one."""
    if package is None:
        return 0
    return sum(slot.minutes for slot in package.agenda if kind_of(slot) is K.DATA)


def kind_of(slot: AgendaSlot) -> ItemKind:
    """What a package's slot is to the plan."""
    if slot.kind is not None:
        return ItemKind(slot.kind)
    said = slot.title.da
    return next((kind for pattern, kind in GUESSED if pattern.search(said)), K.PLENUM)


def _slot(slot: AgendaSlot, lang: str) -> Suggested:
    return Suggested(kind_of(slot), slot.minutes, title=text(slot.title, lang)[:150])
