"""The whole story in bad weather, against a bot that is killed on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.rehearsal.cast import Cast, company, vestfjord
from tests.crash.story import play

KILLS = 3
SEED = 2
SMALL = company(
    [
        {"listed": 3000 + 100 * n, "copd": 101 + 13 * n, "spirometry": 61 + 9 * n, "care_plan": 43 + 5 * n}
        for n in range(5)
    ]
)
"""As few practices as a story can have."""


@pytest.mark.crash
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "cast", [SMALL, pytest.param(vestfjord(SEED), marks=pytest.mark.whole)], ids=["five practices", "Vestfjord"]
)
async def test_story_ends_as_it_must_in_bad_weather_and_with_kills(tmp_path: Path, cast: Cast) -> None:
    ending = await play(cast, tmp_path, kills=KILLS, seed=SEED, bad_weather=True)
    assert (ending.differences, ending.lost, ending.doubled) == ([], [], [])
    assert ending.kills == KILLS
    assert ending.failed_calls > KILLS
