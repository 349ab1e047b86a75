"""`/klynge plan`: what is coming, and how to stop it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError

from cluster.members.cluster_rules import rules_of
from cluster.overview import outlook
from cluster.overview.outlook import Coming
from handlers.acting import leader
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, HelpLine, Kept, Told
from handlers.ids import number
from handlers.overview.ids import Action
from handlers.overview.views.plan import plan_window
from handlers.turn import Turn
from locales import N_


async def show(turn: Turn) -> None:
    """The window, for coordinators."""
    turn.require_coordinator()
    cluster = turn.require_cluster()
    async with turn.look() as state:
        plan = await outlook.outlook(state, cluster.id, now=turn.now)
        quiet = (await rules_of(state, cluster.id)).quiet
    await turn.open(_window(turn, plan, cluster.id, quiet))


async def stop(turn: Turn) -> None:
    """Leave one message out; the window shows the plan without it."""
    async with turn.unit() as uow:
        by = await leader(uow, turn, _cluster_id(turn))
        await outlook.stop(uow, by.cluster_id, number(turn.value), by=by, now=turn.now)
        await uow.commit()
    await _show_again(turn, by.cluster_id)


async def pause(turn: Turn) -> None:
    """Put this week's reminders off until Monday."""
    async with turn.unit() as uow:
        by = await leader(uow, turn, _cluster_id(turn))
        until = await outlook.pause(uow, by.cluster_id, by=by, now=turn.now)
        await uow.commit()
    await _show_again(turn, by.cluster_id, until)


async def _show_again(turn: Turn, cluster_id: int, paused: datetime | None = None) -> None:
    async with turn.look() as state:
        plan = await outlook.outlook(state, cluster_id, now=turn.now)
        quiet = (await rules_of(state, cluster_id)).quiet
    view = _window(turn, plan, cluster_id, quiet, paused)
    with suppress(SlackApiError):  # the window may have been closed meanwhile; what was decided stands
        await turn.show(view)


def _window(
    turn: Turn, plan: Sequence[Coming], cluster_id: int, quiet: str, paused: datetime | None = None
) -> dict[str, Any]:
    table, metadata = turn.tools.table, json.dumps({"cluster": cluster_id})
    return plan_window(plan, table.ahead, table.stoppable, turn.t, metadata=metadata, paused=paused, quiet=quiet)


def _cluster_id(turn: Turn) -> int:
    return number(turn.metadata.get("cluster") or turn.require_cluster().id)


feature = Feature(
    commands=[
        Command(
            ("plan",),
            Direct(show),
            told=Told(
                61,
                readme=N_("everything the bot will send in the next two weeks, with a button to stop it"),
                coordinator=N_(
                    "everything on its way in the next two weeks; stop a message, or pause the week's reminders"
                ),
                hint=70,
            ),
            leads=True,
            help=(HelpLine(290, N_("what I am going to send in the coming days"), leads=True),),
            door=Door(Action.CLUSTER_PLAN, Shelf.CLUSTER, N_("What you will send")),
        )
    ],
    actions={Action.PLAN_PAUSE: Kept(pause), Action.PLAN_STOP: Kept(stop)},
    errors={"plan.gone": N_("That message has already been sent or stopped.")},
    log={
        "plan.paused": N_("{who} paused the week's reminders"),
        "plan.stopped": N_("{who} stopped a planned message"),
    },
)
