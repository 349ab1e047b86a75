"""The buttons on the start page that do what commands do: whatever can be written can be pressed there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from cluster.members.members import LEADERS
from cluster.overview.homepage import Membership
from handlers.blocks import button
from handlers.message import Block
from handlers.turn import Turn, entered

if TYPE_CHECKING:
    from handlers.feature import Command, Route

WRITTEN = re.compile(r"/klynge (\w+)")
MOST_NAMED = 3


class Shelf(StrEnum):
    """What stands together, in the order of the page."""

    MEETINGS = "meetings"
    NUMBERS = "numbers"
    CLUSTER = "cluster"
    OWN = "own"


@dataclass(frozen=True)
class Door:
    """The button of a command. Its value is the cluster whose part of the page it stands in."""

    action: str
    shelf: Shelf
    label: str
    """English, marked with N_."""
    led: str = ""
    """What it says to those who run the cluster, where that is another thing."""
    is_open: Callable[[Membership, datetime], bool] = lambda _part, _now: True
    """Whether anything but a refusal is behind it for a reader now."""

    def said_to(self, *, leads: bool) -> str:
        """The label for a reader."""
        return self.led if self.led and leads else self.label


def entrances(commands: Iterable[Command]) -> dict[str, Route]:
    """What is done when doors are pressed: what the commands do, in the cluster of the page."""
    return {
        command.door.action: replace(command.run, run=entered(command.route.run))
        for command in commands
        if command.door is not None
    }


def open_to(part: Membership, commands: Iterable[Command], now: datetime) -> list[tuple[Command, Door]]:
    """The doors of a reader's page, in the order in which the pages tell of the commands."""
    found = [
        (command, command.door)
        for command in commands
        if command.door is not None and (part.leads or not command.leads) and command.door.is_open(part, now)
    ]
    return sorted(found, key=lambda each: each[0].told.place if each[0].told else 0)


def named_in(text: str, turn: Turn) -> list[Block]:
    """The buttons of the commands that a short text tells its reader to write; of the help, which names all, none."""
    if turn.member is None or turn.cluster is None:
        return []
    names, leads = set(WRITTEN.findall(text)), turn.member.role in LEADERS
    found = [
        button(turn.t(command.door.said_to(leads=leads)), command.door.action, turn.cluster.id)
        for command in turn.tools.table.said
        if command.door is not None and names & set(command.names) and (leads or not command.leads)
    ]
    return found if len(found) <= MOST_NAMED else []
