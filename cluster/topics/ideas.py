"""ListedIdea topics: by anybody, wished for by whoever wants the same, tidied by who runs the cluster.

Who suggested and who wishes is kept, so that nobody counts twice and can take it back; it is shown to nobody, unless
the one who suggested wants to be named. No line of the log says who did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from cluster import audit, undoing
from cluster.errors import ClusterError
from cluster.members import members
from cluster.packages.catalogue import words_of
from cluster.subjects import IDEA
from storage.models import Idea, Member, Wish
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import IdeaState, Role

MOST = 100
"""Suggestions that are open at once in a cluster."""
LONGEST = 120
SUGGESTED, TIDIED = "idea.suggested", "idea.tidied"


@dataclass(frozen=True)
class Suggestion:
    """What somebody writes."""

    words: str
    package_id: str = ""
    is_named: bool = False


@dataclass(frozen=True)
class ListedIdea:
    """A topic with what may be known of it."""

    idea: Idea
    wishes: int
    is_wished: bool
    """Whether the reader wishes it."""
    by: str
    """Who suggested it, of one who wants to be named; else empty."""


async def get(state: Reading, idea_id: int) -> Idea:
    """A suggestion, or a friendly refusal."""
    found = await state.session.get(Idea, idea_id)
    if found is None:
        raise ClusterError("idea.unknown")
    return found


async def suggest(uow: UnitOfWork, member: Member, said: Suggestion, *, now: datetime) -> tuple[Idea, bool]:
    """Keep a suggestion, with the member's own wish; one that is there already is wished for. Whether it is new."""
    _takes_part(member)
    words = " ".join(said.words.split())[:LONGEST]
    if not words:
        raise ClusterError("idea.empty", field="words")
    open_ones = await _open(uow, member.cluster_id)
    same = next((each for each in open_ones if _is_same(each, words, said.package_id)), None)
    if same is not None:
        same = _root(same, {each.id: each for each in open_ones})
        await wish(uow, same, member)
        return same, False
    if len(open_ones) >= MOST:
        raise ClusterError("idea.too_many", field="words", most=MOST)
    made = Idea(
        cluster_id=member.cluster_id,
        words=words,
        package_id=said.package_id,
        is_named=said.is_named,
        suggested_by=member.id,
        suggested_at=now,
        state=IdeaState.OPEN,
    )
    uow.session.add(made)
    await uow.session.flush()
    await wish(uow, made, member)
    became = {"state": IdeaState.OPEN}
    await undoing.remember(
        uow,
        SUGGESTED,
        IDEA.about(made.id),
        by=member.id,
        was={"state": IdeaState.DROPPED},
        became=became,
        now=now,
    )
    return made, True


async def wish(uow: UnitOfWork, idea: Idea, member: Member) -> None:
    """The member wants it too; said twice it is once."""
    _takes_part(member)
    _must_be_open(idea)
    if idea.id not in await _wished(uow, member.id):
        uow.session.add(Wish(idea_id=idea.id, member_id=member.id))
        await uow.session.flush()


async def unwish(uow: UnitOfWork, idea: Idea, member: Member) -> None:
    """The member no longer wants it, nor any that means the same."""
    _must_be_open(idea)
    open_ones = {each.id: each for each in await _open(uow, idea.cluster_id)}
    same = [each.id for each in open_ones.values() if _root(each, open_ones).id == idea.id]
    await uow.session.execute(delete(Wish).where(Wish.member_id == member.id, Wish.idea_id.in_(same)))


def show_name(idea: Idea, member: Member, *, is_named: bool) -> None:
    """Whether the one who suggested it is named beside it."""
    if idea.suggested_by != member.id:
        raise ClusterError("idea.not_yours")
    idea.is_named = is_named


async def listed(state: Reading, cluster_id: int, reader_id: int) -> list[ListedIdea]:
    """The open suggestions, the most wished for first; those that mean the same are one."""
    open_ones = {each.id: each for each in await _open(state, cluster_id)}
    roots = {each.id: _root(each, open_ones).id for each in open_ones.values()}
    wishes: dict[int, set[int]] = defaultdict(set)
    rows = select(Wish.idea_id, Wish.member_id).join(Member, Member.id == Wish.member_id)
    for idea_id, member_id in await state.session.execute(rows.where(Wish.idea_id.in_(open_ones), Member.active)):
        wishes[roots[idea_id]].add(member_id)
    names = await _names(state, [each for each in open_ones.values() if each.is_named])
    found = [
        ListedIdea(each, len(wishes[each.id]), reader_id in wishes[each.id], names.get(each.suggested_by or 0, ""))
        if each.is_named
        else ListedIdea(each, len(wishes[each.id]), reader_id in wishes[each.id], "")
        for each in open_ones.values()
        if roots[each.id] == each.id
    ]
    return sorted(found, key=lambda each: (-each.wishes, each.idea.id))


