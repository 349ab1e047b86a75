"""What members say to the dates of a poll, and the counts of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cluster.calendar import next_slot
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.cluster_rules import hours_of
from cluster.members.organisations import Account
from cluster.polls import reminders
from cluster.polls.best import DateTally, tally
from cluster.polls.cards import asked, leaders, show_answer, tell
from storage.models import Member, Poll, PollAnswer, PollDate
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import PollState, Role, Suits


@dataclass(frozen=True)
class PollPart:
    """A poll and one member's part in it, as it is now."""

    poll: Poll
    dates: Sequence[PollDate]
    said: Mapping[int, Suits]
    """Date → what the member has said to it."""
    now: datetime

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.poll.state == PollState.OPEN and self.now < self.poll.answer_by

    @property
    def missing(self) -> list[PollDate]:
        """The dates without an answer."""
        return [each for each in self.dates if each.id not in self.said and each.starts_at > self.now]


@dataclass(frozen=True)
class PollCount:
    """How a poll stands, by name; only for those who run the cluster."""

    poll: Poll
    tallies: Sequence[DateTally]
    asked: Sequence[Member]
    silent: Sequence[Member]
    """Who has not said something to every date."""

    @property
    def practices(self) -> int:
        """How many practices are asked."""
        return len({each.practice_id for each in self.asked if each.practice_id is not None})


def refusal(poll: Poll) -> ClusterError:
    """Why a poll takes no answer any more, or can be decided no more."""
    if poll.state == PollState.CANCELLED:
        return ClusterError("poll.cancelled")
    return ClusterError("poll.settled" if poll.state == PollState.SETTLED else "poll.closed")


async def get(state: Reading, poll_id: int) -> Poll:
    """A poll by id, or a friendly refusal."""
    found = await state.session.get(Poll, poll_id)
    if found is None:
        raise ClusterError("poll.unknown")
    return found


async def dates_of(state: Reading, poll_id: int) -> Sequence[PollDate]:
    """The dates that can be chosen, the earliest first."""
    rows = select(PollDate).where(PollDate.poll_id == poll_id, PollDate.dropped.is_(False))
    return (await state.session.scalars(rows.order_by(PollDate.starts_at, PollDate.id))).all()


async def date_of(state: Reading, poll: Poll, date_id: int) -> PollDate:
    """One of them, or a friendly refusal."""
    found = next((each for each in await dates_of(state, poll.id) if each.id == date_id), None)
    if found is None:
        raise ClusterError("poll.date_gone")
    return found


async def respondent(state: Reading, poll: Poll, account: Account) -> Member:
    """Who somebody in Slack is in this poll, or a friendly refusal to strangers and to those who only look on."""
    member = await members.by_slack(state, poll.cluster_id, account)
    if member is None or not member.active or member.role == Role.OBSERVER:
        raise ClusterError("poll.not_asked")
    return member


async def part_of(state: Reading, poll: Poll, member: Member, now: datetime) -> PollPart:
    """One member's part."""
    dates = await dates_of(state, poll.id)
    rows = select(PollAnswer.poll_date_id, PollAnswer.suits).where(
        PollAnswer.member_id == member.id, PollAnswer.poll_date_id.in_([each.id for each in dates])
    )
    said = {row.poll_date_id: row.suits for row in await state.session.execute(rows)}
    return PollPart(poll, dates, said, now)


async def open_to(state: Reading, member_ids: Sequence[int], now: datetime) -> list[tuple[Poll, Member]]:
    """The polls that somebody may answer, in whatever cluster, the first to close first."""
    rows = (
        select(Poll, Member)
        .join(Member, Member.cluster_id == Poll.cluster_id)
        .where(Member.id.in_(member_ids), Member.active, Member.role != Role.OBSERVER)
        .where(Poll.state == PollState.OPEN, Poll.answer_by > now)
        .order_by(Poll.answer_by, Poll.id)
    )
    return [(poll, member) for poll, member in (await state.session.execute(rows)).all()]


async def count(state: Reading, poll: Poll) -> PollCount:
    """How it stands, of those who are still in the cluster."""
    people, dates = await asked(state, poll.cluster_id), await dates_of(state, poll.id)
    rows = select(PollAnswer).where(PollAnswer.poll_date_id.in_([each.id for each in dates]))
    said = {(each.poll_date_id, each.member_id): each.suits for each in await state.session.scalars(rows)}
    tallies = [tally(each, [(member, said.get((each.id, member.id))) for member in people]) for each in dates]
    silent = [member for member in people if any((each.id, member.id) not in said for each in dates)]
    return PollCount(poll, tallies, people, silent)


async def answer(uow: UnitOfWork, poll: Poll, member: Member, said: Mapping[int, Suits], *, now: datetime) -> bool:
    """Keep what a member says to these dates; False when it is nothing new."""
    part = await part_of(uow, poll, member, now)
    if not part.is_open:
        raise refusal(poll)
    if said.keys() - {each.id for each in part.dates}:
        raise ClusterError("poll.date_gone")
    new = {key: suits for key, suits in said.items() if part.said.get(key) != suits}
    if not new:
        return False
    rows = select(PollAnswer).where(PollAnswer.member_id == member.id, PollAnswer.poll_date_id.in_(new))
    known = {each.poll_date_id: each for each in await uow.session.scalars(rows)}
    for key, suits in new.items():
        if key in known:
            known[key].suits, known[key].answered_at = suits, now
        else:
            row = PollAnswer(poll_date_id=key, member_id=member.id, suits=suits, answered_at=now)
            uow.session.add(row)
    await uow.session.flush()
    if not {each.id for each in part.missing} - new.keys():
        await reminders.hush(uow, poll, member.id)
        await _tell_when_all_have(uow, poll, now=now)
    await show_answer(uow, poll, member, now=now)
    return True


async def answer_rest(uow: UnitOfWork, poll: Poll, member: Member, suits: Suits, *, now: datetime) -> bool:
    """The same word to every date that has none yet."""
    part = await part_of(uow, poll, member, now)
    return await answer(uow, poll, member, {each.id: suits for each in part.missing}, now=now)


async def _tell_when_all_have(uow: UnitOfWork, poll: Poll, *, now: datetime) -> None:
    """There is nobody left to wait for."""
    if not [each for each in (await count(uow, poll)).silent if each.slack_user_id is not None]:
        await tell_result(uow, poll, now=next_slot(now, await hours_of(uow, poll.cluster_id)), owed_at=now)


async def tell_result(uow: UnitOfWork, poll: Poll, *, now: datetime, owed_at: datetime) -> None:
    """Owe the result to those who run the cluster, once for these dates: when all have answered, else at the end."""
    for leader in await leaders(uow, poll.cluster_id):
        key = f"poll_over:{poll.id}:{poll.sequence}:{leader.id}"
        await tell(uow, poll, "poll.over", key=key, now=owed_at, to=leader, due_at=now)
