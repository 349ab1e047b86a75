"""What happens to a cluster, drawn by lot: meetings are called, moved and cancelled, people answer, put off, go on
leave, come back and leave, the cluster changes hands, numbers are asked for and given."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from cluster.calendar import at, is_workday
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings import invitations, meetings
from cluster.meetings import reminders as meeting_reminders
from cluster.meetings.details import Details, restored, snapshot
from cluster.members import members, settling
from cluster.onboarding import leave, one_person
from cluster.reminders.moments import SNOOZES
from cluster.rounds import rounds
from cluster.rounds.planning import Plan
from cluster.submissions import submissions
from cluster.submissions.submissions import OwnPart, UsableNumbers
from storage.models import Cluster, Invitation, Meeting, Member, Round
from storage.unit_of_work import UnitOfWork
from storage.words import Role, RoundState

NUMBERS = {"listed": 2000, "copd": 60, "spirometry": 40, "care_plan": 30}
Deed = Callable[["Life", UnitOfWork], Awaitable[None]]


class Life:
    """One cluster, with chances of its own."""

    def __init__(self, cluster_id: int, people: Sequence[int], seed: int) -> None:
        self.cluster_id = cluster_id
        self.people = list(people)
        self.chance = random.Random(seed)
        self.now = datetime.min.replace(tzinfo=UTC)
        self.done: list[str] = []

    def next_deed(self, after: datetime) -> datetime:
        """When something happens next: at any hour, mostly of a day."""
        return after + timedelta(hours=self.chance.choice([2, 9, 20, 44, 70, 100]), minutes=self.chance.randrange(60))

    async def act(self, uow: UnitOfWork, now: datetime) -> None:
        """One thing happens; what the rules refuse doesn't."""
        self.now = now
        deed = self.chance.choices(list(DEEDS), weights=list(DEEDS.values()))[0]
        with suppress(ClusterError):
            await deed(self, uow)
            self.done.append(deed.__name__)

    async def leader(self, uow: UnitOfWork) -> Member:
        return (await members.coordinators(uow, self.cluster_id))[0]

    async def somebody(self, uow: UnitOfWork) -> Member:
        return await members.get(uow, self.chance.choice(self.people))

    async def meeting(self, uow: UnitOfWork) -> Meeting:
        """One that is ahead. Raises ClusterError when there is none."""
        ahead = await meetings.ahead(uow, self.cluster_id, self.now)
        if not ahead:
            raise ClusterError("meeting.unknown")
        return self.chance.choice(list(ahead))

    def evening(self, days: int) -> datetime:
        """About so many days ahead, at a meeting's hour."""
        day = local(self.now).date() + timedelta(days=days)
        while not is_workday(day):
            day += timedelta(days=1)
        return at(day, self.chance.choice([16, 17, 19]), 30)


async def call(life: Life, uow: UnitOfWork) -> None:
    if len(await meetings.ahead(uow, life.cluster_id, life.now)) > 1:
        raise ClusterError("enough")
    starts_at = life.evening(life.chance.choice([3, 6, 10, 16, 25, 35]))
    answer_by = starts_at - timedelta(days=life.chance.choice([1, 2, 4, 7]))
    details = Details("topic", "KOL", starts_at, starts_at + timedelta(hours=2), "Nord", False, answer_by, "")
    cluster = await uow.session.get_one(Cluster, life.cluster_id)
    await meetings.plan(uow, cluster, details, by=await life.leader(uow), now=life.now)


async def move(life: Life, uow: UnitOfWork) -> None:
    meeting = await life.meeting(uow)
    by = timedelta(days=life.chance.choice([-7, -2, 1, 7, 14]))
    was = restored(snapshot(meeting))
    starts_at = at(local(was.starts_at + by).date(), local(was.starts_at).hour, 30)
    if starts_at <= life.now + timedelta(hours=2):
        raise ClusterError("too_soon")
    answer_by = max(min(was.answer_by + by, starts_at - timedelta(hours=1)), life.now + timedelta(hours=1))
    new = replace(was, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), answer_by=answer_by)
    await meetings.change(uow, meeting, new, by=await life.leader(uow), now=life.now, sequence=meeting.sequence)


async def call_off(life: Life, uow: UnitOfWork) -> None:
    await meetings.cancel(uow, await life.meeting(uow), by=await life.leader(uow), now=life.now, reason="syg")


async def answer(life: Life, uow: UnitOfWork) -> None:
    meeting, who = await life.meeting(uow), await life.somebody(uow)
    await invitations.answer(uow, meeting, who, life.chance.choice(["yes", "no", "maybe"]), by=who, now=life.now)


