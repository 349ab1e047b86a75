"""What is asked when numbers come in depends on what their sender and the public know, never on other practices'."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cluster.charts import releases
from cluster.rounds import rounds
from cluster.submissions import submissions
from cluster.submissions.submissions import UsableNumbers
from handlers.submissions.submissions import judge
from handlers.submissions.troubles import kept
from storage.database import Database
from storage.models import Outbox
from storage.unit_of_work import UnitOfWork
from tests.cluster.kit import NUMBERS, a_round, part

PRACTICES = 8
OWN = 8
Numbers = dict[str, int]


def some() -> st.SearchStrategy[Numbers]:
    """Numbers that a practice may give, likely and unlikely ones."""
    listed = st.integers(min_value=200, max_value=20_000)
    share = st.sampled_from([0, 1, 8, 30, 40, 44, 60, 110, 400, 900])

    def of(size: int, copd: int, spirometry: int) -> Numbers:
        sick = size * copd // 1000
        return {"listed": size, "copd": sick, "spirometry": sick * spirometry // 1000, "care_plan": sick // 2}

    return st.builds(of, listed, share, share)


def colleagues() -> st.SearchStrategy[dict[int, Numbers]]:
    """What the others have given, by practice."""
    return st.dictionaries(st.integers(min_value=1, max_value=PRACTICES - 1), some(), max_size=PRACTICES - 1)


async def asked(
    database: Database, now: datetime, others: dict[int, Numbers], own: list[Numbers], *, released: bool
) -> list[Any]:
    """What the practice hears about each of its answers, one after another; nothing of it is kept afterwards."""
    heard: list[Any] = []
    async with UnitOfWork(database) as uow:
        for practice, given_ in others.items():
            await submissions.keep(uow, await part(uow, practice), UsableNumbers("form", NUMBERS | given_), now=now)
        if released and others:
            await releases.release(uow, await rounds.get(uow, 1), actor_id=1, now=now)
            await releases.after_hold(uow, await rounds.get(uow, 1), actor_id=1, now=now)
        before = set((await uow.session.scalars(select(Outbox.id))).all())
        for numbers in own:
            verdict = await judge(uow, await part(uow, OWN), numbers)
            said = UsableNumbers("form", verdict.values, kept(verdict.questions))
            made = await submissions.keep(uow, await part(uow, OWN), said, now=now) if verdict.ok else None
            heard.append((verdict, made and (made.state, made.questions, dict(made.numbers))))
        rows = select(Outbox.kind).where(Outbox.member_id == OWN, Outbox.id.not_in(before), Outbox.kind.like("data.%"))
        heard.append(sorted((await uow.session.scalars(rows)).all()))
        await uow.session.rollback()
    return heard


FEW: dict[int, Numbers] = {}
SAME = {n: {"listed": 3000, "copd": 132, "spirometry": 100, "care_plan": 66} for n in range(1, PRACTICES)}
FAR = {n: {"listed": 3000, "copd": 12, "spirometry": 3, "care_plan": 6} for n in range(1, PRACTICES)}


@pytest.mark.long
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(one=colleagues(), two=colleagues(), own=st.lists(some(), min_size=1, max_size=3), released=st.booleans())
@example(one=SAME, two=FAR, own=[SAME[1]], released=False)
@example(one=SAME, two=FAR, own=[FAR[1], SAME[1]], released=True)
@example(one=FEW, two=FAR, own=[SAME[1], FAR[1], SAME[1]], released=True)
async def test_what_is_asked_is_the_same_whatever_the_others_gave(
    database: Database,
    now: datetime,
    one: dict[int, Numbers],
    two: dict[int, Numbers],
    own: list[Numbers],
    released: bool,
) -> None:
    async with UnitOfWork(database) as uow:
        is_new = await uow.session.get(rounds.Round, 1) is None
    if is_new:
        await a_round(database, now, PRACTICES)
    first = await asked(database, now, one, own, released=released)
    assert await asked(database, now, two, own, released=released) == first
