"""The urn: anonymous answers lie in the memory of the process, and are kept only when at least five can be added up.

Whoever reads the database twice, its log or a backup in between sees the answers of five or more people added together,
never of one. What lies in the urn is lost with the process: whoever put it there has not answered then, and the start
page asks again. Before it is given, each answer's form says so.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable

from cluster.evaluations.counting import LEAST, Ballot, is_mixed

CHANCE = random.SystemRandom()


class Urn:
    """Answers by evaluation and member, in no file and no row."""

    def __init__(self) -> None:
        self._held: dict[int, dict[int, Ballot]] = {}
        self.lock = asyncio.Lock()
        """Held while answers are put in, or taken out to be kept."""

    def put(self, appraisal_id: int, member_id: int, ballot: Ballot) -> bool:
        """False when there is one of this member already."""
        held = self._held.setdefault(appraisal_id, {})
        if member_id in held:
            return False
        held[member_id] = ballot
        return True

    def holds(self, appraisal_id: int, member_id: int) -> bool:
        """Whether this member's answer lies in it."""
        return member_id in self._held.get(appraisal_id, {})

    def ready(self, appraisal_id: int) -> dict[int, Ballot]:
        """Those that can be added up now: five or more, not alike, while five or more stay for the last time."""
        held = self._held.get(appraisal_id, {})
        if len(held) < 2 * LEAST:
            return {}
        drawn = dict(CHANCE.sample(list(held.items()), len(held) - LEAST))
        return drawn if is_mixed(list(drawn.values())) else {}

    def rest(self, appraisal_id: int) -> dict[int, Ballot]:
        """All, when there are five or more: the last time."""
        held = self._held.get(appraisal_id, {})
        return dict(held) if len(held) >= LEAST else {}

    def take_out(self, appraisal_id: int, member_ids: Iterable[int]) -> None:
        """They are kept elsewhere now."""
        for member_id in member_ids:
            self._held.get(appraisal_id, {}).pop(member_id, None)

    def others(self, appraisal_id: int) -> list[int]:
        """The evaluations besides this one."""
        return [each for each in self._held if each != appraisal_id]

    def empty(self, appraisal_id: int) -> None:
        """It is over: what is left were too few."""
        self._held.pop(appraisal_id, None)
