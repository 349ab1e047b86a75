"""An evaluation: asked of everybody, answered once each, counted when it is over."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import case, insert, select, update

from cluster import audit, notices
from cluster.errors import ClusterError
from cluster.members import members
from cluster.subjects import CLUSTER
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How
from tests.house.sample_feature.cluster.room import Kinds
from tests.house.sample_feature.cluster.tables import ASKED, COUNT, EVALUATION

BREATH = timedelta(hours=1)
"""After the meeting is said to be over, before anybody is asked."""
OPEN_FOR = timedelta(days=7)
LEAST = 5
"""Answers; of fewer nothing is told."""
SCORES = range(1, 6)


async def ask(uow: UnitOfWork, *, by: Member, now: datetime) -> int:
    """Ask all who are in Slack, in a while; the evaluation's id."""
    made = insert(EVALUATION).values(cluster_id=by.cluster_id, asked_by=by.id, asked_at=now).returning(EVALUATION.c.id)
    number = int((await uow.session.execute(made)).scalar_one())
    await uow.session.execute(insert(COUNT), [{"evaluation_id": number, "score": score} for score in SCORES])
    asked = [each for each in await members.of_cluster(uow, by.cluster_id) if each.slack_user_id is not None]
    for member in asked:
        await uow.session.execute(insert(ASKED).values(evaluation_id=number, member_id=member.id))
    await notices.owe_each(
        uow,
        Kinds.EVALUATION_ASK,
        asked,
        key=f"evaluate:{number}",
        now=now,
        cluster_id=by.cluster_id,
        subject=CLUSTER.about(by.cluster_id),
        due_at=now + BREATH,
        evaluation=number,
    )
    await notices.owe(
        uow,
        "evaluation.close",
        key=f"evaluated:{number}",
        now=now,
        cluster_id=by.cluster_id,
        subject=CLUSTER.about(by.cluster_id),
        due_at=now + OPEN_FOR,
        how=How.STEP,
        evaluation=number,
    )
    audit.note(uow, "evaluation.asked", CLUSTER.about(by.cluster_id), now=now, actor_id=by.id, cluster_id=by.cluster_id)
    return number


async def answer(uow: UnitOfWork, evaluation_id: int, member: Member, score: int) -> None:
    """Count an answer, and apart from it that this member has answered; not noted in the log."""
    state = await uow.session.scalar(select(EVALUATION.c.state).where(EVALUATION.c.id == evaluation_id))
    if state != "open":
        raise ClusterError("evaluation.over")
    theirs = (ASKED.c.evaluation_id == evaluation_id) & (ASKED.c.member_id == member.id) & ASKED.c.answered.is_(False)
    noted = await uow.session.execute(update(ASKED).where(theirs).values(answered=True).returning(ASKED.c.member_id))
    if noted.first() is None:
        raise ClusterError("evaluation.answered")
    more = case((COUNT.c.score == score, 1), else_=0)  # every row is written: the one would be known by who wrote last
    here = COUNT.c.evaluation_id == evaluation_id
    await uow.session.execute(update(COUNT).where(here).values(given=COUNT.c.given + more))


async def waiting_for(state: Reading, member_id: int) -> int | None:
    """The newest evaluation that a member may still answer."""
    open_ones = select(EVALUATION.c.id).join(ASKED, ASKED.c.evaluation_id == EVALUATION.c.id)
    theirs = open_ones.where(ASKED.c.member_id == member_id, ASKED.c.answered.is_(False), EVALUATION.c.state == "open")
    found: int | None = await state.session.scalar(theirs.order_by(EVALUATION.c.id.desc()).limit(1))
    return found


async def close(uow: UnitOfWork, evaluation_id: int, cluster_id: int, *, now: datetime) -> None:
    """Take no more answers, and tell the coordinators."""
    await uow.session.execute(update(EVALUATION).where(EVALUATION.c.id == evaluation_id).values(state="over"))
    await notices.owe_each(
        uow,
        Kinds.EVALUATION_RESULT,
        await members.coordinators(uow, cluster_id),
        key=f"evaluation:{evaluation_id}",
        now=now,
        cluster_id=cluster_id,
        subject=CLUSTER.about(cluster_id),
        evaluation=evaluation_id,
    )


async def result(state: Reading, evaluation_id: int) -> Counter[int] | None:
    """How many gave each score; None when too few answered."""
    rows = select(COUNT.c.score, COUNT.c.given).where(COUNT.c.evaluation_id == evaluation_id)
    counted = Counter({row.score: row.given for row in await state.session.execute(rows)})
    return counted if counted.total() >= LEAST else None
