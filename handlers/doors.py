"""The buttons on the start page that do what commands do: whatever can be written can be pressed there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from cluster.overview.homepage import Membership
from handlers.turn import entered

if TYPE_CHECKING:
    from handlers.feature import Command, Route


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
    is_open: Callable[[Membership], bool] = lambda _: True
    """Whether anything but a refusal is behind it for a reader."""

    def said_to(self, part: Membership) -> str:
        """The label for a reader."""
        return self.led if self.led and part.leads else self.label


def entrances(commands: Iterable[Command]) -> dict[str, Route]:
    """What is done when doors are pressed: what the commands do, in the cluster of the page."""
    return {
        command.door.action: replace(command.run, run=entered(command.route.run))
        for command in commands
        if command.door is not None
    }


def open_to(part: Membership, commands: Iterable[Command]) -> list[tuple[Command, Door]]:
    """The doors of a reader's page, in the order in which the pages tell of the commands."""
    found = [
        (command, command.door)
        for command in commands
        if command.door is not None and (part.leads or not command.leads) and command.door.is_open(part)
    ]
    return sorted(found, key=lambda each: each[0].told.place if each[0].told else 0)
