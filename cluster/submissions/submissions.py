"""Answers of practices: kept as versions, confirmed, replaced, withdrawn. Nothing is overwritten, nothing doubled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cluster import audit, undoing
from cluster.charts import releases
from cluster.errors import ClusterError
from cluster.members import consent
from cluster.members.cluster_rules import rules_of
from cluster.notices import ANSWER, owe, refresh_cards
from cluster.rounds import reminders, rounds, standing
from cluster.subjects import SUBMISSION
from cluster.submissions import objections
from measures.checking.plausibility import ABOUT_A_VALUE, TYPED_AGAIN
from storage.models import Assignment, Member, Round, Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import RoundState, Source, SubmissionState

GIVEN, DISCARDED, WITHDRAWN = "data.accepted", "data.discarded", "data.withdrawn"
"""What is remembered of numbers, to be put back."""


@dataclass(frozen=True)
class UsableNumbers:
    """What was read from a file, a form or a typed reply, found usable by ``measures.checking.validation``."""

    source: Source
    """Never none: see `say_none`."""
    numbers: Mapping[str, float | None]
    questions: Sequence[Mapping[str, Any]] = ()
    """What the member is asked to confirm, as codes and parameters."""
    digest: str = ""
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Field → where its number stands in the file: see `storage.models.Submission.sources`."""


@dataclass(frozen=True)
class VerdictPlace:
    """Where the verdict is to be read: a thread of the conversation, or the member's direct messages."""

    channel_id: str | None = None
    thread_ts: str | None = None


@dataclass(frozen=True)
class OwnPart:
    """A member's dealings with one practice's part of a round."""

    assignment: Assignment
    round: Round
    member: Member
    place: VerdictPlace = field(default_factory=VerdictPlace)
    by: Member | None = None
    """Who did it, when that is not the member: the coordinator with a file for all practices."""


async def require_open(state: Reading, part: OwnPart, *, with_numbers: bool = True) -> None:
    """Whether this member may answer for this practice now; a friendly refusal when not."""
    rounds.require_answer(part.member, part.assignment)
    if part.round.state == RoundState.CANCELLED:
        raise ClusterError("round.is_cancelled")
    if part.round.state not in rounds.TAKING:
        raise ClusterError("round.is_closed")
    if with_numbers and not await consent.holds(state, part.assignment.practice_id):
        raise ClusterError("data.no_consent")


async def keep(uow: UnitOfWork, part: OwnPart, answer: UsableNumbers, *, now: datetime) -> Submission:
    """Keep an answer: accepted at once, or a draft when something is to be confirmed. The member is told."""
    await require_open(uow, part)
    before = await standing.accepted(uow, part.round.id, part.assignment.practice_id)
    if answer.digest and before is not None and before.digest == answer.digest:
        raise ClusterError("data.same_file")
    return await _keep(uow, part, answer, now=now)


async def _keep(uow: UnitOfWork, part: OwnPart, answer: UsableNumbers, *, now: datetime) -> Submission:
    before = await standing.accepted(uow, part.round.id, part.assignment.practice_id)
    questions = [dict(each) for each in answer.questions if not _is_settled(each, answer, before)]
    made = await _add(
        uow,
        part,
        now=now,
        source=answer.source,
        numbers=dict(answer.numbers),
        questions=questions,
        digest=answer.digest,
        sources={name: dict(each) for name, each in answer.sources.items()},
    )
    if not questions and answer.source != Source.REPLY:
        await _settle(uow, made, part, now=now)
    await rounds.refresh_ask(uow, part.assignment, now=now)
    await _owe_verdict(uow, made, part, now=now)
    return made


def _is_settled(question: Mapping[str, Any], answer: UsableNumbers, before: Submission | None) -> bool:
    """Whether the practice has said yes to this value in this round: nothing that it is made from has changed."""
    if before is None or before.source == Source.NONE or question["code"] not in ABOUT_A_VALUE:
        return False
    return all(before.numbers.get(name) == answer.numbers.get(name) for name in question["params"]["fields"])


