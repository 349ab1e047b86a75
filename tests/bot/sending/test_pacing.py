"""Slack's pace: bursts are allowed, then one waits, and a long wait is handed back."""

from __future__ import annotations

import asyncio

import pytest

from bot.sending.pacing import LONGEST_WAIT, POST, Bucket, CallPace, OwnAllowances, TooFast


def test_bucket_gives_its_burst_and_then_asks_to_wait() -> None:
    bucket = Bucket(burst=3, rate=1, tokens=3, at=0)
    waits = []
    for _ in range(5):
        waits.append(bucket.wait(0))
        bucket.tokens -= 1
    assert waits == [0, 0, 0, 1, 2]
    assert bucket.wait(2) == 1


def test_bucket_never_holds_more_than_its_burst() -> None:
    bucket = Bucket(burst=3, rate=1, tokens=0, at=0)
    bucket.wait(1000)
    assert bucket.tokens == 3


async def test_conversations_do_not_wait_for_each_other() -> None:
    pace, loop = CallPace(OwnAllowances()), asyncio.get_running_loop()
    began = loop.time()
    for channel in ("C1", "C2", "C3"):
        for _ in range(3):
            await pace.turn(POST, channel)
    assert loop.time() - began < 0.5


async def test_method_that_slack_closed_is_left_alone() -> None:
    pace = CallPace(OwnAllowances())
    await pace.turn("views_publish", None)
    await pace.block("views_publish", 60)
    await pace.turn("chat_update", None)
    with pytest.raises(TooFast) as caught:
        await pace.turn("views_publish", None)
    assert LONGEST_WAIT < caught.value.seconds <= 60


async def test_wait_too_long_takes_nothing_of_the_allowance() -> None:
    pace = CallPace(OwnAllowances(), factor=0.01)
    with pytest.raises(TooFast):
        await pace.turn("chat_update", None)
    with pytest.raises(TooFast) as caught:
        await pace.turn("chat_update", None)
    assert caught.value.seconds < 120
