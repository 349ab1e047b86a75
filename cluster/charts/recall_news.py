"""What people get when a comparison is recalled or drawn again: edits of what they have, and a word, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from cluster.members import members
from cluster.message_kinds import Trait
from cluster.notices import ANSWER, owe
from cluster.rooms import kinds_that
from cluster.rounds import rounds
from cluster.subjects import ROUND
from storage.models import Member, Outbox, Recall, Release, Round
from storage.unit_of_work import UnitOfWork
from storage.words import How, OutboxState, Urgency

MADE_ANEW = ("deck.ready", "deck.handout", "feedback.staff_page")
"""What stands in files: the message says that they are out of date, and new ones come."""
BEFORE_AND_AFTER = ("feedback.change", "feedback.over_time", "deck.ready")
"""What shows an earlier round as well."""


async def say(uow: UnitOfWork, round_: Round, made: Sequence[Recall], what: str, *, now: datetime) -> None:
    """Edit every message that shows the comparison, and tell whoever got one, and the coordinators, once."""
    rows = await _showing(uow, round_)
    first, subject = made[0].id, ROUND.about(round_.id)
    for row in rows:
        if row.state == OutboxState.WAITING and row.attempts == 0 and row.sent_ts is None:
            continue  # nothing is in Slack yet, so it is drawn as things stand then
        await owe(
            uow,
            row.kind,
            key=f"{what}:{first}:row:{row.id}",
            now=now,
            member_id=row.member_id,
            cluster_id=row.cluster_id,
            subject=row.subject,
            urgency=ANSWER if row.state == OutboxState.SENT else Urgency(row.urgency),
            how=How.EDIT,
            **{**row.params, "row": row.id},
        )
    measure_ids = [each.measure_id for each in made]
    leading = {each.id for each in await members.coordinators(uow, round_.cluster_id)}
    for member_id in sorted({row.member_id for row in rows if row.member_id is not None} - leading):
        await owe(
            uow,
            f"recall.{what}",
            key=f"{what}:{first}:{member_id}",
            now=now,
            member_id=member_id,
            cluster_id=round_.cluster_id,
            subject=subject,
            urgency=ANSWER,
            measures=measure_ids,
        )
    for row in {(row.kind, row.member_id, row.subject): row for row in rows if row.kind in MADE_ANEW}.values():
        await owe(
            uow,
            row.kind,
            key=f"{what}:{first}:anew:{row.id}",
            now=now,
            member_id=row.member_id,
            cluster_id=row.cluster_id,
            subject=row.subject,
            **row.params,
        )
    await rounds.tell_coordinators(
        uow, f"recall.{what}_led", round_, key=f"{what}-led:{first}", now=now, measures=measure_ids
    )


async def _showing(uow: UnitOfWork, round_: Round) -> Sequence[Outbox]:
    """Everything that was sent, or is on its way, with charts of the round's period or of a round held against it.

    Locked: what is claimed from here on is drawn as this transaction leaves things.
    """
    alike = (
        select(Release.id, Round.period_start, Round.period_end)
        .join(Round, Round.id == Release.round_id)
        .where(Round.cluster_id == round_.cluster_id, Round.package_id == round_.package_id)
    )
    same, later = set(), set()
    for release_id, start, end in (await uow.session.execute(alike)).all():
        if (start, end) == (round_.period_start, round_.period_end):
            same.add(release_id)
        elif end > round_.period_end:
            later.add(release_id)
    rows = (
        select(Outbox)
        .where(
            Outbox.cluster_id == round_.cluster_id, Outbox.kind.in_(kinds_that(Trait.COMPARES)), Outbox.how == How.POST
        )
        .where(Outbox.state.in_((OutboxState.SENT, OutboxState.WAITING)))
        .order_by(Outbox.id)
        .with_for_update()
    )
    found = (await uow.session.execute(rows)).scalars().all()
    of = {True: same | later, False: same}
    return [row for row in found if row.params.get("release") in of[row.kind in BEFORE_AND_AFTER]]


async def thank(uow: UnitOfWork, round_: Round, member: Member, key: str, became: str, *, now: datetime) -> None:
    """Owe who answered for a practice a word on what became of it; nobody else hears that it was asked."""
    await owe(
        uow,
        "recall.answered",
        key=f"answer:{key}",
        now=now,
        member_id=member.id,
        subject=ROUND.about(round_.id),
        urgency=ANSWER,
        became=became,
    )
