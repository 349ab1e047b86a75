"""A member who is asked for an answer and for numbers is reminded of both in one message, once a day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from cluster.clock import MovableClock
from tests.conftest import Klynge
from tests.handlers.conftest import ARound
from tests.handlers.meetings.kit import Room, buttons, on, words
from workspace import Desk

HEADING = "2 ting venter på dig:"
MEETING = "Vi mangler dit svar: *KOL i praksis*"
NUMBERS = "Tallene om KOL fra Lægehuset 2 mangler"


@pytest.fixture
async def room(
    a_round: Callable[..., Awaitable[ARound]], desk: Desk, clock: MovableClock, settle: Callable[[], Awaitable[None]]
) -> Room:
    asked = await a_round(3)
    klynge: Klynge = asked.klynge
    made = Room(desk, clock, settle, klynge)
    await made.call_meeting()
    return made


@pytest.mark.long
async def test_both_are_one_message_and_the_answer_to_one_leaves_the_other(room: Room) -> None:
    await room.go_to(on(3, 5, 12))
    assert len(await room.find(room.bo, MEETING)) == 1
    await room.go_to(on(3, 12, 9))
    (message,) = await room.find(room.bo, HEADING)
    lines = words(message).splitlines()
    assert [part for line in lines for part in (NUMBERS, MEETING) if part in line] == [NUMBERS, MEETING]
    labels = ["Indtast tal", "Ingen data", "Sådan finder du tallene", "Kommer", "Måske", "Kommer ikke"]
    assert buttons(message) == labels
    await room.go_to(on(3, 12, 12))
    assert len(await room.find(room.bo, MEETING)) == 2

    await room.press(room.bo, message, "meeting.rsvp_yes")
    (answered,) = await room.find(room.bo, HEADING)
    assert answered["ts"] == message["ts"]
    assert NUMBERS in words(answered)
    assert "Du har svaret: *Kommer* ✔" in words(answered)


@pytest.mark.long
async def test_extra_reminder_of_the_day_waits_for_the_next_and_the_coordinator_hears_so(room: Room) -> None:
    await room.press(room.ida, await room.card(room.ida), "meeting.rsvp_yes")
    await room.go_to(on(3, 12, 9))
    desk_card = (await room.find(room.coordinator, "KOL i praksis"))[0]
    before = len(await room.find(room.bo, MEETING))
    await room.go_to(on(3, 12, 10))
    await room.press(room.coordinator, desk_card, "meeting.remind")
    said = words(await room.last(room.coordinator))
    assert said.startswith("Læge 2")
    assert " får den fredag den 13. marts kl. 08.00: " in said
    assert len(await room.find(room.bo, MEETING)) == before
    await room.go_to(on(3, 13, 8))
    assert len(await room.find(room.bo, MEETING)) == before + 1


@pytest.mark.long
@pytest.mark.parametrize(
    ("written", "said"),
    [("jeg kommer", "Du har svaret: *Kommer* ✔"), ("kol 130, spirometri 96, plan 70", "130"), ("ja", "")],
)
async def test_words_below_both_are_about_the_one_that_they_name(room: Room, written: str, said: str) -> None:
    await room.go_to(on(3, 12, 9))
    (message,) = await room.find(room.bo, HEADING)
    before = await room.desk.dm(room.bo)
    await room.desk.say(room.bo, message["channel"], written, thread_ts=message["ts"])
    await room.settle()
    told = "\n".join(words(each) for each in await room.desk.dm(room.bo))
    assert (said in told) is True
    (now,) = await room.find(room.bo, HEADING)
    if not said:
        assert (words(now), len(before) < len(await room.desk.dm(room.bo))) == (words(message), True)


@pytest.mark.long
@pytest.mark.parametrize("written", ["ja", "nej tak"])
async def test_bare_word_below_both_is_asked_about_with_buttons(room: Room, written: str) -> None:
    await room.go_to(on(3, 12, 9))
    (message,) = await room.find(room.bo, HEADING)
    await room.desk.say(room.bo, message["channel"], written, thread_ts=message["ts"])
    await room.settle()
    asked = (await room.desk.dm(room.bo))[-1]
    assert "Handler det om *KOL i praksis*" in words(asked)
    assert buttons(asked) == ["Kommer", "Måske", "Kommer ikke"]


@pytest.mark.long
async def test_words_below_both_answer_no_meeting_that_the_message_does_not_name(room: Room) -> None:
    await room.go_to(on(3, 12, 9))
    (message,) = await room.find(room.bo, HEADING)
    await room.press(room.bo, message, "meeting.rsvp_yes")
    await room.call_meeting(title="Diabetes")
    await room.desk.say(room.bo, message["channel"], "jeg kommer", thread_ts=message["ts"])
    await room.settle()
    (other,) = await room.find(room.bo, "Diabetes")
    assert "Du har svaret" not in words(other)


@pytest.mark.long
@pytest.mark.parametrize("typed_below", [False, True])
async def test_yes_below_both_saves_numbers_only_if_they_were_asked_about_there(room: Room, typed_below: bool) -> None:
    await room.go_to(on(3, 12, 9))
    (message,) = await room.find(room.bo, HEADING)
    below = {"thread_ts": message["ts"]}
    await room.desk.say(
        room.bo, message["channel"], "kol 130, spirometri 96, plan 70", **(below if typed_below else {})
    )
    await room.settle()
    assert await room.find(room.bo, "Skal jeg gemme det?")
    await room.desk.say(room.bo, message["channel"], "ja", **below)
    await room.settle()
    assert bool(await room.find(room.bo, "Skal jeg gemme det?")) is not typed_below
    assert bool(await room.find(room.bo, "Handler det om *KOL i praksis*")) is not typed_below
