"""Which topics are wished for (a poll), and which one is taken up (a vote): answered once, without a name.

No ballot has a row: each choice is a count, and all counts of a vote are written with every ballot. Who has voted
stands elsewhere, without a time, and goes when the vote is closed. What was chosen is told once, when it is closed, and
only when there are five ballots; of fewer the counts are deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, select, update

from cluster import audit
from cluster.calendar import next_slot
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.cluster_rules import hours_of
from cluster.notices import owe, owe_each, renew_home, take_back
from cluster.subjects import VOTE
from cluster.topics import decisions, ideas, reminders
from storage.models import Elector, Idea, Member, Vote, VoteChoice
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Deciders, How, IdeaState, Role, VoteKind, VoteState

LEAST = 5
"""Ballots of which anything is told."""
FEWEST, MOST = 2, 9
"""Topics in a vote: with blank as many as Slack shows beside each other."""
PICKS = {VoteKind.POLL: 3, VoteKind.VOTE: 1}
BREATH = timedelta(hours=1)
"""After it is closed, before anything is told."""
SHORTEST, FURTHEST = timedelta(days=1), timedelta(days=60)


@dataclass(frozen=True)
class Tallied:
    """One choice with how often it was taken."""

    idea: Idea
    given: int


@dataclass(frozen=True)
class VoteResult:
    """What came of a vote; no counts where there were too few ballots."""

    asked: int
    ballots: int
    counts: Sequence[Tallied]
    """The most chosen first."""
    blank: int

    @property
    def first(self) -> Sequence[Tallied]:
        """Those that nobody is above: one, several in a tie, or none where nothing was chosen."""
        top = max((each.given for each in self.counts), default=0)
        return [each for each in self.counts if top and each.given == top]


async def get(state: Reading, vote_id: int) -> Vote:
    """A vote, or a friendly refusal."""
    found = await state.session.get(Vote, vote_id, populate_existing=True)
    if found is None:
        raise ClusterError("vote.unknown")
    return found


async def choices(state: Reading, vote_id: int) -> list[tuple[VoteChoice, Idea | None]]:
    """What can be chosen; blank is the last."""
    rows = (
        select(VoteChoice, Idea)
        .outerjoin(Idea, Idea.id == VoteChoice.idea_id)
        .where(VoteChoice.vote_id == vote_id)
        .order_by(VoteChoice.id)
    )
    return [(row[0], row[1]) for row in (await state.session.execute(rows)).all()]


async def open_one(state: Reading, cluster_id: int) -> Vote | None:
    """The vote that is open in a cluster."""
    rows = select(Vote).where(Vote.cluster_id == cluster_id, Vote.state == VoteState.OPEN).order_by(Vote.id.desc())
    return (await state.session.scalars(rows)).first()


async def of_cluster(state: Reading, cluster_id: int) -> Sequence[Vote]:
    """The votes of a cluster, the newest first."""
    rows = select(Vote).where(Vote.cluster_id == cluster_id).order_by(Vote.id.desc())
    return (await state.session.scalars(rows)).all()


async def electors(state: Reading, cluster_id: int) -> list[Member]:
    """Who may vote: every active member that Slack knows, but those who only look on."""
    found = await members.of_cluster(state, cluster_id)
    return [each for each in found if each.slack_user_id and each.role != Role.OBSERVER]


async def flaws(
    state: Reading, cluster_id: int, idea_ids: Sequence[int], *, closes_at: datetime, now: datetime
) -> list[ClusterError]:
    """What stands in the way of a vote, each with its field."""
    found = []
    known = {each.idea.id for each in await ideas.listed(state, cluster_id, 0)}
    if not FEWEST <= len(set(idea_ids)) <= MOST:
        found.append(ClusterError("vote.how_many", field="ideas", least=FEWEST, most=MOST))
    elif not known.issuperset(idea_ids):
        found.append(ClusterError("idea.is_over", field="ideas"))
    if not now + SHORTEST <= closes_at <= now + FURTHEST:
        found.append(ClusterError("vote.when", field="closes_on"))
    if await open_one(state, cluster_id) is not None:
        found.append(ClusterError("vote.open_already", field="ideas"))
    if len(await electors(state, cluster_id)) < LEAST:
        found.append(ClusterError("vote.too_few", field="ideas", least=LEAST))
    return found


async def begin(
    uow: UnitOfWork, kind: VoteKind, idea_ids: Sequence[int], *, closes_at: datetime, by: Member, now: datetime
) -> Vote:
    """Ask everybody who may vote."""
    if by.role not in members.LEADERS:
        raise ClusterError("role.coordinator_only")
    if wrong := await flaws(uow, by.cluster_id, idea_ids, closes_at=closes_at, now=now):
        raise wrong[0]
    people = await electors(uow, by.cluster_id)
    made = Vote(
        cluster_id=by.cluster_id,
        kind=kind,
        state=VoteState.OPEN,
        deciders=await decisions.rule(uow, by.cluster_id),
        picks=PICKS[kind],
        asked=len(people),
        ballots=0,
        opened_by=by.id,
        opened_at=now,
        closes_at=closes_at,
    )
    uow.session.add(made)
    await uow.session.flush()
    for idea_id in [*dict.fromkeys(idea_ids), None]:
        uow.session.add(VoteChoice(vote_id=made.id, idea_id=idea_id, given=0))
        await uow.session.flush()
    uow.session.add_all(Elector(vote_id=made.id, member_id=each.id, has_voted=False) for each in people)
    await uow.session.flush()
    subject = VOTE.about(made.id)
    asked_at = next_slot(now, await hours_of(uow, by.cluster_id))
    await owe_each(
        uow,
        "vote.ask",
        people,
        key=f"vote-ask:{made.id}",
        now=now,
        cluster_id=by.cluster_id,
        subject=subject,
        due_at=asked_at,
    )
    for member in people:
        await reminders.plan(uow, made, member, since=asked_at, now=now)
    await owe(
        uow,
        "vote.close",
        key=f"vote-close:{made.id}",
        now=now,
        cluster_id=by.cluster_id,
        subject=subject,
        due_at=closes_at,
        how=How.STEP,
    )
    await renew_home(uow, [each.id for each in people], now=now)
    audit.note(uow, "vote.opened", subject, now=now, actor_id=by.id, cluster_id=by.cluster_id)
    return made


async def may_vote(state: Reading, vote: Vote, member: Member, now: datetime) -> None:
    """A friendly refusal for somebody who can't vote now."""
    if vote.state != VoteState.OPEN or now >= vote.closes_at:
        raise ClusterError("vote.over")
    elector = await state.session.get(Elector, (vote.id, member.id), populate_existing=True)
    if elector is None:
        raise ClusterError("vote.not_asked")
    if elector.has_voted:
        raise ClusterError("vote.voted")


