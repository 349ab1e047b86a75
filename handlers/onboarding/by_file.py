"""A list as a file: where to send it, and an empty one to fill in. What is sent is read in `roster`."""

from __future__ import annotations

from cluster.onboarding.room import Kinds
from handlers import blocks as b
from handlers.feature import Direct, Feature, Kept, Notice, Rendering
from handlers.message import Attachment, Message
from handlers.onboarding.ids import Action
from handlers.onboarding.views import by_file as views
from handlers.onboarding.views import roster as roster_views
from handlers.saying import answer_leader
from handlers.turn import Turn
from measures.sheets.sheets import write_workbook


async def show(turn: Turn) -> None:
    """Where the file goes."""
    turn.require_coordinator()
    await turn.show(views.window(turn.require_cluster().id, turn.t))


async def send_empty(turn: Turn) -> None:
    """An empty list comes in the conversation."""
    actor = turn.require_coordinator()
    async with turn.unit() as uow:
        await answer_leader(uow, turn, actor, Kinds.ROSTER_EMPTY)
        await uow.commit()


async def render_empty(r: Rendering) -> Message:
    """The empty list, with what to do with it."""
    text = views.how_to_fill_in(r.t)
    return Message(text, [b.section(text)], [await empty_list(r)])


async def empty_list(r: Rendering) -> Attachment:
    """A list of members to fill in."""
    content = await r.tools.compute(write_workbook, [roster_views.template(r.t)])
    return Attachment(r.t("members") + ".xlsx", content, r.t("List of members to fill in"))


feature = Feature(
    actions={Action.CLUSTER_BY_FILE: Direct(show), Action.CLUSTER_EMPTY_LIST: Kept(send_empty)},
    notices={Kinds.ROSTER_EMPTY: Notice(render_empty)},
)
