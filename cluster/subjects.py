"""The nouns that messages, cards and lines of the log are about, each described once.

What a row is about is written ``meeting:7``. It is written and read here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from cluster.errors import ClusterError
from cluster.ids import as_id
from storage.models import (
    Agreement,
    Appraisal,
    Assignment,
    Base,
    Card,
    Cluster,
    Collected,
    Commitment,
    Consent,
    Idea,
    Inbox,
    Meeting,
    Member,
    Objection,
    Outbox,
    OwnPackage,
    Poll,
    Practice,
    Release,
    RosterImport,
    Round,
    Submission,
    TopicDecision,
    Vote,
)
from storage.unit_of_work import Reading
from storage.words import MeetingState, PollState, ProposalState, RoundState

Named = Meeting | Poll | Round | Practice | Member
"""Rows that people know by a name."""


@dataclass(frozen=True, eq=False)
class Subject:
    """A noun: its table, what it is part of, what people know it by, and when it is over."""

    name: str
    table: type[Base]
    part_of: Subject | None = None
    """What it belongs to, by its column of that name: a round by ``cluster_id``, a submission by ``round_id``."""
    has_name: bool = False
    """Whether people know it by a name of its own."""
    known_by: Subject | None = None
    """Else what is named instead, by its column of that name; nothing where nobody is told of it."""
    of_practice: bool = False
    """Whether it is one practice's, by its ``practice_id``."""
    on_buttons: bool = False
    """Whether buttons of its name (``meeting.edit``) and form fields of its name hold its id."""
    is_over: Callable[[datetime], ColumnElement[bool]] | None = None
    """Which of its rows were over at a moment."""
    ends_with_it: bool = False
    """Whether it is over when what it is part of is."""
    has_work: Callable[[Any, str, datetime], bool] | None = None
    """Whether a card of a kind about one of its rows still has work in it: then a new coordinator gets it."""

    def about(self, key: int) -> str:
        """How it is written in a row that is about it: ``meeting:7``."""
        return f"{self.name}:{key}"

    def key_in(self, subject: str) -> int | None:
        """The id, where a row is about such a noun."""
        found = read(subject)
        return found[1] if found is not None and found[0] == self else None


def _is_closed(now: datetime) -> ColumnElement[bool]:
    return Round.state.in_((RoundState.CLOSED, RoundState.CANCELLED)) & (
        func.coalesce(Round.closed_at, Round.deadline) < now
    )


def _waits(row: Collected | RosterImport, _kind: str, _now: datetime) -> bool:
    return row.state == ProposalState.WAITING


def _is_ahead(meeting: Meeting, kind: str, now: datetime) -> bool:
    """Answers come in until it ends; who came is asked until that is noted."""
    if meeting.state != MeetingState.PLANNED:
        return False
    return meeting.ends_at > now if kind == "meeting.desk" else meeting.attendance_closed_at is None


def _is_undecided(poll: Poll, _kind: str, _now: datetime) -> bool:
    return poll.state in (PollState.OPEN, PollState.CLOSED)


