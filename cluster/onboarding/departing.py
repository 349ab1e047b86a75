"""Somebody is with the cluster no more: what was on its way to them is taken back, and they are told once.

History stays, and what the practice gave. Whoever comes back is welcomed, confirmed and invited as if new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from cluster import notices
from cluster.calendars import feeds
from cluster.delivery import handover
from cluster.meetings import meetings, seats
from cluster.meetings.cards import refresh_counts, refresh_own
from cluster.members import cluster_rules, members, places, titles
from cluster.members.members import as_email
from cluster.members.organisations import Account
from cluster.message_kinds import Trait
from cluster.onboarding import passing_on, setup
from cluster.rooms import kinds_that
from cluster.subjects import MEMBER, PRACTICE, ROSTER
from storage.models import Invitation, Meeting, Member, Outbox, Practice, RosterImport
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, OutboxState, Placing, ProposalState, Role

FAREWELL = "member.ended"


async def depart(uow: UnitOfWork, member: Member, *, now: datetime, actor_id: int | None = None) -> list[int]:
    """Take back what waits for a member who has just left: entries in calendars, reminders, lists, confirmation. The
    parts of rounds that they were asked for, and that a colleague is asked for now where there is one.

    Where there is none, whoever ends them has read so before; of a closed account the coordinators hear it all at once.
    """
    decided = member.confirmed_at is not None and member.role != Role.OBSERVER and await titles.decides(uow, member)
    invited = await meetings.upcoming(uow, member, now)
    entries = [await _uninvite(uow, meeting, part, member, now=now) for meeting, part in invited]
    for meeting, _ in invited:
        await seats.fill(uow, meeting, now=now)
    await _take_back(uow, member)
    await feeds.forget(uow, member.id)
    await _leave_lists(uow, member, now=now)
    if member.role in members.LEADERS:
        member.role = Role.MEMBER
        await handover.take_leave(uow, member, now=now)
    was_asked, practice_id = member.place == places.ASKED, member.practice_id
    member.confirmed_at = member.confirmed_by = member.away_from = member.away_until = None
    member.place = Placing.NEW
    await uow.session.flush()
    leaders = [each.id for each in await members.coordinators(uow, member.cluster_id)]
    aware = leaders if actor_id is None else [actor_id]
    asked = await passing_on.pass_on(uow, member, now=now, actor_id=actor_id, aware=aware)
    if practice_id is not None:
        if was_asked:
            await places.show(uow, member, now=now)
        await places.ask_others(uow, practice_id, now=now)
        here = [each.id for each in await members.of_practice(uow, practice_id) if each.slack_user_id]
        await notices.renew_home(uow, here, now=now)
        if decided:
            await _tell_undecided(uow, member, practice_id, now=now)
    if member.slack_user_id is None:
        return asked
    if actor_id is not None:
        await notices.renew_home(uow, [member.id], now=now)
    told = [each for each in entries if each]
    if told or actor_id is not None:  # whoever closed their account knows; only what is in the calendar is left
        await notices.owe(
            uow,
            FAREWELL,
            key=f"ended:{member.id}:{now:%Y%m%d%H%M%S%f}",
            now=now,
            member_id=member.id,
            cluster_id=member.cluster_id,
            subject=MEMBER.about(member.id),
            by=actor_id,
            meetings=told,
        )
    return asked


async def _tell_undecided(uow: UnitOfWork, member: Member, practice_id: int, *, now: datetime) -> None:
    """Nobody is left who may consent for a practice, or withdraw it: the coordinators hear so, whoever ended it."""
    for each in await places.confirmed(uow, practice_id, but=member.id):
        if await titles.decides(uow, each):
            return
    await notices.owe_each(
        uow,
        "practice.undecided",
        await members.coordinators(uow, member.cluster_id),
        key=f"nobody:practice:{practice_id}:{now:%Y%m%d%H%M%S%f}",
        now=now,
        cluster_id=member.cluster_id,
        subject=PRACTICE.about(practice_id),
    )


async def left_slack(uow: UnitOfWork, team_id: str, account: Account, *, now: datetime) -> None:
    """A Slack user was deactivated. The coordinators are told who, and who is asked instead; a cluster
    that loses its last one asks for another in its channel."""
    for member in await members.left_slack(uow, team_id, account, now=now):
        asked = await depart(uow, member, now=now)
        leaders = await members.coordinators(uow, member.cluster_id)
        await notices.owe_each(
            uow,
            "member.left_slack",
            leaders,
            key=f"left:{member.id}:{now:%Y%m%d%H%M%S}",
            now=now,
            cluster_id=member.cluster_id,
            subject=MEMBER.about(member.id),
            asked=asked,
        )
        if not leaders:
            await setup.call_for_coordinator(uow, await cluster_rules.get(uow, member.cluster_id), now=now)


async def entries_of(state: Reading, member: Member, meeting_ids: Sequence[int]) -> list[tuple[Meeting, Invitation]]:
    """The meetings whose entries a departed member is to take out of the calendar."""
    return await meetings.invited_to(state, member, Meeting.id.in_(meeting_ids))


async def _uninvite(
    uow: UnitOfWork, meeting: Meeting, invitation: Invitation, member: Member, *, now: datetime
) -> int | None:
    """The card is emptied and the counts go down; the meeting's id when an entry is to leave the calendar."""
    had_entry = invitation.has_entry and member.slack_user_id is not None
    invitation.calendar_steps = invitation.entry_steps + (1 if had_entry else 0)
    invitation.snoozed_until = None
    await uow.session.flush()
    if member.slack_user_id is not None:
        await refresh_own(uow, meeting, member, now=now)
    await refresh_counts(uow, meeting, now=now)
    return meeting.id if had_entry else None


