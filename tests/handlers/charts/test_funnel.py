"""`/klynge tragt`: the coordinator's own point and the limits, and nobody else."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

Make = Callable[..., Awaitable[Any]]


async def released(a_round: Make, size: int) -> Any:
    r = await a_round(size)
    await r.give(*range(1, size + 1))
    await r.release()
    return r


@pytest.mark.long
async def test_coordinator_gets_the_own_point_and_nobody_elses(a_round: Make) -> None:
    r = await released(a_round, 10)
    await r.command(r.klynge.coordinator, "/klynge tragt")
    await r.settle()
    message = await r.last(r.klynge.coordinator)
    said = message["text"].splitlines()
    assert said[0].startswith("*Lægehuset 1* i tragtdiagrammet, om KOL.")
    assert len(said) == 4
    assert len([block for block in message["blocks"] if block["type"] == "image"]) == 3
    words = json.dumps(message, ensure_ascii=False)
    assert [n for n in range(2, 11) if f"Lægehuset {n}" in words or f"{101 + 13 * n} af" in words] == []


@pytest.mark.long
async def test_too_few_practices_give_no_funnel(a_round: Make) -> None:
    r = await released(a_round, 2)
    await r.command(r.klynge.coordinator, "/klynge tragt")
    await r.settle()
    assert (await r.texts(r.klynge.coordinator))[-1] == (
        "Der er ikke noget tragtdiagram at tegne: Det kræver jeres egne tal og mindst 10 praksisser, der har givet tal."
    )
    assert (await r.command(r.klynge.doctors[1], "/klynge tragt")) is not None
    await r.settle()
    assert (await r.texts(r.klynge.doctors[1]))[-1] == "Det er kun klyngens koordinator, der kan gøre det."
