""" "Mine tal er forkerte": kept until new numbers come, so that the meeting can move on (TOL-08)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from cluster import audit
from cluster.errors import ClusterError
from cluster.notices import ANSWER, owe
from cluster.rounds import rounds
from cluster.subjects import ASSIGNMENT, OBJECTION
from storage.models import Member, Objection, Round, Submission
from storage.unit_of_work import Reading, UnitOfWork


async def open_for(state: Reading, round_id: int, practice_id: int | None = None) -> Sequence[Objection]:
    """What is still objected to in a round."""
    rows = (
        select(Objection)
        .join(Submission, Submission.id == Objection.submission_id)
        .where(Submission.round_id == round_id, Objection.closed_at.is_(None))
        .order_by(Objection.id)
    )
    if practice_id is not None:
        rows = rows.where(Submission.practice_id == practice_id)
    return (await state.session.execute(rows)).scalars().all()


async def raise_one(
    uow: UnitOfWork, submission: Submission, round_: Round, member: Member, text: str, *, now: datetime
) -> Objection:
    """A member says that the practice's numbers are wrong; the coordinators hear of it, without the numbers."""
    part = await rounds.of_practice(uow, round_.id, submission.practice_id)
    if part is None:
        raise ClusterError("data.not_yours")
    rounds.require_answer(member, part)
    if not text.strip():
        raise ClusterError("objection.empty", field="text")
    made = Objection(submission_id=submission.id, member_id=member.id, text=text.strip()[:2000], opened_at=now)
    uow.session.add(made)
    await uow.session.flush()
    await rounds.tell_coordinators(
        uow, "objection.raised", round_, key=f"objection:{made.id}", now=now, objection=made.id
    )
    await owe(
        uow,
        "objection.noted",
        key=f"objection-noted:{made.id}",
        now=now,
        member_id=member.id,
        cluster_id=round_.cluster_id,
        subject=ASSIGNMENT.about(part.id),
        urgency=ANSWER,
    )
    subject = OBJECTION.about(made.id)
    audit.note(uow, "objection.raised", subject, now=now, actor_id=member.id, cluster_id=round_.cluster_id)
    return made


async def find(state: Reading, objection_id: int) -> tuple[Objection, Submission] | None:
    """An objection that still stands, and the numbers it is about."""
    objection = await state.session.get(Objection, objection_id)
    if objection is None or objection.closed_at is not None:
        return None
    submission = await state.session.get(Submission, objection.submission_id)
    return (objection, submission) if submission is not None else None


async def settle(uow: UnitOfWork, round_id: int, practice_id: int, *, now: datetime) -> int:
    """New numbers have come: what was objected to is settled; how many objections that was."""
    found = await open_for(uow, round_id, practice_id)
    for objection in found:
        objection.closed_at = now
    return len(found)
