"""`/klynge møder`: every meeting behind and ahead with its doors; a member's own. And a new one like an earlier one."""

from __future__ import annotations

import json
from typing import Any

from cluster.members.cluster_rules import get, hours_of, rules_of
from cluster.members.members import LEADERS
from cluster.year import listing, obstacles, suggesting
from handlers import blocks as b
from handlers.acting import actor
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, HelpLine, Intent, Told, sentences
from handlers.ids import number
from handlers.meetings.lookups import led
from handlers.meetings.sending import form_of
from handlers.message import Message
from handlers.turn import Turn
from handlers.year.ids import Action
from handlers.year.views import listing as views
from locales import N_
from storage.unit_of_work import Reading


async def show(turn: Turn) -> None:
    """The first page."""
    cluster = turn.require_cluster()
    async with turn.look() as state:
        view = await _view(state, turn, cluster.id, 0)
    await turn.open(view)


async def turn_page(turn: Turn) -> None:
    """Older ones, or newer."""
    async with turn.look() as state:
        view = await _view(state, turn, number(turn.value), number(turn.value, 1))
    await turn.show(view)


async def _view(state: Reading, turn: Turn, cluster_id: int, offset: int) -> dict[str, Any]:
    member = await actor(state, turn, cluster_id)
    cluster = await get(state, cluster_id)
    if member.role not in LEADERS:
        return views.own_window(await listing.of_member(state, member, turn.now, offset), cluster, turn.t)
    found = await listing.of_cluster(state, cluster_id, turn.now, offset)
    registers = (await rules_of(state, cluster_id)).attendance_registered
    return views.led_window(found, cluster, turn.t, now=turn.now, registers=registers)


async def like(turn: Turn) -> None:
    """The form for a new meeting, filled in as an earlier one; what is in the way of the day it proposes is avoided."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
        hours = await hours_of(state, meeting.cluster_id)
        known = await obstacles.known(state, meeting.cluster_id, turn.now)

    written = suggesting.like(meeting, turn.now, lambda day: not known.of(day))
    await turn.open(form_of(written, turn, hours, metadata=json.dumps({"cluster": meeting.cluster_id})))


async def tell(turn: Turn) -> Message:
    """Words open no window: the button does."""
    said = turn.t("All meetings stand in a window. Open it here:")
    door = b.button(turn.t("All meetings"), Action.CLUSTER_MEETINGS, turn.require_member().cluster_id, style="primary")
    return b.asking(said, door)


feature = Feature(
    commands=[
        Command(
            ("møder", "meetings"),
            Direct(show),
            told=Told(
                22,
                readme=N_("all meetings, behind and ahead"),
                coordinator=N_(
                    "all meetings, behind and ahead, with the buttons of each; a new one like an earlier one"
                ),
                member=N_("your meetings, behind and ahead, and what you answered"),
            ),
            help=(HelpLine(214, N_("all meetings, behind and ahead")),),
            door=Door(Action.CLUSTER_MEETINGS, Shelf.MEETINGS, N_("All meetings")),
        )
    ],
    actions={Action.CLUSTER_OLDER: Direct(turn_page), Action.MEETING_LIKE: Direct(like)},
    intents={"all_meetings": Intent(sentences(__file__, "all_meetings"), Direct(tell), N_("All meetings"))},
)
