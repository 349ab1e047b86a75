"""The form that asks for numbers: how it is filled in, and the plan that it says."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from cluster.calendar import at
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.members import practices
from cluster.members.cluster_rules import hours_of
from cluster.packages import own_packages
from cluster.packages.lookup import package_of
from cluster.rounds import followups, planning
from cluster.rounds.followups import Again
from cluster.rounds.planning import Plan
from handlers.ids import number
from handlers.message import Block
from handlers.reminders import send_time
from handlers.rounds import adapting
from handlers.rounds.views.adapting import Adaptation
from handlers.rounds.views.rounds import LEAVE_OUT, LEFT_OUT, NO_MEETING, Candidate, is_many, round_form
from handlers.turn import Turn
from locales import N_
from measures.packages.package import text
from storage.unit_of_work import Look, Reading


async def form_view(
    turn: Turn,
    state: Look,
    cluster_id: int,
    again: Again | None = None,
    *,
    adapted: Adaptation | None = None,
    filled: Mapping[str, Any] | None = None,
    kept: Mapping[str, Any] | None = None,
    above: Sequence[Block] = (),
    waits_until: datetime | None = None,
) -> dict[str, Any]:
    """The form; ``again`` fills it in for measuring an earlier round once more, ``adapted`` to change a package.

    ``kept`` is what its metadata holds beside that, ``above`` what is shown before it is sent, ``waits_until`` the hour
    that a draft waits for.
    """
    t, hours = turn.t, await hours_of(state, cluster_id)
    candidates = await candidates_of(state, cluster_id, again.answering if again else {})
    ahead = [each for each in await meetings.ahead(state, cluster_id, turn.now) if each.starts_at > turn.now]
    if not candidates:
        raise ClusterError("round.no_practices")
    offered = [each.package for each in await own_packages.offered(state, cluster_id)]
    packages = [package_of(again.follows)] if again else offered
    question, label = t("When are the practices asked?"), t("The practices are asked on")
    chosen = str((filled or {}).get("send") or "")
    asked = send_time.asked(question, label, turn, hours, chosen, can_look=False, waits_until=waits_until)
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
        sending=asked,
        above=above,
        metadata=json.dumps(
            {"cluster": cluster_id} | dict(kept or {}) | about | ({"many": 1} if is_many(candidates) else {})
        ),
    )


async def candidates_of(state: Reading, cluster_id: int, before: Mapping[int, int]) -> list[Candidate]:
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


async def whole(state: Reading, turn: Turn, cluster_id: int, plan: Plan) -> Plan:
    """The plan with what it follows, the package it asks with, and the contacts of practices without a line."""
    if turn.metadata.get("many"):
        plan = await _with_contacts(state, turn, cluster_id, plan)
    plan = await followups.follow(state, cluster_id, plan, turn.metadata.get("follows"))
    return await adapting.packaged(state, turn, cluster_id, plan)


async def _with_contacts(state: Reading, turn: Turn, cluster_id: int, plan: Plan) -> Plan:
    follows = turn.metadata.get("follows")
    before = (await followups.again(state, number(follows), local(turn.now).date())).answering if follows else {}
    answering, left_out = {}, {number(value) for value in turn.state.get(LEAVE_OUT) or []} | plan.left_out
    for each in await candidates_of(state, cluster_id, before):
        if not each.people:
            left_out.add(each.practice_id)
        elif each.practice_id not in left_out and each.contact is not None:
            answering[each.practice_id] = int(each.contact)
    chosen = {place: who for place, who in plan.answering.items() if place not in left_out}
    return replace(plan, answering=answering | chosen, left_out=frozenset(left_out))


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


def filled_of(plan: Plan) -> dict[str, Any]:
    """What the form of a plan is filled in with."""
    deadline = local(plan.deadline)
    asked = {f"who.{practice}": str(who) for practice, who in plan.answering.items()}
    return {
        "package": plan.package_id,
        "period_start": plan.period_start.isoformat(),
        "period_end": plan.period_end.isoformat(),
        "deadline_day": deadline.date().isoformat(),
        "deadline_time": f"{deadline:%H:%M}",
        "meeting": str(plan.meeting_id or NO_MEETING),
        LEAVE_OUT: [str(each) for each in sorted(plan.left_out)],
        **asked,
        **{f"who.{practice}": LEFT_OUT for practice in plan.left_out},
    }


def cluster_of(turn: Turn) -> int:
    """The cluster that the form is about."""
    return number(turn.metadata.get("cluster") or turn.require_cluster().id)


ERRORS = {
    **adapting.ERRORS,
    "round.changed_meanwhile": N_("Somebody else has changed the request meanwhile. Open it again."),
    "round.no_draft": N_("That is no draft any more: it has been sent or deleted."),
    "round.sent_in_past": N_("That moment has passed. Choose a later one, or Now."),
    "round.sent_too_late": N_("The deadline is over before the practices are asked."),
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
