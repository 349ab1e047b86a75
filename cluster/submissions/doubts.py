"""Questions about a file that a click answers one by one: is this heading the same as that field?

The answers change the numbers that wait for the practice's yes, and are remembered for its next file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cluster.errors import ClusterError
from cluster.rounds import rounds
from cluster.submissions import headings, submissions
from cluster.submissions import typed as typed_numbers
from cluster.submissions.submissions import OwnPart
from measures.checking.plausibility import TYPED_AGAIN
from storage.models import Submission
from storage.unit_of_work import UnitOfWork
from storage.words import SubmissionState

GUESSED = "heading_guessed"
Question = Mapping[str, Any]


def about_headings(submission: Submission) -> list[Question]:
    """The headings of a draft that nobody has said yes or no to."""
    return [each for each in submission.questions if each["code"] == GUESSED]


def require_waiting(submission: Submission) -> None:
    """A friendly refusal when the draft has been accepted, or is gone."""
    if submission.state != SubmissionState.DRAFT:
        raise ClusterError("data.is_accepted" if submission.state == SubmissionState.ACCEPTED else "data.superseded")


def waiting(submission: Submission, field_id: str) -> Question:
    """The question about a field's heading; a friendly refusal when it has been answered, or the draft is gone."""
    require_waiting(submission)
    for question in about_headings(submission):
        if question["params"]["id"] == field_id:
            return question
    raise ClusterError("heading.answered")


async def confirm(uow: UnitOfWork, submission: Submission, part: OwnPart, *, now: datetime) -> bool:
    """A plain yes to numbers that wait: also to what was read in their headings. False when it was said before."""
    if submission.state == SubmissionState.DRAFT:
        await submissions.require_open(uow, part)
        await _remember(uow, submission, part, about_headings(submission), now=now)
    return await submissions.confirm(uow, submission, part, now=now)


async def agree(uow: UnitOfWork, submission: Submission, part: OwnPart, question: Question, *, now: datetime) -> None:
    """ "Yes, it is the same": remembered, and the numbers count when nothing else is in doubt."""
    await submissions.require_open(uow, part)
    await _remember(uow, submission, part, [question], now=now)
    submission.questions = [each for each in submission.questions if each != question]
    await _go_on(uow, submission, part, now=now)


async def type_again(
    uow: UnitOfWork, submission: Submission, part: OwnPart, typed: Mapping[str, float | None], *, now: datetime
) -> None:
    """Numbers far outside what is usual, typed once more: only the very same ones settle the doubt."""
    await submissions.require_open(uow, part)
    require_waiting(submission)
    wanted = submissions.to_type_again(submission)
    if any(typed[name] != value for name, value in wanted.items() if name in typed):
        raise ClusterError("data.not_the_same")
    submission.questions = [
        each for each in submission.questions if each["code"] not in TYPED_AGAIN or each["params"]["id"] not in typed
    ]
    await _go_on(uow, submission, part, now=now)


async def _go_on(uow: UnitOfWork, submission: Submission, part: OwnPart, *, now: datetime) -> None:
    if typed_numbers.asked(submission):
        await submissions.refresh_verdict(uow, submission, now=now)
    else:
        await submissions.confirm(uow, submission, part, now=now)


async def _remember(
    uow: UnitOfWork, submission: Submission, part: OwnPart, questions: Sequence[Question], *, now: datetime
) -> None:
    for question in questions:
        params = question["params"]
        await headings.learn(
            uow,
            submission.practice_id,
            part.round.package_id,
            str(params["heading"]),
            str(params["id"]),
            member=part.member,
            now=now,
        )


async def decline(
    uow: UnitOfWork,
    submission: Submission,
    part: OwnPart,
    question: Question,
    *,
    numbers: Mapping[str, float | None],
    questions: Sequence[Question],
    now: datetime,
) -> None:
    """ "No, it is something else": remembered too; the draft goes on with what is left, in `numbers`."""
    await submissions.require_open(uow, part)
    await _deny(uow, submission, part, question, now=now)
    submission.numbers, submission.questions = dict(numbers), [dict(each) for each in questions]
    await _go_on(uow, submission, part, now=now)


async def give_up(uow: UnitOfWork, submission: Submission, part: OwnPart, question: Question, *, now: datetime) -> None:
    """ "No", and nothing is left that could be used: the draft is dropped."""
    await submissions.require_open(uow, part)
    await _deny(uow, submission, part, question, now=now)
    await submissions.discard(uow, submission, part, now=now)


async def _deny(uow: UnitOfWork, submission: Submission, part: OwnPart, question: Question, *, now: datetime) -> None:
    heading, nothing = str(question["params"]["heading"]), headings.NO_FIELD
    package_id = part.round.package_id
    await headings.learn(uow, submission.practice_id, package_id, heading, nothing, member=part.member, now=now)
    await rounds.refresh_ask(uow, part.assignment, now=now)
