"""While processes are restarted in a new version, one after another: what an older one does not know, it leaves."""

from __future__ import annotations

import asyncio
from datetime import timedelta

CHANGING = timedelta(minutes=10)
"""How long old and new may run side by side before what nobody knows is given up."""
ALONE_SECONDS = 60.0
NO_ROUTE = "no route"


class Strangers:
    """Kinds that this process has met and does not know. It takes none of them for a minute, so that others may."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def meet(self, kind: str) -> None:
        """This kind is not ours."""
        self._until[kind] = asyncio.get_running_loop().time() + ALONE_SECONDS

    @property
    def kinds(self) -> tuple[str, ...]:
        """Those to be left alone now."""
        now = asyncio.get_running_loop().time()
        return tuple(sorted(kind for kind, until in self._until.items() if until > now))