CLUSTER = Subject("cluster", Cluster, on_buttons=True)
MEETING = Subject(
    "meeting", Meeting, part_of=CLUSTER, has_name=True, on_buttons=True, has_work=_is_ahead,
    is_over=lambda now: Meeting.ends_at < now,
)  # fmt: skip
POLL = Subject(
    "poll",
    Poll,
    part_of=CLUSTER,
    has_name=True,
    on_buttons=True,
    is_over=lambda now: (Poll.state != PollState.OPEN) & (Poll.answer_by < now),
    has_work=_is_undecided,
)
ROUND = Subject("round", Round, part_of=CLUSTER, has_name=True, on_buttons=True, is_over=_is_closed)
PRACTICE = Subject("practice", Practice, part_of=CLUSTER, has_name=True, on_buttons=True)
MEMBER = Subject("member", Member, part_of=CLUSTER, has_name=True, on_buttons=True)
ASSIGNMENT = Subject(
    "assignment", Assignment, part_of=ROUND, known_by=ROUND, of_practice=True, on_buttons=True, ends_with_it=True
)
SUBMISSION = Subject(
    "submission", Submission, part_of=ROUND, known_by=PRACTICE, of_practice=True, on_buttons=True, ends_with_it=True
)
RELEASE = Subject("release", Release, part_of=ROUND, known_by=ROUND, on_buttons=True, ends_with_it=True)
AGREEMENT = Subject("agreement", Agreement, part_of=ROUND, known_by=ROUND)
COMMITMENT = Subject(
    "commitment", Commitment, part_of=MEETING, known_by=MEETING, of_practice=True, on_buttons=True, ends_with_it=True
)
APPRAISAL = Subject("appraisal", Appraisal, part_of=MEETING, known_by=MEETING, on_buttons=True, ends_with_it=True)
BUNDLE = Subject("bundle", Collected, part_of=ROUND, known_by=ROUND, has_work=_waits)
OBJECTION = Subject("objection", Objection, part_of=SUBMISSION, known_by=SUBMISSION)
CONSENT = Subject("consent", Consent, part_of=PRACTICE, known_by=PRACTICE)
ROSTER = Subject("roster", RosterImport, part_of=CLUSTER, has_work=_waits)
IDEA = Subject("idea", Idea, part_of=CLUSTER, on_buttons=True)
VOTE = Subject("vote", Vote, part_of=CLUSTER, on_buttons=True)
DECISION = Subject("decision", TopicDecision, part_of=CLUSTER, on_buttons=True)
PACKAGE = Subject("package", OwnPackage, part_of=CLUSTER)
INBOX = Subject("inbox", Inbox)
OUTBOX = Subject("outbox", Outbox, part_of=CLUSTER)

SUBJECTS = {
    each.name: each
    for each in (
        CLUSTER, MEETING, POLL, ROUND, PRACTICE, MEMBER, ASSIGNMENT, SUBMISSION, RELEASE, AGREEMENT, APPRAISAL,
        COMMITMENT, BUNDLE, OBJECTION, CONSENT, ROSTER, IDEA, VOTE, DECISION, PACKAGE, INBOX, OUTBOX,
    )
}  # fmt: skip


def read(subject: str) -> tuple[Subject, int] | None:
    """The noun and the id of what a row is about; None when it is about nothing that we know."""
    name, _, written = subject.partition(":")
    noun, key = SUBJECTS.get(name), as_id(written)
    return (noun, key) if noun is not None and key is not None else None


def key_of(subject: str) -> int:
    """The id of what a row is about, whatever that is."""
    found = read(subject)
    if found is None:
        raise ClusterError("id.unknown")
    return found[1]


def on_button(name: str, value: object) -> str:
    """What a button or a form's field of some name is about; empty where it names no noun or holds no id."""
    noun, key = SUBJECTS.get(name), as_id(value)
    return noun.about(key) if noun is not None and noun.on_buttons and key is not None else ""


async def of_cards(state: Reading, channel_id: str, ts: str) -> list[str]:
    """What the cards that stand at a place in Slack are about: several where reminders are said in one message."""
    found = select(Card.subject).where(Card.channel_id == channel_id, Card.ts == ts).order_by(Card.id)
    return list(dict.fromkeys((await state.session.scalars(found)).all()))


async def of_card(state: Reading, channel_id: str, ts: str) -> str:
    """What the card that stands at a place in Slack is about; empty when it is no card, or when more is said there."""
    if not await of_cards(state, channel_id, ts):
        return ""
    said = await all_at(state, channel_id, ts)
    return said[0] if len(said) == 1 else ""


async def of_message(state: Reading, channel_id: str, ts: str) -> str:
    """What a message in Slack is about: a card, any other of ours, or the start of a thread that we answered in.

    Nothing where several things are said in one message: which of them is meant is for the words to say.
    """
    if said := await all_at(state, channel_id, ts):
        return said[0] if len(said) == 1 else ""
    return await answered_in(state, channel_id, ts)


