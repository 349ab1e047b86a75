"""Own changes around meetings that are put back within ten minutes: answers, food, "later", attendance, details."""

from __future__ import annotations

from datetime import datetime

from cluster.errors import ClusterError
from cluster.meetings import attendance, food, invitations, meetings
from cluster.meetings.cards import reachable, show_answer
from cluster.meetings.details import restored, snapshot
from cluster.meetings.moving import is_moved
from cluster.meetings.waiting import not_yet_invited
from cluster.undoing import OwnChange, Values
from storage.models import Invitation, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import MeetingState, Rsvp


async def answer_now(state: Reading, change: OwnChange) -> Values:
    """An answer to an invitation, and who gave it."""
    invitation = await _invitation(state, change)
    return {"answer": invitation.answer, "by": invitation.answered_by}


async def put_answer_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """The answer of before; without one the invitation waits for it again."""
    meeting = await meetings.get(uow, change.number)
    guest, invitation = await invitations.guest_by_id(uow, meeting, change.guest_id)
    if guest.id == by.id and now >= meeting.answer_by:
        raise ClusterError("meeting.answers_closed")
    was = change.was
    if was["answer"] is None:
        await invitations.unanswer(uow, meeting, guest, by=by, now=now)
        return
    said = Rsvp.YES if was["answer"] == Rsvp.WAITS else was["answer"]  # the old place in the queue may be another's
    await invitations.answer(uow, meeting, guest, said, by=by, now=now, reason=was["reason"])
    if invitation.answer in {Rsvp.YES, Rsvp.MAYBE} and meeting.food:
        invitation.eats, invitation.diet = was["eats"], was["diet"]
        await uow.session.flush()
        await show_answer(uow, meeting, guest, now=now)


async def reason_now(state: Reading, change: OwnChange) -> Values:
    """Why somebody comes or not."""
    invitation = await _invitation(state, change)
    return {"reason": invitation.reason, "answer": invitation.answer}


async def put_reason_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """The reason of before."""
    meeting = await meetings.get(uow, change.number)
    await invitations.give_reason(uow, meeting, by, change.was["reason"], now=now)


async def food_now(state: Reading, change: OwnChange) -> Values:
    """Whether somebody eats with us, and what they cannot eat."""
    invitation = await _invitation(state, change)
    return {"eats": invitation.eats, "diet": invitation.diet}


async def put_food_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """What was said about food before."""
    meeting = await meetings.get(uow, change.number)
    await food.put(uow, meeting, by, eats=change.was["eats"], diet=change.was["diet"], now=now)


async def snooze_now(state: Reading, change: OwnChange) -> Values:
    """Until when a reminder was put off."""
    invitation = await _invitation(state, change)
    return {"until": invitation.snoozed_until.isoformat() if invitation.snoozed_until else None}


async def put_snooze_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """The reminders as they were."""
    meeting = await meetings.get(uow, change.number)
    await invitations.unsnooze(uow, meeting, by, until=_moment(change.was["until"]), now=now)


async def details_now(state: Reading, change: OwnChange) -> Values:
    """A meeting's time, place and words."""
    return snapshot(await meetings.get(state, change.number))


async def put_details_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """The meeting as it was, where nobody has been told of another."""
    meeting, details = await meetings.get(uow, change.number), restored(change.was)
    if is_moved(meeting, details):
        if details.answer_by <= now:
            raise ClusterError("meeting.answer_in_past")
        if await _have_heard(uow, meeting):
            raise ClusterError("meeting.all_have_heard")
    await meetings.change(uow, meeting, details, by=by, now=now, sequence=meeting.sequence)


async def _have_heard(state: Reading, meeting: Meeting) -> bool:
    """Whether anybody would be told that the meeting is moved."""
    unsent = await not_yet_invited(state, meeting)
    return any(member.id not in unsent for member, _ in await reachable(state, meeting.id))


async def cancelled_now(state: Reading, change: OwnChange) -> Values:
    """Whether a meeting is on."""
    return {"state": (await meetings.get(state, change.number)).state}


async def put_meeting_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """A meeting that nobody had been invited to is on again, or off again."""
    meeting = await meetings.get(uow, change.number)
    if change.was["state"] == MeetingState.CANCELLED:
        if await _have_heard(uow, meeting):
            raise ClusterError("meeting.all_have_heard")
        await meetings.cancel(uow, meeting, by=by, now=now)
        return
    await meetings.call_again(uow, meeting, by=by, now=now, send_at=datetime.fromisoformat(change.was["send_at"]))


async def sheet_now(state: Reading, change: OwnChange) -> Values:
    """Who is noted to have been there."""
    return await attendance.noted(state, await meetings.get(state, change.number))


async def put_sheet_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """The sheet as it was."""
    await attendance.put_back(uow, await meetings.get(uow, change.number), change.was, by=by, now=now)


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


async def _invitation(state: Reading, change: OwnChange) -> Invitation:
    found = await invitations.find(state, change.number, change.guest_id)
    if found is None:
        raise ClusterError("meeting.not_invited")
    return found
