"""A new member's welcome: found in Slack by e-mail, asked to confirm practice, system and consent, reminded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cluster import audit, notices
from cluster.delivery import handover
from cluster.errors import ClusterError
from cluster.meetings import invitations
from cluster.members import cluster_rules, consent, members, places, practices, titles
from cluster.members.members import Person
from cluster.members.settling import away_until
from cluster.onboarding import outsiders, passing_on
from cluster.polls import polls
from cluster.reminders import owing
from cluster.reminders.owing import Asking
from cluster.reminders.policy import Anchor, Fit, Leave, Pace, Policy, Timing
from cluster.reminders.situation import Situation
from cluster.subjects import MEMBER
from storage.models import Cluster, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Role

REMINDED_AFTER = 3
"""Workdays without an answer before the one gentle reminder."""
POLICY = Policy(
    kind="welcome.reminder",
    paces=(Pace((Timing(Anchor.START, days=REMINDED_AFTER, fit=Fit.AFTER),)),),
    most=1,
    leave=Leave.WAITS,
    planned_key="welcome-again:{who}",
)


@dataclass(frozen=True)
class Confirmed:
    """What a member's confirmation came to."""

    consent_given: bool
    consent_holds: bool
    waits: bool = False
    """Somebody of the practice must say yes first."""


async def greet(
    uow: UnitOfWork, cluster: Cluster, people: Sequence[Person], *, now: datetime, at: datetime | None = None
) -> list[Member]:
    """Find a cluster's members among Slack's people and welcome each who has not been; answers those newly found.

    They are written to ``at`` that hour; without one at once.
    """
    found = await members.match(uow, cluster.team_id, people)
    await outsiders.propose(uow, cluster.team_id, people, now=now)
    for member in sorted({*found, *await members.of_cluster(uow, cluster.id)}, key=lambda each: each.id):
        if member.slack_user_id and member.confirmed_at is None:
            await _send(uow, member, now=now, at=at)
        await invitations.catch_up(uow, member, now=now, at=at)
        await polls.catch_up(uow, member, now=now, at=at)
    return [member for member in found if member.cluster_id == cluster.id]


async def greet_newcomer(uow: UnitOfWork, team_id: str, person: Person, *, now: datetime) -> list[Member]:
    """Somebody came to Slack who may be on a list already."""
    found = await members.match(uow, team_id, [person])
    await outsiders.propose(uow, team_id, [person], now=now)
    for member in found:
        await let_in(uow, member, now=now)
        if member.role == Role.COORDINATOR:
            await handover.take_over(uow, member, now=now)  # what was owed before they were here was not sent
    return found


async def let_in(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """Welcome somebody who was just found in Slack, and ask them to the meetings that are called."""
    await _send(uow, member, now=now)
    await invitations.catch_up(uow, member, now=now)
    await polls.catch_up(uow, member, now=now)


async def _send(uow: UnitOfWork, member: Member, *, now: datetime, at: datetime | None = None) -> None:
    who: notices.To = {"member_id": member.id, "cluster_id": member.cluster_id, "subject": MEMBER.about(member.id)}
    if await notices.owe(uow, "welcome", key=f"welcome:{member.id}", now=now, due_at=at, **who):
        hours = await cluster_rules.reminder_hours_of(uow, member.cluster_id)
        asking = Asking(
            POLICY,
            hours,
            MEMBER.about(member.id),
            member.cluster_id,
            member.id,
            since=at or now,
            deadline=None,
            about=str(member.id),
            who=member.id,
        )
        await owing.lay_out(uow, asking, now=now)
        await notices.renew_home(uow, [member.id], now=now)


async def holds(state: Reading, owed: notices.Owed, member: Member, *, now: datetime) -> bool:
    """Whether the reminder is still true at its hour. Raises NotNow when it is, but the hour is not one for it."""
    owes = member.confirmed_at is None and not member.place and member.active
    hours = await cluster_rules.reminder_hours_of(state, member.cluster_id)
    situation = Situation(owes, None, hours, away_until=away_until(member, now))
    return await owing.look_again(state, owed, POLICY, situation, now=now)


async def confirm(
    uow: UnitOfWork,
    member_id: int,
    *,
    language: str,
    system: str | None,
    consents: bool,
    now: datetime,
    title: str | None = None,
) -> Confirmed:
    """A member confirms who they are. The system and the consent are the practice's: they need one, and that it is
    known to be right. A title is taken only where the list's says too little."""
    member = await members.get(uow, member_id)
    member.language = language
    if title and await titles.is_open(uow, member):
        if title not in titles.ANSWERS:
            raise ClusterError("member.title_unknown", field="title")
        member.title = title
        subject = MEMBER.about(member.id)
        audit.note(uow, "member.title", subject, now=now, actor_id=member.id, cluster_id=member.cluster_id)
    given = holds = False
    if not await places.say_yes(uow, member, now=now):
        await owing.hush(uow, POLICY, MEMBER.about(member.id))
        return Confirmed(False, False, waits=True)
    if member.practice_id is not None:
        practice = await practices.get(uow, member.practice_id)
        if system is not None and system not in practices.KNOWN_SYSTEMS:
            raise ClusterError("practice.system_unknown", field="system")
        if system is not None and await consent.may_decide(uow, member, practice.id):
            practice.system = system
        given = consents and await consent.give(uow, member, now=now)
        holds = await consent.holds(uow, practice.id)
    await settled(uow, member, now=now)
    return Confirmed(given, holds)


async def settled(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """The welcome has its answer: no reminder, the card says so, the pages are fresh."""
    subject = MEMBER.about(member.id)
    await owing.hush(uow, POLICY, subject)
    await notices.refresh(uow, "welcome", subject=subject, now=now, member_id=member.id, cluster_id=member.cluster_id)
    audit.note(uow, "member.confirmed", subject, now=now, actor_id=member.id, cluster_id=member.cluster_id)
    leaders = [leader.id for leader in await members.coordinators(uow, member.cluster_id)]
    await notices.renew_home(uow, [*{member.id, *leaders}], now=now)


async def wrong_practice(uow: UnitOfWork, member_id: int, *, now: datetime) -> None:
    """A member says the list has the wrong practice: nothing is confirmed, the coordinators are told."""
    member = await members.get(uow, member_id)
    subject = MEMBER.about(member_id)
    places.say_no(member)
    await uow.session.flush()
    await passing_on.pass_on(uow, member, now=now, actor_id=member_id)
    await owing.hush(uow, POLICY, subject)
    await notices.refresh(uow, "welcome", subject=subject, now=now, member_id=member.id, cluster_id=member.cluster_id)
    await notices.renew_home(uow, [member_id], now=now)
    audit.note(uow, "member.wrong_practice", subject, now=now, actor_id=member_id, cluster_id=member.cluster_id)
    await notices.owe_each(
        uow,
        "member.wrong_practice",
        await members.coordinators(uow, member.cluster_id),
        key=f"wrong:{member_id}:{now:%Y%m%d%H%M}",
        now=now,
        cluster_id=member.cluster_id,
        subject=subject,
    )