async def take_answer_back(life: Life, uow: UnitOfWork) -> None:
    meeting = await life.meeting(uow)
    rows = select(Invitation.member_id).where(Invitation.meeting_id == meeting.id, Invitation.answer.is_not(None))
    if found := list(await uow.session.scalars(rows)):
        who = await members.get(uow, life.chance.choice(found))
        await invitations.unanswer(uow, meeting, who, by=who, now=life.now)


async def put_off(life: Life, uow: UnitOfWork) -> None:
    meeting, who = await life.meeting(uow), await life.somebody(uow)
    await invitations.snooze(uow, meeting, who, life.chance.choice(list(SNOOZES)), now=life.now)


async def remind(life: Life, uow: UnitOfWork) -> None:
    meeting = await life.meeting(uow)
    rows = select(Invitation.member_id).where(Invitation.meeting_id == meeting.id, Invitation.answer.is_(None))
    for member_id in await uow.session.scalars(rows):
        await meeting_reminders.remind_now(uow, meeting, await members.get(uow, member_id), now=life.now)


async def go_on_leave(life: Life, uow: UnitOfWork) -> None:
    who = await life.somebody(uow)
    until = at(local(life.now).date() + timedelta(days=life.chance.choice([1, 4, 9, 20])), 0)
    others = [each.id for each in await settling.colleagues(uow, who)]
    instead = life.chance.choice([None, *others])
    settings = replace(settling.settings_of(who), away_until=until, substitute_id=instead)
    await leave.settle(uow, who, settings, now=life.now)


async def come_back(life: Life, uow: UnitOfWork) -> None:
    who = await life.somebody(uow)
    await leave.settle(uow, who, replace(settling.settings_of(who), away_until=None), now=life.now)


async def choose_hours(life: Life, uow: UnitOfWork) -> None:
    who = await life.somebody(uow)
    first, last = life.chance.choice([(None, None), (12, 15), (9, 11)])
    settings = replace(settling.settings_of(who), reminders_from=first, reminders_to=last)
    await leave.settle(uow, who, settings, now=life.now)


async def hand_over(life: Life, uow: UnitOfWork) -> None:
    before, after = await life.leader(uow), await life.somebody(uow)
    if after.id == before.id or not after.active:
        raise ClusterError("same")
    await one_person.change_role(uow, after, Role.COORDINATOR, now=life.now, actor_id=before.id)
    await one_person.change_role(uow, before, Role.MEMBER, now=life.now, actor_id=after.id)


async def let_go(life: Life, uow: UnitOfWork) -> None:
    """Somebody leaves the cluster, or comes back to it."""
    who, leader = await life.somebody(uow), await life.leader(uow)
    if who.id == leader.id:
        raise ClusterError("leads")
    role = members.LEFT if who.active else Role.MEMBER
    await one_person.change_role(uow, who, role, now=life.now, actor_id=leader.id)


async def ask_for_numbers(life: Life, uow: UnitOfWork) -> None:
    running = select(Round).where(Round.cluster_id == life.cluster_id, Round.state == RoundState.OPEN)
    if (await uow.session.scalars(running)).first():
        raise ClusterError("enough")
    day = local(life.now).date()
    deadline = life.evening(life.chance.choice([5, 9, 14, 21])).replace(hour=11)
    rows = select(Member.practice_id, Member.id).where(Member.cluster_id == life.cluster_id, Member.active)
    found = (await uow.session.execute(rows.order_by(Member.id.desc()))).all()
    answering = {row[0]: row[1] for row in found}
    end = day.replace(day=1) - timedelta(days=1)
    plan = Plan("kol", end.replace(year=end.year - 1) + timedelta(days=1), end, deadline, answering=answering)
    await rounds.begin(uow, life.cluster_id, plan, actor_id=(await life.leader(uow)).id, now=life.now)


async def give_numbers(life: Life, uow: UnitOfWork) -> None:
    who = await life.somebody(uow)
    if owed := await rounds.owed_by(uow, [who]):
        assignment, round_ = life.chance.choice(owed)
        part = OwnPart(assignment, round_, who)
        await submissions.keep(uow, part, UsableNumbers("form", NUMBERS), now=life.now)


DEEDS: dict[Deed, int] = {
    call: 6,
    move: 3,
    call_off: 1,
    answer: 8,
    take_answer_back: 1,
    put_off: 2,
    remind: 2,
    go_on_leave: 3,
    come_back: 1,
    choose_hours: 1,
    hand_over: 1,
    let_go: 1,
    ask_for_numbers: 3,
    give_numbers: 3,
}
"""What may happen, and how often."""
