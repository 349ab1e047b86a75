"""Letters and names as the database keeps them: drawn once, put up and taken down, and renewals beside them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import select

from cluster.charts import openness
from cluster.charts import releases as feedback
from cluster.disclosure import identities
from cluster.errors import ClusterError
from cluster.members import consent, consent_terms
from cluster.rounds import rounds
from storage.database import Database
from storage.models import Consent, Member, Naming, Pseudonym, Release, Round, Rules
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.kit import a_round, do, give


async def begun(database: Database, now: datetime, practices: int, rung: str) -> None:
    """A round on this rung whose practices have all answered, each with its own number."""
    await a_round(database, now, practices)
    await do(database, lambda uow: set_rung(uow, rung, now))
    for n in range(1, practices + 1):
        await answer(database, now, n, 30 + n)
    await do(database, lambda uow: release(uow, now))


async def set_rung(uow: UnitOfWork, rung: str, now: datetime) -> bool:
    return await openness.set_rung(uow, await rounds.get(uow, 1), rung, actor_id=1, now=now)


async def release(uow: UnitOfWork, now: datetime) -> None:
    await feedback.release(uow, await rounds.get(uow, 1), actor_id=1, now=now)


async def answer(database: Database, now: datetime, practice: int, copd: int) -> None:
    await give(database, now, practice, copd=copd + 20)


async def choose(database: Database, now: datetime, *practices: int, hide: bool = False) -> None:
    """These practices' doctors choose to be named, or take it back."""
    for n in practices:
        async with UnitOfWork(database) as uow:
            member = await uow.session.get(Member, n)
            round_ = await uow.session.get(Round, 1)
            assert member is not None
            assert round_ is not None
            await (openness.hide if hide else openness.choose)(uow, round_, member, now=now)
            await uow.commit()


async def named(database: Database, measure: str = "prevalence") -> Sequence[int]:
    async with look(database) as state:
        known = await identities.known_of(state, await rounds.get(state, 1))
    return sorted(known[measure].named) if measure in known else []


async def releases(database: Database) -> int:
    async with look(database) as state:
        return len((await state.session.execute(select(Release.id))).all())


async def test_letters_are_drawn_once_for_everybody_asked_and_afresh_for_each_measure(
    database: Database, now: datetime
) -> None:
    await a_round(database, now, 9)
    await do(database, lambda uow: set_rung(uow, "letters", now))
    for n in range(1, 9):
        await answer(database, now, n, 30 + n)
    await do(database, lambda uow: release(uow, now))
    async with look(database) as state:
        rows = (await state.session.execute(select(Pseudonym))).scalars().all()
    by_measure = {m: {r.practice_id: r.letter for r in rows if r.measure_id == m} for m in {r.measure_id for r in rows}}
    everybody, names = list(range(1, 10)), ("prevalence", "spirometry", "care_plan")
    assert {name: sorted(found) for name, found in by_measure.items()} == dict.fromkeys(names, everybody)
    assert [sorted(found.values()) for found in by_measure.values()] == [list("ABCDEFGHJ")] * 3


async def test_letters_follow_the_chance_they_are_given(database: Database, now: datetime) -> None:
    await a_round(database, now, 6)
    drawn = []
    for _ in range(2):
        async with UnitOfWork(database) as uow:
            await identities.draw_letters(uow, await rounds.get(uow, 1), random.Random(7))
            rows = (await uow.session.execute(select(Pseudonym).order_by(Pseudonym.id))).scalars().all()
            drawn.append([each.letter for each in rows])
    assert drawn[0] == drawn[1]
    assert drawn[0][:6] != drawn[0][6:12]


@pytest.mark.long
async def test_name_that_would_give_the_last_ones_away_waits_its_turn(database: Database, now: datetime) -> None:
    await begun(database, now, 9, "chosen")
    await choose(database, now, 4, 2, 9, 1, 3, 5, 6)
    assert await named(database) == [1, 2, 3, 4, 5, 9]
    await choose(database, now, 2, hide=True)
    assert await named(database) == [1, 3, 4, 5, 9]
    await choose(database, now, 7, 8)
    assert await named(database) == [1, 3, 4, 5, 9]


async def test_names_go_with_the_consent_to_use_the_numbers(database: Database, now: datetime) -> None:
    await begun(database, now, 9, "chosen")
    await choose(database, now, 4, 2)

    async def withdraw(uow: UnitOfWork) -> None:
        member = await uow.session.get(Member, 4)
        assert member is not None
        await consent.withdraw(uow, member, now=now)

    await do(database, withdraw)
    assert await named(database) == [2]


