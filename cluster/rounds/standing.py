"""How a round stands: which practices have answered and how, counted the same way wherever it is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from cluster.members import consent
from storage.models import Assignment, Member, Practice, Round, Submission
from storage.unit_of_work import Reading
from storage.words import Source, SubmissionState

LIVE = (SubmissionState.DRAFT, SubmissionState.ACCEPTED)


class Given(StrEnum):
    """What a practice has given."""

    WAITING = "waiting"
    DRAFT = "draft"
    """Numbers that wait for its yes."""
    NUMBERS = "numbers"
    NONE = "none"
    """It said that it has none."""


@dataclass(frozen=True)
class Standing:
    """One practice in a round, and what there is of it."""

    practice_id: int
    practice: str
    assignment_id: int
    member_id: int
    member: str
    state: Given

    @property
    def answered(self) -> bool:
        """Whether the practice has said its piece."""
        return self.state in {Given.NUMBERS, Given.NONE}


@dataclass(frozen=True)
class RoundTally:
    """How many practices were asked, have answered, and gave numbers."""

    total: int
    answered: int
    contributing: int


def tally(standings: Sequence[Standing]) -> RoundTally:
    """The counts of a round."""
    return RoundTally(
        total=len(standings),
        answered=sum(each.answered for each in standings),
        contributing=sum(each.state == Given.NUMBERS for each in standings),
    )


async def of_round(state: Reading, round_id: int) -> list[Standing]:
    """Every practice that was asked, by name."""
    return (await of_rounds(state, [round_id]))[round_id]


async def of_rounds(state: Reading, round_ids: Sequence[int]) -> dict[int, list[Standing]]:
    """The same of several rounds, in as many questions."""
    live = await _live(state, round_ids)
    rows = (
        select(Assignment.round_id, Assignment.id, Practice.id, Practice.name, Member.id, Member.name)
        .join(Practice, Practice.id == Assignment.practice_id)
        .join(Member, Member.id == Assignment.member_id)
        .where(Assignment.round_id.in_(round_ids))
        .order_by(Practice.name, Practice.id)
    )
    found: dict[int, list[Standing]] = {each: [] for each in round_ids}
    for round_id, part_id, practice_id, practice, member_id, member in (await state.session.execute(rows)).all():
        given = _state(live.get((round_id, practice_id), {}))
        found[round_id].append(Standing(practice_id, practice, part_id, member_id, member, given))
    return found


def _state(live: Mapping[SubmissionState, Source]) -> Given:
    if SubmissionState.ACCEPTED in live:
        return Given.NONE if live[SubmissionState.ACCEPTED] == Source.NONE else Given.NUMBERS
    return Given.DRAFT if SubmissionState.DRAFT in live else Given.WAITING


async def _live(state: Reading, round_ids: Sequence[int]) -> dict[tuple[int, int], dict[SubmissionState, Source]]:
    """Round and practice → how its answers stand, and where they came from."""
    rows = select(Submission.round_id, Submission.practice_id, Submission.state, Submission.source).where(
        Submission.round_id.in_(round_ids), Submission.state.in_(LIVE)
    )
    found: dict[tuple[int, int], dict[SubmissionState, Source]] = {}
    for round_id, practice_id, how, source in (await state.session.execute(rows)).all():
        found.setdefault((round_id, practice_id), {})[how] = source
    return found


async def answered_by(state: Reading, round_ids: Sequence[int], practice_id: int) -> set[int]:
    """Of these rounds, those that a practice has answered: with numbers, or that it has none."""
    rows = select(Submission.round_id).where(
        Submission.round_id.in_(round_ids),
        Submission.practice_id == practice_id,
        Submission.state == SubmissionState.ACCEPTED,
    )
    return set((await state.session.scalars(rows)).all())


async def drafted_by(state: Reading, round_ids: Sequence[int], member_id: int) -> set[int]:
    """Of these rounds, those in which a member has given numbers and not said yes to them yet."""
    rows = select(Submission.round_id).where(
        Submission.round_id.in_(round_ids),
        Submission.member_id == member_id,
        Submission.state == SubmissionState.DRAFT,
    )
    return set((await state.session.scalars(rows)).all())


async def accepted(state: Reading, round_id: int, practice_id: int) -> Submission | None:
    """The answer that counts for a practice now."""
    return await _one(state, round_id, practice_id, "accepted")


async def draft(state: Reading, round_id: int, practice_id: int) -> Submission | None:
    """Numbers of a practice that wait for somebody's yes."""
    return await _one(state, round_id, practice_id, "draft")


async def fresh_drafts(state: Reading, member_ids: Sequence[int], *, since: datetime) -> Sequence[Submission]:
    """Numbers that these members gave lately and that wait for a yes, the newest first."""
    rows = (
        select(Submission)
        .where(
            Submission.member_id.in_(member_ids),
            Submission.state == SubmissionState.DRAFT,
            Submission.created_at >= since,
        )
        .order_by(Submission.id.desc())
    )
    return (await state.session.execute(rows)).scalars().all()


async def newest_accepted(state: Reading, member_ids: Sequence[int], *, since: datetime) -> Submission | None:
    """The numbers that these members had saved last, if that was lately."""
    rows = (
        select(Submission)
        .where(
            Submission.member_id.in_(member_ids),
            Submission.state == SubmissionState.ACCEPTED,
            Submission.settled_at >= since,
        )
        .order_by(Submission.settled_at.desc(), Submission.id.desc())
    )
    return (await state.session.execute(rows)).scalars().first()


async def contributions(state: Reading, round_: Round) -> dict[int, Submission]:
    """The answers that charts may be made from: accepted, with numbers, of practices whose consent holds."""
    willing = await consent.holders(state, round_.cluster_id)
    rows = (
        select(Submission)
        .where(
            Submission.round_id == round_.id,
            Submission.state == SubmissionState.ACCEPTED,
            Submission.source != Source.NONE,
        )
        .order_by(Submission.practice_id)
    )
    found = (await state.session.execute(rows)).scalars()
    return {each.practice_id: each for each in found if each.practice_id in willing}


async def history(state: Reading, round_id: int, practice_id: int) -> Sequence[Submission]:
    """All versions of a practice's answer, the newest first."""
    rows = (
        select(Submission)
        .where(Submission.round_id == round_id, Submission.practice_id == practice_id)
        .order_by(Submission.version.desc())
    )
    return (await state.session.execute(rows)).scalars().all()


async def numbers_before(state: Reading, round_: Round, practice_id: int) -> dict[str, float | None] | None:
    """What the practice gave the last time the same package was asked for; None when it never was."""
    rows = (
        select(Submission.numbers)
        .join(Round, Round.id == Submission.round_id)
        .where(Round.cluster_id == round_.cluster_id, Round.package_id == round_.package_id, Round.id < round_.id)
        .where(
            Submission.practice_id == practice_id,
            Submission.state == SubmissionState.ACCEPTED,
            Submission.source != Source.NONE,
        )
        .order_by(Round.period_end.desc(), Round.id.desc())
    )
    return (await state.session.execute(rows)).scalars().first()


async def _one(state: Reading, round_id: int, practice_id: int, wanted: str) -> Submission | None:
    rows = (
        select(Submission)
        .where(Submission.round_id == round_id, Submission.practice_id == practice_id, Submission.state == wanted)
        .order_by(Submission.version.desc())
    )
    return (await state.session.execute(rows)).scalars().first()
