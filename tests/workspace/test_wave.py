"""Size: thousands of messages and people must cost the same each, and nothing may hold the loop."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.workspace.kit import Place, actions, button
from workspace import Workspace
from workspace.events.posting import Draft, post


async def seconds_for(place: Place, people: list[str]) -> float:
    """How much computing one message to each of these people takes, eight calls at a time."""
    gate = asyncio.Semaphore(8)

    async def send(person: str) -> None:
        async with gate:
            card = [actions(button("rsvp", person))]
            await place.client.chat_postMessage(channel=person, text="Kommer du?", blocks=card)

    started = time.process_time()
    await asyncio.gather(*(send(person) for person in people))
    return time.process_time() - started


@pytest.mark.long
async def test_wave_of_three_thousand_messages_costs_the_same_to_its_end(place: Place) -> None:
    await place.desk.settings(rate_limits=False, own_message_events=False)
    people = [place.world.add_person(name=f"Læge {number}") for number in range(3_000)]
    each = [await seconds_for(place, people[start : start + 250]) for start in range(0, 3_000, 250)]
    assert min(each[-3:]) < 3 * min(each[:3])
    assert sum(len(conversation.timeline) for conversation in place.world.conversations.by_id.values()) == 3_000


def seconds_to_fill(messages: int) -> float:
    world = Workspace()
    world.settings.own_message_events = False
    conversation = world.conversations.get(
        world.add_channel("klynge", [world.add_person(name=f"Læge {n}") for n in range(20)])
    )
    started = time.process_time()
    for number in range(messages):
        post(world, conversation, world.bot_user_id, Draft(str(number), bot=True))
    return time.process_time() - started


@pytest.mark.long
def test_long_conversation_grows_in_proportion() -> None:
    small = min(seconds_to_fill(2_000) for _ in range(3))
    large = min(seconds_to_fill(16_000) for _ in range(3))
    assert large < 8 * 3 * small


@pytest.mark.long
async def test_loop_answers_others_while_a_long_conversation_is_read(place: Place) -> None:
    await place.desk.settings(own_message_events=False)
    conversation = place.world.conversations.get(place.dm)
    for number in range(3_000):
        post(place.world, conversation, place.world.bot_user_id, Draft(str(number), bot=True))
    longest = 0.0
    reading = asyncio.create_task(place.desk.dm(place.anne))
    while not reading.done():
        started = time.perf_counter()
        await asyncio.sleep(0)
        longest = max(longest, time.perf_counter() - started)
    assert len(await reading) == 3_000
    assert longest < 0.5
