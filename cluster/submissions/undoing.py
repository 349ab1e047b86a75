"""Numbers that somebody kept, discarded or withdrew lately are put back, as long as no charts are sent."""

from __future__ import annotations

from datetime import datetime

from cluster.errors import ClusterError
from cluster.rounds import standing
from cluster.submissions import submissions
from cluster.submissions.submissions import GIVEN, OwnPart
from cluster.undoing import OwnChange, Values
from storage.models import Member, Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import RoundState, SubmissionState

_STANDS = {
    SubmissionState.DRAFT: "waiting",
    SubmissionState.ACCEPTED: "given",
    SubmissionState.REPLACED: "earlier",
    SubmissionState.WITHDRAWN: "withdrawn",
    SubmissionState.DROPPED: "dropped",
}


async def numbers_now(state: Reading, change: OwnChange) -> Values:
    """How a version stands, and which one is the newest of its practice."""
    submission, _, _ = await submissions.get(state, change.number)
    newest = (await standing.history(state, submission.round_id, submission.practice_id))[0]
    return {"stands": _STANDS[submission.state], "version": newest.version}


async def put_numbers_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """The numbers of before: none, earlier ones, or those that were dropped."""
    submission, assignment, round_ = await submissions.get(uow, change.number)
    if round_.state == RoundState.RELEASED:
        raise ClusterError("data.charts_are_sent")
    part = OwnPart(assignment, round_, by)
    if change.what != GIVEN:
        await submissions.give_again(uow, submission, part, now=now)
    elif earlier := change.was.get("earlier"):
        await submissions.give_again(uow, await uow.session.get_one(Submission, earlier), part, now=now)
    else:
        await submissions.withdraw(uow, submission, part, now=now)
