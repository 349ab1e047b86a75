"""`/klynge data`: the coordinator asks for numbers, reminds, closes and calls off."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from cluster.calendar import at
from cluster.charts import releases
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.members import practices
from cluster.members.cluster_rules import rules_of
from cluster.notices import Owed
from cluster.packages import own_packages
from cluster.packages.lookup import package_of
from cluster.rounds import followups, planning, reminders, rounds, standing
from cluster.rounds.followups import Again
from cluster.rounds.planning import Plan
from cluster.subjects import ROUND
from handlers.acting import leader
from handlers.blocks import Option, suggested
from handlers.errors import say
from handlers.ids import number
from handlers.rounds import adapting
from handlers.rounds.views.adapting import Adaptation
from handlers.rounds.views.rounds import LEAVE_OUT, LEFT_OUT, NO_MEETING, Candidate, is_many, round_form
from handlers.saying import answer
from handlers.turn import Tools, Turn
from locales import N_
from measures.packages.package import text
from storage.models import Round
from storage.unit_of_work import Look, Reading, UnitOfWork


async def open_form(turn: Turn) -> None:
    """Show the form, filled in with what is likely."""
    turn.require_coordinator()
    cluster = turn.require_cluster()
    async with turn.look() as state:
        view = await form_view(turn, state, cluster.id)
    await turn.open(view)


async def form_view(
    turn: Turn,
    state: Look,
    cluster_id: int,
    again: Again | None = None,
    *,
    adapted: Adaptation | None = None,
    filled: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The form; ``again`` fills it in for measuring an earlier round once more, ``adapted`` to change a package."""
    candidates = await _candidates(state, cluster_id, again.answering if again else {})
    ahead = [each for each in await meetings.ahead(state, cluster_id, turn.now) if each.starts_at > turn.now]
    if not candidates:
        raise ClusterError("round.no_practices")
    t = turn.t
    offered = [each.package for each in await own_packages.offered(state, cluster_id)]
    packages = [package_of(again.follows)] if again else offered
    about = {"follows": again.follows.id} if again else {"package": adapted.package.id} if adapted else {}
    return round_form(
        t,
        packages=[(package.id, text(package.title, t.lang)) for package in packages],
        adapted=adapted,
        can_adapt=again is None,
        filled=filled or {},
        meetings=[(str(each.id), f"{each.title} · {t.day(local(each.starts_at).date())}") for each in ahead[:20]],
        period=again.period if again else planning.default_period(local(turn.now).date()),
        deadline=planning.default_deadline(turn.now, ahead[0].starts_at if ahead else None),
        candidates=candidates,
        metadata=json.dumps({"cluster": cluster_id} | about | ({"many": 1} if is_many(candidates) else {})),
    )


async def _candidates(state: Reading, cluster_id: int, before: Mapping[int, int]) -> list[Candidate]:
    """Every practice; ``before`` says who answered the last time."""
    able = await planning.answerers(state, cluster_id)
    found = []
    for practice in await practices.of_cluster(state, cluster_id):
        people = [(str(member.id), member.name) for member in able.get(practice.id, ())]
        asked = str(before.get(practice.id))
        contact = asked if asked in {value for value, _ in people} else str(practice.contact_id)
        known = contact if contact in {value for value, _ in people} else None
        found.append(Candidate(practice.id, practice.name, people, known))
    return found


async def open_adaptation(turn: Turn) -> None:
    """The form again, with what can be adapted in the chosen package; what was filled in stays."""
    cluster_id = _cluster_id(turn)
    async with turn.look() as state:
        await leader(state, turn, cluster_id)
        offer = await own_packages.offer(state, cluster_id, str(turn.state.get("package", "")))
        view = await form_view(turn, state, cluster_id, adapted=Adaptation(offer.package), filled=turn.state)
    await turn.show(view)


