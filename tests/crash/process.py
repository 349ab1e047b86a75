"""A bot process that is started, watched and killed from outside, and started again when it falls by itself."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAUSE = 0.2
"""Seconds before a process that fell is started again, as systemd would."""


class Process:
    """One bot. Its only input is the environment; its log goes to a file."""

    def __init__(self, module: str, words: list[str], environment: dict[str, str], log: Path) -> None:
        self._command = [sys.executable, "-m", module, *words]
        self._environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), **environment}
        self._log = log
        self._child: asyncio.subprocess.Process | None = None
        self._watcher: asyncio.Task[None] | None = None
        self.falls = 0
        """How often it ended without having been asked."""

    @property
    def pid(self) -> int:
        """Its number in the system; 0 while it is not running."""
        return self._child.pid if self._child is not None and self._child.returncode is None else 0

    async def start(self) -> None:
        """Begin a fresh process and look after it."""
        await self._spawn()
        self._watcher = asyncio.create_task(self._watch())

    async def kill(self) -> None:
        """``kill -9``: no farewell, no cleaning up."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """Ask it to end."""
        await self._end(signal.SIGTERM)

    def helpers(self) -> list[int]:
        """The processes in which it draws."""
        if not self.pid:
            return []
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in _command_of(child)]

    async def _spawn(self) -> None:
        with self._log.open("ab") as log:
            self._child = await asyncio.create_subprocess_exec(
                *self._command, cwd=ROOT, env=self._environment, stderr=log
            )

    async def _watch(self) -> None:
        while self._child is not None:
            await self._child.wait()
            self.falls += 1
            await asyncio.sleep(PAUSE)
            await self._spawn()

    async def _end(self, number: signal.Signals) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
            self._watcher = None
        if self._child is not None and self._child.returncode is None:
            self._child.send_signal(number)
            await self._child.wait()


def _command_of(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
