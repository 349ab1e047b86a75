"""Who decides, and what was decided: written down with its majority, and carried on to numbers and meetings."""

from __future__ import annotations

from typing import Any

from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import members
from cluster.topics import decisions, ideas
from cluster.topics.decisions import Majority
from handlers.acting import leader
from handlers.blocks import escape, section
from handlers.errors import say
from handlers.feature import Rendering
from handlers.ids import number
from handlers.message import Message
from handlers.topics.errors import ERRORS
from handlers.topics.views import votes as views
from handlers.turn import Turn
from locales import Texts
from storage.models import TopicRule
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Deciders


async def open_rule(turn: Turn) -> None:
    """Who decides; the value is the cluster."""
    async with turn.look() as state:
        by = await leader(state, turn, number(turn.value))
        found = await decisions.newest_rule(state, by.cluster_id)
        since = await _since(state, found, turn.t) if found is not None else ""
    chosen = found.deciders if found is not None else Deciders.ALL
    await turn.open(views.rule_form(chosen, since, turn.t, cluster_id=by.cluster_id))


async def _since(state: Reading, rule: TopicRule, t: Texts) -> str:
    who = await members.find(state, rule.decided_by)
    return t(
        "Agreed on {day}, written down by {name}: {who}.",
        day=t.date(local(rule.decided_at).date()),
        name=escape(who.name if who is not None else "?"),
        who=views.deciders(rule.deciders, t),
    )


async def keep_rule(turn: Turn) -> None:
    """Keep who decides."""
    async with turn.unit() as uow:
        by = await leader(uow, turn, number(turn.metadata.get("cluster")))
        await decisions.agree(uow, str(turn.state.get("deciders") or ""), by=by, now=turn.now)
        await uow.commit()


async def rule_told(r: Rendering) -> Message | None:
    """To everybody: who decides from now on."""
    found = await decisions.newest_rule(r.state, r.owed.cluster_id or 0)
    if found is None:
        return None
    return Message(r.t("Who decides what you take up: {who}", who=await _since(r.state, found, r.t)))


async def open_form(turn: Turn) -> None:
    """Write a decision down; the value is the cluster."""
    async with turn.look() as state:
        by = await leader(state, turn, number(turn.value))
        found = await ideas.listed(state, by.cluster_id, by.id)
        who = await decisions.rule(state, by.cluster_id)
    if not found:
        raise ClusterError("vote.nothing_to_choose")
    await turn.open(views.decide_form(found, who, turn.t, cluster_id=by.cluster_id))


def _votes(said: Any) -> int | None:
    written = str(said or "").strip()
    if not written:
        return None
    if not written.isdecimal():
        raise ClusterError("decision.votes", field="votes_for")
    return int(written)


async def _record(uow: UnitOfWork, turn: Turn) -> None:
    by = await leader(uow, turn, number(turn.metadata.get("cluster")))
    idea = await ideas.get(uow, number(turn.state.get("idea")))
    if idea.cluster_id != by.cluster_id:
        raise ClusterError("idea.unknown", field="idea")
    majority = Majority(*(_votes(turn.state.get(f"votes_{each}")) for each in ("for", "against", "blank")))
    chosen = str(turn.state.get("deciders") or "")
    await decisions.record(uow, idea, chosen, majority, by=by, vote_id=None, now=turn.now)


async def check(turn: Turn) -> dict[str, str] | None:
    """Try it in a unit of work that is never kept."""
    try:
        async with turn.tools.unit(None) as uow:
            await _record(uow, turn)
    except ClusterError as error:
        return {error.field or "idea": say(error, turn.t, ERRORS)}
    return None


async def keep(turn: Turn) -> None:
    """Keep it, and tell everybody."""
    async with turn.unit() as uow:
        await _record(uow, turn)
        await uow.commit()


async def told(r: Rendering) -> Message:
    """To everybody; whoever runs the cluster has the ways on beside it."""
    decision = await decisions.get(r.state, r.number)
    idea = await ideas.get(r.state, decision.idea_id)
    said, reader = views.decided(decision, idea, r.t), await members.find(r.state, r.owed.member_id)
    leads = reader is not None and reader.role in members.LEADERS
    return Message(said, [section(said), *([views.on_with(idea.id, r.t)] if leads else [])])
