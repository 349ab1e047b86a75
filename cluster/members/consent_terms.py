"""How long a consent lasts: the day it ends, the asking before that day, and what happens when the day comes."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta

from sqlalchemy import select

from cluster import audit, notices
from cluster.clock import local
from cluster.members import members
from cluster.members.cluster_rules import reminder_hours_in, reminder_hours_of, rules_of
from cluster.members.settling import away_until, own_hours
from cluster.reminders import owing
from cluster.reminders.owing import Asking
from cluster.reminders.policy import Fit, Leave, Pace, Policy, Timing
from cluster.reminders.situation import Situation
from cluster.subjects import CONSENT, PRACTICE
from storage.models import Consent, Member, Practice
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, Role

ASKED_BEFORE = timedelta(days=30)
POLICY = Policy(
    kind="consent.ending",
    paces=(Pace((Timing(elapsed=ASKED_BEFORE, fit=Fit.AFTER),)),),
    most=1,
    leave=Leave.WAITS_IN_TIME,
    planned_key="consent-ending:{about}:{who}",
)


def end_of(given_at: datetime, months: int) -> datetime | None:
    """The same day that many months later, or the last of that month; None without an end."""
    if not months:
        return None
    day = local(given_at)
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def ends_soon(consent: Consent, now: datetime) -> bool:
    """Whether it is time to ask for a new one."""
    return consent.expires_at is not None and now >= consent.expires_at - ASKED_BEFORE


async def add(uow: UnitOfWork, member: Member, practice_id: int, kind: str, *, now: datetime) -> Consent:
    """A consent that lasts as long as the cluster agreed, with what is to happen before and at its end."""
    rules = await rules_of(uow, member.cluster_id)
    ends = end_of(now, rules.consent_months)
    made = Consent(practice_id=practice_id, member_id=member.id, kind=kind, given_at=now, expires_at=ends)
    uow.session.add(made)
    await uow.session.flush()
    if ends is None:
        return made
    for other in await members.of_practice(uow, practice_id):
        if other.slack_user_id is not None and other.role != Role.OBSERVER:
            asking = Asking(
                POLICY,
                reminder_hours_in(rules),
                CONSENT.about(made.id),
                member.cluster_id,
                other.id,
                since=now,
                deadline=ends,
                about=str(made.id),
                who=other.id,
            )
            await owing.lay_out(uow, asking, now=now)
    await notices.owe(
        uow,
        "consent.end",
        key=f"consent-end:{made.id}",
        now=now,
        cluster_id=member.cluster_id,
        subject=CONSENT.about(made.id),
        due_at=ends,
        how=How.STEP,
    )
    return made


async def find(state: Reading, consent_id: int) -> Consent | None:
    """A consent by id, also one that has ended."""
    return await state.session.get(Consent, consent_id)


async def holds(state: Reading, owed: notices.Owed, consent: Consent, member: Member, *, now: datetime) -> bool:
    """Whether somebody is still to be asked for a new one. Raises NotNow when so, but not at this hour."""
    ends = consent.withdrawn_at is None and consent.expires_at is not None and member.practice_id == consent.practice_id
    situation = Situation(
        owes=ends and not await is_renewed(state, consent),
        deadline=consent.expires_at,
        hours=own_hours(await reminder_hours_of(state, member.cluster_id), member, consent.expires_at, now),
        away_until=away_until(member, now),
    )
    return await owing.look_again(state, owed, POLICY, situation, now=now)


async def is_renewed(state: Reading, consent: Consent) -> bool:
    """Whether a newer consent of the same kind holds."""
    rows = (
        select(Consent.id)
        .where(Consent.practice_id == consent.practice_id, Consent.kind == consent.kind, Consent.id > consent.id)
        .where(Consent.withdrawn_at.is_(None), Consent.round_id.is_(None))
    )
    return (await state.session.execute(rows)).first() is not None


async def end(uow: UnitOfWork, consent_id: int, *, now: datetime) -> bool:
    """The day has come: the consent no longer holds, and those concerned hear so unless there is a new one."""
    consent = await uow.session.get(Consent, consent_id)
    if consent is None or consent.withdrawn_at is not None or consent.expires_at is None or now < consent.expires_at:
        return False
    consent.withdrawn_at = consent.expires_at
    await uow.session.flush()
    practice = await uow.session.get(Practice, consent.practice_id)
    if practice is None or await is_renewed(uow, consent):
        return True
    audit.note(uow, "consent.ended", PRACTICE.about(practice.id), now=now, cluster_id=practice.cluster_id)
    told = {*await members.of_practice(uow, practice.id), *await members.coordinators(uow, practice.cluster_id)}
    people = sorted(each.id for each in told if each.slack_user_id is not None and each.role != Role.OBSERVER)
    for member_id in people:
        await notices.owe(
            uow,
            "consent.ended",
            key=f"consent-ended:{consent.id}:{member_id}",
            now=now,
            member_id=member_id,
            cluster_id=practice.cluster_id,
            subject=PRACTICE.about(practice.id),
        )
    await notices.renew_home(uow, people, now=now)
    return True


async def sweep(uow: UnitOfWork, cluster_id: int, *, now: datetime) -> None:
    """End what has run out, so that nothing is made from it while its own step waits in line."""
    rows = (
        select(Consent.id)
        .join(Practice, Practice.id == Consent.practice_id)
        .where(Practice.cluster_id == cluster_id, Consent.withdrawn_at.is_(None), Consent.expires_at <= now)
    )
    for consent_id in list((await uow.session.execute(rows)).scalars()):
        await end(uow, consent_id, now=now)
