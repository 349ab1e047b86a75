"""The whole story in bad weather, against a bot that is killed on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.rehearsal.cast import Cast, vestfjord
from tests.crash.story import play
from tests.journeys.performance import FIVE

KILLS = 3
SEED = 2


@pytest.mark.crash
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "cast", [FIVE, pytest.param(vestfjord(SEED), marks=pytest.mark.whole)], ids=["five practices", "Vestfjord"]
)
async def test_story_ends_as_it_must_in_bad_weather_and_with_kills(tmp_path: Path, cast: Cast) -> None:
    ending = await play(cast, tmp_path, kills=KILLS, seed=SEED, bad_weather=True)
    assert (ending.differences, ending.lost, ending.doubled) == ([], [], [])
    assert ending.kills == KILLS
    assert ending.failed_calls > KILLS
