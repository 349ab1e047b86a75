"""What was expected and what is there, for each kind of thing that is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

TEXT, CARD, FILE = "text", "card edits", "chart files"
KINDS = (TEXT, CARD, FILE)


@dataclass
class Count:
    """The account of one kind."""

    messages: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)


@dataclass
class Tally:
    """The account of some trials."""

    trials: int = 0
    kinds: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))

    def add(self, kind: str, name: str, seen: int, least: int, most: int) -> None:
        """Something should be there at least and at most that many times."""
        count = self.kinds[kind]
        count.messages += 1
        count.lost += [name] * max(0, least - seen)
        count.doubled += [name] * max(0, seen - most)

    def in_order(self, kind: str, name: str, places: Sequence[float]) -> None:
        """Each of these should stand after the one before it."""
        for number, (first, second) in enumerate(pairwise(places)):
            if second < first:
                self.kinds[kind].disordered.append(f"{name}, no. {number + 1}")

    def join(self, other: Tally) -> None:
        """Another account on top of this one."""
        self.trials += other.trials
        for kind, theirs in other.kinds.items():
            mine = self.kinds[kind]
            mine.messages += theirs.messages
            mine.lost += theirs.lost
            mine.doubled += theirs.doubled
            mine.disordered += theirs.disordered

    @property
    def messages(self) -> int:
        """How many promises were checked."""
        return sum(count.messages for count in self.kinds.values())

    @property
    def lost(self) -> list[str]:
        """Everything that is missing."""
        return [name for count in self.kinds.values() for name in count.lost]

    @property
    def doubled(self) -> list[str]:
        """Everything that is there too often."""
        return [name for count in self.kinds.values() for name in count.doubled]

    @property
    def disordered(self) -> list[str]:
        """Everything that overtook something."""
        return [name for count in self.kinds.values() for name in count.disordered]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, doubled or out of order."""
        return not (self.lost or self.doubled or self.disordered)
