"""What reminders must never be, held against what came to people and how things stood when it came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from cluster.calendar import is_open, is_workday
from cluster.clock import local
from cluster.members.cluster_rules import reminder_hours_of
from cluster.rooms import REMINDERS
from cluster.rounds import standing
from storage.models import Assignment, Invitation, Meeting, Member, Outbox, Round
from storage.unit_of_work import Reading
from storage.words import How, MeetingState, OutboxState, RoundState
from tests.histories.land import Seen

ENOUGH = timedelta(days=8)
"""Whoever owes an answer for so long, with nothing in the way, is reminded at least once."""
WORKDAYS = 4
"""So many of them must be workdays."""


@dataclass
class Asked:
    """An answer that somebody owes."""

    since: datetime
    deadline: datetime
    reminded: bool = False
    is_clear: bool = True
    """Nothing has been in the way of a reminder so far."""
    is_over: bool = False


@dataclass
class Judge:
    """Everything that was said, and what was wrong with it."""

    wrong: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    reminders: int = 0
    messages: int = 0
    promises: int = 0
    """How many owed an answer long enough to be reminded."""
    _tokens: set[str] = field(default_factory=set)
    _days: dict[tuple[int, date], str] = field(default_factory=dict)
    _asked: dict[tuple[int, int], Asked] = field(default_factory=dict)

    def blame(self, what: str, example: str) -> None:
        self.wrong[what] += 1
        self.examples.setdefault(what, example)

    def add(self, other: Judge) -> None:
        """Take in what was seen elsewhere."""
        self.wrong += other.wrong
        self.examples = other.examples | self.examples
        self.messages += other.messages
        self.reminders += other.reminders
        self.promises += other.promises

    def said(self) -> str:
        """The figures."""
        wrong = ", ".join(f"{n} {what}" for what, n in self.wrong.items()) or "nothing wrong"
        return f"{self.messages} messages, {self.reminders} with reminders, {self.promises} long waits, {wrong}"

    async def hear(self, state: Reading, seen: list[Seen], accounts: dict[str, int], now: datetime) -> None:
        """Judge what has just come."""
        tokens = [token for each in seen for token in each.tokens]
        rows = select(Outbox).where(Outbox.token.in_(tokens)) if tokens else None
        owed = {row.token: row for row in await state.session.scalars(rows)} if rows is not None else {}
        for each in seen:
            self.messages += 1
            for token in each.tokens:
                if token in self._tokens:
                    self.blame("said twice", str(each))
                self._tokens.add(token)
            reminding = [owed[token] for token in each.tokens if token in owed and owed[token].kind in REMINDERS]
            if reminding:
                await self._reminded(state, reminding, accounts[each.account], now)

    async def _reminded(self, state: Reading, rows: list[Outbox], reader: int, now: datetime) -> None:
        self.reminders += 1
        told = f"{now:%Y-%m-%d %H:%M} {[row.kind for row in rows]} {[row.subject for row in rows]} to {reader}"
        day = (reader, local(now).date())
        if day in self._days:
            self.blame("second of a day", f"{told}; {self._days[day]}")
        self._days[day] = told
        member = await state.session.get_one(Member, reader)
        for row in rows:
            if row.member_id != reader:
                self.blame("wrong person", told)
            chosen = "snoozed" in row.params
            hours = await reminder_hours_of(state, member.cluster_id)
            if not is_open(now, hours) and not chosen:
                self.blame("outside hours", told)
            if not member.active:
                self.blame("to who has left", told)
            await self._is_true(state, row, member, now, told)

    async def _is_true(self, state: Reading, row: Outbox, member: Member, now: datetime, told: str) -> None:
        number = int(row.subject.partition(":")[2])
        if row.subject.startswith("meeting:"):
            meeting = await state.session.get_one(Meeting, number)
            mine = select(Invitation).where(Invitation.meeting_id == number, Invitation.member_id == member.id)
            invitation = (await state.session.scalars(mine)).one()
            if meeting.state != MeetingState.PLANNED or invitation.answer is not None or now >= meeting.answer_by:
                self.blame("no longer true", told)
            if member.away_until is not None and now < member.away_until:
                self.blame("on leave", told)
            if asked := self._asked.get((number, member.id)):
                asked.reminded = True
        elif row.subject.startswith("assignment:"):
            part = await state.session.get_one(Assignment, number)
            round_ = await state.session.get_one(Round, part.round_id)
            given = await standing.accepted(state, part.round_id, part.practice_id)
            if part.member_id != member.id:
                self.blame("wrong person", told)
            if round_.state != RoundState.OPEN or given is not None:
                self.blame("no longer true", told)
            if member.away_until is not None and now < member.away_until < round_.deadline:
                self.blame("on leave", told)

    async def watch(self, state: Reading, members: list[int], now: datetime, *, slept: bool) -> None:
        """Who owes an answer to an invitation now, and whether anything is in the way of reminding them."""
        rows = (
            select(Meeting, Invitation, Member)
            .join(Invitation, Invitation.meeting_id == Meeting.id)
            .join(Member, Member.id == Invitation.member_id)
            .where(Member.id.in_(members))
        )
        for meeting, invitation, member in (await state.session.execute(rows)).all():
            self._follow(meeting, invitation, member, now, slept=slept)

    def _follow(self, meeting: Meeting, invitation: Invitation, member: Member, now: datetime, *, slept: bool) -> None:
        key = (meeting.id, member.id)
        asked = self._asked.get(key)
        owes = meeting.state == MeetingState.PLANNED and invitation.answer is None and member.active
        if not owes or (asked is not None and asked.deadline != meeting.answer_by):
            self._asked.pop(key, None)
            return
        if asked is None:
            if now < meeting.answer_by:
                self._asked[key] = asked = Asked(now, meeting.answer_by)
            else:
                return
        is_away = member.away_until is not None and now < member.away_until
        is_particular = invitation.snoozed_until is not None or member.reminders_from is not None
        asked.is_clear = asked.is_clear and not (is_away or is_particular or slept)
        if now >= asked.deadline:
            self._end(asked, key)

    def _end(self, asked: Asked, key: tuple[int, int]) -> None:
        if asked.is_over:
            return
        asked.is_over = True
        days = [local(asked.since).date() + timedelta(days=n) for n in range((asked.deadline - asked.since).days)]
        is_long = asked.deadline - asked.since >= ENOUGH and sum(map(is_workday, days)) >= WORKDAYS
        if asked.is_clear and is_long:
            self.promises += 1
            if not asked.reminded:
                self.blame("never reminded", f"meeting and member {key}, {asked.since} to {asked.deadline}")

    async def account(self, state: Reading, people: list[int]) -> None:
        """At the end: what was said to be sent and never came, and what was left lying."""
        rows = select(Outbox).where(Outbox.how == How.POST, Outbox.member_id.in_(people))
        for row in await state.session.scalars(rows):
            is_marked = not row.file_ids  # what is said with a file alone has no mark
            if row.state == OutboxState.SENT and row.channel_id is None and is_marked and row.token not in self._tokens:
                self.blame("sent and nowhere seen", f"{row.kind} {row.subject} {row.key}")
            if row.state == OutboxState.DEAD:
                self.blame("left lying", f"{row.kind} {row.subject} {row.error}")
