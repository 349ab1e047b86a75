"""The program under test, unchanged but for its routes: echoes, counts clicks on a card, sends pictures and files.

Run as a process of its own, so that it can be killed like one: ``python -m tests.crash.little_bot TRAP``.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from sqlalchemy import func, select

from bot import log
from bot.app import build
from bot.settings import read_settings
from cluster import audit
from cluster.notices import ANSWER, owe, refresh
from handlers import errors
from handlers.blocks import actions, button, image, section
from handlers.feature import Feature, Kept, Notice, Rendering, merge
from handlers.message import Attachment, Message
from handlers.operations import news
from handlers.turn import Turn
from storage.models import Audit
from tests.crash import trap
from tests.crash.drawing import draw
from tests.own_kinds import Kinds

CARD = Kinds.COUNT
PICTURE = "graf"
"""What a message begins with that is answered with a picture and a file."""


async def hear(turn: Turn) -> None:
    """Every message is answered once."""
    member = turn.require_member()
    async with turn.unit() as uow:
        kind = "test.picture" if turn.words.startswith(PICTURE) else "test.echo"
        await owe(
            uow,
            kind,
            key=f"answer:{turn.inbox_id}",
            now=turn.now,
            member_id=member.id,
            urgency=ANSWER,
            words=turn.words,
        )
        await uow.commit()


async def click(turn: Turn) -> None:
    """Every click is counted once and shown on the card."""
    member = turn.require_member()
    subject = f"member:{member.id}"
    async with turn.unit() as uow:
        audit.note(uow, "click", subject, now=turn.now, actor_id=member.id)
        await refresh(uow, CARD, subject=subject, now=turn.now, member_id=member.id, urgency=ANSWER)
        await uow.commit()


async def echo(rendering: Rendering) -> Message:
    """The words again."""
    return Message(f"svar: {rendering.owed.params['words']}")


async def picture(rendering: Rendering) -> Message:
    """A picture in the message and a file beside it."""
    words = rendering.owed.params["words"]
    shown = Attachment("graf.png", await rendering.tools.compute(draw), "Graf", inline=True)
    file = Attachment(f"{words.replace(' ', '-')}.csv", words.encode(), words)
    return Message(f"svar: {words}", [section(words), image("graf.png", words)], [shown, file])


async def card(rendering: Rendering) -> Message:
    """The number of clicks so far."""
    counted = select(func.count()).select_from(Audit).where(Audit.subject == rendering.owed.subject)
    number = await rendering.state.session.scalar(counted)
    text = f"klik: {number}"
    return Message(text, [section(text), actions(button("Klik", "count.click", 1))], card=CARD)


ROUTES = merge(
    [
        errors.feature,
        news.feature,
        Feature(
            actions={"count.click": Kept(click)},
            events={"message": Kept(hear)},
            notices={Kinds.ECHO: Notice(echo), Kinds.PICTURE: Notice(picture), CARD: Notice(card)},
        ),
    ]
)


async def main(trap_file: str) -> None:
    """Run until killed, from outside or by the trap."""
    trap.lay(Path(trap_file))
    settings = read_settings()
    log.set_up(settings.log_level, as_json=settings.log_json)
    async with build(settings, routes=ROUTES):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