def to_type_again(submission: Submission) -> dict[str, float]:
    """The numbers of a draft, by field, that count only when they are typed once more."""
    if submission.state != SubmissionState.DRAFT:
        return {}
    asked = [each["params"] for each in submission.questions if each["code"] in TYPED_AGAIN]
    return {str(each["id"]): each["value"] for each in asked}


async def deliver(uow: UnitOfWork, part: OwnPart, answer: UsableNumbers, *, now: datetime) -> Submission:
    """Keep what a coordinator's file says of a practice. The one who answers for it is told, and says yes to doubts."""
    if part.round.state not in rounds.TAKING:
        raise ClusterError("round.is_closed")
    if not await consent.holds(uow, part.assignment.practice_id):
        raise ClusterError("data.no_consent")
    return await _keep(uow, part, answer, now=now)


async def give_none(uow: UnitOfWork, part: OwnPart, reason: str, *, now: datetime) -> Submission:
    """ "Ingen data": the practice has answered that it has no numbers this time."""
    await require_open(uow, part, with_numbers=False)
    before = await standing.accepted(uow, part.round.id, part.assignment.practice_id)
    if before is not None and before.source == Source.NONE:
        raise ClusterError("data.already_none")
    made = await _add(uow, part, now=now, source=Source.NONE, reason=reason)
    await _settle(uow, made, part, now=now)
    await rounds.refresh_ask(uow, part.assignment, now=now)
    await _owe_verdict(uow, made, part, now=now)
    return made


async def get(state: Reading, submission_id: int) -> tuple[Submission, Assignment, Round]:
    """One version with the part of the round it answers."""
    found = await state.session.get(Submission, submission_id)
    if found is None:
        raise ClusterError("data.unknown")
    assignment = await rounds.of_practice(state, found.round_id, found.practice_id)
    if assignment is None:
        raise ClusterError("data.unknown")
    return found, assignment, await rounds.get(state, found.round_id)


async def confirm(uow: UnitOfWork, submission: Submission, part: OwnPart, *, now: datetime) -> bool:
    """ "Yes, the numbers are right." False when they had been confirmed already (a second click)."""
    await require_open(uow, part)
    if submission.state == SubmissionState.ACCEPTED:
        return False
    if submission.state != SubmissionState.DRAFT:
        raise ClusterError("data.superseded")
    if to_type_again(submission):
        raise ClusterError("data.type_again")
    await _settle(uow, submission, part, now=now)
    await rounds.refresh_ask(uow, part.assignment, now=now)
    await refresh_verdict(uow, submission, now=now)
    return True


async def discard(uow: UnitOfWork, submission: Submission, part: OwnPart, *, now: datetime) -> bool:
    """Drop numbers that waited for a yes. False when they were gone already."""
    rounds.require_answer(part.member, part.assignment)
    if submission.state == SubmissionState.ACCEPTED:
        raise ClusterError("data.is_accepted")
    if submission.state != SubmissionState.DRAFT:
        return False
    await _end(uow, submission, SubmissionState.DROPPED, now=now)
    await rounds.refresh_ask(uow, part.assignment, now=now)
    await _remember(uow, DISCARDED, submission, part, "waiting", "dropped", now=now)
    return True


async def withdraw(uow: UnitOfWork, submission: Submission, part: OwnPart, *, now: datetime) -> bool:
    """Take an accepted answer back: the practice is asked again. False when it was taken back already."""
    await require_open(uow, part, with_numbers=False)
    if submission.state == SubmissionState.WITHDRAWN:
        return False
    if submission.state != SubmissionState.ACCEPTED:
        raise ClusterError("data.superseded")
    await _end(uow, submission, SubmissionState.WITHDRAWN, now=now)
    await reminders.plan(uow, part.round, part.assignment, await rules_of(uow, part.round.cluster_id), now=now)
    await rounds.refresh_ask(uow, part.assignment, now=now)
    _log(uow, WITHDRAWN, submission, part, now)
    await _remember(uow, WITHDRAWN, submission, part, "given", "withdrawn", now=now)
    return True


