"""A reader is started ahead of its file, reads one file only, and is never left behind."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from measures.reading.intake import read_file
from measures.reading.limits import MIB
from measures.reading.readers import RESERVE, ReadingProcess, Reserve

FILE = b"KOL;Spirometri\n130;96\n"
PATIENCE = 20.0
PARENT = """
from measures.reading.readers import RESERVE
RESERVE.refill()
print(RESERVE.take().pid, flush=True)
input()
"""


def limits_of(reader: ReadingProcess) -> dict[str, str]:
    lines = Path(f"/proc/{reader.pid}/limits").read_text().splitlines()[1:]
    return {line[:26].strip(): line[26:47].strip() for line in lines}


def wait_until_ready(reader: ReadingProcess) -> dict[str, str]:
    deadline = time.monotonic() + PATIENCE
    while (limits := limits_of(reader))["Max processes"] != "0":
        assert time.monotonic() < deadline
        os.sched_yield()
    return limits


def test_reader_is_gone_after_its_file():
    reader = ReadingProcess()
    assert reader.is_alive
    assert reader.read(FILE, PATIENCE, MIB)[0] == 0
    assert not reader.is_alive


def test_reader_gives_up_its_means_before_there_is_a_file():
    reader = ReadingProcess()
    limits = wait_until_ready(reader)
    environment = Path(f"/proc/{reader.pid}/environ").read_bytes()
    reader.stop()
    names = ("Max open files", "Max file size", "Max address space", "Max cpu time")
    assert [limits[name] for name in names] == ["3", "0", str(512 * 1024 * 1024), "8"]
    assert environment == b""


def test_reserve_gives_the_waiting_reader_away_once():
    reserve = Reserve()
    reserve.refill()
    first, second = reserve.take(), reserve.take()
    assert first.pid != second.pid
    assert [reader.read(FILE, PATIENCE, MIB)[0] for reader in (first, second)] == [0, 0]


def test_reserve_passes_over_a_reader_that_died_while_it_waited():
    reserve = Reserve()
    reserve.refill()
    dying = reserve.waiting
    assert dying is not None
    dying.kill()
    while dying.is_alive:
        os.sched_yield()
    assert reserve.take().read(FILE, PATIENCE, MIB)[0] == 0


def test_reserve_closed_leaves_nobody_waiting():
    reserve = Reserve()
    reserve.refill()
    waiting = reserve.waiting
    reserve.close()
    assert waiting is not None
    assert not waiting.is_alive


async def test_next_file_is_read_by_the_reader_that_waits():
    await read_file(FILE, "tal.csv")
    await asyncio.sleep(0)  # the reserve is filled after the answer
    waiting = RESERVE.waiting
    assert waiting is not None
    assert (await read_file(FILE, "tal.csv")).sheets[0].rows == (("KOL", "Spirometri"), ("130", "96"))
    assert not waiting.is_alive
    assert RESERVE.waiting is not waiting


async def test_reading_that_is_cancelled_ends_its_reader():
    RESERVE.refill()
    waiting = RESERVE.waiting
    reading = asyncio.create_task(read_file(b"1;2\n" * 90_000, "tal.csv"))
    await asyncio.sleep(0)
    assert RESERVE.waiting is not waiting
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert waiting is not None
    deadline = time.monotonic() + PATIENCE
    while waiting.is_alive and time.monotonic() < deadline:
        os.sched_yield()
    assert not waiting.is_alive


def test_reader_does_not_outlive_a_program_that_is_killed():
    with subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + PATIENCE
    while is_running(pid) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    """Whether a process works; one that only waits to be counted out does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
