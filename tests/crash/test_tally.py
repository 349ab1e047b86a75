"""What the trials count, and how they are shared out."""

from __future__ import annotations

import random

import pytest

from tests.crash.tally import TEXT, Tally
from tests.crash.trials import SETTINGS, Report, Setting, shares
from tests.crash.victims import BOT


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
