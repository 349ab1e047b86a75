"""Answers to an evaluation: into the urn and counted together, or kept in confidence until it is over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import case, or_, select, update

from cluster.errors import ClusterError
from cluster.evaluations import reminders
from cluster.evaluations.counting import EMPTY, LONGEST, MARKS, QUESTIONS, SCALE, SKIPPED, Ballot, Tally, added
from cluster.evaluations.urn import CHANCE, Urn
from cluster.notices import renew_home, take_back
from cluster.subjects import APPRAISAL
from storage.models import Appraisal, AppraisalAnswer, AppraisalAsked, AppraisalTally, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import AppraisalState, Grade


def read(said: dict[str, Any]) -> Ballot:
    """A filled-in form."""
    answers = {question: str(said.get(question) or SKIPPED) for question in QUESTIONS}
    wrong = [question for question, answer in answers.items() if answer not in map(str, (SKIPPED, *SCALE))]
    if wrong:
        raise ClusterError("appraisal.no_such_answer", field=wrong[0])
    if not any(answer != str(SKIPPED) for answer in answers.values()):
        raise ClusterError("appraisal.empty", field=QUESTIONS[-1])
    marks = frozenset(said.get("marks") or ()) & frozenset(MARKS)
    comment = " ".join(str(said.get("comment") or "").split())[:LONGEST]
    return Ballot({question: int(answer) for question, answer in answers.items()}, marks, comment)


async def _to_answer(
    state: Reading, appraisal: Appraisal, member: Member, grade: Grade, now: datetime
) -> AppraisalAsked:
    asked = await state.session.get(AppraisalAsked, (appraisal.id, member.id), populate_existing=True)
    if asked is None:
        raise ClusterError("appraisal.not_asked")
    if appraisal.grade != grade or appraisal.state != AppraisalState.OPEN or now >= appraisal.closes_at:
        raise ClusterError("appraisal.over")
    return asked


async def answer_anonymously(
    uow: UnitOfWork, urn: Urn, appraisal: Appraisal, member: Member, ballot: Ballot, *, now: datetime
) -> None:
    """Into the urn; five or more are kept together when there are enough. Nothing is noted, and nothing owed."""
    async with urn.lock:
        asked = await _to_answer(uow, appraisal, member, Grade.ANONYMOUS, now)
        if asked.given or not urn.put(appraisal.id, member.id, ballot):
            raise ClusterError("appraisal.answered")
        if drawn := urn.ready(appraisal.id):
            await keep(uow, appraisal, drawn)
            await uow.commit()
            urn.take_out(appraisal.id, drawn)


async def answer_in_confidence(
    uow: UnitOfWork, appraisal: Appraisal, member: Member, ballot: Ballot, *, now: datetime
) -> None:
    """Kept with whose it is, and changed as often as they like."""
    asked = await _to_answer(uow, appraisal, member, Grade.CONFIDENTIAL, now)
    asked.given = True
    mine = AppraisalAnswer.appraisal_id == appraisal.id, AppraisalAnswer.member_id == member.id
    row = (await uow.session.scalars(select(AppraisalAnswer).where(*mine))).first()
    row = row or AppraisalAnswer(appraisal_id=appraisal.id, member_id=member.id)
    row.answers = {**ballot.answers, "marks": sorted(ballot.marks)}
    row.words = ballot.comment
    uow.session.add(row)
    await take_back(uow, APPRAISAL.about(appraisal.id), kinds=reminders.POLICY.kinds, member_id=member.id)
    await renew_home(uow, [member.id], now=now)


async def own_answer(state: Reading, appraisal_id: int, member_id: int) -> Ballot | None:
    """What somebody said in confidence."""
    rows = select(AppraisalAnswer).where(
        AppraisalAnswer.appraisal_id == appraisal_id, AppraisalAnswer.member_id == member_id
    )
    row = (await state.session.scalars(rows)).first()
    return ballot_of(row) if row is not None else None


def ballot_of(row: AppraisalAnswer) -> Ballot:
    """A confidential answer as it was given."""
    answers = {question: int(row.answers.get(question, SKIPPED)) for question in QUESTIONS}
    return Ballot(answers, frozenset(row.answers.get("marks", ())), row.words)


async def keep(uow: UnitOfWork, appraisal: Appraisal, drawn: dict[int, Ballot]) -> None:
    """Add these to what is counted. Every row about the evaluation is written, so that none is known by who wrote it
    last."""
    tally = await tally_of(uow, appraisal.id, to_write=True)
    now_is = added(tally, list(drawn.values()), CHANCE)
    kept = update(AppraisalTally).where(AppraisalTally.appraisal_id == appraisal.id)
    await uow.session.execute(
        kept.values(
            ballots=now_is.ballots,
            counts={question: dict(each) for question, each in now_is.counts.items()},
            comments=list(now_is.comments),
        )
    )
    done = case((or_(AppraisalAsked.given, AppraisalAsked.member_id.in_(list(drawn))), True), else_=False)
    await uow.session.execute(
        update(AppraisalAsked).where(AppraisalAsked.appraisal_id == appraisal.id).values(given=done)
    )


async def tally_of(state: Reading, appraisal_id: int, *, to_write: bool = False) -> Tally:
    """What is counted so far; held, when it is to be written."""
    row = await state.session.get(
        AppraisalTally, appraisal_id, populate_existing=True, with_for_update=True if to_write else None
    )
    return Tally(row.ballots, row.counts, row.comments) if row is not None else EMPTY


async def has_answered(state: Reading, urn: Urn, appraisal_id: int, member_id: int) -> bool:
    """Whether an answer of this member is kept, or lies in the urn."""
    asked = await state.session.get(AppraisalAsked, (appraisal_id, member_id), populate_existing=True)
    return asked is None or asked.given or urn.holds(appraisal_id, member_id)
