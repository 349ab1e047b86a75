"""`/klynge oplysninger`: a member gets everything that is kept about them, as a file in their own messages."""

from __future__ import annotations

import json

from cluster import audit, members, person_data, setup
from handlers import myself
from handlers.message import Attachment, Message
from handlers.routes import Kept, Rendering, Routes
from handlers.turn import Turn
from handlers.views.blocks import escape


async def ask(turn: Turn) -> None:
    """Owe the file: it is made when it is sent, and not kept."""
    member = turn.require_member()
    async with turn.unit() as uow:
        audit.note(
            uow,
            "member.exported",
            f"member:{member.id}",
            now=turn.now,
            actor_id=member.id,
            cluster_id=member.cluster_id,
        )
        await myself.answer(uow, turn, member, "member.data")
        await uow.commit()


async def render(r: Rendering) -> Message:
    """The file, and what can be done about what stands in it."""
    t, member = r.t, await members.get(r.state, r.number)
    cluster = await setup.get(r.state, member.cluster_id)
    data = await person_data.data_of(r.state, member)
    said = t(
        "Here is everything I keep about you in {cluster}, as a file that a computer can read. Something wrong? Put it "
        "right on my Home page, or tell your coordinator. To have it deleted, ask whoever runs me.",
        cluster=escape(cluster.name),
    )
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    return Message(said, attachments=[Attachment(t("my-data.json"), content, t("What I keep about you"))])


routes = Routes(
    commands={"oplysninger": Kept(ask), "mydata": Kept(ask)},
    notices={"member.data": render},
)
