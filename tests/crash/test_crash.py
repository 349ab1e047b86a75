"""Killed at any moment, the bot loses nothing, says nothing twice and keeps the order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crash.postgres import Postgres, postgresql
from tests.crash.steps import TAKEN, Point
from tests.crash.tally import FILE, TEXT
from tests.crash.trials import STEPS, Setting, run
from tests.crash.victims import BOT, POSTGRESQL

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
