"""A topic without numbers through Slack: chosen for a meeting, read by members, gone through step by step."""

from __future__ import annotations

import pytest

from measures.packages.package import whole
from tests.handlers.meetings.kit import Room, words

DYSPEPSIA = whole("dyspepsi")


async def take_up(room: Room) -> None:
    """From the list to the agenda: four taps."""
    boss, desk = room.coordinator, room.desk
    await desk.command(boss, room.klynge.channel, "/klynge pakker")
    window = await desk.top_view(boss)
    await desk.act(boss, window, "package.topics")
    window = await desk.top_view(boss)
    row = next(each for each in window["view"]["blocks"] if each.get("accessory", {}).get("value") == "dyspepsi")
    await desk.act(boss, window, "package.show", block_id=row["block_id"])
    await desk.act(boss, await desk.top_view(boss), "package.meeting")
    await desk.submit(boss, values={})
    await room.settle()


async def window_of(room: Room, person: str) -> str:
    view = (await room.desk.top_view(person))["view"]
    return "\n".join(each["text"]["text"] for each in view["blocks"] if each["type"] == "section")


@pytest.mark.long
async def test_topic_is_taken_up_read_and_gone_through(room: Room) -> None:
    boss, doctor = room.coordinator, room.bo
    case = DYSPEPSIA.cases[0]
    await take_up(room)
    card = (await room.find(boss, "Dagsorden: "))[-1]
    assert DYSPEPSIA.agenda[1].title.da in words(card)
    assert "Læs om det" not in str(await room.desk.dm(doctor))

    await room.desk.act(boss, card, "meeting.agenda_share")
    await room.desk.submit(boss, values={})
    await room.settle()
    [invitation] = [each for each in await room.desk.dm(doctor) if "Læs om det" in str(each)]
    assert DYSPEPSIA.why.da in words(invitation)
    await room.desk.act(doctor, invitation, "meeting.topic")
    read = await window_of(room, doctor)
    assert (case.text.da in read, case.steps[0].da in read, "Det siger vejledninger" in read) == (True, False, False)

    await room.desk.command(boss, room.klynge.channel, "/klynge styr")
    await room.settle()
    steering = (await room.find(boss, "Du leder"))[-1]
    await room.desk.act(boss, steering, "meeting.cases")
    assert case.text.da in await window_of(room, boss)
    seen = []
    while "meeting.cases" in str(await room.desk.top_view(boss)):
        await room.desk.act(boss, await room.desk.top_view(boss), "meeting.cases")
        seen.append(await window_of(room, boss))
    assert case.steps[0].da in seen[1]
    assert DYSPEPSIA.guideline[0].text.da in seen[-1]


@pytest.mark.long
async def test_pages_come_to_the_coordinator_alone(room: Room) -> None:
    boss = room.coordinator
    await room.desk.command(boss, room.klynge.channel, "/klynge pakker")
    await room.desk.act(boss, await room.desk.top_view(boss), "package.topics")
    window = await room.desk.top_view(boss)
    row = next(each for each in window["view"]["blocks"] if each.get("accessory", {}).get("value") == "dyspepsi")
    await room.desk.act(boss, window, "package.show", block_id=row["block_id"])
    await room.desk.act(boss, await room.desk.top_view(boss), "package.pages")
    await room.settle()
    files = [file["name"] for message in await room.desk.dm(boss) for file in message.get("files") or []]
    assert files == ["oplæg-dyspepsi.pdf", "oplæg-dyspepsi.pptx", "moedeleder-dyspepsi.pdf"]
