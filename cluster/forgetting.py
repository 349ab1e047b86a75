"""A member's own data, given out or taken away; a round's numbers, taken away (JUR-03).

What stays of a forgotten member is counted, not named: that somebody of the practice came, answered or consented on a
day. Backups, and what the bot has said in Slack, are for whoever runs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, func, or_, select, update

from cluster import audit
from cluster.errors import ClusterError
from cluster.members import LEADERS, as_email, coordinators
from cluster.rounds import about, hush
from storage.models import (
    Attendance,
    Base,
    Card,
    Cluster,
    Collected,
    Invitation,
    Meeting,
    Member,
    Naming,
    Objection,
    Outbox,
    Practice,
    Pseudonym,
    Release,
    Round,
    SecondLook,
    Submission,
)
from storage.unit_of_work import Reading, UnitOfWork

NOBODY = "(slettet)"
"""The name of a forgotten member, in the language of the cluster's papers."""
OWN = "member_id"
"""The column of rows that are about a member; by others a row only says who did it."""
OF_OTHERS = frozenset({"collected", "roster_import"})
"""Tables whose rows are about everybody in a file that a member sent."""


async def find(state: Reading, who: str) -> Sequence[Member]:
    """Everybody that goes by an id, an e-mail address or a Slack user id, in all clusters."""
    ways: list[ColumnElement[bool]] = [Member.slack_user_id == who, Member.email == as_email(who)]
    if who.isdecimal():
        ways = [Member.id == int(who)]
    return (await state.session.scalars(select(Member).where(or_(*ways)).order_by(Member.id))).all()


async def data_of(state: Reading, member: Member) -> dict[str, Any]:
    """Everything that is kept about a member, table by table: rows about them whole, rows they had a hand in by id."""
    found: dict[str, Any] = {"member": [_plain(member.__table__, member)]}
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            if not any(key.column.table.name == "member" for key in column.foreign_keys):
                continue
            is_own = column.name == OWN and table.name not in OF_OTHERS
            shown = table.c if is_own else [each for each in table.c if each.primary_key]
            rows = await state.session.execute(select(*shown).where(column == member.id).order_by(*table.primary_key))
            name = table.name if is_own else f"{table.name} ({column.name})"
            if listed := [{key: _written(value) for key, value in row._mapping.items()} for row in rows]:
                found[name] = listed
    return found


