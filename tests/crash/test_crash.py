"""Killed at any moment, the bot loses nothing and says nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.story import play
from tests.crash.trials import Tally, run

KILLS = 20


@pytest.mark.crash
@pytest.mark.timeout(420)
async def test_twenty_kills_lose_nothing_and_double_nothing() -> None:
    tally = await run(KILLS, seed=20)
    assert (tally.lost, tally.doubled) == ([], [])
    assert tally.checked > KILLS


@pytest.mark.crash
@pytest.mark.timeout(600)
async def test_story_ends_as_it_must_however_often_the_bot_is_killed(tmp_path: Path) -> None:
    ending = await play(tmp_path, kills=KILLS, seed=1)
    assert (ending.differences, ending.lost, ending.doubled) == ([], [], [])
    assert ending.kills == KILLS


def test_tally_counts_what_is_missing_and_what_is_too_much() -> None:
    tally = Tally()
    for seen in (0, 1, 3):
        tally.add(f"seen {seen}", seen, 1, 1)
    assert (tally.lost, tally.doubled, tally.checked) == (["seen 0"], ["seen 3", "seen 3"], 3)
