"""The socket breaks, falls silent, is replaced or crawls: people's doings arrive all the same, once."""

from __future__ import annotations

import pytest

from bot.settings import Settings
from tests.faults.village import WORDS, Village


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A socket that is thrown away after two silent seconds instead of a minute."""
    return settings.model_copy(update={"silence_seconds": 2.0})


@pytest.mark.parametrize(
    "what", [{"drop": True}, {"disconnect": "refresh_requested"}, {"disconnect": "link_disabled"}], ids=str
)
async def test_nothing_is_lost_while_the_socket_is_replaced(village: Village, what: dict[str, object]) -> None:
    for person in village.klynge.doctors:
        await village.desk.sockets(**what)
        await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.all_say_yes()
    await village.settle()
    assert await village.answers() == ["yes"] * 5
    assert [await village.helped(person) for person in village.klynge.doctors[1:]] == [1] * 4
    assert await village.account() == ([], [])
    assert await village.unsettled() == {}


async def test_warning_of_a_replacement_changes_nothing(village: Village) -> None:
    await village.desk.sockets(disconnect="warning")
    await village.all_say_yes()
    await village.settle()
    assert await village.answers() == ["yes"] * 5


async def test_socket_comes_back_when_slack_had_too_many(village: Village) -> None:
    person = village.klynge.doctors[1]
    await village.desk.settings(most_sockets=0)
    await village.desk.sockets(drop=True)
    await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.desk.wait_for(lambda: refused(village), 20)
    await village.desk.settings(most_sockets=10)
    await village.settle()
    assert await village.helped(person) == 1


async def test_dead_socket_is_replaced_and_what_it_swallowed_comes_again(village: Village) -> None:
    person = village.klynge.doctors[1]
    await village.desk.sockets(silence=True)
    opened = await opens(village)
    await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.desk.wait_for(lambda: is_replaced(village, opened), 20)
    await village.desk.sockets(silence=False)
    await village.settle()
    assert await village.helped(person) == 1


async def test_acknowledgement_that_comes_too_late_doubles_nothing(village: Village) -> None:
    person = village.klynge.doctors[1]
    await village.desk.settings(ack_seconds=0.2, socket_delay=0.4, retry_delays=[0.1, 0.1, 0.1])
    await village.desk.say(person, village.world.bot_user_id, WORDS)
    assert await village.says_yes(person) is False
    assert await village.says_yes(person) is False
    await village.settle()
    assert await village.helped(person) == 1
    assert await village.answers() == ["", "yes", "", "", ""]
    assert await village.account() == ([], [])
    assert await village.unsettled() == {}


async def opens(village: Village) -> int:
    """How often a socket has been opened."""
    return sum(row["kind"] == "socket" and row["method"] == "open" for row in await village.desk.traffic())


async def is_replaced(village: Village, opened: int) -> bool:
    """Whether a socket has been opened since."""
    return await opens(village) > opened


async def refused(village: Village) -> bool:
    """Whether the bot has asked for a socket twice and got none."""
    asked = [row for row in await village.desk.traffic() if row["method"] == "apps.connections.open"]
    return village.world.sockets.count == 0 and len(asked) >= 3