@pytest.mark.long
async def test_correction_of_two_named_ones_does_not_uncover_a_third(database: Database, now: datetime) -> None:
    await begun(database, now, 9, "chosen")
    await choose(database, now, 1, 2)
    for n in (1, 2, 3):
        await answer(database, now, n, 45 + n)
    assert await releases(database) == 1
    for n in (4, 5):
        await answer(database, now, n, 45 + n)
    assert await releases(database) == 2
    assert await named(database) == [1, 2]


@pytest.mark.long
async def test_three_corrections_are_drawn_where_nobody_is_named(database: Database, now: datetime) -> None:
    await begun(database, now, 9, "chosen")
    for n in (1, 2, 3):
        await answer(database, now, n, 45 + n)
    assert await releases(database) == 2


async def test_rung_goes_only_down_after_the_charts_or_up_to_open(database: Database, now: datetime) -> None:
    await begun(database, now, 6, "letters")
    async with look(database) as state:
        assert await openness.rungs(state, await rounds.get(state, 1)) == ("closed", "letters", "open")
    with pytest.raises(ClusterError, match=r"openness\.not_up"):
        await do(database, lambda uow: set_rung(uow, "chosen", now))
    await do(database, lambda uow: set_rung(uow, "closed", now))
    async with look(database) as state:
        assert await openness.rungs(state, await rounds.get(state, 1)) == ("closed", "open")
        assert await identities.known_of(state, await rounds.get(state, 1)) == {}


@pytest.mark.long
async def test_open_names_all_when_the_last_says_yes_and_nobody_when_one_goes(
    database: Database, now: datetime
) -> None:
    await begun(database, now, 6, "open")
    await choose(database, now, 1, 2, 3, 4, 5)
    assert await named(database) == []
    await choose(database, now, 6)
    assert await named(database) == [1, 2, 3, 4, 5, 6]
    await choose(database, now, 3, hide=True)
    assert await named(database) == []
    async with look(database) as state:
        kept = (await state.session.execute(select(Naming.practice_id).where(Naming.until_id.is_not(None)))).all()
    assert len(kept) == 18


async def test_consent_lasts_as_agreed_and_no_release_uses_one_that_has_ended(
    database: Database, now: datetime
) -> None:
    await a_round(database, now, 3)
    async with UnitOfWork(database) as uow:
        member = await uow.session.get(Member, 2)
        assert member is not None
        uow.session.add(Rules(cluster_id=1, decided_at=now, consent_months=12))
        await uow.session.flush()
        await consent.withdraw(uow, member, now=now)
        await consent.give(uow, member, now=now)
        await uow.commit()
    for n in (1, 2, 3):
        await answer(database, now, n, 30 + n)
    later = now.replace(year=now.year + 1)
    await do(database, lambda uow: release(uow, later))
    async with look(database) as state:
        given = (await state.session.execute(select(Consent).order_by(Consent.id))).scalars().all()
        made = (await state.session.execute(select(Release))).scalar_one()
    assert (given[-1].expires_at, given[-1].withdrawn_at) == (later, later)
    assert len(made.submission_ids) == 2


@pytest.mark.parametrize(
    ("given", "months", "ends"),
    [("2026-03-02", 12, "2027-03-02"), ("2024-02-29", 12, "2025-02-28"), ("2026-12-31", 24, "2028-12-31")],
)
def test_consent_ends_on_the_same_day_or_the_last_of_the_month(given: str, months: int, ends: str) -> None:
    found = consent_terms.end_of(datetime.fromisoformat(f"{given}T09:00:00+01:00"), months)
    assert found is not None
    assert found.date().isoformat() == ends


async def test_renewed_consent_outlives_the_old_one(database: Database, now: datetime) -> None:
    await a_round(database, now, 2)
    soon, end = now.replace(month=2, year=now.year + 1), now.replace(year=now.year + 1)
    async with UnitOfWork(database) as uow:
        member = await uow.session.get(Member, 2)
        assert member is not None
        uow.session.add(Rules(cluster_id=1, decided_at=now, consent_months=12))
        await uow.session.flush()
        await consent.withdraw(uow, member, now=now)
        await consent.give(uow, member, now=now)
        assert not await consent.prolong(uow, member, now=now)
        assert await consent.prolong(uow, member, now=soon)
        await consent_terms.sweep(uow, 1, now=end)
        assert await consent.holds(uow, 2)
        assert await consent.withdraw(uow, member, now=end)
        assert not await consent.holds(uow, 2)
