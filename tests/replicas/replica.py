"""The program with a few routes of its own: ``python -m tests.replicas.replica`` is one of several processes."""

from __future__ import annotations

import asyncio

from bot import log
from bot.service import serve
from bot.settings import read_settings
from cluster.notices import ANSWER, owe
from handlers import errors
from handlers.blocks import actions, button, section
from handlers.feature import Feature, Kept, Notice, Rendering, merge
from handlers.message import Message
from handlers.operations import news
from handlers.turn import Turn
from tests.own_kinds import Kinds


async def say(rendering: Rendering) -> Message:
    """What is owed, word for word."""
    return Message(rendering.owed.params["text"])


async def card(rendering: Rendering) -> Message:
    """The same with something to press."""
    words = rendering.owed.params["text"]
    return Message(words, [section(words), actions(button("Klik", "test.click", 1))])


async def hear(turn: Turn) -> None:
    """Every message is answered where it was said."""
    await _answer(turn, f"{turn.name}: {turn.words}")


async def click(turn: Turn) -> None:
    """Every click as well."""
    await _answer(turn, "klik")


async def _answer(turn: Turn, text: str) -> None:
    key = f"heard:{turn.inbox_id}"
    async with turn.unit() as uow:
        await owe(uow, "test.notice", key=key, now=turn.now, channel_id=turn.channel_id, urgency=ANSWER, text=text)
        await uow.commit()


ROUTES = merge(
    [
        errors.feature,
        news.feature,
        Feature(
            actions={"test.click": Kept(click)},
            events={"message": Kept(hear), "message.file_share": Kept(hear)},
            notices={Kinds.NOTICE: Notice(say), Kinds.CHART: Notice(say), Kinds.CARD: Notice(card)},
            heavy={"message.file_share", "test.chart"},
        ),
    ]
)


def main() -> None:
    """Run until told to stop."""
    settings = read_settings()
    log.set_up(settings.log_level, as_json=settings.log_json)
    asyncio.run(serve(settings, routes=ROUTES))


if __name__ == "__main__":
    main()
