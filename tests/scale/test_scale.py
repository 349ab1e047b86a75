"""The simulation tells the truth: time leaps over waiting only, waves keep Slack's limits, and the sums add up."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.scale.country import Wave, country
from tests.scale.database import Stored
from tests.scale.drawing import Drawn
from tests.scale.growth import TIMES, table
from tests.scale.leaping import run
from tests.scale.waves import Sent, least


def test_waiting_is_leapt_over():
    async def wait() -> float:
        loop = asyncio.get_running_loop()
        began = loop.time()
        await asyncio.sleep(600)
        return loop.time() - began

    began = time.monotonic()
    assert run(wait) == pytest.approx(600, abs=1)
    assert time.monotonic() - began < 60


def test_work_in_a_thread_is_waited_for():
    def dig() -> int:
        until = time.thread_time() + 0.2
        while time.thread_time() < until:
            pass
        return 7

    async def work() -> tuple[int, bool]:
        alarm = asyncio.create_task(asyncio.sleep(3600))
        return await asyncio.to_thread(dig), alarm.done()

    assert run(work) == (7, False)


@pytest.mark.parametrize(("kind", "known", "seconds"), [("scale.text", True, 0), ("scale.text", False, 12)])
def test_wave_keeps_within_what_slack_allows(tmp_path: Path, kind: str, known: bool, seconds: int):
    """Sixty people are within every burst but that of opening conversations, fifty and then one in 1.2 seconds."""

    async def send() -> Wave:
        async with country(tmp_path, 60, known=known) as land:
            return await land.wave(kind, people=60)

    done = run(send)
    assert done.refused == 0
    assert seconds <= done.seconds < seconds + 30


def test_least_time_grows_with_people_beyond_the_burst():
    assert [least(people, 300) for people in (100, 300, 600, 3300)] == [0, 0, 1, 10]


def test_slack_binds_one_workspace_and_processor_or_database_bind_many():
    sent = [Sent("text", 300, 1, 1, 0, 2.0, 300), Sent("a chart each", 300, 2, 2, 0, 20.0, 100)]
    stored = [Stored(name, 1000, 1, 1, 500, 200) for name in ("SQLite", "PostgreSQL")]
    lines = table(sent, stored, Drawn(1.0, 2.0, 13_000))
    assert [line["×"] for line in lines[: len(TIMES)]] == list(TIMES)
    assert {line["binds one"] for line in lines} == {"Slack, one workspace"}
    assert {line["binds many"] for line in lines} == {"one core", "PostgreSQL"}
    assert lines[0]["Slack, one workspace"] == "9.9"
