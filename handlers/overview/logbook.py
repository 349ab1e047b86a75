"""`/klynge log`: what was done in the cluster, by whom; for its coordinators."""

from __future__ import annotations

from cluster import audit
from cluster.overview import logbook
from cluster.overview.room import Kinds
from cluster.subjects import CLUSTER
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, HelpLine, Kept, Notice, Rendering, Told
from handlers.message import Attachment, Message
from handlers.overview.ids import Action
from handlers.overview.views import logbook as views
from handlers.saying import answer
from handlers.turn import Turn
from locales import N_
from measures.sheets.sheets import write_workbook

SHOWN = 60
MOST = 20_000
"""Rows of the sheet: decades of a cluster's doings."""


async def show(turn: Turn) -> None:
    """The window with the newest lines."""
    leader = turn.require_coordinator()
    log = turn.tools.table.log
    async with turn.look() as state:
        found = await logbook.entries(state, leader.cluster_id, list(log), most=SHOWN)
    await turn.open(views.log_window(found, log, turn.t, shown=SHOWN))


async def export(turn: Turn) -> None:
    """Owe the coordinator the whole log, and note that it was handed out."""
    leader = turn.require_coordinator()
    async with turn.unit() as uow:
        await answer(
            uow,
            turn,
            "log.export",
            member_id=leader.id,
            cluster_id=leader.cluster_id,
        )
        subject = CLUSTER.about(leader.cluster_id)
        audit.note(uow, "log.exported", subject, now=turn.now, actor_id=leader.id, cluster_id=leader.cluster_id)
        await uow.commit()


async def render_export(r: Rendering) -> Message:
    """The workbook, made from the log as it is now."""
    log = r.tools.table.log
    found = await logbook.entries(r.state, r.owed.cluster_id or 0, list(log), most=MOST)
    content = await r.tools.compute(write_workbook, [views.log_sheet(found, log, r.t)])
    said = r.t("Here is the cluster's log: who did what, and when. Share it only with those who need it.")
    return Message(said, attachments=[Attachment(r.t("log.xlsx"), content, title=r.t("The cluster's log"))])


feature = Feature(
    commands=[
        Command(
            ("log",),
            Direct(show),
            told=Told(
                62,
                readme=N_("who did what"),
                coordinator=N_("who has done what in the cluster, without numbers; the whole log as a spreadsheet"),
            ),
            leads=True,
            help=(HelpLine(300, N_("who did what in the cluster"), leads=True),),
            door=Door(Action.CLUSTER_LOG, Shelf.CLUSTER, N_("Who did what")),
        )
    ],
    actions={Action.LOG_EXPORT: Kept(export)},
    notices={Kinds.LOG_EXPORT: Notice(render_export)},
    log={
        "log.exported": N_("{who} got the cluster's log as a spreadsheet"),
    },
)
