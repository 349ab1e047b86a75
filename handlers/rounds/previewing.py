"""Before practices are asked for numbers: who is asked, when, what is in the way of it, and how it looks."""

from __future__ import annotations

import hashlib
from datetime import datetime

from cluster.clock import local
from cluster.meetings.clashes import Clash, Obstacle, clashes
from cluster.members import members, practices
from cluster.members.cluster_rules import hours_of, reminder_hours_in, rules_of
from cluster.members.settling import away_until, substitute
from cluster.packages.lookup import package_of
from cluster.reminders.moments import moments as moments_of
from cluster.rounds import reminders, rounds
from cluster.rounds.planning import Plan
from handlers.blocks import escape
from handlers.message import Block
from handlers.reminders.send_time import send_at
from handlers.rounds.views.asks import Ask, period_text, title
from handlers.rounds.views.previews import AskedPractice, RequestPreview, previewed
from handlers.turn import Turn
from storage.models import Rules
from storage.unit_of_work import Reading
from storage.words import RoundState

SEND_DAY = frozenset({Obstacle.HOLIDAY, Obstacle.WEEKEND, Obstacle.QUIET})
"""What is in the way of a day on which people are only asked."""


def print_of(plan: Plan, turn: Turn) -> str:
    """A mark by which the same request at the same hour is known again; says nothing of it."""
    when = [str(turn.state.get(name) or "") for name in ("send", "send_day", "send_time")]
    said = [*vars(plan).items(), *when]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


async def preview(state: Reading, turn: Turn, cluster_id: int, plan: Plan) -> list[Block]:
    """The top of the form when it is shown again."""
    rules, at = await rules_of(state, cluster_id), send_at(turn, await hours_of(state, cluster_id))
    places = {each.id: each for each in await practices.of_cluster(state, cluster_id)}
    asked, away = [], []
    for practice_id, member_id in plan.answering.items():
        member = await members.get(state, member_id)
        other = await substitute(state, member, at)
        if other is None and (until := away_until(member, at)) is not None:
            away.append((member.name, until))
        asked.append(AskedPractice(places[practice_id].name, (other or member).name))
    first = places[next(iter(plan.answering))]
    example = Ask(
        assignment_id=0,
        package=plan.package,
        practice=first.name,
        system=first.system,
        period=period_text(turn.t.date(plan.period_start), turn.t.date(plan.period_end)),
        deadline=plan.deadline,
        minutes=rules.preparation_minutes,
    )
    others = [
        (escape(title(package_of(each), turn.t)), each.deadline)
        for each in await rounds.running(state, cluster_id)
        if each.state == RoundState.OPEN
    ]
    return previewed(
        RequestPreview(
            asked=asked,
            left_out=len(places) - len(asked),
            send_at=at if at > turn.now else None,
            reminded=moments_of(reminders.POLICY, at, plan.deadline, reminder_hours_in(rules)),
            clashes=_clashes(plan, at, rules, is_later=at > turn.now),
            away=away,
            others=others,
            example=example,
        ),
        turn.t,
    )


def _clashes(plan: Plan, at: datetime, rules: Rules, *, is_later: bool) -> list[tuple[bool, Clash]]:
    """What is in the way of the deadline (True) and of the day on which they are asked."""
    quiet = reminder_hours_in(rules).quiet
    found = [(True, each) for each in clashes(local(plan.deadline).date(), quiet=quiet)]
    on_the_day = clashes(local(at).date(), quiet=quiet) if is_later else []
    return [*found, *((False, each) for each in on_the_day if each.what in SEND_DAY)]