async def cast(uow: UnitOfWork, vote: Vote, member: Member, chosen: Collection[int], *, now: datetime) -> None:
    """Count a ballot, and apart from it that this member has voted. Nothing is noted, and nothing owed."""
    await may_vote(uow, vote, member, now)
    offered = await choices(uow, vote.id)
    blank = next(choice.id for choice, idea in offered if idea is None)
    picked = set(chosen) or {blank}
    known = {choice.id for choice, _ in offered}
    if not known.issuperset(picked) or len(picked) > vote.picks or (blank in picked and len(picked) > 1):
        raise ClusterError("vote.picks", field="choice", most=vote.picks)
    theirs = (Elector.vote_id == vote.id) & (Elector.member_id == member.id) & Elector.has_voted.is_(False)
    noted = await uow.session.execute(update(Elector).where(theirs).values(has_voted=True).returning(Elector.member_id))
    if noted.first() is None:
        raise ClusterError("vote.voted")
    more = case((VoteChoice.id.in_(picked), 1), else_=0)  # every row is written: one would be known by who wrote last
    counted = update(VoteChoice).where(VoteChoice.vote_id == vote.id).values(given=VoteChoice.given + more)
    await uow.session.execute(counted.execution_options(synchronize_session=False))


async def waits_for(state: Reading, member: Member, now: datetime) -> Vote | None:
    """The vote that a member may still answer."""
    rows = (
        select(Vote)
        .join(Elector, Elector.vote_id == Vote.id)
        .where(Elector.member_id == member.id, Elector.has_voted.is_(False))
        .where(Vote.state == VoteState.OPEN, Vote.closes_at > now)
        .order_by(Vote.id.desc())
    )
    return (await state.session.scalars(rows)).first()