async def forget_member(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """Take away the name, the addresses and the words of a member, who is active no more."""
    if member.active and member.role in LEADERS:
        others = [other for other in await coordinators(uow, member.cluster_id) if other.id != member.id]
        if not others:
            raise ClusterError("role.last_coordinator")
    member.name, member.title, member.role, member.active = NOBODY, "", "member", False
    member.organisation = member.outsider = member.outsider_answer = ""
    member.email = member.slack_user_id = member.dm_channel_id = member.away_until = None
    session, mine = uow.session, member.id
    await session.execute(update(Invitation).where(Invitation.member_id == mine).values(reason=""))
    await session.execute(update(Submission).where(Submission.member_id == mine).values(reason=""))
    await session.execute(update(Objection).where(Objection.member_id == mine).values(text=""))
    await session.execute(update(Practice).where(Practice.contact_id == mine).values(contact_id=None))
    await session.execute(delete(Card).where(Card.lane == f"m:{mine}"))
    await session.execute(
        delete(Outbox).where(Outbox.member_id == mine, Outbox.state == "waiting", Outbox.leased_until.is_(None))
    )
    audit.note(uow, "member.forgotten", f"member:{mine}", now=now, cluster_id=member.cluster_id)


async def rounds_of(state: Reading, cluster_name: str) -> Sequence[Round]:
    """The rounds of a cluster, newest first."""
    rows = select(Round).join(Cluster, Cluster.id == Round.cluster_id).where(Cluster.name == cluster_name)
    return (await state.session.scalars(rows.order_by(Round.id.desc()))).all()


async def forget_numbers(uow: UnitOfWork, round_: Round, *, now: datetime) -> int:
    """Delete every number of a round, and what charts were drawn from; how many answers went.

    The round is closed for good. Charts that were sent stay in Slack, so that it stays known which answers were behind
    them, by their ids: whatever is made about the same period later can't be held to them, and shows nothing of others.
    """
    session = uow.session
    answers = select(Submission.id).where(Submission.round_id == round_.id)
    await session.execute(delete(Objection).where(Objection.submission_id.in_(answers)))
    await session.execute(delete(Pseudonym).where(Pseudonym.round_id == round_.id))
    await session.execute(delete(SecondLook).where(SecondLook.round_id == round_.id))
    await session.execute(delete(Collected).where(Collected.round_id == round_.id))
    await _forget_names(uow, round_)
    gone = set((await session.execute(answers)).scalars())
    await _never_again(uow, round_, gone)
    await session.execute(delete(Submission).where(Submission.round_id == round_.id))
    if round_.state in ("open", "released"):
        await hush(uow, round_, now=now)
    round_.state = "cancelled"
    round_.closed_at = round_.closed_at or now
    audit.note(uow, "round.forgotten", about(round_.id), now=now, cluster_id=round_.cluster_id)
    return len(gone)


async def old_rounds(state: Reading, *, before: datetime) -> Sequence[int]:
    """Rounds that ended before a moment and still hold numbers."""
    rows = (
        select(Round.id)
        .where(Round.state.in_(("closed", "cancelled")), func.coalesce(Round.closed_at, Round.deadline) < before)
        .where(exists().where(Submission.round_id == Round.id))
        .order_by(Round.id)
    )
    return (await state.session.scalars(rows)).all()


async def old_meetings(state: Reading, *, before: datetime) -> Sequence[int]:
    """Meetings that ended before a moment and still know who was asked or came."""
    asked = exists().where(Invitation.meeting_id == Meeting.id) | exists().where(Attendance.meeting_id == Meeting.id)
    rows = select(Meeting.id).where(Meeting.ends_at < before, asked).order_by(Meeting.id)
    return (await state.session.scalars(rows)).all()


async def forget_attendance(uow: UnitOfWork, meeting: Meeting, *, now: datetime) -> int:
    """Delete who was asked to a meeting, answered and came; how many rows went. That it took place stays known."""
    count = 0
    for table in (Invitation, Attendance):
        gone = await uow.session.execute(delete(table).where(table.meeting_id == meeting.id).returning(table.id))
        count += len(gone.all())
    meeting.note = ""
    audit.note(uow, "meeting.forgotten", f"meeting:{meeting.id}", now=now, cluster_id=meeting.cluster_id)
    return count


async def _never_again(uow: UnitOfWork, round_: Round, gone: set[int]) -> None:
    """Let nothing point at answers that are deleted: SQLite gives the highest ids out a second time."""
    subjects = [f"submission:{each}" for each in gone]
    await uow.session.execute(delete(Card).where(Card.subject.in_(subjects)))
    await uow.session.execute(delete(Outbox).where(Outbox.subject.in_(subjects), Outbox.leased_until.is_(None)))

    def dead(ids: Sequence[int]) -> list[int]:
        return [-each if each in gone else each for each in ids]

    releases = select(Release).join(Round, Round.id == Release.round_id).where(Round.cluster_id == round_.cluster_id)
    for made in (await uow.session.scalars(releases)).all():
        made.submission_ids = dead(made.submission_ids)
        if made.twice:
            made.twice = {key: {side: dead(ids) for side, ids in each.items()} for key, each in made.twice.items()}
    await uow.session.flush()


async def _forget_names(uow: UnitOfWork, round_: Round) -> None:
    """Who was named on the charts of a round, and on which."""
    releases = select(Release.id).where(Release.round_id == round_.id)
    await uow.session.execute(delete(Naming).where(Naming.release_id.in_(releases) | Naming.until_id.in_(releases)))


def _plain(table: Any, row: Base) -> dict[str, Any]:
    assert isinstance(table, Table)  # noqa: S101 - every model stands on a table
    return {column.name: _written(getattr(row, column.name)) for column in table.c}


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
