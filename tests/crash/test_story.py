"""The whole story in bad weather, against a bot that is killed on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.story import play

KILLS = 3


@pytest.mark.crash
@pytest.mark.timeout(600)
async def test_story_ends_as_it_must_in_bad_weather_and_with_kills(tmp_path: Path) -> None:
    ending = await play(tmp_path, kills=KILLS, seed=2, bad_weather=True)
    assert (ending.differences, ending.lost, ending.doubled) == ([], [], [])
    assert ending.kills == KILLS
    assert ending.failed_calls > KILLS