async def answered_in(state: Reading, channel_id: str, ts: str) -> str:
    """What our newest words in a thread are about; empty where we have said nothing in it."""
    is_answered = (Outbox.channel_id == channel_id) & (Outbox.thread_ts == ts)
    rows = select(Outbox.subject).where(Outbox.subject != "", is_answered).order_by(Outbox.id.desc())
    return (await state.session.scalars(rows)).first() or ""


async def all_at(state: Reading, channel_id: str, ts: str) -> list[str]:
    """Everything that what we said at a place in Slack is about."""
    is_ours = (Outbox.sent_channel == channel_id) & (Outbox.sent_ts == ts)
    rows = await state.session.scalars(select(Outbox.subject).where(Outbox.subject != "", is_ours))
    return list(dict.fromkeys([*await of_cards(state, channel_id, ts), *rows]))


async def row_of(state: Reading, subject: str) -> Base | None:
    """What a row is about; None when it is gone."""
    found = read(subject)
    return await state.session.get(found[0].table, found[1]) if found is not None else None


async def has_work(state: Reading, subject: str, kind: str, now: datetime) -> bool:
    """Whether a card of a kind still has work in it for whoever runs the cluster."""
    found = read(subject)
    row = await row_of(state, subject)
    if found is None or row is None or found[0].has_work is None:
        return False
    return found[0].has_work(row, kind, now)


async def cluster_of(state: Reading, subject: str) -> int | None:
    """The id of the cluster that something belongs to."""
    found = read(subject)
    if found is None:
        return None
    noun, key = found
    if noun == CLUSTER:
        return key
    rows, top = select().where(_column(noun, "id") == key), noun
    while top.part_of is not None and top.part_of != CLUSTER:
        rows, top = _joined(rows, top, top.part_of), top.part_of
    if top.part_of is None:
        return None
    number: int | None = await state.session.scalar(rows.add_columns(_column(top, "cluster_id")))
    return number


async def practice_of(state: Reading, subject: str) -> int | None:
    """The id of the practice that something is one of, or is."""
    found = read(subject)
    if found is None or not (found[0].of_practice or found[0] == PRACTICE):
        return None
    noun, key = found
    if noun == PRACTICE:
        return key
    number: int | None = await state.session.scalar(
        select(_column(noun, "practice_id")).where(_column(noun, "id") == key)
    )
    return number


async def named(state: Reading, subjects: Iterable[str]) -> dict[str, Named]:
    """What people know these by: a meeting, round, practice or member; without those that have no name or are gone."""
    known: dict[str, Named] = {}
    for noun, keys in _by_noun(subjects).items():
        rows, top = select(_column(noun, "id")).where(_column(noun, "id").in_(keys)), noun
        while top.known_by is not None and not top.has_name:
            rows, top = _joined(rows, top, top.known_by), top.known_by
        if top.has_name:
            found = await state.session.execute(rows.add_columns(top.table))
            known |= {noun.about(key): row for key, row in found}
    return known


async def over(session: AsyncSession, subjects: Iterable[str], now: datetime) -> set[str]:
    """Which of these were over at a moment: nobody will be told anything about them any more."""
    ended: set[str] = set()
    for noun, keys in _by_noun(subjects).items():
        rows, top = select(_column(noun, "id")).where(_column(noun, "id").in_(keys)), noun
        while top.ends_with_it and top.part_of is not None:
            rows, top = _joined(rows, top, top.part_of), top.part_of
        if top.is_over is not None:
            ended |= {noun.about(key) for key in await session.scalars(rows.where(top.is_over(now)))}
    return ended


def _by_noun(subjects: Iterable[str]) -> dict[Subject, set[int]]:
    sorted_out: dict[Subject, set[int]] = {}
    for found in map(read, subjects):
        if found is not None:
            sorted_out.setdefault(found[0], set()).add(found[1])
    return sorted_out


def _joined(rows: Select[Any], part: Subject, whole: Subject) -> Select[Any]:
    """The rows together with what they are part of, or known by."""
    return rows.join_from(part.table, whole.table, _column(part, f"{whole.name}_id") == _column(whole, "id"))


def _column(noun: Subject, name: str) -> Any:
    return getattr(noun.table, name)
