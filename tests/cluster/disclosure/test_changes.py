"""Two rounds beside each other: whose change together is shown, remembered, and not undone by what comes later."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from cluster.charts import releases
from cluster.disclosure import changes
from cluster.errors import ClusterError
from cluster.rounds import followups, rounds
from cluster.rounds.planning import Plan
from cluster.submissions import submissions
from cluster.submissions.submissions import OwnPart, UsableNumbers
from storage.database import Database
from storage.models import Member, Release, Round
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.kit import DEADLINE, NUMBERS, a_round, do, give, release

LATER = timedelta(days=184)
NEW = date(2025, 9, 1), date(2026, 8, 31)


async def again(
    database: Database,
    now: datetime,
    *practices: int,
    period: tuple[date, date] = NEW,
    filed: Collection[int] = (),
) -> int:
    """The same package about another period, answered by these practices and released; the id of the round.

    `filed`: those whose numbers came from a file about all.
    """

    async def work(uow: UnitOfWork) -> int:
        everybody = {n: n for n in range(1, 13)}
        plan = Plan("kol", *period, DEADLINE + LATER, answering=everybody)
        made = await rounds.begin(uow, 1, plan, actor_id=1, now=now + LATER)
        for n in practices:
            source = "bundle" if n in filed else "form"
            await keep(uow, made, n, now + LATER, source=source, spirometry=30 + n)
        await releases.release(uow, made, actor_id=1, now=now + LATER)
        return made.id

    return int(await do(database, work))


async def keep(
    uow: UnitOfWork, round_: Round, practice: int, now: datetime, *, source: str = "form", **numbers: int
) -> None:
    part = await rounds.of_practice(uow, round_.id, practice)
    member = await uow.session.get(Member, practice)
    assert part is not None
    assert member is not None
    await submissions.keep(uow, OwnPart(part, round_, member), UsableNumbers(source, NUMBERS | numbers), now=now)


async def first(database: Database, now: datetime, *practices: int) -> None:
    await a_round(database, now, 12)
    for n in practices:
        await give(database, now, n, spirometry=20 + n)
    await release(database, now)


async def twice(database: Database, round_id: int) -> list[int]:
    """The practices whose change in spirometry the newest release of a round shows."""
    async with look(database) as state:
        rows = select(Release).where(Release.round_id == round_id).order_by(Release.number.desc())
        newest = (await state.session.scalars(rows)).first()
        assert newest is not None
        seen = await changes.find_change(state, newest.id, 1)
    return sorted(seen.twice["spirometry"][0]) if seen is not None and "spirometry" in seen.twice else []


@pytest.mark.long
@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (range(1, 10), range(1, 10), [*range(1, 10)]),
        (range(1, 10), range(1, 7), [*range(1, 7)]),  # three left: nobody among them is told apart
        (range(1, 10), range(1, 9), []),  # one left: all minus the others would be that one
        (range(1, 7), range(1, 8), []),  # one came
        (range(1, 3), range(1, 3), []),  # too few for any mean
    ],
)
async def test_change_together_is_shown_where_nobody_is_told_apart(
    database: Database, now: datetime, before: range, after: range, shown: list[int]
) -> None:
    await first(database, now, *before)
    assert await twice(database, await again(database, now, *after)) == shown


@pytest.mark.long
@pytest.mark.parametrize(("filed", "shown"), [([], [1, 2, 3, 4, 5, 6]), ([1, 2, 3, 4, 5], [])])
async def test_change_of_the_only_one_that_a_file_did_not_name_is_not_shown(
    database: Database, now: datetime, filed: list[int], shown: list[int]
) -> None:
    """Practices 1–6 gave twice. Who sent 1–5 of them in a file would read the sixth's change off the mean."""
    await first(database, now, *range(1, 10))
    assert await twice(database, await again(database, now, *range(1, 7), 10, 11, 12, filed=filed)) == shown


@pytest.mark.long
async def test_change_together_is_not_shown_once_somebody_has_left(database: Database, now: datetime) -> None:
    await first(database, now, *range(1, 10))
    round_id = await again(database, now, *range(1, 7))

    async def withdraw(uow: UnitOfWork) -> None:
        given = await submissions.get(uow, 4)
        member = await uow.session.get(Member, 4)
        assert member is not None
        await submissions.withdraw(uow, given[0], OwnPart(given[1], given[2], member), now=now + LATER)

    await do(database, withdraw)
    assert await twice(database, round_id) == []


async def renewals(database: Database) -> int:
    async with look(database) as state:
        return len((await state.session.scalars(select(Release.id).where(Release.round_id == 1))).all())


@pytest.mark.long
@pytest.mark.parametrize(("corrected", "made"), [((1, 8, 9), 1), ((1, 2, 3), 2)])
async def test_corrections_are_not_drawn_where_a_change_shown_would_tell_one_apart(
    database: Database, now: datetime, corrected: tuple[int, ...], made: int
) -> None:
    """The change of practices 1–6 is known. Practice 1 corrected together with 8 and 9 stands alone among the six."""
    await first(database, now, *range(1, 10))
    await again(database, now, *range(1, 7))

    async def correct(uow: UnitOfWork) -> None:
        round_ = await rounds.get(uow, 1)
        for n in corrected:
            await keep(uow, round_, n, now + LATER, spirometry=25 + n)

    await do(database, correct)
    assert await renewals(database) == made


@pytest.mark.long
async def test_asking_about_the_old_period_again_is_held_to_the_change_that_was_shown(
    database: Database, now: datetime
) -> None:
    await first(database, now, *range(1, 10))
    await again(database, now, *range(1, 7))
    await do(database, lambda uow: _close(uow, now + LATER))
    with pytest.raises(ClusterError, match=r"round\.gives_away"):
        await again(database, now, 1, 8, 9, period=(date(2025, 3, 1), date(2026, 2, 28)))


async def _close(uow: UnitOfWork, now: datetime) -> None:
    for round_ in (await uow.session.scalars(select(Round))).all():
        await releases.close(uow, round_, actor_id=1, now=now)


@pytest.mark.long
async def test_round_is_held_against_the_last_one_about_the_same(database: Database, now: datetime) -> None:
    await first(database, now, *range(1, 6))
    round_id = await again(database, now, *range(1, 6))
    async with look(database) as state:
        made, one = await rounds.get(state, round_id), await rounds.get(state, 1)
        found = [await followups.previous(state, each) for each in (made, one)]
    assert [each.id if each else None for each in found] == [1, None]
