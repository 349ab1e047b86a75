"""Killed at any moment, the bot loses nothing, says nothing twice and keeps the order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.postgres import Postgres, postgresql
from tests.crash.steps import TAKEN, Point
from tests.crash.story import play
from tests.crash.tally import FILE, TEXT, Tally
from tests.crash.trials import SETTINGS, STEPS, Report, Setting, run, shares
from tests.crash.victims import BOT, POSTGRESQL

KILLS = 3
TRIES = 6
"""Trials in which what was taken away must be missed at least once."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A server that may be killed."""
    with postgresql() as server:
        yield server


@pytest.mark.crash
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "setting",
    [
        Setting(STEPS),
        pytest.param(Setting(BOT, on_postgresql=True, replicas=3), marks=pytest.mark.postgres),
        pytest.param(Setting(POSTGRESQL, on_postgresql=True), marks=pytest.mark.postgres),
    ],
    ids=lambda setting: "-".join(setting.name),
)
async def test_killed_bot_loses_and_doubles_nothing(setting: Setting, request: pytest.FixtureRequest) -> None:
    server = request.getfixturevalue("postgres") if setting.on_postgresql else None
    total = (await run(2, seed=20, settings=[setting], postgres=server)).total
    assert (total.lost, total.doubled, total.disordered) == ([], [], [])
    assert total.messages > total.trials == 2


@pytest.mark.crash
@pytest.mark.timeout(300)
@pytest.mark.postgres
@pytest.mark.parametrize(
    ("what", "point", "replicas"),
    [
        ("lease", Point(FILE, "chat.postMessage", TAKEN), 3),
        ("key", Point(TEXT, "received", "after"), 1),
        ("reconciliation", Point(TEXT, "noted", "before"), 1),
    ],
)
async def test_trials_notice_what_is_missing(what: str, point: Point, replicas: int, postgres: Postgres) -> None:
    setting = Setting(STEPS, on_postgresql=True, replicas=replicas, points=(point,))
    found = []
    for seed in range(TRIES):  # without a lease it takes two bots at the same moment
        total = (await run(1, seed=seed, settings=[setting], sabotage=what, postgres=postgres)).total
        found = [*total.lost, *total.doubled, *total.disordered]
        if found:
            break
    assert found != []


@pytest.mark.crash
@pytest.mark.timeout(600)
async def test_story_ends_as_it_must_in_bad_weather_and_with_kills(tmp_path: Path) -> None:
    ending = await play(tmp_path, kills=KILLS, seed=2, bad_weather=True)
    assert (ending.differences, ending.lost, ending.doubled) == ([], [], [])
    assert ending.kills == KILLS
    assert ending.failed_calls > KILLS


def test_tally_counts_what_is_missing_and_what_is_too_much() -> None:
    tally = Tally()
    for seen in (0, 1, 3):
        tally.add(TEXT, f"seen {seen}", seen, 1, 1)
    assert (tally.lost, tally.doubled, tally.messages) == (["seen 0"], ["seen 3", "seen 3"], 3)


def test_tally_notices_what_overtakes() -> None:
    tally = Tally()
    tally.in_order(TEXT, "first", [1.0, 2.0, 2.0])
    assert tally.is_clean is True
    tally.in_order(TEXT, "second", [2.0, 1.0, 3.0])
    assert (tally.disordered, tally.is_clean) == (["second, no. 1"], False)


@pytest.mark.parametrize("trials", [1, 20, 100, 201])
def test_every_trial_is_given_to_a_setting(trials: int) -> None:
    given = shares(trials, SETTINGS, random.Random(1))
    assert sum(number for _, number in given) == trials


def test_table_has_a_row_for_each_kind() -> None:
    lines = Report([(Setting(BOT), Tally(trials=4))]).table().splitlines()
    assert [len(line) for line in lines] == [len(lines[0])] * 5
    assert lines[2].split()[1:6:2] == ["bot", "SQLite", "1"]
