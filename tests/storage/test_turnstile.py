"""One writer at a time: who is waited for goes first, and nobody who gives up takes a turn with him."""

import asyncio
from collections.abc import Callable

from storage.turnstile import Turnstile


def people(turnstile: Turnstile, seen: list[str]) -> Callable[..., asyncio.Task[None]]:
    async def pass_through(name: str, urgent: bool) -> None:
        async with turnstile.turn(urgent=urgent):
            seen.append(name)
            await asyncio.sleep(0)

    return lambda name, urgent=False: asyncio.create_task(pass_through(name, urgent))


async def test_urgent_goes_before_those_who_wait_and_the_rest_in_order() -> None:
    seen: list[str] = []
    turnstile = Turnstile()
    come = people(turnstile, seen)
    async with turnstile.turn():
        waiting = [come("a"), come("b"), come("urgent", urgent=True)]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert seen == ["urgent", "a", "b"]


async def test_one_is_inside_at_a_time() -> None:
    inside, most = 0, 0
    turnstile = Turnstile()

    async def person(number: int) -> None:
        nonlocal inside, most
        async with turnstile.turn(urgent=number % 3 == 0):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(person(number) for number in range(30)))
    assert (most, inside) == (1, 0)


async def test_who_gives_up_while_waiting_leaves_the_turn_to_the_next() -> None:
    seen: list[str] = []
    turnstile = Turnstile()
    come = people(turnstile, seen)
    async with turnstile.turn():
        gone, next_one = come("gone"), come("next")
        await asyncio.sleep(0)
        gone.cancel()
    await asyncio.wait([gone, next_one])
    assert gone.cancelled()
    assert seen == ["next"]


async def test_who_gives_up_just_as_the_turn_comes_passes_it_on() -> None:
    seen: list[str] = []
    turnstile = Turnstile()
    come = people(turnstile, seen)
    async with turnstile.turn():
        gone, next_one = come("gone"), come("next")
        await asyncio.sleep(0)
    gone.cancel()  # the turn was handed over, but nobody has gone through yet
    await asyncio.wait([gone, next_one])
    assert gone.cancelled()
    assert seen == ["next"]
    async with asyncio.timeout(1), turnstile.turn():
        pass


async def test_error_inside_lets_the_next_one_in() -> None:
    turnstile = Turnstile()
    try:
        async with turnstile.turn():
            raise ValueError
    except ValueError:
        pass
    async with asyncio.timeout(1), turnstile.turn():
        pass
