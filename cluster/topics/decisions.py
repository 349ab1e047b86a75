"""Who decides what a cluster takes up, and what was decided, with its majority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cluster import audit
from cluster.errors import ClusterError
from cluster.members import members
from cluster.notices import owe_each
from cluster.subjects import CLUSTER, DECISION
from storage.models import Idea, Member, TopicDecision, TopicRule, Vote
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Deciders, IdeaState

MOST_VOTES = 500


@dataclass(frozen=True)
class Majority:
    """How many were for, against and neither; nothing where nobody counted."""

    votes_for: int | None = None
    votes_against: int | None = None
    votes_blank: int | None = None


async def newest_rule(state: Reading, cluster_id: int) -> TopicRule | None:
    """What was agreed last about who decides."""
    rows = select(TopicRule).where(TopicRule.cluster_id == cluster_id).order_by(TopicRule.id.desc())
    return (await state.session.scalars(rows)).first()


async def rule(state: Reading, cluster_id: int) -> Deciders:
    """Who decides: all, until something else is agreed."""
    found = await newest_rule(state, cluster_id)
    return found.deciders if found is not None else Deciders.ALL


async def agree(uow: UnitOfWork, deciders: str, *, by: Member, now: datetime) -> bool:
    """Keep who decides from now on, and tell everybody; whether that is new."""
    _leads(by)
    if deciders not in tuple(Deciders):
        raise ClusterError("vote.no_such_deciders", field="deciders")
    before = await newest_rule(uow, by.cluster_id)
    if before is not None and before.deciders == deciders:
        return False
    made = TopicRule(cluster_id=by.cluster_id, deciders=Deciders(deciders), decided_at=now, decided_by=by.id)
    uow.session.add(made)
    await uow.session.flush()
    about = CLUSTER.about(by.cluster_id)
    audit.note(uow, "topic.rule", about, now=now, actor_id=by.id, cluster_id=by.cluster_id)
    await _tell(uow, "topic.rule", by.cluster_id, key=f"topic-rule:{made.id}", subject=about, now=now)
    return True


async def get(state: Reading, decision_id: int) -> TopicDecision:
    """A decision, or a friendly refusal."""
    found = await state.session.get(TopicDecision, decision_id)
    if found is None:
        raise ClusterError("decision.unknown")
    return found


async def of_cluster(state: Reading, cluster_id: int) -> Sequence[tuple[TopicDecision, Idea]]:
    """What was decided, the newest first."""
    rows = (
        select(TopicDecision, Idea)
        .join(Idea, Idea.id == TopicDecision.idea_id)
        .where(TopicDecision.cluster_id == cluster_id)
        .order_by(TopicDecision.id.desc())
    )
    return [(row[0], row[1]) for row in (await state.session.execute(rows)).all()]


async def of_vote(state: Reading, vote_id: int) -> TopicDecision | None:
    """What a vote led to."""
    rows = select(TopicDecision).where(TopicDecision.vote_id == vote_id).order_by(TopicDecision.id.desc())
    return (await state.session.scalars(rows)).first()


async def by_vote(
    uow: UnitOfWork, vote: Vote, idea: Idea, votes_for: int, against: int, blank: int, *, now: datetime
) -> TopicDecision:
    """All have voted, and one is first; told with what came of the vote."""
    majority = Majority(votes_for, against, blank)
    return await _keep(uow, idea, vote.deciders, majority, by=None, vote_id=vote.id, now=now)


async def record(
    uow: UnitOfWork, idea: Idea, deciders: str, majority: Majority, *, by: Member, vote_id: int | None, now: datetime
) -> TopicDecision:
    """Write down what was decided at a meeting, by the board or by the coordinator, and tell everybody."""
    _leads(by)
    if idea.state != IdeaState.OPEN:
        raise ClusterError("idea.is_over", field="idea")
    if deciders not in tuple(Deciders):
        raise ClusterError("vote.no_such_deciders", field="deciders")
    counted = [majority.votes_for, majority.votes_against, majority.votes_blank]
    if any(each is not None and not 0 <= each <= MOST_VOTES for each in counted):
        raise ClusterError("decision.votes", field="votes_for")
    made = await _keep(uow, idea, Deciders(deciders), majority, by=by, vote_id=vote_id, now=now)
    about = DECISION.about(made.id)
    await _tell(uow, "decision.told", idea.cluster_id, key=f"decision-told:{made.id}", subject=about, now=now)
    return made


async def _keep(
    uow: UnitOfWork,
    idea: Idea,
    deciders: Deciders,
    majority: Majority,
    *,
    by: Member | None,
    vote_id: int | None,
    now: datetime,
) -> TopicDecision:
    made = TopicDecision(
        cluster_id=idea.cluster_id,
        idea_id=idea.id,
        vote_id=vote_id,
        deciders=deciders,
        votes_for=majority.votes_for,
        votes_against=majority.votes_against,
        votes_blank=majority.votes_blank,
        recorded_by=by.id if by is not None else None,
        recorded_at=now,
    )
    uow.session.add(made)
    idea.state = IdeaState.CHOSEN
    await uow.session.flush()
    about, actor_id = DECISION.about(made.id), by.id if by is not None else None
    audit.note(uow, "decision.recorded", about, now=now, actor_id=actor_id, cluster_id=idea.cluster_id)
    return made


async def _tell(uow: UnitOfWork, kind: str, cluster_id: int, *, key: str, subject: str, now: datetime) -> None:
    everybody = [each for each in await members.of_cluster(uow, cluster_id) if each.slack_user_id]
    await owe_each(uow, kind, everybody, key=key, now=now, cluster_id=cluster_id, subject=subject)


def _leads(member: Member) -> None:
    if member.role not in members.LEADERS:
        raise ClusterError("role.coordinator_only")