async def has_voted(state: Reading, vote_id: int, member_id: int) -> bool:
    """Whether a member has voted, or may not."""
    elector = await state.session.get(Elector, (vote_id, member_id), populate_existing=True)
    return elector is None or elector.has_voted


async def close(uow: UnitOfWork, vote: Vote, *, now: datetime) -> None:
    """Take no more ballots; what came of it is told to all a little later. A vote of all decides where one is first."""
    if vote.state != VoteState.OPEN:
        return
    await _end(uow, vote, VoteState.CLOSED)
    if vote.ballots < LEAST:
        await uow.session.execute(update(VoteChoice).where(VoteChoice.vote_id == vote.id).values(given=0))
    found = await result(uow, vote)
    if vote.kind == VoteKind.VOTE and vote.deciders == Deciders.ALL and len(found.first) == 1:
        won = found.first[0]
        against = found.ballots - found.blank - won.given
        await decisions.by_vote(uow, vote, won.idea, won.given, against, found.blank, now=now)
    due = next_slot(max(now, vote.closes_at + BREATH), await hours_of(uow, vote.cluster_id))
    people = await electors(uow, vote.cluster_id)
    subject, key = VOTE.about(vote.id), f"vote-result:{vote.id}"
    await owe_each(
        uow, "vote.result", people, key=key, now=now, cluster_id=vote.cluster_id, subject=subject, due_at=due
    )
    await renew_home(uow, [each.id for each in people], now=now)


async def stop(uow: UnitOfWork, vote: Vote, *, by: Member, now: datetime) -> None:
    """Call it off: what was counted is deleted, and those who were asked are told."""
    if by.role not in members.LEADERS:
        raise ClusterError("role.coordinator_only")
    if vote.state != VoteState.OPEN:
        raise ClusterError("vote.over")
    await _end(uow, vote, VoteState.STOPPED)
    await uow.session.execute(update(VoteChoice).where(VoteChoice.vote_id == vote.id).values(given=0))
    people, subject = await electors(uow, vote.cluster_id), VOTE.about(vote.id)
    await take_back(uow, subject, kinds=("vote.ask", "vote.close"))
    key = f"vote-stopped:{vote.id}"
    await owe_each(uow, "vote.stopped", people, key=key, now=now, cluster_id=vote.cluster_id, subject=subject)
    await renew_home(uow, [each.id for each in people], now=now)
    audit.note(uow, "vote.stopped", subject, now=now, actor_id=by.id, cluster_id=vote.cluster_id)


async def _end(uow: UnitOfWork, vote: Vote, state: VoteState) -> None:
    given = select(func.count()).where(Elector.vote_id == vote.id, Elector.has_voted)
    vote.ballots = (await uow.session.scalar(given) or 0) if state == VoteState.CLOSED else 0
    vote.state = state
    await uow.session.flush()
    await reminders.hush(uow, vote)
    await uow.session.execute(delete(Elector).where(Elector.vote_id == vote.id))


def is_told(vote: Vote, now: datetime) -> bool:
    """Whether what came of it has been told."""
    return vote.state == VoteState.CLOSED and vote.closes_at + BREATH <= now


async def result(state: Reading, vote: Vote) -> VoteResult:
    """What came of it, of a vote that is closed."""
    if vote.state != VoteState.CLOSED or vote.ballots < LEAST:
        return VoteResult(vote.asked, vote.ballots, [], 0)
    rows = [(choice.given, idea) for choice, idea in await choices(state, vote.id)]
    counts = [Tallied(idea, given) for given, idea in rows if idea is not None]
    blank = sum(given for given, idea in rows if idea is None)
    return VoteResult(vote.asked, vote.ballots, sorted(counts, key=lambda each: -each.given), blank)


async def still_open(state: Reading, found: VoteResult) -> list[int]:
    """The topics of a tie that can be voted about once more."""
    tied = [each.idea.id for each in found.first]
    rows = select(Idea.id).where(Idea.id.in_(tied), Idea.state == IdeaState.OPEN).order_by(Idea.id)
    return list((await state.session.scalars(rows)).all())
