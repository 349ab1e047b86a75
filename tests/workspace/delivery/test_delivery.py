"""Duplicates, late copies and events out of order, on command; what is pending is known."""

from __future__ import annotations

import pytest

from tests.workspace.kit import Heard, Place, Running, answering
from workspace import DeskError


async def test_next_event_comes_twice_with_the_same_id(place: Place, running: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await running(app)
    await place.desk.delivery(duplicate_next=1)
    await place.desk.say(place.anne, place.dm, "to gange")
    await place.desk.say(place.anne, place.dm, "én gang")
    await place.desk.settled()
    ids = [body["event_id"] for body in heard.bodies]
    assert (len(ids), len(set(ids))) == (3, 2)


async def test_past_event_comes_again_as_a_retry(place: Place, running: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await running(app)
    await place.desk.say(place.anne, place.dm, "hej")
    await place.desk.settled()
    await place.desk.delivery(redeliver="last")
    await place.desk.settled()
    assert len({body["event_id"] for body in heard.bodies}) == 1
    assert [headers.get("x-slack-retry-num", ["0"])[0] for headers in heard.headers] == ["0", "1"]


async def test_unknown_delivery_cannot_be_repeated(place: Place) -> None:
    with pytest.raises(DeskError) as refused:
        await place.desk.delivery(redeliver="Dl0")
    assert refused.value.code == "no_such_delivery"


async def test_next_event_can_be_overtaken(place: Place, running: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await running(app)
    await place.desk.delivery(reorder=True)
    for text in ("først", "sidst"):
        await place.desk.say(place.anne, place.dm, text)
    await place.desk.settled()
    assert [event["text"] for event in heard.events] == ["sidst", "først"]


async def test_what_the_app_has_not_taken_is_pending(place: Place, socketed: Running) -> None:
    await place.desk.say(place.anne, place.dm, "hej")
    await place.client.files_getUploadURLExternal(filename="a.png", length=3)
    assert await place.desk.pending() == {"ok": True, "deliveries": 1, "uploads": 1, "sockets": 0}
    app = place.app()
    Heard(app)
    await socketed(app)
    await place.desk.settled()
    assert await place.desk.pending() == {"ok": True, "deliveries": 0, "uploads": 1, "sockets": 1}


async def test_event_that_waits_for_a_socket_goes_by_http_when_the_app_moves(place: Place) -> None:
    await place.desk.say(place.anne, place.dm, "hej")
    app = place.app()
    heard = Heard(app)
    async with answering(place, app):
        await place.desk.settled()
    assert [event["text"] for event in heard.events] == ["hej"]
    assert "x-slack-retry-num" not in heard.headers[0]


async def test_people_joining_and_leaving_are_heard(place: Place, running: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await running(app)
    new = await place.desk.person(name="Ny Læge", email="ny@example.dk")
    other = await place.desk.channel("ny-klynge", [place.anne])
    await place.desk.join(other, place.world.bot_user_id, place.anne)
    await place.desk.join(other, new)
    await place.desk.leave(other, new)
    await place.desk.leave(other, place.world.bot_user_id)
    await place.desk.settled()
    members = [event for event in heard.events if event["type"].startswith("member_")]
    told = sorted((event["type"], event["user"], event.get("inviter", "")) for event in members)
    bot = place.world.bot_user_id
    joined, left = "member_joined_channel", "member_left_channel"
    assert told == sorted([(joined, bot, place.anne), (joined, new, ""), (left, new, ""), (left, bot, "")])