async def _take_back(uow: UnitOfWork, member: Member) -> None:
    """Nothing that waits for them is sent; what waits for coordinators is left for whoever runs the cluster next."""
    mine = (Outbox.member_id == member.id) & (Outbox.how == How.POST)
    waiting = mine & (Outbox.state == OutboxState.WAITING) & Outbox.leased_until.is_(None)
    await uow.session.execute(delete(Outbox).where(waiting, Outbox.kind.not_in(handover.FOR_LEADERS)))
    said = select(Outbox.id).where(mine, Outbox.kind.in_(kinds_that(Trait.ANEW)), ~Outbox.key.startswith("left:"))
    for row_id in (await uow.session.scalars(said)).all():
        await uow.session.execute(update(Outbox).where(Outbox.id == row_id).values(key=f"left:{row_id}"))


async def _leave_lists(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """A list of members that waits for a yes would bring them back unseen."""
    waiting = select(RosterImport).where(
        RosterImport.cluster_id == member.cluster_id, RosterImport.state == ProposalState.WAITING
    )
    practice = await uow.session.get(Practice, member.practice_id) if member.practice_id is not None else None
    for one in (await uow.session.scalars(waiting)).all():
        kept = [each for each in one.rows if not _is_of(each.get("row") or {}, member, practice)]
        if len(kept) == len(one.rows):
            continue
        one.rows = kept
        await uow.session.flush()
        await handover.show_decided(
            uow,
            "roster.preview",
            subject=ROSTER.about(one.id),
            sender_id=one.member_id,
            cluster_id=one.cluster_id,
            now=now,
        )


def _is_of(row: Mapping[str, Any], member: Member, practice: Practice | None) -> bool:
    """Whether a row of a list means this member: by the address, or where one of them has none by the name, unless the
    row is about another practice."""
    said, known = as_email(row.get("email")), as_email(member.email)
    if said and known:
        return said == known
    is_elsewhere = practice is not None and row.get("ydernummer") not in (None, "", practice.ydernummer)
    return not is_elsewhere and str(row.get("name") or "").casefold() == member.name.casefold()
