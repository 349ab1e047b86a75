"""A small share of `make load`: every click is acknowledged in time, worked once, and met by no lock."""

from pathlib import Path

import pytest

from tests.load.clicks import load
from tests.load.hall import hall

PEOPLE, CLICKS, SECONDS = 60, 120, 4.0


@pytest.mark.both_databases
async def test_every_click_is_kept_in_time_and_worked_once(database_url: str, tmp_path: Path) -> None:
    async with hall(database_url, tmp_path, PEOPLE) as room:
        done = await load(room, CLICKS, SECONDS)
    assert (done.refused, done.lost, done.unanswered, done.locked) == (0, 0, 0, 0)
    assert done.p99 < 3


async def test_click_that_is_told_twice_is_one(database_url: str, tmp_path: Path) -> None:
    async with hall(database_url, tmp_path, PEOPLE) as room:
        await load(room, PEOPLE, 1.0)
        again = await load(room, PEOPLE, 1.0)
    assert (again.refused, again.lost, again.unanswered) == (0, 0, 0)
