"""Kills at every step from "Slack tells us" to "noted as sent": the database's side and Slack's, before and after.

On the database's side the bot ends by its trap; on Slack's side it is killed while the stand-in holds the answer.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.crash.session import Session
from tests.crash.tally import CARD, FILE, TEXT, Tally
from tests.crash.trap import MOMENTS

ONE_AFTER_ANOTHER = {
    TEXT: ("received", "taken in", "worked", "claimed", "chat.postMessage", "noted", "settled"),
    CARD: ("received", "worked", "claimed", "chat.update", "settled"),
    FILE: (
        "claimed",
        "files.getUploadURLExternal",
        "file begun",
        "upload",
        "files.completeUploadExternal",
        "chat.postMessage",
        "noted",
        "settled",
    ),
}
"""The steps of each kind. A name with a dot, and the upload, is a call to Slack."""
HELD = 0.6
REFUSED, LATE, TAKEN = "never arrives", "arrives late", "arrived, unanswered"
FAULTS: dict[str, dict[str, Any]] = {
    REFUSED: {"delay": HELD, "reset": True, "when": "before"},
    LATE: {"delay": HELD, "when": "before"},
    TAKEN: {"delay": HELD, "when": "after"},
}
"""What becomes of a call whose caller is killed while it waits for the answer."""
PATIENCE = 30.0


@dataclass(frozen=True)
class Point:
    """One place between two steps."""

    kind: str
    step: str
    moment: str

    @property
    def is_call(self) -> bool:
        """Whether it is Slack's side of the step."""
        return self.step == "upload" or "." in self.step


def every_point() -> tuple[Point, ...]:
    """All of them, in the order of a message's life."""
    return tuple(
        Point(kind, step, moment)
        for kind, steps in ONE_AFTER_ANOTHER.items()
        for step in steps
        for moment in (FAULTS if Point(kind, step, "").is_call else MOMENTS)
    )


async def strike_at(session: Session, points: list[Point]) -> Tally:
    """One person does one thing, and the bot is killed at the point; every third time once more while it recovers."""
    for number, point in enumerate(points):
        await session.rest()
        if point.is_call:
            await _while_held(session, point)
        else:
            await _by_trap(session, point, deaths=2 if number % 3 == 2 else 1)
    return await session.account(len(points))


async def _by_trap(session: Session, point: Point, *, deaths: int) -> None:
    fallen = _falls(session) + deaths
    session.trap.write_text(f"{point.step}:{point.moment}")
    doing = asyncio.create_task(_do(session, point))
    async with asyncio.timeout(PATIENCE):
        while _falls(session) < fallen:
            if deaths == 2 and _falls(session) == fallen - 1 and doing.done() and await session.is_calm():
                break  # the step is not taken twice: what was kept is not done again
            await asyncio.sleep(0.01)
        session.trap.unlink()
        await doing


async def _while_held(session: Session, point: Point) -> None:
    await session.desk.fail(point.step, **FAULTS[point.moment])
    await _do(session, point)
    await session.desk.wait_for(lambda: _is_held(session), PATIENCE)
    await asyncio.gather(*(bot.kill() for bot in session.bots))
    await asyncio.gather(*(bot.start() for bot in session.bots))


async def _is_held(session: Session) -> bool:
    return not await session.desk.failures()


async def _do(session: Session, point: Point) -> None:
    person = session.people[0]
    if point.kind == CARD:
        await person.click(session.desk)
    else:
        await person.write(session.desk, picture=point.kind == FILE)


def _falls(session: Session) -> int:
    return sum(bot.falls for bot in session.bots)
