"""A person's own data, given out or taken away, as ``cluster.members.about_person`` says of each column (JUR-03).

What stays of a forgotten member is counted, not named: that somebody of the practice came, answered or consented on a
day. Backups, and what the bot has said in Slack, are for whoever runs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Table, delete, or_, select, update

from cluster import audit, undoing
from cluster.errors import ClusterError
from cluster.kept import Way
from cluster.members import places
from cluster.members.about_person import NAMES_A_MEMBER, columns
from cluster.members.members import LEADERS, as_email, coordinators
from cluster.members.traces import inbox_of, sweep
from cluster.notices import lane_of
from cluster.subjects import MEMBER
from storage.models import (
    Audit,
    Base,
    CalendarFeed,
    Card,
    Meeting,
    Member,
    Outbox,
    Practice,
    Recall,
    RosterImport,
    Round,
    Submission,
    Undoable,
)
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Role, Said

NOBODY = "(slettet)"
"""The name of a forgotten member, in the language of the cluster's papers."""
Data = dict[str, list[dict[str, Any]]]


async def find(state: Reading, who: str) -> Sequence[Member]:
    """Everybody that goes by an id, an e-mail address or a Slack user id, in all clusters."""
    ways: list[ColumnElement[bool]] = [Member.slack_user_id == who, Member.email == as_email(who)]
    if who.isdecimal():
        ways = [Member.id == int(who)]
    return (await state.session.scalars(select(Member).where(or_(*ways)).order_by(Member.id))).all()


async def data_of(state: Reading, member: Member) -> Data:
    """Everything that is kept about a member, table by table: rows about them whole, rows they had a hand in by id.

    About a practice where they are not (or no longer) confirmed, neither numbers nor words.
    """
    found: Data = {"member": [_plain(member)]}
    for table in Base.metadata.sorted_tables:
        for name in columns(table.name, Way.WHOSE):
            if rows := await _rows(state, table, table.c[name] == member.id):
                found[table.name] = [await _theirs(state, table, row, member) for row in rows]
        for name in columns(table.name, Way.HAND):
            if rows := await _rows(state, table, table.c[name] == member.id):
                keys = [each.name for each in table.primary_key]
                found[f"{table.name} ({name})"] = [{key: row[key] for key in keys} for row in rows]
    lists = await state.session.scalars(select(RosterImport).where(RosterImport.cluster_id == member.cluster_id))
    more: Data = {
        "audit": [_line(each, member) for each in await log_of(state, member)],
        "card": [_plain(each) for each in await _cards(state, member)],
        "inbox": [_plain(each) for each in await inbox_of(state, member)],
        "roster_import": [each for one in lists for each in one.rows if _names(each, member)],
        "outbox (others')": [{"id": each.id, "kind": each.kind} for each in await _said_to_others(state, member)],
    }
    return found | {name: rows for name, rows in more.items() if rows}


@dataclass(frozen=True)
class KnownOfPerson:
    """What the ids in somebody's data stand for."""

    practices: Sequence[Practice]
    meetings: Sequence[Meeting]
    rounds: Sequence[Round]
    recalls: Sequence[Recall]
    versions: Mapping[int, tuple[int, int]]
    """The round and the version of a practice's numbers, by submission."""


async def names_of(state: Reading, cluster_id: int) -> KnownOfPerson:
    """The practices, meetings, rounds, recalls and numbers of a cluster, by whose names its members know them."""
    session = state.session
    rounds = select(Round.id).where(Round.cluster_id == cluster_id)
    versions = select(Submission.id, Submission.round_id, Submission.version).where(Submission.round_id.in_(rounds))
    return KnownOfPerson(
        (await session.scalars(select(Practice).where(Practice.cluster_id == cluster_id))).all(),
        (await session.scalars(select(Meeting).where(Meeting.cluster_id == cluster_id))).all(),
        (await session.scalars(select(Round).where(Round.cluster_id == cluster_id))).all(),
        (await session.scalars(select(Recall).where(Recall.round_id.in_(rounds)))).all(),
        {key: (round_id, version) for key, round_id, version in await session.execute(versions)},
    )


async def log_of(state: Reading, member: Member) -> Sequence[Audit]:
    """The lines of the log that a member caused, or that name them, oldest first."""
    named = [Audit.details[key].as_integer() == member.id for key in NAMES_A_MEMBER]
    rows = select(Audit).where(or_(Audit.actor_id == member.id, Audit.subject == MEMBER.about(member.id), *named))
    return (await state.session.scalars(rows.order_by(Audit.id))).all()


