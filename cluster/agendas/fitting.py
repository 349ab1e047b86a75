"""How long each point of an agenda takes, so that all fit into a meeting; and what is wrong with a plan. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from storage.words import ItemKind

STEP = 5
"""Minutes: nobody keeps to less."""
DATA = 20
"""Minutes that a meeting about numbers needs for them, where its package says nothing else."""
LONGEST = 240
"""Minutes of one point."""
LEAST = {
    ItemKind.WELCOME: 5,
    ItemKind.TALK: 15,
    ItemKind.GROUP: 15,
    ItemKind.PLENUM: 10,
    ItemKind.POINT: 5,
    ItemKind.BREAK: 5,
    ItemKind.FOOD: 30,
    ItemKind.SOCIAL: 15,
}
"""Shorter than this a point is not worth having. The numbers are never shortened."""
MOST = {ItemKind.DATA: 60, ItemKind.GROUP: 60, ItemKind.PLENUM: 45, ItemKind.FOOD: 60, ItemKind.SOCIAL: 60}
"""What may grow in a long meeting, and how far; the rest keeps its length, and one is done early."""


class Part(Protocol):
    """As much of a point as its length depends on."""

    @property
    def kind(self) -> ItemKind:
        """What it is."""

    @property
    def minutes(self) -> int:
        """How long it is to be."""


class PlanFlaw(StrEnum):
    """What is wrong with a plan."""

    OVER = "over"
    """It takes longer than the meeting."""
    NUMBERS_SHORT = "numbers_short"
    """The numbers have less time than they need."""
    NUMBERS_LATE = "numbers_late"
    """The numbers are not done when the meeting ends."""
    NUMBERS_AFTER_TALK = "numbers_after_talk"
    """A talk runs straight into the numbers: what it takes too much, it takes from them."""
    NUMBERS_MISSING = "numbers_missing"
    FOOD_MISSING = "food_missing"


@dataclass(frozen=True)
class Warned:
    """A flaw, and how many minutes it is about."""

    flaw: PlanFlaw
    minutes: int = 0


def fit(parts: Sequence[Part], minutes: int) -> list[int]:
    """How long each part takes so that all end with the meeting.

    The numbers are never shortened and nothing is made shorter than is worth having; where that is too much, they take
    longer than the meeting together, and ``flaws`` says so.
    """
    wanted = [part.minutes for part in parts]
    missing = minutes - sum(wanted)
    if missing < 0:
        room = [max(0, part.minutes - _least(part)) for part in parts]
        return [was - less for was, less in zip(wanted, _share(-missing, room, up=True), strict=True)]
    room = [max(0, MOST.get(part.kind, 0) - part.minutes) for part in parts]
    return [was + more for was, more in zip(wanted, _share(missing, room, up=False), strict=True)]


def _least(part: Part) -> int:
    return part.minutes if part.kind is ItemKind.DATA else LEAST[part.kind]


def _share(amount: int, room: Sequence[int], *, up: bool) -> list[int]:
    """An amount dealt out in steps by how much each has room for; no more than there is room for.

    ``up``: at least the amount where it is no whole number of steps, else at most.
    """
    steps = [each // STEP for each in room]
    left = min(-(-amount // STEP) if up else amount // STEP, sum(steps))
    if not left:
        return [0] * len(room)
    exact = [left * each / sum(steps) for each in steps]
    given = [int(each) for each in exact]
    by_rest = sorted(range(len(room)), key=lambda i: (given[i] - exact[i], i))
    for i in by_rest[: left - sum(given)]:
        given[i] += 1
    return [each * STEP for each in given]


def starts(parts: Sequence[Part], begins: datetime) -> list[datetime]:
    """When each part begins."""
    found, at = [], begins
    for part in parts:
        found.append(at)
        at += timedelta(minutes=part.minutes)
    return found


def flaws(parts: Sequence[Part], minutes: int, *, data: int = 0, food: bool = False) -> list[Warned]:
    """What is wrong with a plan for a meeting of some minutes, the worst first.

    ``data`` are the minutes that the numbers need, 0 where the meeting is about none; ``food`` whether there is some.
    """
    found = []
    end = ends_of_data = given = 0
    follows_talk = False
    for before, part in zip([None, *parts], parts, strict=False):
        end += part.minutes
        if part.kind is ItemKind.DATA:
            given += part.minutes
            ends_of_data = end
            follows_talk |= before is not None and before.kind is ItemKind.TALK
    if given and ends_of_data > minutes:
        found.append(Warned(PlanFlaw.NUMBERS_LATE, ends_of_data - minutes))
    if data and not given:
        found.append(Warned(PlanFlaw.NUMBERS_MISSING))
    elif given < data:
        found.append(Warned(PlanFlaw.NUMBERS_SHORT, data - given))
    if follows_talk:
        found.append(Warned(PlanFlaw.NUMBERS_AFTER_TALK))
    if end > minutes:
        found.append(Warned(PlanFlaw.OVER, end - minutes))
    if food and all(part.kind is not ItemKind.FOOD for part in parts):
        found.append(Warned(PlanFlaw.FOOD_MISSING))
    return found
