"""What somebody changed in the last ten minutes: remembered as it was and as it became, so that it can be put back.

Every feature remembers its own changes here and says how each is put back (``handlers.undoing.Undoing``). One row a
person and thing, gone after ten minutes: it holds words that are nobody else's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update

from cluster.subjects import key_of
from storage.models import Audit, Undoable
from storage.unit_of_work import Reading, UnitOfWork

WITHIN = timedelta(minutes=10)
Values = Mapping[str, Any]
"""What is remembered of a thing: texts, numbers, ids, moments as ISO texts."""


@dataclass(frozen=True)
class OwnChange:
    """One thing that a member changed."""

    id: int
    member_id: int
    what: str
    subject: str
    was: Values
    became: Values
    at: datetime

    @property
    def number(self) -> int:
        """The id in the subject: 7 of ``meeting:7``."""
        return key_of(self.subject)

    @property
    def guest_id(self) -> int:
        """Whose it is: the member's own, or another's for whom it was entered."""
        return int(self.became.get("guest", self.member_id))


async def remember(
    uow: UnitOfWork, what: str, subject: str, *, by: int, was: Values, became: Values, now: datetime
) -> None:
    """Keep what a member changed, instead of what the same member changed of the same thing before."""
    if was == became:
        return
    await _empty(uow, Undoable.member_id == by, Undoable.what == what, Undoable.subject == subject)
    row = Undoable(member_id=by, what=what, subject=subject, was=json.dumps(was), became=json.dumps(became), at=now)
    uow.session.add(row)
    await uow.session.flush()


async def forget_old(uow: UnitOfWork, *, now: datetime) -> None:
    """What can no longer be put back is not kept. The newest row stays, empty: SQLite would give its number to another,
    and an old button would put that back."""
    await _empty(uow, Undoable.at <= now - WITHIN)
    newest = select(func.max(Undoable.id)).scalar_subquery()
    await uow.session.execute(delete(Undoable).where(Undoable.was == "", Undoable.id < newest))


async def forget(uow: UnitOfWork, subject: str, *whats: str) -> None:
    """These can be put back no more: something has come between, or their words are to be kept nowhere."""
    await _empty(uow, Undoable.subject == subject, Undoable.what.in_(whats))


async def forget_guest(uow: UnitOfWork, member_id: int) -> None:
    """Nothing of somebody stays in what others changed for them."""
    rows = (await uow.session.scalars(select(Undoable).where(Undoable.was != ""))).all()
    await _empty(uow, Undoable.id.in_([row.id for row in rows if _read(row).guest_id == member_id]))


async def forget_one(uow: UnitOfWork, change: OwnChange) -> bool:
    """It is put back now; False when somebody was quicker."""
    return await _empty(uow, Undoable.id == change.id) > 0


async def _empty(uow: UnitOfWork, *which: ColumnElement[bool]) -> int:
    emptied = update(Undoable).where(Undoable.was != "", *which).values(was="", became="")
    return len((await uow.session.execute(emptied.returning(Undoable.id))).all())


async def find(state: Reading, change_id: int) -> OwnChange | None:
    """A change that is still remembered."""
    row = await state.session.get(Undoable, change_id, populate_existing=True)
    return _read(row) if row is not None and row.was else None


async def lately(state: Reading, member_ids: Sequence[int], *, now: datetime) -> list[OwnChange]:
    """What a person changed in all their clusters, the newest first."""
    rows = (
        select(Undoable)
        .where(Undoable.member_id.in_(member_ids), Undoable.at > now - WITHIN, Undoable.at <= now, Undoable.was != "")
        .order_by(Undoable.id.desc())
    )
    return [_read(row) for row in (await state.session.scalars(rows)).all()]


async def last_noted(state: Reading, member_ids: Sequence[int], *, now: datetime) -> Audit | None:
    """The newest line of the log that a person caused lately: what may have gone out for good."""
    rows = (
        select(Audit)
        .where(Audit.actor_id.in_(member_ids), Audit.at > now - WITHIN, Audit.at <= now)
        .order_by(Audit.id.desc())
        .limit(1)
    )
    return (await state.session.scalars(rows)).first()


def is_of(became: str, member_id: int) -> bool:
    """Whether the words that are kept of a member's change are the member's own, and not another's."""
    return not became or json.loads(became).get("guest", member_id) == member_id


def _read(row: Undoable) -> OwnChange:
    return OwnChange(row.id, row.member_id, row.what, row.subject, json.loads(row.was), json.loads(row.became), row.at)
