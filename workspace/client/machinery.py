"""The machinery of the stand-in, for tests and rehearsals: clock, failures, delivery, settings, traffic."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workspace.client.wire import Json, Wire


class Machinery(Wire):
    """What no person in the workspace could do."""

    async def clock(self) -> Json:
        return await self.get("clock")

    async def clock_to(self, moment: datetime | str) -> Json:
        """Put the story's time to a moment."""
        return await self.post("clock", {"to": moment if isinstance(moment, str) else moment.isoformat()})

    async def forward(self, seconds: float) -> Json:
        return await self.post("clock", {"forward": seconds})

    async def jump(self, where: str = "next morning") -> Json:
        return await self.post("clock", {"jump": where})

    async def pace(self, seconds: float) -> None:
        """Let waiting time pass at once: acknowledgement windows, redelivery gaps and rate windows."""
        await self.post("clock", {"pace": seconds})

    async def fail(self, method: str, **how: Any) -> None:
        """Let the next call of a method fail: error, status, retry_after, delay, reset, when, times."""
        await self.post("failures", {"method": method, **how})

    async def failures(self) -> list[Json]:
        found: list[Json] = (await self.get("failures"))["failures"]
        return found

    async def clear_failures(self) -> None:
        await self._request("DELETE", "failures", {}, None)

    async def sockets(self, **what: Any) -> int:
        """`disconnect="refresh_requested"`, `silence=True` or `drop=True`; returns how many connections."""
        return int((await self.post("sockets", what))["sockets"])

    async def delivery(self, **what: Any) -> Json:
        """`duplicate_next=n`, `redeliver="last"` or `reorder=True`."""
        return await self.post("delivery", what)

    async def deliveries(self) -> list[Json]:
        found: list[Json] = (await self.get("deliveries"))["deliveries"]
        return found

    async def unsigned(self, how: str = "unsigned") -> int:
        """Send the app a request it must refuse (unsigned, wrong, stale, tampered); its HTTP status."""
        return int((await self.post("unsigned", {"how": how}))["status"])

    async def settings(self, **wanted: Any) -> Json:
        """The settings, after changing the named ones."""
        found: Json = (await (self.post("settings", wanted) if wanted else self.get("settings")))["settings"]
        return found

    async def target(self, url: str | None) -> None:
        """Deliver by signed HTTP to a URL, or by Socket Mode."""
        await self.post("target", {"url": url})

    async def revoke(self, kind: str = "tokens") -> None:
        await self.post("revoke", {"kind": kind})

    async def install(self) -> str:
        """A code for oauth.v2.access."""
        return str((await self.post("install", {}))["code"])

    async def traffic(self, after: int = 0) -> list[Json]:
        found: list[Json] = (await self.get("traffic", {"after": after}))["traffic"]
        return found

    async def pending(self) -> Json:
        return await self.get("pending")

    async def settled(self, timeout: float = 10) -> None:  # noqa: ASYNC109 - passed on to wait_for
        """Wait until the app has taken every event."""

        async def is_taken() -> bool:
            return bool((await self.pending())["deliveries"] == 0)

        await self.wait_for(is_taken, timeout)
