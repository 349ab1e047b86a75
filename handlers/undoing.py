"""What a feature says of the changes that can be put back: how, what they are called, and why some can't be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cluster.undoing import OwnChange, Values
from handlers.message import Block
from locales import Texts
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork


class PutBack(Protocol):
    """Makes it as it was, and tells whoever is told of such a change. Raises ClusterError where that can't be."""

    async def __call__(self, uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
        """Put it back."""


Look = Callable[[Reading, OwnChange], Awaitable[Values]]
"""How the thing stands now, under the names of what was remembered; only what would make putting it back wrong."""
Named = Callable[[Reading, OwnChange, Texts], Awaitable[str]]
"""What was changed: "Your answer to *COPD*, Thursday 26 March"."""
Said = Callable[[Values, Texts], str]
"""How it was, or is: "Coming"."""


@dataclass(frozen=True)
class Undoing:
    """One kind of change, by the name that it is remembered and noted under."""

    named: Named | None = None
    said: Said = lambda _values, _t: ""
    now_is: Look | None = None
    put_back: PutBack | None = None
    leads: bool = False
    """Whether only who runs the cluster changes such a thing, and so puts it back."""
    called: frozenset[str] = frozenset()
    """Words by which somebody says that this is meant: "undo my *answer*"."""
    why_not: str = ""
    """Why it can't be put back where nothing was remembered of it, in one kind sentence; English, marked with N_."""
    instead: Callable[[str, int, Texts], Block] | None = None
    """Then a button that does the nearest thing, of what it was about and in which cluster."""