async def check_form(turn: Turn) -> dict[str, str] | None:
    """Every field that cannot be right, with its sentence."""
    plan, wrong = plan_of(turn.state)
    cluster_id = _cluster_id(turn)
    async with turn.look() as state:
        await leader(state, turn, cluster_id)
        if plan is not None:
            try:
                wrong = await planning.flaws(state, cluster_id, await _whole(state, turn, cluster_id, plan), turn.now)
            except ClusterError as error:
                wrong = [error]
    top = "measures" if turn.metadata.get("package") else "package"
    fields = [top if error.field in (None, "package") else _shown(str(error.field), turn) for error in wrong]
    return dict(zip(fields, (say(error, turn.t, ERRORS) for error in wrong), strict=True)) or None


def _shown(field: str, turn: Turn) -> str:
    """The field of the form at which a mistake is told: a practice may have no line of its own."""
    return LEAVE_OUT if field.startswith("who.") and field not in turn.state else field


async def suggest_practices(turn: Turn) -> list[Option]:
    """Practices to leave out whose names fit what is typed."""
    cluster_id = _cluster_id(turn)
    async with turn.look() as state:
        await leader(state, turn, cluster_id)
        candidates = await _candidates(state, cluster_id, {})
    return suggested([(str(each.practice_id), each.name) for each in candidates if each.people], turn.words)


async def _whole(state: Reading, turn: Turn, cluster_id: int, plan: Plan) -> Plan:
    """The plan with what it follows, the package it asks with, and the contacts of practices without a line."""
    if turn.metadata.get("many"):
        plan = await _with_contacts(state, turn, cluster_id, plan)
    plan = await followups.follow(state, cluster_id, plan, turn.metadata.get("follows"))
    return await adapting.packaged(state, turn, cluster_id, plan)


async def _with_contacts(state: Reading, turn: Turn, cluster_id: int, plan: Plan) -> Plan:
    follows = turn.metadata.get("follows")
    before = (await followups.again(state, number(follows), local(turn.now).date())).answering if follows else {}
    answering, left_out = {}, {number(value) for value in turn.state.get(LEAVE_OUT) or []} | plan.left_out
    for each in await _candidates(state, cluster_id, before):
        if not each.people:
            left_out.add(each.practice_id)
        elif each.practice_id not in left_out and each.contact is not None:
            answering[each.practice_id] = int(each.contact)
    chosen = {place: who for place, who in plan.answering.items() if place not in left_out}
    return replace(plan, answering=answering | chosen, left_out=frozenset(left_out))


async def begin(turn: Turn) -> None:
    """Open the round: everybody is asked in the same transaction."""
    plan, wrong = plan_of(turn.state)
    if plan is None:
        raise wrong[0]
    cluster_id = _cluster_id(turn)
    async with turn.unit() as uow:
        member = await leader(uow, turn, cluster_id)
        plan = await _whole(uow, turn, cluster_id, plan)
        await rounds.begin(uow, cluster_id, plan, actor_id=member.id, now=turn.now)
        await uow.commit()


def _cluster_id(turn: Turn) -> int:
    return number(turn.metadata.get("cluster") or turn.require_cluster().id)


def plan_of(state: dict[str, Any]) -> tuple[Plan | None, list[ClusterError]]:
    """The plan that a filled-in form says, or what cannot be read, each with its field."""
    wrong: list[ClusterError] = []
    days: dict[str, date] = {}
    for name in ("period_start", "period_end", "deadline_day"):
        try:
            days[name] = date.fromisoformat(str(state.get(name, "")))
        except ValueError:
            wrong.append(ClusterError("round.no_such_day", field=name))
    try:
        hour = time.fromisoformat(str(state.get("deadline_time", "")))
    except ValueError:
        wrong.append(ClusterError("round.no_such_time", field="deadline_time"))
    if wrong:
        return None, wrong
    chosen = {name.removeprefix("who."): str(value) for name, value in state.items() if name.startswith("who.")}
    meeting = str(state.get("meeting") or NO_MEETING)
    return Plan(
        package_id=str(state.get("package", "")),
        period_start=days["period_start"],
        period_end=days["period_end"],
        deadline=at(days["deadline_day"], hour.hour, hour.minute),
        meeting_id=number(meeting) if meeting != NO_MEETING else None,
        answering={number(name): number(value) for name, value in chosen.items() if value not in ("", LEFT_OUT)},
        left_out=frozenset(number(name) for name, value in chosen.items() if value == LEFT_OUT),
    ), []


