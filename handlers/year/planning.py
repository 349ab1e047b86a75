"""`/klynge år`: the days of the coming meetings are suggested, seen, and kept as drafts; each is sent by itself."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, time

from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members.cluster_rules import get
from cluster.year import obstacles, planning
from cluster.year.planning import YearWish
from cluster.year.room import Kinds
from handlers.acting import leader
from handlers.doors import Door, Shelf
from handlers.errors import sentence
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Notice, Rendering, Told
from handlers.ids import number
from handlers.meetings.errors import ERRORS as MEETING_ERRORS
from handlers.message import Message
from handlers.reminders.views.send_time import obstacle
from handlers.saying import answer_leader
from handlers.turn import ShownAgain, Turn
from handlers.undoing import Undoing
from handlers.year.errors import ERRORS
from handlers.year.ids import Action, View
from handlers.year.views import planning as views
from locales import N_
from storage.unit_of_work import Reading

THURSDAY = 3
USUAL = (time(16, 30), time(19))


async def open_form(turn: Turn) -> None:
    """As it was agreed last, for the year in which there is most to plan."""
    cluster = turn.require_cluster()
    async with turn.look() as state:
        plan = await obstacles.plan_of(state, cluster.id)
        noted = await planning.noted_of(state, cluster.id)
    today = local(turn.now).date()
    view = views.year_form(
        _years(turn.now),
        today.year + (today.month >= 9),
        plan.meetings if plan else planning.MOST,
        plan.weekday if plan else THURSDAY,
        (time.fromisoformat(plan.start), time.fromisoformat(plan.end)) if plan else USUAL,
        [each for each in plan.municipalities.split(",") if each] if plan else [],
        "\n".join(
            f"{each.day.day}/{each.day.month}/{each.day.year} {each.title}" for each in noted if each.day >= today
        ),
        turn.t,
        metadata=json.dumps({"cluster": cluster.id}),
    )
    await turn.open(view)


def _years(now: datetime) -> list[int]:
    year = local(now).year
    return [year, year + 1]


async def check(turn: Turn) -> dict[str, str] | ShownAgain | None:
    """Everything that is wrong, each at its field; else, once, the days that are suggested."""
    async with turn.look() as state:
        by = await leader(state, turn, _cluster_id(turn))
        try:
            wish, days, found = await _suggested(state, turn, by.cluster_id)
        except ClusterError as problem:
            errors = {**MEETING_ERRORS, **ERRORS}
            return {problem.field or "year": sentence(problem.code, problem.params, turn.t, errors)}
        held = len(await planning.held_in(state, by.cluster_id, wish.year))
    seen = _print_of(wish, days)
    if turn.metadata.get("seen") == seen:
        return None
    told = [(day, [obstacle(clash, turn.t) for clash in found.of(day)]) for day in days]
    view = views.year_form(
        _years(turn.now),
        wish.year,
        wish.many,
        wish.weekday,
        (wish.start, wish.end),
        wish.municipalities,
        str(turn.state.get("noted") or ""),
        turn.t,
        metadata=json.dumps({"cluster": by.cluster_id, "seen": seen}),
        is_seen=True,
    )
    return ShownAgain(view | {"blocks": [*views.suggested(told, held, turn.t), *view["blocks"]]})


async def keep(turn: Turn) -> None:
    """Keep them as drafts."""
    async with turn.unit() as uow:
        by = await leader(uow, turn, _cluster_id(turn))
        wish, days, _ = await _suggested(uow, turn, by.cluster_id)
        titled = [(day, turn.t("Cluster meeting, {month}", month=turn.t.month(day))) for day in days]
        kept = await planning.keep(uow, await get(uow, by.cluster_id), wish, titled, by=by, now=turn.now)
        await answer_leader(uow, turn, by, Kinds.YEAR_PLANNED, drafts=len(kept), year=wish.year)
        await uow.commit()


async def _suggested(
    state: Reading, turn: Turn, cluster_id: int
) -> tuple[YearWish, list[date], obstacles.KnownObstacles]:
    wish = _wish(turn)
    if problems := planning.examine(wish):
        raise problems[0]
    known = await obstacles.known(state, cluster_id, turn.now)
    found = obstacles.with_wish(known, noted=[day for day, _ in wish.noted], municipalities=wish.municipalities)
    days = planning.suggest(wish, found, await planning.held_in(state, cluster_id, wish.year), turn.now)
    return wish, days, found


def _wish(turn: Turn) -> YearWish:
    year = number(turn.state.get("year"))
    if year not in _years(turn.now):
        raise ClusterError("meeting.choose", field="year")
    return YearWish(
        year=year,
        many=number(turn.state.get("many")),
        weekday=number(turn.state.get("weekday")),
        start=_time(turn, "start"),
        end=_time(turn, "end"),
        municipalities=tuple(sorted(str(each) for each in turn.state.get("municipalities") or [])),
        noted=planning.read_noted(str(turn.state.get("noted") or ""), local(turn.now).date()),
    )


def _time(turn: Turn, field: str) -> time:
    try:
        return time.fromisoformat(str(turn.state.get(field) or ""))
    except ValueError:
        raise ClusterError("meeting.time_unreadable", field=field) from None


def _cluster_id(turn: Turn) -> int:
    return number(turn.metadata.get("cluster") or turn.require_cluster().id)


def _print_of(wish: YearWish, days: list[date]) -> str:
    """A mark by which the same suggestion is known again; says nothing of it."""
    return hashlib.sha256(repr((wish, days)).encode()).hexdigest()[:16]


async def render_planned(r: Rendering) -> Message:
    """How many drafts there are, and where."""
    drafts, year = int(r.owed.params["drafts"]), int(r.owed.params["year"])
    if not drafts:
        return Message(r.t("What you have agreed for {year} is kept. No meeting was missing.", year=str(year)))
    return Message(
        r.t.n(
            "{n} draft is kept for {year}. Nobody else has heard of it: finish and send it on your Home page.",
            "{n} drafts are kept for {year}. Nobody else has heard of them: finish and send each on your Home page.",
            drafts,
            year=str(year),
        )
    )


feature = Feature(
    commands=[
        Command(
            ("år", "year"),
            Direct(open_form),
            leads=True,
            told=Told(
                23,
                readme=N_("plan the year: days are suggested and kept as drafts"),
                coordinator=N_("plan the year: days out of the way of holidays, kept as drafts until you send them"),
            ),
            help=(HelpLine(216, N_("plan the year's meetings"), leads=True),),
            door=Door(Action.CLUSTER_YEAR, Shelf.MEETINGS, N_("Plan the year")),
        )
    ],
    forms={View.YEAR_FORM: Form(keep, check)},
    notices={Kinds.YEAR_PLANNED: Notice(render_planned)},
    errors=ERRORS,
    log={"year.planned": N_("{who} planned the year's meetings as drafts")},
    undoings={
        "year.planned": Undoing(
            why_not=N_("The year's drafts are kept, and nobody else has heard of them. Delete them on your Home page.")
        )
    },
)
