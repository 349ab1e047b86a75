"""Processes that read one file each. One is kept waiting: started, loaded, and with its means given up already.

Starting one takes longer than reading a practice's file. A process is never used for a second file: what a hostile
file made of it dies with it. When the program ends, however it ends, the waiting one reads the end of its input and
goes too.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-E", "-s", "-m", "measures.reading.reader")


class ReadingProcess:
    """A process with nothing but three pipes: no environment, no files, no network, little memory and time."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            COMMAND, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=ROOT, env={}
        )

    @property
    def pid(self) -> int:
        """Its number, as the system knows it."""
        return self._child.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can still be given a file."""
        return self._child.poll() is None

    def read(self, data: bytes, seconds: float, most: int) -> tuple[int, bytes]:
        """How it ended and what it said; TimeoutError when it took too long, OverflowError when it says more bytes than
        ``most``, of which no more are taken. It is gone afterwards.
        """
        is_late = threading.Event()
        watch = threading.Timer(seconds, self._end, args=(is_late,))
        watch.start()
        giver = threading.Thread(target=self._give, args=(data,), daemon=True)
        giver.start()
        try:
            told = self._child.stdout.read(most + 1) if self._child.stdout is not None else b""
            if len(told) > most:
                raise OverflowError
            self._child.wait()
            if is_late.is_set():
                raise TimeoutError
        finally:
            watch.cancel()
            self._child.kill()
            giver.join()
            self.stop()
        return self._child.returncode, told

    def _end(self, is_late: threading.Event) -> None:
        is_late.set()
        self._child.kill()

    def _give(self, data: bytes) -> None:
        with suppress(OSError):  # it ended before it had taken everything
            if self._child.stdin is not None:
                self._child.stdin.write(data)
                self._child.stdin.close()

    def kill(self) -> None:
        """End it, whatever it is doing; who reads from it finds that out."""
        self._child.kill()

    def stop(self) -> None:
        """End it and clear up after it."""
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not taken any more
                    pipe.close()


class Reserve:
    """Keeps one reader waiting, once somebody has asked for one. Used from any thread."""

    def __init__(self) -> None:
        self.waiting: ReadingProcess | None = None
        self._lock = threading.Lock()

    def take(self) -> ReadingProcess:
        """The one that waits, or a new one."""
        with self._lock:
            reader, self.waiting = self.waiting, None
        if reader is not None and reader.is_alive:
            return reader
        if reader is not None:
            reader.stop()
        return ReadingProcess()

    def refill(self) -> None:
        """Have one waiting for the next file."""
        with self._lock:
            if self.waiting is None:
                self.waiting = ReadingProcess()

    def close(self) -> None:
        """Let the waiting one go."""
        with self._lock:
            reader, self.waiting = self.waiting, None
        if reader is not None:
            reader.stop()


RESERVE = Reserve()
atexit.register(RESERVE.close)
