"""What a cluster agreed to change after a round, and the day it wants to measure again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from cluster import audit
from cluster.calendar import at, is_workday, workdays_after
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import members
from cluster.notices import ANSWER, owe, owe_each, refresh, renew_home, take_back
from cluster.packages.lookup import package_of
from cluster.subjects import AGREEMENT, ROUND
from measures.charts.periods import fair_period
from storage.models import Agreement, Cluster, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import AgreementState, How, RoundState

LONGEST = 500
HOUR = 9
"""When the coordinator is told that the day has come."""


@dataclass(frozen=True)
class Decision:
    """What the coordinator writes down."""

    text: str
    measure_id: str = ""
    """The measure it is about; empty for the whole topic."""
    again_on: date | None = None
    """None: the cluster does not want to measure again."""


def suggested_day(round_: Round, today: date) -> date:
    """When it is worth measuring again: as the package says after the charts were sent, never before a whole period has
    gone in which what is agreed now held, and never on a day off."""
    sent = local(round_.released_at).date() if round_.released_at else today
    _, end = fair_period((round_.period_start, round_.period_end), today)
    day = max(sent + timedelta(days=package_of(round_).follow_up_after_days), end + timedelta(days=1))
    return day if is_workday(day) else workdays_after(day, 1)


def flaws(round_: Round, decision: Decision, today: date) -> list[ClusterError]:
    """What stands in the way of a decision, each with the field it belongs to."""
    found = []
    if not decision.text:
        found.append(ClusterError("agreement.empty", field="text"))
    if decision.measure_id and decision.measure_id not in {each.id for each in package_of(round_).measures}:
        found.append(ClusterError("agreement.no_such_measure", field="measure"))
    if decision.again_on is not None and decision.again_on <= today:
        found.append(ClusterError("agreement.day_past", field="again_on"))
    elif decision.again_on is not None and not is_workday(decision.again_on):
        found.append(ClusterError("agreement.day_off", field="again_on"))
    return found


async def get(state: Reading, agreement_id: int) -> Agreement:
    """The agreement, or a friendly refusal."""
    found = await state.session.get(Agreement, agreement_id)
    if found is None:
        raise ClusterError("agreement.unknown")
    return found


async def of_round(state: Reading, round_id: int) -> Agreement | None:
    """What was agreed after a round, unless it was dropped again."""
    rows = (
        select(Agreement)
        .where(Agreement.round_id == round_id, Agreement.state != AgreementState.DROPPED)
        .order_by(Agreement.id.desc())
    )
    return (await state.session.execute(rows)).scalars().first()


async def standing(state: Reading, cluster_id: int) -> Sequence[Agreement]:
    """What a cluster has agreed and not measured again yet, the newest first."""
    rows = (
        select(Agreement)
        .where(Agreement.cluster_id == cluster_id, Agreement.state == AgreementState.OPEN)
        .order_by(Agreement.decided_at.desc(), Agreement.id.desc())
    )
    return (await state.session.execute(rows)).scalars().all()


async def standing_with_rounds(state: Reading, cluster_id: int) -> list[tuple[Agreement, Round]]:
    """The same, each with the round it came from."""
    rows = (
        select(Agreement, Round)
        .join(Round, Round.id == Agreement.round_id)
        .where(Agreement.cluster_id == cluster_id, Agreement.state == AgreementState.OPEN)
        .order_by(Agreement.decided_at.desc(), Agreement.id.desc())
    )
    return [(agreement, round_) for agreement, round_ in (await state.session.execute(rows)).all()]


async def settle(uow: UnitOfWork, round_: Round, decision: Decision, *, actor_id: int, now: datetime) -> Agreement:
    """Write down what was agreed, or correct what was written before; the channel and the home pages show it."""
    if round_.released_at is None or round_.state == RoundState.CANCELLED:
        raise ClusterError("agreement.too_early")
    if wrong := flaws(round_, decision, local(now).date()):
        raise wrong[0]
    before = await of_round(uow, round_.id)
    if before is not None and before.state == AgreementState.MEASURED:
        raise ClusterError("agreement.is_measured")
    made = before or Agreement(cluster_id=round_.cluster_id, round_id=round_.id, state=AgreementState.OPEN)
    made.text, made.measure_id, made.measure_again_on = decision.text[:LONGEST], decision.measure_id, decision.again_on
    made.decided_by, made.decided_at = actor_id, now
    uow.session.add(made)
    await uow.session.flush()
    await _lay_out(uow, made, now=now)
    subject, what = AGREEMENT.about(made.id), "agreement.changed" if before else "agreement.noted"
    audit.note(uow, what, subject, now=now, actor_id=actor_id, cluster_id=round_.cluster_id)
    await take_back(uow, ROUND.about(round_.id), kinds=("agreement.question", "agreement.ask"))
    cluster = await uow.session.get(Cluster, round_.cluster_id)
    for key, member_id, channel_id in (
        (f"agreement-noted:{made.id}:{actor_id}", actor_id, None),
        (f"agreement-channel:{made.id}", None, cluster.channel_id if cluster else ""),
    ):
        kind = "agreement.noted" if member_id else "agreement.channel"
        await owe(
            uow,
            kind,
            key=key,
            now=now,
            member_id=member_id,
            channel_id=channel_id,
            cluster_id=made.cluster_id,
            subject=subject,
            urgency=ANSWER,
        )
    if before is None:
        await _renew_homes(uow, made, now=now)
    else:
        await _show(uow, made, now=now)
    return made


async def drop(uow: UnitOfWork, agreement: Agreement, *, actor_id: int, now: datetime) -> None:
    """The cluster no longer holds to it: nobody is asked to measure again."""
    if agreement.state != AgreementState.OPEN:
        raise ClusterError("agreement.is_over")
    agreement.state = AgreementState.DROPPED
    await take_back(uow, AGREEMENT.about(agreement.id), kinds=("agreement.due", "agreement.time"))
    audit.note(
        uow,
        "agreement.dropped",
        AGREEMENT.about(agreement.id),
        now=now,
        actor_id=actor_id,
        cluster_id=agreement.cluster_id,
    )
    await _show(uow, agreement, now=now)


async def come_due(uow: UnitOfWork, agreement: Agreement, *, now: datetime) -> bool:
    """The day has come: the coordinators are told, unless it was measured, dropped or moved. Whether they were."""
    day = agreement.measure_again_on
    round_ = await uow.session.get(Round, agreement.round_id)
    if not is_waited_for(agreement, round_) or day is None or day > local(now).date():
        return False
    await owe_each(
        uow,
        "agreement.time",
        await members.coordinators(uow, agreement.cluster_id),
        key=f"agreement-time:{agreement.id}:{day}",
        now=now,
        cluster_id=agreement.cluster_id,
        subject=AGREEMENT.about(agreement.id),
    )
    return True


def is_waited_for(agreement: Agreement, round_: Round | None) -> bool:
    """Whether a new measurement of this is still to come."""
    return agreement.state == AgreementState.OPEN and round_ is not None and round_.state != RoundState.CANCELLED


async def mark_measured(uow: UnitOfWork, made: Round, *, now: datetime) -> None:
    """A round about a later period of the same has begun: nobody needs to be told of the day."""
    for agreement in await _about_earlier(uow, made, AgreementState.OPEN):
        agreement.state = AgreementState.MEASURED
        await take_back(uow, AGREEMENT.about(agreement.id), kinds=("agreement.due", "agreement.time"))
        await _show(uow, agreement, now=now)


async def mark_unmeasured(uow: UnitOfWork, cancelled: Round, *, now: datetime) -> None:
    """The round that was to measure again is called off: the agreement waits for another."""
    for agreement in await _about_earlier(uow, cancelled, AgreementState.MEASURED):
        before = await uow.session.get(Round, agreement.round_id)
        others = select(Round.id).where(
            Round.cluster_id == cancelled.cluster_id,
            Round.package_id == cancelled.package_id,
            Round.state.not_in((RoundState.CANCELLED, RoundState.DRAFT)),
            Round.period_end > (before or cancelled).period_end,
        )
        if (await uow.session.execute(others)).first() is None:
            agreement.state = AgreementState.OPEN
            await _lay_out(uow, agreement, now=now)
            await _show(uow, agreement, now=now)


async def _about_earlier(state: Reading, round_: Round, wanted: AgreementState) -> Sequence[Agreement]:
    """Agreements in a state, made after rounds about the same package that this one follows or that end before it."""
    rows = (
        select(Agreement)
        .join(Round, Round.id == Agreement.round_id)
        .where(Agreement.cluster_id == round_.cluster_id, Agreement.state == wanted)
        .where(Round.package_id == round_.package_id, Round.id != round_.id)
        .where((Round.period_end < round_.period_end) | (Round.id == round_.follows_id))
    )
    return (await state.session.execute(rows)).scalars().all()


async def _lay_out(uow: UnitOfWork, agreement: Agreement, *, now: datetime) -> None:
    """Owe the step of the day, in place of any owed before; a day that has passed is not told of again."""
    await take_back(uow, AGREEMENT.about(agreement.id), kinds=("agreement.due", "agreement.time"))
    day = agreement.measure_again_on
    if day is not None and at(day, HOUR) > now:
        await owe(
            uow,
            "agreement.due",
            key=f"agreement-due:{agreement.id}:{day}:{now.isoformat()}",
            now=now,
            cluster_id=agreement.cluster_id,
            subject=AGREEMENT.about(agreement.id),
            due_at=at(day, HOUR),
            how=How.STEP,
        )


async def _show(uow: UnitOfWork, agreement: Agreement, *, now: datetime) -> None:
    """Let everything that shows the agreement show it as it is."""
    cluster = await uow.session.get(Cluster, agreement.cluster_id)
    subject, cluster_id = AGREEMENT.about(agreement.id), agreement.cluster_id
    if cluster is not None:
        await refresh(
            uow, "agreement.channel", subject=subject, now=now, channel_id=cluster.channel_id, cluster_id=cluster_id
        )
    for member in await members.of_cluster(uow, cluster_id):
        if member.role in members.LEADERS and member.slack_user_id:
            await refresh(uow, "agreement.noted", subject=subject, now=now, member_id=member.id, cluster_id=cluster_id)
    await _renew_homes(uow, agreement, now=now)


async def _renew_homes(uow: UnitOfWork, agreement: Agreement, *, now: datetime) -> None:
    everybody = await members.of_cluster(uow, agreement.cluster_id)
    await renew_home(uow, [each.id for each in everybody if each.slack_user_id], now=now)
