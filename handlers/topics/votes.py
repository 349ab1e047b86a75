"""Votes about topics: opened by a coordinator after a look, answered without a name, told when they close."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from cluster.calendar import at, is_open, is_workday, next_slot, workdays_after
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.cluster_rules import hours_of
from cluster.notices import Owed
from cluster.overview.homepage import Membership
from cluster.subjects import VOTE
from cluster.topics import decisions, ideas, reminders, votes
from handlers.acting import actor, leader
from handlers.at_home import AtHome
from handlers.blocks import section
from handlers.errors import say
from handlers.feature import Rendering
from handlers.ids import number
from handlers.message import Block, Message
from handlers.saying import answer
from handlers.topics.errors import ERRORS
from handlers.topics.views import votes as views
from handlers.turn import ShownAgain, Tools, Turn
from storage.models import Vote
from storage.unit_of_work import Look, UnitOfWork
from storage.words import VoteKind, VoteState

OPEN_FOR = 7
"""Days, as proposed."""
NOON = 12
PROPOSED = 5
"""Topics that a vote about the first of a poll begins with."""


async def open_asking(turn: Turn) -> None:
    """The form to ask everybody; its value is the cluster."""
    async with turn.look() as state:
        by = await leader(state, turn, number(turn.value))
        found = await ideas.listed(state, by.cluster_id, by.id)
    first = [str(each.idea.id) for each in found[: votes.MOST]]
    await _show_form(turn, by.cluster_id, found, VoteKind.POLL, first)


async def open_again(turn: Turn) -> None:
    """A vote about those that were first in another; its value is that one."""
    async with turn.look() as state:
        before = await votes.get(state, number(turn.value))
        by = await leader(state, turn, before.cluster_id)
        found = await ideas.listed(state, by.cluster_id, by.id)
        result = await votes.result(state, before)
        tied = await votes.still_open(state, result)
    counted = [each.idea.id for each in result.counts if each.given][:PROPOSED]
    wanted = counted if before.kind == VoteKind.POLL else tied
    known = {each.idea.id for each in found}
    await _show_form(turn, by.cluster_id, found, VoteKind.VOTE, [str(each) for each in wanted if each in known])


async def _show_form(turn: Turn, cluster_id: int, found: list[ideas.ListedIdea], kind: str, chosen: list[str]) -> None:
    if len(found) < votes.FEWEST:
        raise ClusterError("vote.nothing_to_choose")
    closes_on = local(turn.now).date() + timedelta(days=OPEN_FOR)
    if not is_workday(closes_on):
        closes_on = workdays_after(closes_on, 1)
    await turn.show(
        views.open_form(found, turn.t, cluster_id=cluster_id, kind=kind, chosen=chosen, closes_on=closes_on)
    )


def _asked(turn: Turn) -> tuple[VoteKind, list[int], datetime]:
    try:
        day = date.fromisoformat(str(turn.state.get("closes_on") or ""))
    except ValueError as error:
        raise ClusterError("vote.when", field="closes_on") from error
    kind = VoteKind.VOTE if turn.state.get("kind") == VoteKind.VOTE else VoteKind.POLL
    return kind, [number(each) for each in turn.state.get("ideas") or []], at(day, NOON)


async def check_asking(turn: Turn) -> dict[str, str] | ShownAgain | None:
    """What can't be right; else the form once more with what goes out above it, until that was seen."""
    cluster_id = number(turn.metadata.get("cluster"))
    async with turn.look() as state:
        by = await leader(state, turn, cluster_id)
        try:
            kind, chosen, closes_at = _asked(turn)
            wrong = await votes.flaws(state, cluster_id, chosen, closes_at=closes_at, now=turn.now)
        except ClusterError as error:
            wrong = [error]
        if wrong:
            return {error.field or "ideas": say(error, turn.t, ERRORS) for error in wrong}
        found = await ideas.listed(state, cluster_id, by.id)
        people = len(await votes.electors(state, cluster_id))
        hours = await hours_of(state, cluster_id)
    seen = hashlib.sha256(repr((kind, sorted(chosen), closes_at)).encode()).hexdigest()[:16]
    if turn.metadata.get("seen") == seen:
        return None
    topics = [each.idea.words for each in found if each.idea.id in chosen]
    asked_at = None if is_open(turn.now, hours) else next_slot(turn.now, hours)
    return ShownAgain(
        views.open_form(
            found,
            turn.t,
            cluster_id=cluster_id,
            kind=kind,
            chosen=[str(each) for each in chosen],
            closes_on=local(closes_at).date(),
            above=views.preview(kind, topics, people, turn.t, closes_at=closes_at, asked_at=asked_at),
            seen=seen,
        )
    )