async def tidy(
    uow: UnitOfWork, idea: Idea, *, words: str, package_id: str, same_as: int | None, by: Member, now: datetime
) -> None:
    """Write it otherwise, tie it to a package or to none, or count it with another that means the same."""
    _leads(by)
    _must_be_open(idea)
    words = " ".join(words.split())[:LONGEST]
    if not words:
        raise ClusterError("idea.empty", field="words")
    if same_as is not None:
        other = await get(uow, same_as)
        open_ones = {each.id: each for each in await _open(uow, idea.cluster_id)}
        if other.cluster_id != idea.cluster_id or other.id not in open_ones:
            raise ClusterError("idea.unknown", field="same_as")
        if _root(other, open_ones).id == idea.id:
            raise ClusterError("idea.same_already", field="same_as")
    became = {"words": words, "package_id": package_id, "joined_id": same_as, "state": IdeaState.OPEN}
    await _change(uow, idea, became, by=by, now=now)


async def drop(uow: UnitOfWork, idea: Idea, *, by: Member, now: datetime) -> None:
    """Take it out of the list, with those that were counted with it."""
    _leads(by)
    _must_be_open(idea)
    await _change(uow, idea, {**as_it_is(idea), "state": IdeaState.DROPPED}, by=by, now=now)


def as_it_is(idea: Idea) -> dict[str, object]:
    """What can be changed of it, to be put back."""
    return {"words": idea.words, "package_id": idea.package_id, "joined_id": idea.joined_id, "state": idea.state}


async def put_back(uow: UnitOfWork, idea: Idea, was: Mapping[str, object], *, by: Member, now: datetime) -> None:
    """As it was before somebody tidied."""
    await _change(uow, idea, {**as_it_is(idea), **was}, by=by, now=now)


async def withdraw(uow: UnitOfWork, idea: Idea) -> None:
    """The one who suggested it takes it back; it stays where others wish it by now."""
    others = select(Wish.id).where(Wish.idea_id == idea.id, Wish.member_id != idea.suggested_by).limit(1)
    if (await uow.session.scalar(others)) is not None:
        raise ClusterError("idea.wished_for")
    idea.state = IdeaState.DROPPED


async def _change(uow: UnitOfWork, idea: Idea, became: Mapping[str, object], *, by: Member, now: datetime) -> None:
    was = as_it_is(idea)
    for name, value in became.items():
        setattr(idea, name, value)
    await uow.session.flush()
    subject = IDEA.about(idea.id)
    audit.note(uow, TIDIED, subject, now=now, actor_id=by.id, cluster_id=idea.cluster_id)
    await undoing.remember(uow, TIDIED, subject, by=by.id, was=was, became=as_it_is(idea), now=now)


async def _open(state: Reading, cluster_id: int) -> Sequence[Idea]:
    """Those that are open; one that is counted with another is as that one is."""
    rows = select(Idea).where(Idea.cluster_id == cluster_id, Idea.state == IdeaState.OPEN).order_by(Idea.id)
    found = (await state.session.scalars(rows)).all()
    known = {each.id: each for each in found}
    return [each for each in found if _leads_to_open(each, known)]


def _leads_to_open(idea: Idea, open_ones: Mapping[int, Idea]) -> bool:
    while idea.joined_id is not None:
        if idea.joined_id not in open_ones:
            return False
        idea = open_ones[idea.joined_id]
    return True


def _root(idea: Idea, open_ones: Mapping[int, Idea]) -> Idea:
    while idea.joined_id is not None and idea.joined_id in open_ones:
        idea = open_ones[idea.joined_id]
    return idea


def _is_same(idea: Idea, words: str, package_id: str) -> bool:
    if package_id and idea.package_id:
        return package_id == idea.package_id and (not words or words_of(words) == words_of(idea.words))
    return words_of(words) == words_of(idea.words)


async def _wished(state: Reading, member_id: int) -> set[int]:
    return set(await state.session.scalars(select(Wish.idea_id).where(Wish.member_id == member_id)))


async def _names(state: Reading, ideas: Sequence[Idea]) -> dict[int, str]:
    rows = select(Member.id, Member.name).where(Member.id.in_([each.suggested_by for each in ideas]))
    return {row[0]: row[1] for row in await state.session.execute(rows)}


def _takes_part(member: Member) -> None:
    if member.role == Role.OBSERVER:
        raise ClusterError("idea.observer")


def _must_be_open(idea: Idea) -> None:
    if idea.state != IdeaState.OPEN:
        raise ClusterError("idea.is_over")


def _leads(member: Member) -> None:
    if member.role not in members.LEADERS:
        raise ClusterError("role.coordinator_only")
