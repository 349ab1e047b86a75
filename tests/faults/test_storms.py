"""Slack stumbles at every call for a while: everything arrives once, and who waits in vain is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.faults.village import Village

STORMS: dict[str, dict[str, Any]] = {
    "429": {"retry_after": 1},
    "500": {"status": 500},
    "fatal_error": {"error": "fatal_error"},
    "page": {"page": True},
    "gateway": {"page": True, "status": 504, "when": "after"},
    "reset": {"reset": True},
    "reset after": {"reset": True, "when": "after"},
    "torn": {"torn": True, "when": "after"},
    "slow": {"delay": 0.4},
}
"""What the next calls of any method meet."""
CALLS = 8


@pytest.mark.parametrize("storm", STORMS)
async def test_everything_arrives_once_through_a_storm(village: Village, storm: str) -> None:
    await village.desk.fail("*", times=CALLS, **STORMS[storm])
    await village.all_say_yes()
    await village.desk.say(village.klynge.doctors[1], village.world.bot_user_id, "hjælp")
    await village.desk.home(village.klynge.doctors[2])
    await village.settle()
    assert await village.answers() == ["yes"] * 5
    assert await village.account() == ([], [])
    assert await village.unsettled() == {}
    assert await village.desk.failures() == []


@pytest.mark.parametrize("storm", [name for name in STORMS if name != "slow"])
async def test_person_hears_when_a_window_cannot_be_opened(village: Village, storm: str) -> None:
    await village.desk.fail("views.open", **STORMS[storm])
    person = village.coordinator
    before = len(await village.desk.dm(person))
    answer = await village.desk.command(person, village.klynge.channel, "/klynge møde")
    await village.settle()
    is_open = await village.desk.top_view(person) is not None
    told = (answer["response"] or {}).get("text", "")
    assert (is_open, bool(told), answer["failed"], len(await village.desk.dm(person))) == (
        STORMS[storm].get("when") == "after",
        True,
        None,
        before,
    )


@pytest.mark.parametrize("storm", [name for name in STORMS if name != "slow"])
async def test_person_is_told_later_when_nothing_can_be_said_now(village: Village, storm: str) -> None:
    person = village.coordinator
    desk_card = next(message for message in await village.desk.dm(person) if "meeting.who" in str(message["blocks"]))
    before = len(await village.desk.dm(person))
    for method in ("views.open", "chat.postEphemeral"):
        await village.desk.fail(method, **STORMS[storm])
    answer = await village.desk.act(person, desk_card, "meeting.who")
    await village.settle()
    told = [message["text"] for message in (await village.desk.dm(person))[before:] if not message.get("ephemeral")]
    assert (answer["failed"], len(told)) == (None, 1)
