"""Who eats with us, asked apart from who comes; and what somebody cannot eat, kept until the meeting is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from cluster import undoing
from cluster.errors import ClusterError
from cluster.meetings import invitations
from cluster.meetings.cards import show_answer
from cluster.subjects import MEETING
from storage.models import Invitation, Meeting, Member
from storage.unit_of_work import UnitOfWork
from storage.words import MeetingState, Rsvp

DIET_LIMIT = 120
FOOD = "meeting.food"
"""What is remembered of it, to be put back."""


@dataclass(frozen=True)
class Eating:
    """What the kitchen needs to know: from how many to how many, and diets without names."""

    low: int
    """Who comes and has not said no to food."""
    high: int
    """The same with those who may come."""
    diets: tuple[str, ...] = ()
    """By the alphabet: neither who nor when."""


def eating(guests: invitations.Guests) -> Eating:
    """What the answers so far say; who comes and says nothing about food eats."""
    coming, maybe = (
        [invitation for _, invitation in people if invitation.eats is not False]
        for people in (guests.yes, guests.maybe)
    )
    diets = sorted((each.diet for each in (*coming, *maybe) if each.diet), key=str.casefold)
    return Eating(len(coming), len(coming) + len(maybe), tuple(diets))


async def answer(uow: UnitOfWork, meeting: Meeting, member: Member, *, eats: bool, now: datetime) -> None:
    """Keep whether a member eats with us. Who does not has no diet."""
    invitation = await _eater(uow, meeting, member, now)
    await put(uow, meeting, member, eats=eats, diet=invitation.diet if eats else "", now=now)


async def keep_diet(uow: UnitOfWork, meeting: Meeting, member: Member, diet: str, *, now: datetime) -> None:
    """Keep what a member cannot eat; whoever says so eats with us."""
    invitation = await _eater(uow, meeting, member, now)
    said = " ".join(diet.split())[:DIET_LIMIT]
    await put(uow, meeting, member, eats=True if said else invitation.eats, diet=said, now=now)


async def put(
    uow: UnitOfWork, meeting: Meeting, member: Member, *, eats: bool | None, diet: str, now: datetime
) -> None:
    """Both as they are given: as somebody says it, or as it was before that."""
    invitation = await _eater(uow, meeting, member, now)
    was = _said(invitation)
    invitation.eats, invitation.diet = eats, diet
    await uow.session.flush()
    await show_answer(uow, meeting, member, now=now)
    subject = MEETING.about(meeting.id)
    await undoing.remember(uow, FOOD, subject, by=member.id, was=was, became=_said(invitation), now=now)


def _said(invitation: Invitation) -> undoing.Values:
    return {"eats": invitation.eats, "diet": invitation.diet}


async def forget_diets(uow: UnitOfWork, meeting: Meeting) -> None:
    """The meeting is over or off: what people cannot eat is nobody's business any more."""
    await undoing.forget(uow, MEETING.about(meeting.id), FOOD, invitations.ANSWERED)
    await uow.session.execute(
        update(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.diet != "").values(diet="")
    )


async def _eater(uow: UnitOfWork, meeting: Meeting, member: Member, now: datetime) -> Invitation:
    if meeting.state == MeetingState.CANCELLED:
        raise ClusterError("meeting.is_cancelled")
    if not meeting.food:
        raise ClusterError("meeting.no_food")
    if now >= meeting.answer_by:
        raise ClusterError("meeting.food_is_ordered")
    invitation = await invitations.find(uow, meeting.id, member.id)
    if invitation is None:
        raise ClusterError("meeting.not_invited")
    if invitation.answer not in {Rsvp.YES, Rsvp.MAYBE}:
        raise ClusterError("meeting.food_without_answer")
    return invitation
