"""What a practice says that it will change: chosen, filled in, shared or not, and looked back on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from cluster import audit, undoing
from cluster.changes import picks, reminders
from cluster.changes.asking import STILL_ASKED
from cluster.errors import ClusterError
from cluster.members import members, places
from cluster.notices import refresh_cards, renew_home
from cluster.subjects import COMMITMENT
from cluster.undoing import OwnChange, Values
from storage.models import Commitment, Meeting, Member, Practice, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import CommitmentState

CHANGED = "commitment.changed"
"""What is remembered of it, to be put back."""
REMEMBERED = ("state", "pick", "kind", "words", "who", "who_id", "in_weeks", "barrier", "is_shared", "member_id")
LONGEST = 200
MOST = 20
Rows = Select[Commitment, Meeting, Round, Practice]
LOOKS = (CommitmentState.GOING, CommitmentState.NOT_YET, CommitmentState.DROPPED)


@dataclass(frozen=True)
class Held:
    """A commitment with the meeting it was made at, the numbers it is about, whose it is, and who begins."""

    row: Commitment
    meeting: Meeting
    round: Round | None
    practice: Practice
    colleagues: Sequence[Member] = ()

    @property
    def pick(self) -> picks.Pick | None:
        """What was chosen; None when nothing was, or it is not offered any more."""
        return picks.find(self.round, self.row.pick)


async def get(state: Reading, commitment_id: int) -> Commitment:
    """One by its id, or a friendly refusal."""
    found = await state.session.get(Commitment, commitment_id, populate_existing=True)
    if found is None:
        raise ClusterError("commitment.unknown")
    return found


async def own(state: Reading, commitment_id: int, by: Member) -> Commitment:
    """One that this member's practice is asked for."""
    found = await get(state, commitment_id)
    if not places.is_one_of(by, found.practice_id):
        raise ClusterError("commitment.not_yours")
    return found


async def held(state: Reading, row: Commitment) -> Held:
    """With what belongs to it."""
    session = state.session
    return Held(
        row,
        await session.get_one(Meeting, row.meeting_id),
        await session.get(Round, row.round_id) if row.round_id else None,
        await session.get_one(Practice, row.practice_id),
        await places.confirmed(state, row.practice_id),
    )


async def choose(uow: UnitOfWork, row: Commitment, pick_id: str, *, by: Member, now: datetime) -> None:
    """One tap: this is what we change, or nothing is."""
    was = _values(row)
    if pick_id == picks.NOTHING:
        row.state, row.pick, row.kind = CommitmentState.NOTHING, picks.NOTHING, ""
        row.who, row.who_id, row.in_weeks, row.barrier = "", None, None, ""
    else:
        pick = picks.find((await held(uow, row)).round, pick_id)
        if pick is None:
            raise ClusterError("commitment.no_such_pick")
        row.state, row.pick, row.kind = CommitmentState.MEANT, pick.id, pick.kind
        row.who, row.in_weeks = row.who or picks.WHO[0], 1 if row.in_weeks is None else row.in_weeks
    row.decided_at, row.looked_at = now, None
    await _keep(uow, row, was, by=by, now=now)


async def write(uow: UnitOfWork, row: Commitment, words: str, *, by: Member, now: datetime) -> None:
    """A line of own words: beside what was chosen, or instead of it."""
    was, said = _values(row), " ".join(words.split())[:LONGEST]
    if row.state in (CommitmentState.ASKED, CommitmentState.NOTHING):
        if not said:
            raise ClusterError("commitment.empty", field="words")
        await choose(uow, row, picks.OWN, by=by, now=now)
    row.words = said
    await _keep(uow, row, was, by=by, now=now)


async def fill_in(uow: UnitOfWork, row: Commitment, field: str, value: str, *, by: Member, now: datetime) -> None:
    """Who, when, or what may stand in the way."""
    was = _values(row)
    if row.state in (CommitmentState.ASKED, CommitmentState.NOTHING):
        raise ClusterError("commitment.nothing_chosen")
    if field == "who" and value in picks.WHO[:2]:
        row.who, row.who_id = value, None
    elif field == "who" and value in {str(each.id) for each in await places.confirmed(uow, row.practice_id)}:
        row.who, row.who_id = picks.WHO[2], int(value)
    elif field == "weeks" and value in map(str, picks.WEEKS):
        row.in_weeks = int(value)
    elif field == "barrier" and value in ("", *picks.BARRIERS):
        row.barrier = value
    else:
        raise ClusterError("commitment.no_such_pick")
    await _keep(uow, row, was, by=by, now=now)


async def share(uow: UnitOfWork, row: Commitment, *, shared: bool, by: Member, now: datetime) -> None:
    """Let the other members read it under the practice's name, or no longer."""
    was = _values(row)
    if shared and row.state in (CommitmentState.ASKED, CommitmentState.NOTHING):
        raise ClusterError("commitment.nothing_chosen")
    row.is_shared = shared
    await _keep(uow, row, was, by=by, now=now)


