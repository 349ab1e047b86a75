"""What only a few can use at a time goes round by turns between clusters, and in order within one."""

import asyncio

import pytest

from measures.shares import Shares, working_for


async def use(shares: Shares, whose: str, name: str, done: list[str]) -> None:
    working_for.set(whose)
    async with shares.turn():
        await asyncio.sleep(0)
        done.append(name)


async def test_thirty_of_one_cluster_make_another_wait_for_its_turn_only():
    shares, done = Shares(1), list[str]()
    many = [asyncio.create_task(use(shares, "A", f"a{n}", done)) for n in range(30)]
    await asyncio.sleep(0)
    few = [asyncio.create_task(use(shares, "B", f"b{n}", done)) for n in range(2)]
    await asyncio.gather(*many, *few)
    assert (done.index("b0") <= 3, done.index("b1") - done.index("b0")) == (True, 2)
    assert [name for name in done if name[0] == "a"] == [f"a{n}" for n in range(30)]


async def test_who_stops_waiting_takes_no_place_along():
    shares, done = Shares(1), list[str]()
    async with shares.turn():
        leaving, staying = (asyncio.create_task(use(shares, each, each, done)) for each in "AB")
        await asyncio.sleep(0)
        leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    await staying
    await use(shares, "C", "C", done)
    assert done == ["B", "C"]


async def test_place_given_to_who_leaves_at_that_moment_goes_to_the_next():
    shares, done = Shares(1), list[str]()
    async with shares.turn():
        leaving, staying = (asyncio.create_task(use(shares, each, each, done)) for each in "AB")
        await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(leaving, staying, return_exceptions=True)
    assert done == ["B"]


async def test_places_are_used_at_the_same_time_and_come_back():
    shares, most, inside = Shares(2), 0, 0

    async def stay() -> None:
        nonlocal most, inside
        async with shares.turn():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(stay() for _ in range(7)))
    await asyncio.gather(*(stay() for _ in range(7)))
    assert (most, inside) == (2, 0)
