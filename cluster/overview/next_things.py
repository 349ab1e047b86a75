"""What whoever runs a cluster had better do next, worked out from how everything stands. Nothing is asked of anybody.

Only what a person can do something about is a thing, and a thing is gone when it is done, whoever did it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from cluster.clock import local
from cluster.onboarding.first_steps import FirstStep

SOON = timedelta(days=7)
"""Before a deadline, from when on a coordinator helps the reminders along."""
LATELY = timedelta(days=90)
"""After this nobody writes down any more who was there, or what was agreed."""
FORGOTTEN = timedelta(days=3)
"""A request that lies as a draft for so long may have been forgotten."""
NEAR = timedelta(days=2), timedelta(days=1)
"""Before and after a meeting: when it is worth asking who takes the minutes."""
TIME_TO_ASK = (timedelta(days=10), timedelta(days=45))
"""Before a meeting: when there is time for numbers, and when it is not too early to ask for them."""


class NextThing(StrEnum):
    """The most pressing first."""

    SET_UP = "set_up"
    LIST = "list"
    UNDELIVERED = "undelivered"
    CHARTS = "charts"
    OBJECTION = "objection"
    FILE = "file"
    ROSTER = "roster"
    ATTENDANCE = "attendance"
    DRAFTS = "drafts"
    NUMBERS = "numbers"
    ANSWERS = "answers"
    SILENT = "silent"
    TAKER = "taker"
    MEASURE = "measure"
    AGREEMENT = "agreement"
    MEETING = "meeting"
    UNSENT = "unsent"
    ASK = "ask"
    CONTACT = "contact"
    NOT_IN_SLACK = "not_in_slack"


ORDER = tuple(NextThing)
IN_STEPS: dict[FirstStep, tuple[NextThing, ...]] = {
    FirstStep.SET_UP: (NextThing.SET_UP,),
    FirstStep.LIST: (NextThing.LIST, NextThing.ROSTER),
    FirstStep.CONTACTS: (NextThing.CONTACT, NextThing.MEETING),
    FirstStep.MEETING: (NextThing.MEETING,),
    FirstStep.INVITATION: (NextThing.MEETING,),
}
"""What a first step has its own button for."""


@dataclass(frozen=True)
class Thing:
    """One thing to do."""

    what: NextThing
    about: int
    """The id of what its button is about: a meeting, a round, a row; else the cluster."""
    count: int = 0
    """How many it is about, where it is about several."""


@dataclass(frozen=True)
class MeetingFacts:
    """How a meeting that was not cancelled stands."""

    id: int
    starts_at: datetime
    ends_at: datetime
    answer_by: datetime
    invited: int
    silent: int
    """Invited, and not answered."""
    is_noted: bool
    """Whether it is recorded who was there."""
    is_reminded: bool = False
    """Whether a coordinator had the silent reminded today."""
    has_minutes: bool = True
    """Whether somebody takes the minutes, or they are written."""


@dataclass(frozen=True)
class RoundFacts:
    """How a collection of numbers stands that is open, or whose charts were sent lately."""

    id: int
    is_open: bool
    """Whether its charts are still to be sent; numbers are taken for longer."""
    is_held: bool
    """Whether its charts wait for somebody to look at numbers once more."""
    deadline: datetime
    asked: int
    answered: int
    drafts: int
    """Practices that gave numbers and have not said yes to them."""
    usable: int
    """Answers that charts can be made from."""
    objections: int
    """Of practices that can still send other numbers."""
    talked_over: datetime | None = None
    """When its charts were, or will have been, talked over; None before they are sent."""
    is_agreed: bool = False
    """Whether it is written down what came of it."""
    is_reminded: bool = False
    """Whether a coordinator had those missing reminded today."""


@dataclass(frozen=True)
class UnsentFacts:
    """A request for numbers that is a draft, and waits for no hour."""

    id: int
    written_at: datetime
    deadline: datetime


@dataclass(frozen=True)
class AgreementFacts:
    """An agreement that holds."""

    round_id: int
    again_on: date | None
    is_underway: bool
    """Whether it is being measured again."""


@dataclass(frozen=True)
class Facts:
    """How a cluster stands."""

    cluster_id: int
    is_set_up: bool
    practices: int
    not_in_slack: int
    """Members for whom no account was found."""
    without_contact: int
    """Practices for which nobody answers."""
    registers_attendance: bool
    undelivered: tuple[int, ...] = ()
    """Messages that could not be delivered."""
    rosters: tuple[int, ...] = ()
    """Lists of members that wait for a yes …"""
    files: tuple[int, ...] = ()
    """… and files with everybody's numbers."""
    meetings: tuple[MeetingFacts, ...] = ()
    rounds: tuple[RoundFacts, ...] = ()
    unsent: tuple[UnsentFacts, ...] = ()
    """Requests for numbers that only a click sends."""
    is_written: bool = False
    """Whether any request for numbers is written down, or waits for its hour."""
    agreements: tuple[AgreementFacts, ...] = ()


