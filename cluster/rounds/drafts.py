"""Requests for numbers that are written down and not sent: seen by those who run the cluster alone, sent by a click of
theirs or at the hour they chose, and recalled to mind once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from cluster import audit, undoing
from cluster.calendar import at, next_slot, workdays_after
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import members, practices
from cluster.members.cluster_rules import reminder_hours_of
from cluster.notices import ANSWER, owe, renew_home, take_back
from cluster.rounds import planning, rounds
from cluster.rounds.planning import NEVER_RIGHT, Plan, flaws
from cluster.subjects import ROUND
from cluster.undoing import OwnChange, Values
from storage.models import Member, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, RoundState

DROPPED = "round.dropped"
"""What is noted, and remembered to be put back."""
STEP, WAITS = "round.ask", "round.draft_waits"
RECALLED_AFTER = 3
"""Workdays after which whoever wrote a draft is told that it still lies there."""
MORNING = 9


async def get(state: Reading, round_id: int) -> Round:
    """A draft, to ourselves, or a friendly refusal where it is one no more."""
    found = await rounds.get(state, round_id)
    await state.session.refresh(found, with_for_update={"key_share": True})
    if found.state != RoundState.DRAFT:
        raise ClusterError("round.no_draft")
    return found


async def opened(state: Reading, round_id: int, sequence: int) -> Round:
    """A draft as somebody has it open; a friendly refusal where another has changed it since."""
    found = await get(state, round_id)
    if found.sequence != sequence:
        raise ClusterError("round.changed_meanwhile")
    return found


async def of_cluster(state: Reading, cluster_id: int) -> Sequence[Round]:
    """Every draft of a cluster, the one whose deadline is nearest first."""
    rows = select(Round).where(Round.cluster_id == cluster_id, Round.state == RoundState.DRAFT)
    return (await state.session.scalars(rows.order_by(Round.deadline, Round.id))).all()


async def plan_of(state: Reading, draft: Round) -> Plan:
    """What a draft says, asked of those who can answer now: in place of whoever is gone, and for a practice that has
    come since, the practice's contact."""
    kept = draft.asked or {}
    plan = Plan(
        package_id=draft.package_id,
        period_start=draft.period_start,
        period_end=draft.period_end,
        deadline=draft.deadline,
        meeting_id=draft.meeting_id,
        answering={int(practice): int(who) for practice, who in kept.get("answering", {}).items()},
        left_out=frozenset(int(each) for each in kept.get("left_out", ())),
        package_text=draft.package_text,
        follows_id=draft.follows_id,
    )
    able = await planning.answerers(state, draft.cluster_id)
    there = [each for each in await practices.of_cluster(state, draft.cluster_id) if each.id not in plan.left_out]
    answering = {}
    for practice in there:
        allowed = {member.id for member in able.get(practice.id, ())}
        found = next((who for who in (plan.answering.get(practice.id), practice.contact_id) if who in allowed), None)
        if found is not None:
            answering[practice.id] = found
    return replace(plan, answering=answering)


async def keep(
    uow: UnitOfWork, cluster_id: int, plan: Plan, *, by: Member, now: datetime, send_at: datetime | None = None
) -> Round:
    """Write a request down. Nobody is asked, before ``send_at`` where one is chosen."""
    await _require_sense(uow, cluster_id, plan, now=now, is_to_be_sent=send_at is not None)
    draft = rounds.new(cluster_id, plan, by=by.id, now=now)
    uow.session.add(draft)
    await uow.session.flush()
    await _lay_out(uow, draft, plan, by=by, now=now, send_at=send_at)
    return draft


async def rewrite(
    uow: UnitOfWork, draft: Round, plan: Plan, *, by: Member, now: datetime, send_at: datetime | None = None
) -> None:
    """Keep a draft with other words."""
    await _require_sense(uow, draft.cluster_id, plan, now=now, is_to_be_sent=send_at is not None)
    rounds.write(draft, plan)
    draft.sequence += 1
    await _lay_out(uow, draft, plan, by=by, now=now, send_at=send_at)


async def send(uow: UnitOfWork, draft: Round, plan: Plan, *, by: Member, now: datetime) -> None:
    """Ask the practices: from here on it is as any other round."""
    if wrong := await flaws(uow, draft.cluster_id, plan, now):
        raise wrong[0]
    rounds.write(draft, plan)
    await _open(uow, draft, plan, by=by, now=now)


async def come_due(uow: UnitOfWork, draft: Round, *, now: datetime) -> None:
    """The chosen hour has come: the practices are asked, unless something is in the way; then it stays a draft, and the
    coordinators hear why."""
    await uow.session.refresh(draft, with_for_update={"key_share": True})
    if draft.state != RoundState.DRAFT or draft.send_at is None or draft.send_at > now:
        return
    plan = await plan_of(uow, draft)
    wrong = await flaws(uow, draft.cluster_id, plan, now)
    if not wrong:
        await _open(uow, draft, plan, by=None, now=now)
        return
    draft.send_at = None
    draft.sequence += 1
    key = f"not-sent:{draft.id}:{draft.sequence}"
    await rounds.tell_coordinators(uow, "round.not_sent", draft, key=key, now=now)
    await _renew_pages(uow, draft, now=now)


