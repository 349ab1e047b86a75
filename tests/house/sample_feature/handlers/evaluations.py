"""`/klynge evaluer`: how was the meeting?"""

from __future__ import annotations

from datetime import datetime

from cluster.notices import Owed
from cluster.overview.homepage import Membership
from handlers.acting import actor
from handlers.feature import Rendering
from handlers.ids import number
from handlers.message import Message
from handlers.turn import Tools, Turn
from storage.unit_of_work import Look, UnitOfWork
from tests.house.sample_feature.cluster import evaluations
from tests.house.sample_feature.handlers.views import evaluations as views


async def ask(turn: Turn) -> None:
    """Ask everybody."""
    by = turn.require_coordinator()
    async with turn.unit() as uow:
        await evaluations.ask(uow, by=by, now=turn.now)
        await uow.commit()


async def open_form(turn: Turn) -> None:
    """The form."""
    await turn.open(views.form(number(turn.value), turn.t))


async def keep(turn: Turn) -> None:
    """An answer."""
    async with turn.unit() as uow:
        member = await actor(uow, turn, turn.require_member().cluster_id)
        await evaluations.answer(uow, number(turn.metadata.get("evaluation")), member, number(turn.state["score"]))
        await uow.commit()


async def open_for(state: Look, part: Membership, _now: datetime) -> int | None:
    """The evaluation that waits for a member, for the start page."""
    return await evaluations.waiting_for(state, part.member.id)


async def close(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The week is over."""
    await evaluations.close(uow, number(owed.params["evaluation"]), owed.cluster_id or 0, now=tools.clock.now())


async def request(r: Rendering) -> Message:
    """To everybody who is asked."""
    return views.request(number(r.owed.params["evaluation"]), r.t)


async def result(r: Rendering) -> Message:
    """To the coordinators."""
    return Message(views.result(await evaluations.result(r.state, number(r.owed.params["evaluation"])), r.t))


async def how_it_is_asked(turn: Turn) -> Message:
    """The answer to plain words about it."""
    return Message(turn.t("The coordinator asks with `/klynge evaluer` how a meeting was; then you get a button here."))
