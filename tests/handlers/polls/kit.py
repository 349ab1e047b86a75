"""A coordinator who puts dates to the cluster, and hands to answer with."""

from __future__ import annotations

from typing import Any

from tests.handlers.meetings.kit import Json, Room, buttons, words

FORM = {"title": "KOL i praksis", "place": "Lægehuset Nord", "answer_day": "2026-03-09", "answer_time": "12:00"}
DATES = "torsdag d. 12. eller tirsdag d. 17. kl. 17"


async def put(room: Room, said: str = DATES, **changes: Any) -> Json:
    """The coordinator puts dates by command and form, looks, and sends; what the form showed before it was sent."""
    answer = await room.desk.command(room.coordinator, room.klynge.channel, f"/klynge datoer {said}")
    assert answer["failed"] is None
    shown = await room.desk.submit(room.coordinator, values=FORM | changes)
    assert (shown["response_action"], shown.get("errors")) == ("update", None)
    top = await room.desk.top_view(room.coordinator)
    assert top is not None
    sent = await room.desk.submit(room.coordinator, values={})
    assert sent.get("errors") is None
    await room.settle()
    return dict(top["view"])


async def card(room: Room, user: str) -> Json:
    """The question in somebody's direct messages, the newest with buttons."""
    return [each for each in await room.desk.dm(user) if "poll.yes" in str(each.get("blocks"))][-1]


async def say(room: Room, user: str, *answers: str) -> None:
    """Press an answer for each date: ``yes``, ``if_needed``, ``no``; empty for none."""
    for place, answer in enumerate(answers):
        if answer:
            await press(room, user, await card(room, user), f"poll.{answer}", place)
    await room.settle()


async def press(room: Room, user: str, message: Json, action: str, place: int = 0) -> None:
    """The button of the ``place``-th date."""
    found = [
        block["block_id"]
        for block in message["blocks"]
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("action_id") == action
    ]
    await room.desk.act(user, message, action, block_id=found[place])
    await room.settle()


async def desk(room: Room) -> Json:
    """The coordinator's card."""
    return next(each for each in await room.desk.dm(room.coordinator) if "poll.settle" in str(each.get("blocks")))


__all__ = ["DATES", "FORM", "buttons", "card", "desk", "press", "put", "say", "words"]