async def drop(uow: UnitOfWork, draft: Round, *, by: Member, now: datetime) -> None:
    """Delete a draft; no row of a round is ever deleted, for its number would be another's."""
    await take_back(uow, ROUND.about(draft.id), kinds=(STEP, WAITS))
    draft.send_at = None
    await _put(uow, draft, RoundState.CANCELLED, by=by, now=now)
    await _noted(uow, draft, DROPPED, by=by.id, now=now)


async def state_now(state: Reading, change: OwnChange) -> Values:
    """Whether it is a draft."""
    return {"state": (await rounds.get(state, change.number)).state}


async def put_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """A draft that was deleted is one again, or the other way; it waits for no hour."""
    draft = await rounds.get(uow, change.number)
    await uow.session.refresh(draft, with_for_update={"key_share": True})
    if draft.state != change.became["state"]:
        raise ClusterError("round.no_draft")
    await _put(uow, draft, RoundState(change.was["state"]), by=by, now=now)
    await _noted(uow, draft, "round.drafted", by=by.id, now=now)


async def _require_sense(uow: UnitOfWork, cluster_id: int, plan: Plan, *, now: datetime, is_to_be_sent: bool) -> None:
    found = await flaws(uow, cluster_id, plan, now)
    for wrong in found:
        if is_to_be_sent or wrong.code in NEVER_RIGHT:
            raise wrong


async def _lay_out(
    uow: UnitOfWork, draft: Round, plan: Plan, *, by: Member, now: datetime, send_at: datetime | None
) -> None:
    """Keep who is asked, and owe what comes of itself: the sending at its hour, or a word that it lies there."""
    answering = {str(practice): who for practice, who in plan.answering.items()}
    draft.asked, draft.send_at = {"answering": answering, "left_out": sorted(plan.left_out)}, send_at
    subject, cluster_id = ROUND.about(draft.id), draft.cluster_id
    await take_back(uow, subject, kinds=(STEP, WAITS))
    key = f"{draft.id}:{draft.sequence}"
    if send_at is not None:
        await owe(
            uow,
            STEP,
            key=f"{STEP}:{key}",
            now=now,
            cluster_id=cluster_id,
            subject=subject,
            due_at=send_at,
            how=How.STEP,
        )
    else:
        morning = at(workdays_after(local(now).date(), RECALLED_AFTER), MORNING)
        due_at = next_slot(morning, await reminder_hours_of(uow, cluster_id))
        who = {"member_id": by.id, "cluster_id": cluster_id, "subject": subject}
        await owe(uow, WAITS, key=f"draft-waits:{key}", now=now, due_at=due_at, **who)  # type: ignore[arg-type]
    await _noted(uow, draft, "round.drafted" if send_at is None else "round.set_to_send", by=by.id, now=now)


async def _open(uow: UnitOfWork, draft: Round, plan: Plan, *, by: Member | None, now: datetime) -> None:
    subject = ROUND.about(draft.id)
    await take_back(uow, subject, kinds=(STEP, WAITS))
    await rounds.ask_all(uow, draft, plan, now=now)
    key = f"round-opened:{draft.id}"
    if by is None:  # nobody is there who pressed: whoever runs the cluster hears of it
        await rounds.tell_coordinators(uow, "round.opened", draft, key=key, now=now)
    else:
        who = {"member_id": by.id, "cluster_id": draft.cluster_id, "subject": subject}
        await owe(uow, "round.opened", key=key, now=now, urgency=ANSWER, **who)  # type: ignore[arg-type]
    await _noted(uow, draft, "round.opened", by=by.id if by else draft.created_by, now=now)


async def _put(uow: UnitOfWork, draft: Round, state: RoundState, *, by: Member, now: datetime) -> None:
    was, draft.state = {"state": draft.state}, state
    draft.closed_at = now if state == RoundState.CANCELLED else None
    subject = ROUND.about(draft.id)
    await undoing.remember(uow, DROPPED, subject, by=by.id, was=was, became={"state": state}, now=now)


async def _noted(uow: UnitOfWork, draft: Round, what: str, *, by: int | None, now: datetime) -> None:
    audit.note(uow, what, ROUND.about(draft.id), now=now, actor_id=by, cluster_id=draft.cluster_id)
    await _renew_pages(uow, draft, now=now)


async def _renew_pages(uow: UnitOfWork, draft: Round, *, now: datetime) -> None:
    leading = [each.id for each in await members.of_cluster(uow, draft.cluster_id) if each.role in members.LEADERS]
    await renew_home(uow, leading, now=now)
