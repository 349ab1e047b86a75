"""A bot process that is started, watched and killed from outside."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """One bot. Its only input is the environment; its log goes to a file."""

    def __init__(self, module: str, words: list[str], environment: dict[str, str], log: Path) -> None:
        self._command = [sys.executable, "-m", module, *words]
        self._environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), **environment}
        self._log = log
        self._child: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Begin a fresh process."""
        with self._log.open("ab") as log:
            self._child = await asyncio.create_subprocess_exec(
                *self._command, cwd=ROOT, env=self._environment, stderr=log
            )

    async def kill(self) -> None:
        """``kill -9``: no farewell, no cleaning up."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """Ask it to end."""
        await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> None:
        if self._child is not None and self._child.returncode is None:
            self._child.send_signal(number)
            await self._child.wait()
