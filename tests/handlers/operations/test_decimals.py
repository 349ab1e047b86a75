"""An amount with decimals from the form, a message and a file to the receipt, the correction and own data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import Submission
from tests.handlers.conftest import ARound
from tests.handlers.operations.test_forgetting import own_files
from tests.measures.posts import POSTS
from workspace import Desk

Make = Callable[..., Awaitable[Any]]
Settle = Callable[[], Awaitable[None]]
RECEIPT = "• Tilmeldte patienter: *3.200* fordelt på 3,92 = 816 patienter\n• Lægeårsværk: *3,92*"


@pytest.fixture
async def r(desk: Desk, settle: Settle, a_cluster: Make) -> ARound:
    """A cluster whose only round is about an amount."""
    r = ARound(desk, settle, await a_cluster(2))
    await r.drop(r.klynge.coordinator, "poster.toml", POSTS.encode())
    assert (await r.ask(package="posts_test"))["response_action"] is None
    return r


async def newest(bot: Runtime) -> tuple[str, dict[str, Any]]:
    async with bot.database.read() as session:
        found = (await session.scalars(select(Submission).order_by(Submission.id.desc()))).first()
        return (found.state, found.numbers) if found else ("", {})


async def card(r: Any, person: str) -> dict[str, Any]:
    """The request of the newest round."""
    said = [
        each for each in await r.desk.dm(person) if each["text"].startswith("Klyngen beder Lægehuset 2 om tal om Læ")
    ]
    return said[-1]


@pytest.mark.long
@pytest.mark.both_databases
async def test_an_amount_goes_through_the_form_and_comes_back_in_it(r: ARound, bot: Runtime) -> None:
    doctor = r.klynge.doctors[1]
    await r.desk.act(doctor, await r.card(doctor), "assignment.enter")
    values = {"value.listed": "3200", "value.posts": "3.92"}
    assert (await r.desk.submit(doctor, None, values))["response_action"] is None
    await r.settle()
    kept = await r.last(doctor)
    assert RECEIPT in kept["text"]
    assert await newest(bot) == ("accepted", {"listed": 3200, "posts": 3.92})

    await r.desk.act(doctor, kept, "submission.correct")
    window = (await r.desk.top_view(doctor))["view"]
    fields = {each["block_id"]: each["element"] for each in window["blocks"] if each["type"] == "input"}
    assert fields["value.posts"]["initial_value"] == "3.92"
    assert [fields[name]["is_decimal_allowed"] for name in ("value.listed", "value.posts")] == [False, True]
    assert (await r.desk.submit(doctor, None, values | {"value.posts": "4.5"}))["response_action"] is None
    await r.settle()
    assert "• Lægeårsværk: *4,5* (før: 3,92)" in (await r.last(doctor))["text"]
    assert await newest(bot) == ("accepted", {"listed": 3200, "posts": 4.5})


@pytest.mark.long
@pytest.mark.both_databases
async def test_an_amount_is_typed_and_kept_after_a_yes(r: ARound, bot: Runtime) -> None:
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "årsværk 3,92, tilmeldte 3200")
    assert RECEIPT in (await r.last(doctor))["text"]
    await r.write(doctor, "ja")
    assert await newest(bot) == ("accepted", {"listed": 3200, "posts": 3.92})
    await r.write(doctor, "årsværk 3,5")
    assert "• Lægeårsværk: *3,5* (før: 3,92)" in (await r.last(doctor))["text"]


@pytest.mark.long
async def test_an_amount_is_read_from_a_file_and_told_among_own_data(r: ARound, bot: Runtime) -> None:
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "tal.csv", "Ydernummer;Tilmeldte;Årsværk\n010002;3200;3,92\n".encode())
    assert await newest(bot) == ("accepted", {"listed": 3200, "posts": 3.92})
    assert "• Lægeårsværk: *3,92* – _celle C2, »Årsværk«_" in (await r.last(doctor))["text"]
    page, data = (await own_files(r, doctor)).values()
    assert "Lægeårsværk: 3,92" in page
    assert '"posts": 3.92' in data
