"""Heavy work in another process: results come back, errors too, and a process that dies is replaced."""

from __future__ import annotations

import asyncio
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator

import pytest

from bot.running.compute import TASKS_PER_PROCESS, Compute


@pytest.fixture
async def compute() -> AsyncIterator[Compute]:
    made = Compute()
    yield made
    await made.close()


@pytest.mark.long
async def test_result_comes_from_another_process(compute: Compute) -> None:
    assert (await compute(math.factorial, 5), await compute(os.getpid) != os.getpid()) == (120, True)


@pytest.mark.long
async def test_error_of_the_work_is_raised_here(compute: Compute) -> None:
    with pytest.raises(ValueError, match=r"math domain|nonnegative"):
        await compute(math.sqrt, -1)


@pytest.mark.long
async def test_dead_process_is_replaced(compute: Compute) -> None:
    with pytest.raises(Exception, match="terminated abruptly"):
        await compute(os._exit, 1)
    assert await compute(math.factorial, 4) == 24


@pytest.mark.long
async def test_work_that_never_ends_is_ended_and_nobody_waits_behind_it() -> None:
    compute = Compute(longest=1)
    with pytest.raises(Exception, match="terminated abruptly"):
        await compute(time.sleep, 600)
    assert await compute(math.factorial, 4) == 24
    await compute.close()


@pytest.mark.long
async def test_process_is_replaced_after_many_tasks_and_nobody_waits_for_ever(compute: Compute) -> None:
    first = await compute(os.getpid)
    async with asyncio.timeout(60):
        for _ in range(2 * TASKS_PER_PROCESS // 8):
            await asyncio.gather(*(compute(math.factorial, 3) for _ in range(8)))
    assert await compute(os.getpid) != first


@pytest.mark.long
def test_program_starts_without_the_drawing_libraries() -> None:
    code = "import sys, bot.app; print(sorted({'pandas', 'matplotlib', 'scipy', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.long
def test_processes_of_the_pool_leave_with_a_killed_program() -> None:
    code = """
import asyncio, os, signal, sys
from bot.running.compute import Compute
async def main():
    print(await Compute()(os.getpid), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as program:
        said, _ = program.communicate(timeout=30)  # ends only when nobody holds the pipe any more
    assert (program.returncode, said.strip().isdecimal()) == (-signal.SIGKILL, True)