async def begin(turn: Turn) -> None:
    """Ask everybody."""
    async with turn.unit() as uow:
        by = await leader(uow, turn, number(turn.metadata.get("cluster")))
        kind, chosen, closes_at = _asked(turn)
        made = await votes.begin(uow, kind, chosen, closes_at=closes_at, by=by, now=turn.now)
        about = VOTE.about(made.id)
        await answer(uow, turn, "vote.opened", member_id=by.id, cluster_id=by.cluster_id, subject=about)
        await uow.commit()


async def open_ballot(turn: Turn) -> None:
    """The ballot, to who has not voted."""
    async with turn.look() as state:
        vote = await votes.get(state, number(turn.value))
        member = await actor(state, turn, vote.cluster_id)
        await votes.may_vote(state, vote, member, turn.now)
        offered = await votes.choices(state, vote.id)
    await turn.open(views.ballot(vote, offered, turn.t))


async def cast(turn: Turn) -> Message:
    """Counted while Slack waits: nothing of it is stored on the way."""
    async with turn.tools.unit(None) as uow:
        vote = await votes.get(uow, number(turn.metadata.get("vote")))
        member = await actor(uow, turn, vote.cluster_id)
        said = turn.state.get("choice") or []
        chosen = [said] if isinstance(said, str) else said
        await votes.cast(uow, vote, member, [number(each) for each in chosen], now=turn.now)
        await uow.commit()
    return Message(turn.t("Thank you! Your vote is counted, without your name."))


async def stop(turn: Turn) -> None:
    """Call it off."""
    async with turn.unit() as uow:
        vote = await votes.get(uow, number(turn.value))
        by = await leader(uow, turn, vote.cluster_id)
        await votes.stop(uow, vote, by=by, now=turn.now)
        await uow.commit()


async def show_result(turn: Turn) -> Message:
    """What came of one, once it was told."""
    async with turn.look() as state:
        vote = await votes.get(state, number(turn.value))
        await actor(state, turn, vote.cluster_id)
        if not votes.is_told(vote, turn.now):
            raise ClusterError("vote.not_told")
        found = await votes.result(state, vote)
        decision = await decisions.of_vote(state, vote.id)
    return Message(views.result(vote, found, decision, turn.t))


async def close_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """It closes."""
    await votes.close(uow, await votes.get(uow, owed.number), now=tools.clock.now())


async def request(r: Rendering) -> Message | None:
    """To who may vote."""
    vote = await votes.get(r.state, r.number)
    if vote.state != VoteState.OPEN:
        return None
    return Message(views.asks(vote.kind, vote.closes_at, r.t), views.request(vote, r.t))


async def reminder(r: Rendering) -> Message | None:
    """To who has not voted."""
    vote = await votes.get(r.state, r.number)
    member = await members.get(r.state, r.owed.member_id or 0)
    owes = vote.state == VoteState.OPEN and not await votes.has_voted(r.state, vote.id, member.id)
    if not await reminders.holds(r.state, r.owed, vote, member, owes=owes, now=r.tools.clock.now()):
        return None
    return Message(views.asks(vote.kind, vote.closes_at, r.t), views.request(vote, r.t))


async def opened(r: Rendering) -> Message:
    """To whoever opened it."""
    vote, t = await votes.get(r.state, r.number), r.t
    said = t.n("{n} member is asked.", "{n} members are asked.", vote.asked)
    said += " " + t("It closes on {moment}.", moment=t.moment(vote.closes_at))
    said += " " + t("What came of it goes to all an hour later.")
    return Message(said, [section(said), views.stopping(vote.id, t)])


async def told(r: Rendering) -> Message | None:
    """To all, when it is closed; whoever runs the cluster has the ways on beside it."""
    vote = await votes.get(r.state, r.number)
    if vote.state != VoteState.CLOSED:
        return None
    found, decision = await votes.result(r.state, vote), await decisions.of_vote(r.state, vote.id)
    said = views.result(vote, found, decision, r.t)
    reader = await members.find(r.state, r.owed.member_id)
    leads = reader is not None and reader.role in members.LEADERS
    ways = views.result_buttons(vote, found, decision, r.t) if leads else []
    return Message(said, [section(said), *ways])


async def stopped(r: Rendering) -> Message:
    """To those who were asked."""
    return Message(r.t("The vote about topics was called off. What was counted is deleted."))


async def waiting(state: Look, part: Membership, now: datetime) -> Vote | None:
    """The vote that waits for a member, for the start page."""
    return await votes.waits_for(state, part.member, now)


def at_home(at_: AtHome) -> list[Block]:
    """On the start page of who has not voted."""
    return views.request(at_.found, at_.t) if at_.found is not None else []