async def give_again(uow: UnitOfWork, earlier: Submission, part: OwnPart, *, now: datetime) -> Submission:
    """An earlier version counts again, or waits again for a yes: as a new one, for nothing is overwritten."""
    await require_open(uow, part, with_numbers=earlier.source != Source.NONE)
    names = ("source", "numbers", "questions", "sources", "reason", "digest")
    is_draft = earlier.state == SubmissionState.DROPPED
    made = await _add(uow, part, now=now, **{name: getattr(earlier, name) for name in names})
    if not is_draft:
        await _settle(uow, made, part, now=now)
    await rounds.refresh_ask(uow, part.assignment, now=now)
    await _owe_verdict(uow, made, part, now=now)
    return made


async def refresh_verdict(uow: UnitOfWork, submission: Submission, *, now: datetime) -> None:
    """Let what was said about a version, wherever it was said, show what became of it."""
    await refresh_cards(
        uow, "data.verdict", subject=SUBMISSION.about(submission.id), now=now, reader_id=submission.member_id
    )


async def _add(uow: UnitOfWork, part: OwnPart, *, now: datetime, **values: Any) -> Submission:
    versions = await standing.history(uow, part.round.id, part.assignment.practice_id)
    for old in versions:
        if old.state == SubmissionState.DRAFT:
            await _end(uow, old, SubmissionState.DROPPED, now=now)
    made = Submission(
        round_id=part.round.id,
        practice_id=part.assignment.practice_id,
        version=versions[0].version + 1 if versions else 1,
        member_id=part.member.id,
        state=SubmissionState.DRAFT,
        created_at=now,
        **values,
    )
    uow.session.add(made)
    await uow.session.flush()
    return made


async def _settle(uow: UnitOfWork, submission: Submission, part: OwnPart, *, now: datetime) -> None:
    before = await standing.accepted(uow, part.round.id, part.assignment.practice_id)
    if before is not None:
        await _end(uow, before, SubmissionState.REPLACED, now=now)
    submission.state, submission.settled_at = SubmissionState.ACCEPTED, now
    await uow.session.flush()
    was = "earlier" if before is not None else "missing"
    await _remember(uow, GIVEN, submission, part, was, "given", now=now, earlier=before.id if before else 0)
    await reminders.hush(uow, part.assignment)
    await objections.settle(uow, part.round.id, part.assignment.practice_id, now=now)
    _log(uow, "data.none" if submission.source == Source.NONE else "data.accepted", submission, part, now)
    await releases.on_accepted(uow, part.round, submission, now=now)


async def _end(uow: UnitOfWork, submission: Submission, state: SubmissionState, *, now: datetime) -> None:
    submission.state, submission.settled_at = state, now
    await uow.session.flush()
    await refresh_verdict(uow, submission, now=now)


async def _owe_verdict(uow: UnitOfWork, submission: Submission, part: OwnPart, *, now: datetime) -> None:
    await owe(
        uow,
        "data.verdict",
        key=f"verdict:{submission.id}",
        now=now,
        member_id=part.member.id,
        channel_id=part.place.channel_id,
        thread_ts=part.place.thread_ts,
        cluster_id=part.round.cluster_id,
        subject=SUBMISSION.about(submission.id),
        urgency=ANSWER,
    )


async def _remember(
    uow: UnitOfWork,
    what: str,
    submission: Submission,
    part: OwnPart,
    was: str,
    became: str,
    *,
    now: datetime,
    **ids: int,
) -> None:
    if part.by is not None:  # one of many in a coordinator's file
        return
    subject, stands = SUBMISSION.about(submission.id), {"stands": became, "version": submission.version}
    member = part.member.id
    await undoing.remember(uow, what, subject, by=member, was={"stands": was, **ids}, became=stands, now=now)


def _log(uow: UnitOfWork, what: str, submission: Submission, part: OwnPart, now: datetime) -> None:
    audit.note(
        uow,
        what,
        SUBMISSION.about(submission.id),
        now=now,
        actor_id=(part.by or part.member).id,
        cluster_id=part.round.cluster_id,
        source=submission.source,
        version=submission.version,
    )
