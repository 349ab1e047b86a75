"""Date polls: put to everybody, changed, closed, called off, and made into a meeting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from cluster import audit
from cluster.calendar import next_slot
from cluster.errors import ClusterError
from cluster.meetings.details import Details
from cluster.members.cluster_rules import hours_of
from cluster.notices import ANSWER, renew_home, take_back
from cluster.polls import answers, carrying, reminders
from cluster.polls.cards import asked, leaders, not_yet_asked, refresh_all, tell
from cluster.polls.details import PollDetails, PollSlot, answer_by_of
from cluster.subjects import POLL
from storage.models import Cluster, Meeting, Member, Poll, PollDate
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, PollState, Rsvp, Suits

UNDECIDED = (PollState.OPEN, PollState.CLOSED)
CARRIED = {Suits.YES: Rsvp.YES, Suits.NO: Rsvp.NO}
"""What an answer to a date is as one to its meeting. Whoever only can if need be is asked whether it is needed."""


async def put(uow: UnitOfWork, cluster: Cluster, details: PollDetails, *, by: Member, now: datetime) -> Poll:
    """Ask everybody, at once or in the next hour in which the cluster lets itself be disturbed."""
    poll = Poll(
        cluster_id=cluster.id,
        kind=details.kind,
        title=details.title,
        place=details.place,
        food=details.food,
        answer_by=details.answer_by,
        created_at=now,
        created_by=by.id,
    )
    uow.session.add(poll)
    await uow.session.flush()
    _add(uow, poll, details.slots)
    await uow.session.flush()
    for leader in await leaders(uow, cluster.id):
        await tell(uow, poll, "poll.desk", key=f"poll_desk:{poll.id}:{leader.id}", now=now, to=leader, urgency=ANSWER)
    at = await asked_at(uow, cluster.id, now=now)
    people = await asked(uow, cluster.id)
    for member in people:
        await _ask(uow, poll, member, now=now, at=at)
    await _await_the_end(uow, poll, now=now)
    await renew_home(uow, [each.id for each in people if each.slack_user_id is not None], now=now)
    _note(uow, poll, "poll.put", by=by, now=now)
    return poll


async def undecided(state: Reading, cluster_id: int, now: datetime) -> Sequence[Poll]:
    """The polls of a cluster of which no meeting has come yet, and of which one still can; the first to close first."""
    rows = select(Poll).where(Poll.cluster_id == cluster_id, Poll.state.in_(UNDECIDED))
    ahead = select(PollDate.id).where(
        PollDate.poll_id == Poll.id, PollDate.dropped.is_(False), PollDate.starts_at > now
    )
    return (await state.session.scalars(rows.where(ahead.exists()).order_by(Poll.answer_by, Poll.id))).all()


async def asked_at(state: Reading, cluster_id: int, *, now: datetime) -> datetime:
    """When a poll that is put now reaches people."""
    return next_slot(now, await hours_of(state, cluster_id))


async def catch_up(uow: UnitOfWork, member: Member, *, now: datetime, at: datetime | None = None) -> None:
    """Ask somebody who came to the cluster, or to Slack, after a poll was put. Harmless to repeat."""
    for poll, _ in await answers.open_to(uow, [member.id], now):
        waiting = await not_yet_asked(uow, poll)
        usual = await asked_at(uow, poll.cluster_id, now=now) if waiting else now
        await _ask(uow, poll, member, now=now, at=max(usual, at or now))


async def change(
    uow: UnitOfWork,
    poll: Poll,
    slots: Collection[PollSlot],
    answer_by: datetime,
    *,
    by: Member,
    now: datetime,
    sequence: int,
) -> int:
    """Other dates, or another end: answers to dates that stay are kept, and everybody is told once; how many are. A
    poll that was closed is open again."""
    await _hold(uow, poll, sequence)
    dates = await answers.dates_of(uow, poll.id)
    for each in dates:
        each.dropped = PollSlot(each.starts_at, each.ends_at) not in slots
    known = {PollSlot(each.starts_at, each.ends_at) for each in dates}
    _add(uow, poll, sorted(set(slots) - known))
    poll.answer_by, poll.state = answer_by, PollState.OPEN
    poll.sequence += 1
    unheard = await not_yet_asked(uow, poll)
    await take_back(
        uow, POLL.about(poll.id), kinds=("poll.deadline", "poll.over", "poll.changed", *reminders.POLICY.kinds)
    )
    await uow.session.flush()
    told = 0
    for member in await asked(uow, poll.cluster_id):
        if member.slack_user_id is None:
            continue
        if (await answers.part_of(uow, poll, member, now)).missing:
            await reminders.schedule(uow, poll, member, since=now, now=now)
        if member.id not in unheard:  # else the card that waits says how it is
            key = f"poll_changed:{poll.id}:{poll.sequence}:{member.id}"
            await tell(uow, poll, "poll.changed", key=key, now=now, to=member)
            told += 1
    await _await_the_end(uow, poll, now=now)
    await refresh_all(uow, poll, now=now)
    _note(uow, poll, "poll.changed", by=by, now=now)
    return told


async def close(uow: UnitOfWork, poll: Poll, *, by: Member | None, now: datetime) -> bool:
    """Take no more answers; the cards show it. False if it takes none already."""
    await uow.session.refresh(poll, with_for_update={"key_share": True})
    if poll.state != PollState.OPEN:
        return False
    poll.state = PollState.CLOSED
    await take_back(
        uow, POLL.about(poll.id), kinds=("poll.card", "poll.changed", "poll.deadline", *reminders.POLICY.kinds)
    )
    await refresh_all(uow, poll, now=now)
    if by is None:
        due_at = next_slot(now, await hours_of(uow, poll.cluster_id))
        await answers.tell_result(uow, poll, now=due_at, owed_at=now)
    else:
        _note(uow, poll, "poll.closed", by=by, now=now)
    return True


async def cancel(uow: UnitOfWork, poll: Poll, *, by: Member, now: datetime) -> bool:
    """Drop it: whoever was asked is told once. False if it was dropped already."""
    await uow.session.refresh(poll, with_for_update={"key_share": True})
    if poll.state == PollState.CANCELLED:
        return False
    _require_undecided(poll)
    unheard = await not_yet_asked(uow, poll)
    poll.state = PollState.CANCELLED
    await take_back(uow, POLL.about(poll.id))
    for member in await asked(uow, poll.cluster_id):
        if member.slack_user_id is not None and member.id not in unheard:
            await tell(uow, poll, "poll.off", key=f"poll_off:{poll.id}:{member.id}", now=now, to=member)
    await refresh_all(uow, poll, now=now)
    _note(uow, poll, "poll.cancelled", by=by, now=now)
    return True


async def settle(uow: UnitOfWork, poll: Poll, date_id: int, *, by: Member, now: datetime) -> Meeting:
    """Call the meeting on one of the dates. Who could is down as coming and who could not as not coming, says so on
    the invitation, and may change it; whoever only can if need be is asked."""
    await uow.session.refresh(poll, with_for_update={"key_share": True})
    _require_undecided(poll)
    chosen = await answers.date_of(uow, poll, date_id)
    if chosen.starts_at <= now:
        raise ClusterError("poll.date_past")
    counted = next(each for each in (await answers.count(uow, poll)).tallies if each.date.id == chosen.id)
    carried = {
        member.id: CARRIED[suits]
        for suits, people in counted.people.items()
        if suits is not None and suits in CARRIED
        for member in people
    }
    details = Details(
        kind=poll.kind,
        title=poll.title,
        starts_at=chosen.starts_at,
        ends_at=chosen.ends_at,
        place=poll.place,
        food=poll.food,
        answer_by=answer_by_of(chosen.starts_at, now),
        note="",
    )
    cluster = await uow.session.get_one(Cluster, poll.cluster_id)
    at = await asked_at(uow, cluster.id, now=now)
    meeting = await carrying.call(uow, cluster, details, carried, by=by, now=now, send_at=at)
    poll.state, poll.meeting_id = PollState.SETTLED, meeting.id
    await take_back(uow, POLL.about(poll.id))
    await refresh_all(uow, poll, now=now)
    _note(uow, poll, "poll.settled", by=by, now=now)
    return meeting


def _add(uow: UnitOfWork, poll: Poll, slots: Collection[PollSlot]) -> None:
    uow.session.add_all(PollDate(poll_id=poll.id, starts_at=each.starts_at, ends_at=each.ends_at) for each in slots)


async def _ask(uow: UnitOfWork, poll: Poll, member: Member, *, now: datetime, at: datetime) -> None:
    """Who is not in Slack yet gets the card on arrival (`catch_up`)."""
    if member.slack_user_id is None:
        return
    if await tell(uow, poll, "poll.card", key=f"poll:{poll.id}:{member.id}", now=now, to=member, due_at=at):
        await reminders.schedule(uow, poll, member, since=at, now=now)


async def _await_the_end(uow: UnitOfWork, poll: Poll, *, now: datetime) -> None:
    key = f"poll_deadline:{poll.id}:{poll.sequence}"
    await tell(uow, poll, "poll.deadline", key=key, now=now, due_at=poll.answer_by, how=How.STEP)


async def _hold(uow: UnitOfWork, poll: Poll, sequence: int) -> None:
    """See it as it is now, have it to ourselves, and refuse what was decided over older dates."""
    await uow.session.refresh(poll, with_for_update={"key_share": True})
    _require_undecided(poll)
    if poll.sequence != sequence:
        raise ClusterError("poll.changed_meanwhile")


def _require_undecided(poll: Poll) -> None:
    if poll.state not in UNDECIDED:
        raise answers.refusal(poll)


def _note(uow: UnitOfWork, poll: Poll, what: str, *, by: Member, now: datetime) -> None:
    audit.note(uow, what, POLL.about(poll.id), now=now, actor_id=by.id, cluster_id=poll.cluster_id)
