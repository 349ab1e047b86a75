"""Every meeting of a cluster, or of a member: those ahead, what is only written down, and those behind by the page.

Asked in as many questions however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from cluster.meetings import meetings
from cluster.meetings.invitations import AnswerTally
from storage.models import Invitation, Meeting, Member, Minutes, MinutesVersion, Release, Round
from storage.unit_of_work import Reading
from storage.words import MeetingState, Rsvp

PAGE = 15
"""Meetings behind that are shown at a time."""
MOST_AHEAD = 15


@dataclass(frozen=True)
class MeetingLine:
    """One meeting of the list."""

    meeting: Meeting
    answers: AnswerTally
    mine: Rsvp | None = None
    """What the member answered; of the list of those who run the cluster, nothing."""
    deck_of: int | None = None
    """The round whose deck can be made, where that is the newest one."""
    has_minutes: bool = False


@dataclass(frozen=True)
class MeetingList:
    """What is shown of it."""

    ahead: Sequence[MeetingLine]
    drafts: Sequence[Meeting]
    behind: Sequence[MeetingLine]
    offset: int
    """How many newer ones behind are left out …"""
    more: int
    """… and how many older ones there are."""


async def of_cluster(state: Reading, cluster_id: int, now: datetime, offset: int = 0) -> MeetingList:
    """Everything, for those who run the cluster; also what was called off."""
    called, is_ours = Meeting.state != MeetingState.DRAFT, Meeting.cluster_id == cluster_id
    ahead = select(Meeting).where(is_ours, called, Meeting.ends_at > now).order_by(Meeting.starts_at, Meeting.id)
    drafts = select(Meeting).where(is_ours, Meeting.state == MeetingState.DRAFT, Meeting.ends_at > now)
    behind = select(Meeting).where(is_ours, called, Meeting.ends_at <= now)
    shown = (await state.session.scalars(ahead.limit(MOST_AHEAD))).all()
    written = (await state.session.scalars(drafts.order_by(Meeting.starts_at, Meeting.id).limit(MOST_AHEAD))).all()
    older = behind.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).offset(offset).limit(PAGE)
    past = (await state.session.scalars(older)).all()
    total = await state.session.scalar(select(func.count()).select_from(behind.subquery())) or 0
    told = await _told(state, cluster_id, [*shown, *past])
    lines = {each.meeting.id: each for each in told}
    return MeetingList(
        [lines[each.id] for each in shown],
        written,
        [lines[each.id] for each in past],
        offset,
        max(total - offset - len(past), 0),
    )


async def of_member(state: Reading, member: Member, now: datetime, offset: int = 0) -> MeetingList:
    """The meetings that a member is or was invited to, with the own answer."""
    known = (await meetings.known_to(state, member, now))[:MOST_AHEAD]
    rows = (
        select(Meeting, Invitation)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(Invitation.member_id == member.id, Meeting.state == MeetingState.PLANNED, Meeting.ends_at <= now)
    )
    total = await state.session.scalar(select(func.count()).select_from(rows.with_only_columns(Meeting.id).subquery()))
    page = rows.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).offset(offset).limit(PAGE)
    past = [(meeting, invitation) for meeting, invitation in (await state.session.execute(page)).all()]
    minuted = await _minuted(state, [meeting.id for meeting, _ in past])
    return MeetingList(
        [MeetingLine(meeting, AnswerTally(), mine.answer) for meeting, mine in known],
        (),
        [MeetingLine(meeting, AnswerTally(), mine.answer, has_minutes=meeting.id in minuted) for meeting, mine in past],
        offset,
        max((total or 0) - offset - len(past), 0),
    )


async def _told(state: Reading, cluster_id: int, found: Sequence[Meeting]) -> list[MeetingLine]:
    ids = [each.id for each in found]
    counted = (
        select(Invitation.meeting_id, Invitation.answer, func.count())
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.meeting_id.in_(ids), Member.active)
        .group_by(Invitation.meeting_id, Invitation.answer)
    )
    said: dict[int, Counter[Rsvp | None]] = {each: Counter() for each in ids}
    for meeting_id, answer, many in (await state.session.execute(counted)).all():
        said[meeting_id][answer] = many
    newest = (
        select(Round.id, Round.meeting_id)
        .join(Release, Release.round_id == Round.id)
        .where(Round.cluster_id == cluster_id)
        .order_by(Release.id.desc())
        .limit(1)
    )
    decks = {meeting_id: round_id for round_id, meeting_id in (await state.session.execute(newest)).all()}
    minuted = await _minuted(state, ids)
    return [MeetingLine(each, _tally(said[each.id]), None, decks.get(each.id), each.id in minuted) for each in found]


def _tally(many: Counter[Rsvp | None]) -> AnswerTally:
    return AnswerTally(many[Rsvp.YES], many[Rsvp.MAYBE], many[Rsvp.NO], many[None], many[Rsvp.ONLINE], many[Rsvp.WAITS])


async def _minuted(state: Reading, ids: Sequence[int]) -> set[int]:
    """The meetings whose minutes were sent."""
    rows = (
        select(Minutes.meeting_id)
        .join(MinutesVersion, MinutesVersion.minutes_id == Minutes.id)
        .where(Minutes.meeting_id.in_(ids))
    )
    return set((await state.session.scalars(rows)).all())