async def look_back(uow: UnitOfWork, row: Commitment, how: str, *, by: Member, now: datetime) -> None:
    """One tap: going, not yet, or dropped."""
    was = _values(row)
    if how not in LOOKS or row.state in (CommitmentState.ASKED, CommitmentState.NOTHING):
        raise ClusterError("commitment.nothing_chosen")
    row.state, row.looked_at = CommitmentState(how), now
    await _keep(uow, row, was, by=by, now=now)


async def _keep(uow: UnitOfWork, row: Commitment, was: Values, *, by: Member, now: datetime) -> None:
    became = _values(row)
    if was != became:
        row.member_id = by.id
        became = _values(row)
        await undoing.remember(uow, CHANGED, COMMITMENT.about(row.id), by=by.id, was=was, became=became, now=now)
        audit.note(uow, CHANGED, COMMITMENT.about(row.id), now=now, actor_id=by.id, cluster_id=row.cluster_id)
    await reminders.plan(uow, row, now=now)
    await _show(uow, row, now=now)


async def _show(uow: UnitOfWork, row: Commitment, *, now: datetime) -> None:
    for kind in ("commitment.ask", "commitment.look"):
        await refresh_cards(uow, kind, subject=COMMITMENT.about(row.id), now=now)
    await renew_home(uow, [each.id for each in await places.confirmed(uow, row.practice_id)], now=now)


def _values(row: Commitment) -> dict[str, Any]:
    return {name: getattr(row, name) for name in REMEMBERED}


async def how_it_is(state: Reading, change: OwnChange) -> Values:
    """How it stands now."""
    return _values(await get(state, change.number))


async def put_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """As it was before the last tap."""
    row = await own(uow, change.number, by)
    was, before = dict(change.was), _values(row)
    for name in REMEMBERED:
        setattr(row, name, was[name])
    row.state = CommitmentState(was["state"])
    if row.state == CommitmentState.ASKED:
        row.decided_at = None
    await undoing.remember(uow, CHANGED, COMMITMENT.about(row.id), by=by.id, was=before, became=_values(row), now=now)
    await reminders.plan(uow, row, now=now)
    await _show(uow, row, now=now)


async def of_practice(state: Reading, member: Member, now: datetime, colleagues: Sequence[Member]) -> list[Held]:
    """What a member's practice said, or is asked, the newest meeting first; nothing to whoever is not one of it."""
    if not places.is_one_of(member, member.practice_id):
        return []
    rows = _rows().where(Commitment.practice_id == member.practice_id, Commitment.cluster_id == member.cluster_id)
    is_open = (Commitment.state != CommitmentState.ASKED) | (Meeting.ends_at > now - STILL_ASKED)
    return await _held(state, rows.where(is_open).limit(MOST), {member.practice_id or 0: colleagues})


async def shared(state: Reading, cluster_id: int, *, but: int | None) -> list[Held]:
    """What other practices let everybody read."""
    rows = _rows().where(Commitment.cluster_id == cluster_id, Commitment.is_shared)
    told = rows.where(Commitment.practice_id != (but or 0), Commitment.state.not_in(UNSAID)).limit(MOST)
    return await _held(state, told, {})


UNSAID = (CommitmentState.ASKED, CommitmentState.NOTHING)


async def beside(state: Reading, round_: Round, practice_id: int) -> Held | None:
    """What a practice said after the last numbers about the same, to stand beside the new ones."""
    rows = (
        _rows()
        .where(Commitment.practice_id == practice_id, Commitment.state.not_in(UNSAID))
        .where(Round.package_id == round_.package_id, Round.period_end < round_.period_end, Round.id != round_.id)
    )
    found = await _held(state, rows.limit(1), {})
    return found[0] if found else None


async def after(state: Reading, round_: Round, practice_id: int) -> Held | None:
    """What a practice said after these numbers, for its own people."""
    rows = _rows().where(Commitment.practice_id == practice_id, Commitment.round_id == round_.id)
    rows = rows.where(Commitment.state != CommitmentState.ASKED).limit(1)
    found = await _held(state, rows, {practice_id: await places.confirmed(state, practice_id)})
    return found[0] if found else None


def _rows() -> Rows:
    return (
        select(Commitment, Meeting, Round, Practice)
        .join(Meeting, Meeting.id == Commitment.meeting_id)
        .join(Practice, Practice.id == Commitment.practice_id)
        .outerjoin(Round, Round.id == Commitment.round_id)
        .order_by(Meeting.starts_at.desc(), Commitment.id.desc())
    )


async def _held(state: Reading, rows: Rows, colleagues: Mapping[int, Sequence[Member]]) -> list[Held]:
    found = (await state.session.execute(rows)).all()
    return [
        Held(row, meeting, round_, practice, colleagues.get(practice.id, ()))
        for row, meeting, round_, practice in found
    ]


async def begins(state: Reading, row: Commitment) -> str:
    """The name of who begins; empty when it is nobody in particular."""
    return (await members.get(state, row.who_id)).name if row.who_id is not None else ""