async def forget_member(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """Take away whatever says who a member is, their words, and where in Slack they are; they are active no more."""
    if member.active and member.role in LEADERS:
        others = [other for other in await coordinators(uow, member.cluster_id) if other.id != member.id]
        if not others:
            raise ClusterError("role.last_coordinator")
    session, mine = uow.session, member.id
    for one in await session.scalars(select(RosterImport).where(RosterImport.cluster_id == member.cluster_id)):
        one.rows = [each for each in one.rows if not _names(each, member)]
    await sweep(uow, member)
    await undoing.forget_guest(uow, mine)
    member.name, member.title, member.role, member.active = NOBODY, "", Role.MEMBER, False
    member.organisation, member.outsider, member.outsider_answer = "", "", Said.NOTHING
    member.email = member.slack_user_id = member.dm_channel_id = None
    member.away_from = member.away_until = None
    member.reminders_from = member.reminders_to = member.substitute_id = None
    await session.flush()
    for table in Base.metadata.sorted_tables:
        words = columns(table.name, Way.WORDS, Way.PRACTICE_WORDS)
        if words:
            [whose] = columns(table.name, Way.WHOSE)
            emptied = update(table).where(table.c[whose] == mine).values(dict.fromkeys(words, ""))
            await session.execute(emptied)
    await session.execute(delete(CalendarFeed).where(CalendarFeed.member_id == mine))
    await session.execute(update(Practice).where(Practice.contact_id == mine).values(contact_id=None))
    session.expire_all()
    cluster_id = await session.scalar(select(Member.cluster_id).where(Member.id == mine))
    audit.note(uow, "member.forgotten", MEMBER.about(mine), now=now, cluster_id=cluster_id)


async def _rows(state: Reading, table: Table, condition: ColumnElement[bool]) -> Sequence[RowMapping]:
    rows = await state.session.execute(select(*table.c).where(condition).order_by(*table.primary_key))
    return rows.mappings().all()


async def _theirs(state: Reading, table: Table, row: RowMapping, member: Member) -> dict[str, Any]:
    """A row about a member, without what belongs to a practice that is not theirs (any more)."""
    hidden = set(columns(table.name, Way.PRACTICE, Way.PRACTICE_WORDS))
    if table is Outbox.__table__ and (member.confirmed_at is None or row["created_at"] < member.confirmed_at):
        hidden = {"params"}  # may repeat what was typed for the practice of then
    elif table is Undoable.__table__ and not undoing.is_of(row["became"], member.id):
        hidden = {"was", "became"}
    elif hidden and places.is_confirmed(member, await _practice(state, row)):
        hidden = set()
    return {key: _written(value) for key, value in row.items() if key not in hidden}


async def _practice(state: Reading, row: RowMapping) -> int | None:
    if "practice_id" in row:
        return int(row["practice_id"])
    found: int | None = await state.session.scalar(
        select(Submission.practice_id).where(Submission.id == row["submission_id"])
    )
    return found


async def _cards(state: Reading, member: Member) -> Sequence[Card]:
    places_ = [Card.lane == lane_of(member.id)]
    if member.dm_channel_id:
        places_.append(Card.channel_id == member.dm_channel_id)
    return (await state.session.scalars(select(Card).where(or_(*places_)).order_by(Card.id))).all()


async def _said_to_others(state: Reading, member: Member) -> Sequence[Outbox]:
    """Messages to others that are about a member."""
    named = [Outbox.params[key].as_integer() == member.id for key in NAMES_A_MEMBER]
    rows = select(Outbox).where(or_(Outbox.subject == MEMBER.about(member.id), *named))
    rows = rows.where(Outbox.member_id.is_distinct_from(member.id), Outbox.cluster_id == member.cluster_id)
    return (await state.session.scalars(rows.order_by(Outbox.id))).all()


def _names(listed: Mapping[str, Any], member: Member) -> bool:
    """Whether an entry of a list of members that waits is about this one."""
    row = listed.get("row") or listed.get("flaw", {}).get("params") or {}
    said = {value.strip().casefold() for value in row.values() if isinstance(value, str)}
    return bool(said & ({member.name.casefold(), as_email(member.email)} - {None, ""}))


def _line(line: Audit, member: Member) -> dict[str, Any]:
    """A line without who did it, when that was another."""
    said = _plain(line)
    if line.actor_id != member.id:
        said.pop("actor_id")
    return said


def _plain(row: Base) -> dict[str, Any]:
    return {column.name: _written(getattr(row, column.name)) for column in row.__table__.c}


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