async def remind(turn: Turn) -> None:
    """Ask those who still owe once more, at the next decent hour; once a day at most."""
    async with turn.unit() as uow:
        round_, member_id = await _led(uow, turn)
        if round_.state not in rounds.TAKING:
            raise ClusterError("round.not_running")
        rules = await rules_of(uow, round_.cluster_id)
        owed = 0
        for each in await standing.of_round(uow, round_.id):
            if not each.answered:
                part, _ = await rounds.assignment(uow, each.assignment_id)
                owed += await reminders.nudge(uow, round_, part, rules, now=turn.now)
        await answer(
            uow,
            turn,
            "round.reminded",
            member_id=member_id,
            cluster_id=round_.cluster_id,
            subject=ROUND.about(round_.id),
            reminded=owed,
        )
        await uow.commit()


async def close(turn: Turn) -> None:
    """Take no more numbers; charts are renewed a last time where that gives nobody away."""
    async with turn.unit() as uow:
        round_, member_id = await _led(uow, turn)
        await releases.close(uow, round_, actor_id=member_id, now=turn.now)
        await uow.commit()


async def cancel(turn: Turn) -> None:
    """Call the round off."""
    async with turn.unit() as uow:
        round_, member_id = await _led(uow, turn)
        await rounds.cancel(uow, round_, actor_id=member_id, now=turn.now)
        await rounds.tell_coordinators(uow, "round.cancelled", round_, key=f"cancelled:{round_.id}", now=turn.now)
        await uow.commit()


async def _led(uow: UnitOfWork, turn: Turn) -> tuple[Round, int]:
    round_ = await rounds.get(uow, number(turn.value))
    return round_, (await leader(uow, turn, round_.cluster_id)).id


async def deadline_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The deadline has come: charts by themselves when the rule is met."""
    await releases.at_deadline(uow, await rounds.get(uow, owed.number), now=tools.clock.now())


async def close_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """Long after the deadline a round closes by itself."""
    round_ = await rounds.get(uow, owed.number)
    if round_.state in rounds.TAKING:
        await releases.close(uow, round_, actor_id=None, now=tools.clock.now())


ERRORS = {
    **adapting.ERRORS,
    "round.no_practices": N_("There are no practices yet. Send me the list of members first."),
    "round.package_unknown": N_("That package is not here any more. Choose another."),
    "round.already_open": N_("A round on this is already running. Close it first, or see /klynge status."),
    "round.period_backwards": N_("The period ends before it begins."),
    "round.period_future": N_("The period must be over: choose a day no later than today."),
    "round.deadline_past": N_("The deadline has already passed. Choose a later day or time."),
    "round.deadline_after_meeting": N_("The deadline is after the meeting begins. Choose an earlier one."),
    "round.no_contact": N_("{practice} has nobody to answer for it. Choose a person, or “Don't ask this practice”."),
    "round.not_ours": N_("A meeting or a practice in the form does not belong to the cluster. Open the form again."),
    "round.nobody": N_("No practice would be asked. Choose at least one."),
    "round.no_such_day": N_("That day does not exist. Choose another in the calendar."),
    "round.no_such_time": N_("That is not a time of day. Write for instance 12:00."),
    "round.unknown": N_("I can't find that round any more."),
    "round.not_running": N_("That round has already ended."),
    "round.is_closed": N_("The round is closed and accepts no more numbers. Write to your coordinator."),
    "round.is_cancelled": N_("The round is called off, so no numbers are needed."),
}
