"""How the cluster of the demo stands, looked up once for everything that the panel says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from bot.rehearsal.stage import Stage
from cluster.overview import logbook
from cluster.overview.logbook import Entry
from storage.models import (
    Agreement,
    Assignment,
    Audit,
    Cluster,
    Invitation,
    Meeting,
    Member,
    Outbox,
    Practice,
    Round,
    Submission,
)
from storage.unit_of_work import Look
from storage.words import How, MeetingState, OutboxState, RoundState, SubmissionState

LINES = 3
"""Of the log that are told."""


@dataclass(frozen=True)
class Player:
    """A person of the cluster and what they owe."""

    member: Member
    practice: Practice | None
    meeting: Meeting | None = None
    """Waits for their answer."""
    round: Round | None = None
    """Their practice's numbers are waited for."""


@dataclass(frozen=True)
class StoryState:
    """What the panel is made from."""

    now: datetime
    cluster: Cluster | None = None
    people: dict[str, Player] = field(default_factory=dict)
    """By Slack id."""
    meetings: Sequence[Meeting] = ()
    rounds: Sequence[Round] = ()
    is_agreed: bool = False
    is_attended: bool = False
    answers: int = 0
    """How often an invitation was answered."""
    next_due: datetime | None = None
    """When the next word to somebody is due by itself."""
    log: Sequence[Entry] = ()

    @property
    def next_meeting(self) -> Meeting | None:
        """The meeting ahead."""
        return next((each for each in self.meetings if each.ends_at > self.now), None)

    @property
    def last_meeting(self) -> Meeting | None:
        """The meeting that was held last."""
        return next((each for each in reversed(self.meetings) if each.ends_at <= self.now), None)

    @property
    def has_practices(self) -> bool:
        """Whether a list of members was saved."""
        return any(each.practice for each in self.people.values())

    @property
    def is_released(self) -> bool:
        """Whether charts have been sent."""
        return any(each.state in {RoundState.RELEASED, RoundState.CLOSED} for each in self.rounds)


async def look_at(stage: Stage, whats: Sequence[str]) -> StoryState:
    """Everything in one look; ``whats`` are the lines of the log that may be told."""
    now = stage.calendar.now()
    async with stage.runtime.tools.look() as state:
        cluster = (await state.session.scalars(select(Cluster).order_by(Cluster.id).limit(1))).first()
        if cluster is None:
            return StoryState(now)
        planned = select(Meeting).where(Meeting.cluster_id == cluster.id, Meeting.state == MeetingState.PLANNED)
        meetings = (await state.session.scalars(planned.order_by(Meeting.starts_at))).all()
        rounds = (await state.session.scalars(select(Round).where(Round.cluster_id == cluster.id))).all()
        return StoryState(
            now=now,
            cluster=cluster,
            people=await _people(state, cluster, meetings, rounds, now),
            meetings=meetings,
            rounds=rounds,
            is_agreed=await _count(state, select(func.count(Agreement.id))) > 0,
            is_attended=any(each.attendance_closed_at for each in meetings),
            answers=await _count(state, select(func.count(Audit.id)).where(Audit.what == logbook.ANSWERED)),
            next_due=await _next_due(state, now),
            log=await logbook.entries(state, cluster.id, whats, most=LINES),
        )


async def next_due(stage: Stage, now: datetime) -> datetime | None:
    """When the next word is due by itself."""
    async with stage.runtime.tools.look() as state:
        return await _next_due(state, now)


async def _next_due(state: Look, now: datetime) -> datetime | None:
    rows = select(func.min(Outbox.due_at)).where(
        Outbox.state == OutboxState.WAITING, Outbox.due_at > now, Outbox.how == How.POST
    )
    return (await state.session.scalars(rows)).first()


async def _people(
    state: Look, cluster: Cluster, meetings: Sequence[Meeting], rounds: Sequence[Round], now: datetime
) -> dict[str, Player]:
    members = (await state.session.scalars(select(Member).where(Member.cluster_id == cluster.id, Member.active))).all()
    practices = await state.session.scalars(select(Practice).where(Practice.cluster_id == cluster.id))
    places = {practice.id: practice for practice in practices}
    waiting: dict[int, Meeting] = {}
    if coming := next((each for each in meetings if each.answer_by > now), None):
        rows = select(Invitation.member_id).where(Invitation.meeting_id == coming.id, Invitation.answer.is_(None))
        waiting = dict.fromkeys(await state.session.scalars(rows), coming)
    owed: dict[int, Round] = {}
    if running := next((each for each in rounds if each.state == RoundState.OPEN), None):
        given = select(Submission.practice_id).where(
            Submission.round_id == running.id, Submission.state == SubmissionState.ACCEPTED
        )
        asked = select(Assignment.member_id).where(
            Assignment.round_id == running.id, Assignment.practice_id.not_in(given)
        )
        owed = dict.fromkeys(await state.session.scalars(asked), running)
    return {
        each.slack_user_id: Player(each, places.get(each.practice_id or 0), waiting.get(each.id), owed.get(each.id))
        for each in members
        if each.slack_user_id
    }


async def _count(state: Look, rows: object) -> int:
    return int((await state.session.scalars(rows)).one())  # type: ignore[call-overload]
