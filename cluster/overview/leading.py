"""How a cluster stands for those who run it: the next things to do, its meetings and rounds, what lacks.

Asked in as many questions however many rounds, meetings and people there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select

from cluster.calendar import at
from cluster.clock import local
from cluster.meetings.invitations import AnswerTally
from cluster.members import consent, list_tasks, members, practices
from cluster.members.list_tasks import OpenTask
from cluster.members.settling import is_here
from cluster.onboarding import first_steps
from cluster.onboarding.first_steps import Begun
from cluster.overview import waiting
from cluster.overview.next_things import (
    LATELY,
    AgreementFacts,
    Facts,
    MeetingFacts,
    RoundFacts,
    Thing,
    UnsentFacts,
    beside_the_steps,
    next_things,
)
from cluster.rounds import followups, rounds, standing
from cluster.rounds.standing import Given, RoundTally, Standing
from cluster.subjects import ASSIGNMENT, MEETING
from storage.models import (
    Agreement,
    Cluster,
    Collected,
    Invitation,
    Meeting,
    Member,
    Minutes,
    Objection,
    Outbox,
    RosterImport,
    Round,
    Rules,
    Submission,
)  # fmt: skip
from storage.unit_of_work import Reading
from storage.words import AgreementState, MeetingState, RoundState, Rsvp

BEHIND = timedelta(days=366)
"""How far back meetings are shown."""


@dataclass(frozen=True)
class Progress:
    """A running round as its coordinators see it: counts, and the names of practices still missing. No numbers."""

    round: Round
    tally: RoundTally
    missing: list[str]


@dataclass(frozen=True)
class Gathering:
    """A meeting, and how many have answered what."""

    meeting: Meeting
    answers: AnswerTally
    within_reach: int = 0
    """Of those who have not answered, who would get a reminder: in Slack and not on leave."""
    has_minutes: bool = False
    """Whether somebody takes the minutes, or they are written."""


@dataclass(frozen=True)
class Lead:
    """What only those who run the cluster see."""

    things: list[Thing]
    """What can be done next."""
    rounds: list[Progress]
    ahead: list[Gathering]
    """Meetings to come, the nearest first …"""
    behind: list[Gathering]
    """… and those of the last year, the newest first; with what is only written down so far."""
    drafts: list[Meeting]
    requests: list[Round]
    """Requests for numbers that are not sent, the one whose deadline is nearest first."""
    unmatched: int
    unconfirmed: int
    lacking: int
    """Practices for which nobody answers."""
    titles: Mapping[int, Round]
    """Rounds that the things are about."""
    tasks: list[OpenTask]
    """What is open in the list of members."""
    begun: Begun
    """How far the cluster has come on its way to the first invitation."""

    def gathering(self, meeting_id: int) -> Gathering | None:
        """A meeting that is shown."""
        return next((each for each in [*self.ahead, *self.behind] if each.meeting.id == meeting_id), None)


async def lead_of(state: Reading, cluster: Cluster, rules: Rules, now: datetime, *, silent: Collection[int]) -> Lead:
    """Everything for the page of one who runs a cluster. ``silent`` are the meetings that this one owes an answer to:
    nobody reminds themselves."""
    places, people = await practices.of_cluster(state, cluster.id), await members.of_cluster(state, cluster.id)
    written = await _meetings(state, cluster.id, now)
    held = [each for each in written if each.meeting.state == MeetingState.PLANNED]
    found = await _rounds(state, cluster.id, now)
    recent = [each for each in found if each.state != RoundState.DRAFT]
    requests = sorted((each for each in found if each.state == RoundState.DRAFT), key=lambda each: each.deadline)
    stands = await standing.of_rounds(state, [each.id for each in recent])
    reminded = await _reminded(state, held, stands, now)
    proposed = await waiting.proposals(state, cluster.id)
    facts = Facts(
        cluster_id=cluster.id,
        is_set_up=cluster.set_up_at is not None,
        practices=len(places),
        not_in_slack=sum(member.slack_user_id is None for member in people),
        without_contact=len(practices.to_be_answered_for(places, people)),
        registers_attendance=rules.attendance_registered,
        undelivered=await waiting.undelivered(state, cluster.id),
        rosters=proposed[RosterImport],
        files=proposed[Collected],
        meetings=tuple(_meeting_facts(each, each.meeting.id in silent, reminded, now) for each in held),
        rounds=await _round_facts(state, cluster.id, recent, stands, held, reminded),
        unsent=tuple(UnsentFacts(each.id, each.created_at, each.deadline) for each in requests if not each.send_at),
        is_written=bool(requests),
        agreements=await _agreements(state, cluster.id),
    )
    begun = await first_steps.of_cluster(state, cluster, places, people, facts.rosters, now)
    things = beside_the_steps(next_things(facts, now), begun.current)
    running = [each for each in recent if each.state in rounds.TAKING]
    return Lead(
        things=things,
        rounds=[_progress(each, stands[each.id]) for each in running],
        ahead=[each for each in held if each.meeting.ends_at > now],
        behind=[each for each in reversed(held) if each.meeting.ends_at <= now],
        drafts=[each.meeting for each in written if each.meeting.state == MeetingState.DRAFT],
        requests=requests,
        unmatched=facts.not_in_slack,
        unconfirmed=sum(member.slack_user_id is not None and member.confirmed_at is None for member in people),
        lacking=facts.without_contact,
        titles=await _titles(state, found, facts.agreements),
        tasks=list_tasks.open_tasks(places, people),
        begun=begun,
    )


def _progress(round_: Round, stands: Sequence[Standing]) -> Progress:
    return Progress(round_, standing.tally(stands), [each.practice for each in stands if not each.answered])


async def _meetings(state: Reading, cluster_id: int, now: datetime) -> list[Gathering]:
    is_within_reach = Member.slack_user_id.is_not(None) & is_here(now)
    is_called = (Meeting.state == MeetingState.PLANNED) & (Meeting.ends_at > now - BEHIND)
    rows = (
        select(
            Meeting,
            Invitation.answer,
            func.count(Member.id),
            func.count(case((is_within_reach, Member.id))),
            Minutes.taker_id,
            Minutes.sequence,
        )
        .outerjoin(Invitation, Invitation.meeting_id == Meeting.id)
        .outerjoin(Member, (Member.id == Invitation.member_id) & Member.active)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(Meeting.cluster_id == cluster_id, is_called | (Meeting.state == MeetingState.DRAFT))
        .group_by(Meeting.id, Invitation.answer, Minutes.taker_id, Minutes.sequence)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    said: dict[Meeting, Counter[Rsvp | None]] = {}
    within_reach: Counter[int] = Counter()
    has_minutes: set[int] = set()
    for meeting, answer, count, near, taker_id, sequence in (await state.session.execute(rows)).all():
        said.setdefault(meeting, Counter())[answer] += count
        within_reach[meeting.id] += near if answer is None else 0
        has_minutes |= {meeting.id} if taker_id is not None or sequence else set()
    return [Gathering(each, _tally(many), within_reach[each.id], each.id in has_minutes) for each, many in said.items()]


def _tally(many: Mapping[Rsvp | None, int]) -> AnswerTally:
    return AnswerTally(*(many[each] for each in (Rsvp.YES, Rsvp.MAYBE, Rsvp.NO, None, Rsvp.ONLINE, Rsvp.WAITS)))


def _meeting_facts(each: Gathering, is_silent: bool, reminded: Collection[str], now: datetime) -> MeetingFacts:
    meeting, answers = each.meeting, each.answers
    silent = each.within_reach if now < meeting.answer_by else answers.none  # then they can be called
    return MeetingFacts(
        id=meeting.id,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        answer_by=meeting.answer_by,
        invited=answers.all,
        silent=max(silent - is_silent, 0),
        is_noted=meeting.attendance_closed_at is not None,
        is_reminded=MEETING.about(meeting.id) in reminded,
        has_minutes=each.has_minutes,
    )


async def _reminded(
    state: Reading, held: Sequence[Gathering], stands: Mapping[int, Sequence[Standing]], now: datetime
) -> set[str]:
    """What a coordinator had somebody reminded of today."""
    subjects = [MEETING.about(each.meeting.id) for each in held if each.meeting.starts_at > now]
    subjects += [ASSIGNMENT.about(one.assignment_id) for each in stands.values() for one in each if not one.answered]
    rows = select(Outbox.subject).where(
        Outbox.subject.in_(subjects), Outbox.key.startswith("nudge:"), Outbox.created_at >= at(local(now).date(), 0)
    )
    return set((await state.session.scalars(rows)).all())


async def _rounds(state: Reading, cluster_id: int, now: datetime) -> Sequence[Round]:
    """Those that are drafts or run, and those whose charts are recent enough to be talked over."""
    is_recent = Round.state.in_(followups.SHOWN) & (Round.released_at > now - 2 * LATELY)
    rows = (
        select(Round)
        .where(Round.cluster_id == cluster_id, Round.state.in_((RoundState.DRAFT, *rounds.TAKING)) | is_recent)
        .order_by(Round.created_at.desc(), Round.id.desc())
    )
    return (await state.session.execute(rows)).scalars().all()


async def _round_facts(
    state: Reading,
    cluster_id: int,
    recent: Sequence[Round],
    stands: Mapping[int, Sequence[Standing]],
    held: Sequence[Gathering],
    reminded: Collection[str],
) -> tuple[RoundFacts, ...]:
    met = {each.meeting.id: each.meeting for each in held}
    willing = await consent.holders(state, cluster_id)
    ids = [each.id for each in recent]
    wrong = (
        select(Submission.round_id, func.count(Objection.id))
        .join(Objection, Objection.submission_id == Submission.id)
        .where(Submission.round_id.in_(ids), Objection.closed_at.is_(None))
        .group_by(Submission.round_id)
    )
    objections = {row[0]: row[1] for row in (await state.session.execute(wrong)).all()}
    noted = select(Agreement.round_id).where(Agreement.round_id.in_(ids), Agreement.state != AgreementState.DROPPED)
    agreed = set((await state.session.scalars(noted)).all())
    found = []
    for each in recent:
        said = Counter(one.state for one in stands[each.id])
        found.append(
            RoundFacts(
                id=each.id,
                is_open=each.state == RoundState.OPEN,
                is_held=each.held_until is not None,
                deadline=each.deadline,
                asked=len(stands[each.id]),
                answered=said[Given.NUMBERS] + said[Given.NONE],
                drafts=said[Given.DRAFT],
                usable=sum(one.state == Given.NUMBERS and one.practice_id in willing for one in stands[each.id]),
                objections=objections.get(each.id, 0) if each.state in rounds.TAKING else 0,
                talked_over=_talked_over(each, met.get(each.meeting_id or 0)),
                is_agreed=each.id in agreed,
                is_reminded=any(ASSIGNMENT.about(one.assignment_id) in reminded for one in stands[each.id]),
            )
        )
    return tuple(found)


def _talked_over(round_: Round, meeting: Meeting | None) -> datetime | None:
    """When its charts were talked over: at its meeting, else some time in the week after they were sent."""
    if round_.released_at is None:
        return None
    if meeting is None or meeting.ends_at < round_.released_at:
        return round_.released_at + followups.WITHOUT_MEETING
    return meeting.ends_at


async def _agreements(state: Reading, cluster_id: int) -> tuple[AgreementFacts, ...]:
    again = select(Round.follows_id).where(
        Round.cluster_id == cluster_id, Round.follows_id.is_not(None), Round.state != RoundState.CANCELLED
    )
    underway = set((await state.session.scalars(again)).all())
    rows = select(Agreement).where(Agreement.cluster_id == cluster_id, Agreement.state == AgreementState.OPEN)
    found = (await state.session.scalars(rows.order_by(Agreement.id))).all()
    return tuple(AgreementFacts(each.round_id, each.measure_again_on, each.round_id in underway) for each in found)


async def _titles(state: Reading, recent: Sequence[Round], agreements: Sequence[AgreementFacts]) -> dict[int, Round]:
    known = {each.id: each for each in recent}
    others = {each.round_id for each in agreements} - known.keys()
    if others:
        known |= {each.id: each for each in await state.session.scalars(select(Round).where(Round.id.in_(others)))}
    return known
