"""A suggestion that was made or tidied lately is put back."""

from __future__ import annotations

from datetime import datetime

from cluster.topics import ideas
from cluster.undoing import OwnChange, Values
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork


async def state_now(state: Reading, change: OwnChange) -> Values:
    """Whether it is in the list."""
    return {"state": (await ideas.get(state, change.number)).state}


async def withdraw(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:  # noqa: ARG001 - as all
    """The own suggestion, taken back."""
    await ideas.withdraw(uow, await ideas.get(uow, change.number))


async def tidy_now(state: Reading, change: OwnChange) -> Values:
    """How it stands in the list."""
    return ideas.as_it_is(await ideas.get(state, change.number))


async def untidy(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """As it was before."""
    await ideas.put_back(uow, await ideas.get(uow, change.number), change.was, by=by, now=now)
