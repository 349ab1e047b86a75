"""The moment before charts are sent: numbers that stand out are looked at once more by the practice that gave them.

Asked once a round, on the very set that would be frozen, in private. Coordinators learn when the charts will be sent
and nothing else; once they are sent, nothing is kept of who was asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from cluster import audit
from cluster.calendar import at, next_slot, workdays_after, workdays_before
from cluster.clock import local
from cluster.disclosure import sights
from cluster.errors import ClusterError
from cluster.members.cluster_rules import hours_in, rules_of
from cluster.notices import owe, refresh_cards
from cluster.packages.lookup import package_of
from cluster.rounds import rounds
from cluster.subjects import ASSIGNMENT, ROUND
from measures.checking.standing_out import StandsOut, standing_out
from storage.models import Assignment, Meeting, Member, Round, SecondLook, Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How

CARD, TOLD = "data.look", "round.held"
"""What a practice is asked, and what coordinators are told."""
NOON = 12
LEAST_TIME = timedelta(hours=3)
"""Less than this is no time to look anything up: then nobody is asked."""
WORKDAYS_BEFORE_MEETING = 2

Answers = Mapping[int, Submission]


async def begin(uow: UnitOfWork, round_: Round, drawn: Answers, *, actor_id: int | None, now: datetime) -> bool:
    """Ask whose numbers stand out among those about to be drawn, and wait for them. Whether there is a wait."""
    asked_at = next_slot(now, hours_in(await rules_of(uow, round_.cluster_id)))
    until = await _until(uow, round_, asked_at)
    if round_.held_until is not None or until is None:
        return False
    found = await _found(uow, round_, drawn)
    if not found:
        return False
    round_.held_until = until
    for practice_id, places in sorted(found.items()):
        for each in places:
            uow.session.add(
                SecondLook(
                    round_id=round_.id,
                    practice_id=practice_id,
                    submission_id=drawn[practice_id].id,
                    measure_id=each.measure_id,
                )
            )
        await _ask(uow, round_, drawn[practice_id], due_at=asked_at, now=now)
    subject, cluster_id = ROUND.about(round_.id), round_.cluster_id
    await owe(
        uow,
        "round.send",
        key=f"send:{round_.id}:{until:%Y%m%d%H%M}",
        now=now,
        cluster_id=cluster_id,
        subject=subject,
        due_at=until,
        how=How.STEP,
        actor=actor_id,
    )
    await rounds.tell_coordinators(uow, TOLD, round_, key=f"held:{round_.id}", now=now)
    audit.note(uow, "round.held", subject, now=now, actor_id=actor_id, cluster_id=cluster_id)
    return True


async def _until(state: Reading, round_: Round, asked_at: datetime) -> datetime | None:
    """Noon of the next workday, and at the latest two workdays before the meeting; None when that leaves no time."""
    until = at(workdays_after(local(asked_at).date(), 1), NOON)
    meeting = await state.session.get(Meeting, round_.meeting_id) if round_.meeting_id else None
    if meeting is not None and meeting.starts_at > asked_at:
        until = min(until, at(workdays_before(local(meeting.starts_at).date(), WORKDAYS_BEFORE_MEETING), NOON))
    return until if until >= asked_at + LEAST_TIME else None


async def _found(state: Reading, round_: Round, drawn: Answers) -> dict[int, list[StandsOut]]:
    past = await sights.past_releases(state, round_)
    return standing_out(
        package_of(round_).measures,
        {key: each.numbers for key, each in drawn.items()},
        sights.rules_for(round_),
        before=[each.numbers for each in past],
        gone=await sights.gone_from(state, round_, past),
        recalls=await sights.recalls_of(state, round_, past),
    )


async def _ask(uow: UnitOfWork, round_: Round, answer: Submission, *, due_at: datetime, now: datetime) -> None:
    """The question, to whoever gave the numbers, else to who answers for the practice, else to all who may.

    Not owed in the cluster's name: so it is not in the coordinators' plan, nor told them when it can't be delivered.
    """
    part = await rounds.of_practice(uow, round_.id, answer.practice_id)
    if part is None:
        return
    for member in await _whom(uow, part, answer):
        await owe(
            uow,
            CARD,
            key=f"look:{round_.id}:{answer.practice_id}:{member.id}",
            now=now,
            member_id=member.id,
            subject=ASSIGNMENT.about(part.id),
            due_at=due_at,
        )


async def _whom(state: Reading, part: Assignment, answer: Submission) -> Sequence[Member]:
    rows = select(Member).where(Member.practice_id == part.practice_id, Member.active).order_by(Member.id)
    everybody = (await state.session.scalars(rows)).all()
    people = [each for each in everybody if each.slack_user_id is not None and rounds.may_answer(each, part)]
    for wanted in (answer.member_id, part.member_id):
        if found := [each for each in people if each.id == wanted]:
            return found
    return people


async def to_draw(uow: UnitOfWork, round_: Round, drawn: Answers) -> Answers:
    """What is drawn when the wait is over, or there was no time for one.

    What stands out grossly and nobody has said to be right is left out like a late answer; all else is in.
    """
    found = await _found(uow, round_, drawn)
    looks = {(each.practice_id, each.measure_id): each for each in await _looks(uow, round_.id)}

    def is_settled(practice_id: int, each: StandsOut) -> bool:
        look = looks.get((practice_id, each.measure_id))
        asked = [look] if look else [one for one in looks.values() if one.practice_id == practice_id]
        return any(one.right_at or one.submission_id != drawn[practice_id].id for one in asked)

    unsure = {
        practice_id
        for practice_id, places in found.items()
        if any(each.gross and not is_settled(practice_id, each) for each in places)
    }
    return {key: each for key, each in drawn.items() if key not in unsure}


async def waiting_for(state: Reading, assignment: Assignment) -> list[SecondLook]:
    """What a practice was asked to look at, while the charts wait."""
    return [each for each in await _looks(state, assignment.round_id) if each.practice_id == assignment.practice_id]


async def confirm(uow: UnitOfWork, assignment: Assignment, member: Member, *, now: datetime) -> None:
    """ "The numbers are right": they are drawn as they are."""
    rounds.require_answer(member, assignment)
    looks = await waiting_for(uow, assignment)
    if not looks:
        raise ClusterError("look.over")
    for each in looks:
        each.right_at = each.right_at or now
    await uow.session.flush()
    await refresh_cards(uow, CARD, subject=ASSIGNMENT.about(assignment.id), now=now)


async def answered(uow: UnitOfWork, round_: Round, practice_id: int, *, now: datetime) -> None:
    """New numbers came while the charts wait: the question says so."""
    if (part := await rounds.of_practice(uow, round_.id, practice_id)) is not None:
        await refresh_cards(uow, CARD, subject=ASSIGNMENT.about(part.id), now=now)


async def end(uow: UnitOfWork, round_: Round, *, now: datetime) -> None:
    """The wait is over: nothing is left of who was asked."""
    if round_.held_until is None:
        return
    asked = {each.practice_id for each in await _looks(uow, round_.id)}
    await rounds.forget_hold(uow, round_)
    for practice_id in sorted(asked):
        if (part := await rounds.of_practice(uow, round_.id, practice_id)) is not None:
            await refresh_cards(uow, CARD, subject=ASSIGNMENT.about(part.id), now=now)
    await refresh_cards(uow, TOLD, subject=ROUND.about(round_.id), now=now)


async def _looks(state: Reading, round_id: int) -> Sequence[SecondLook]:
    rows = select(SecondLook).where(SecondLook.round_id == round_id).order_by(SecondLook.id)
    return (await state.session.scalars(rows)).all()