def next_things(facts: Facts, now: datetime) -> list[Thing]:
    """Everything that can be done now, the most pressing first."""
    found = [
        *_of_cluster(facts),
        *(thing for each in facts.meetings for thing in _of_meeting(each, facts, now)),
        *(thing for each in facts.rounds for thing in _of_round(each, now)),
        *(Thing(NextThing.UNSENT, each.id) for each in facts.unsent if _is_pressing(each, now)),
        *_again(facts, now),
        *_ahead(facts, now),
    ]
    return sorted(found, key=lambda thing: ORDER.index(thing.what))


def beside_the_steps(things: Sequence[Thing], step: FirstStep | None) -> list[Thing]:
    """The things without those that the first step which is next says itself; all of them when there is none."""
    said = IN_STEPS[step] if step is not None else ()
    return [thing for thing in things if thing.what not in said]


def _of_cluster(facts: Facts) -> Iterator[Thing]:
    if not facts.is_set_up:
        yield Thing(NextThing.SET_UP, facts.cluster_id)
    elif not facts.practices and not facts.rosters:
        yield Thing(NextThing.LIST, facts.cluster_id)
    for what, rows in (
        (NextThing.UNDELIVERED, facts.undelivered),
        (NextThing.ROSTER, facts.rosters),
        (NextThing.FILE, facts.files),
    ):
        if rows:
            yield Thing(what, rows[0], len(rows))
    if facts.without_contact:
        yield Thing(NextThing.CONTACT, facts.cluster_id, facts.without_contact)
    if facts.not_in_slack:
        yield Thing(NextThing.NOT_IN_SLACK, facts.cluster_id, facts.not_in_slack)


def _of_meeting(meeting: MeetingFacts, facts: Facts, now: datetime) -> Iterator[Thing]:
    is_over, was_lately = meeting.ends_at <= now, now - meeting.ends_at <= LATELY
    if is_over and was_lately and facts.registers_attendance and not meeting.is_noted and meeting.invited:
        yield Thing(NextThing.ATTENDANCE, meeting.id)
    if now < meeting.starts_at and meeting.silent:
        if now >= meeting.answer_by:
            yield Thing(NextThing.SILENT, meeting.id, meeting.silent)
        elif meeting.answer_by - now <= SOON and not meeting.is_reminded:
            yield Thing(NextThing.ANSWERS, meeting.id, meeting.silent)
    before, after = NEAR
    if not meeting.has_minutes and meeting.invited and meeting.starts_at - before <= now <= meeting.ends_at + after:
        yield Thing(NextThing.TAKER, meeting.id)


def _of_round(round_: RoundFacts, now: datetime) -> Iterator[Thing]:
    missing = round_.asked - round_.answered - round_.drafts
    is_due = round_.deadline <= now or round_.answered == round_.asked
    if round_.objections:
        yield Thing(NextThing.OBJECTION, round_.id, round_.objections)
    if round_.is_open and not round_.is_held:
        if is_due and round_.usable:
            yield Thing(NextThing.CHARTS, round_.id, round_.usable)
        if round_.drafts:
            yield Thing(NextThing.DRAFTS, round_.id, round_.drafts)
        if missing and round_.deadline - now <= SOON and not round_.is_reminded:
            yield Thing(NextThing.NUMBERS, round_.id, missing)
    over = round_.talked_over
    if over is not None and not round_.is_agreed and over <= now <= over + LATELY:
        yield Thing(NextThing.AGREEMENT, round_.id)


def _is_pressing(draft: UnsentFacts, now: datetime) -> bool:
    return now - draft.written_at >= FORGOTTEN or draft.deadline - now <= TIME_TO_ASK[0]


def _again(facts: Facts, now: datetime) -> Iterator[Thing]:
    today = local(now).date()
    for each in facts.agreements:
        if each.again_on is not None and each.again_on <= today and not each.is_underway:
            yield Thing(NextThing.MEASURE, each.round_id)


def _ahead(facts: Facts, now: datetime) -> Iterator[Thing]:
    if not (facts.is_set_up and facts.practices):
        return
    coming = [each for each in facts.meetings if each.ends_at > now]
    if not coming:
        yield Thing(NextThing.MEETING, facts.cluster_id)
    least, most = TIME_TO_ASK
    has_time = any(least <= each.starts_at - now <= most for each in coming)
    if has_time and not facts.is_written and not any(each.is_open for each in facts.rounds):
        yield Thing(NextThing.ASK, facts.cluster_id)
