"""What one practice could learn of another by two rounds about the same period, or by a yes that was meant for all."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from cluster.charts import own_rounds, releases
from cluster.disclosure.sights import find_sight
from cluster.errors import ClusterError
from cluster.operations import forgetting
from cluster.packages.lookup import package_of
from cluster.rounds import rounds
from cluster.rounds.planning import Plan
from cluster.submissions import submissions
from cluster.submissions.submissions import OwnPart, UsableNumbers
from measures.charts.comparing import values_drawn
from storage.database import Database
from storage.models import Member, Outbox, Round
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.disclosure.test_changes import LATER, NEW, twice
from tests.cluster.disclosure.test_identities import begun, choose, named, set_rung
from tests.cluster.kit import DEADLINE, NUMBERS, a_round, do, give, part, release


async def same_again(database: Database, now: datetime, answers: dict[int, int]) -> int:
    """Another round about the same period, answered with these numbers of COPD patients and released; its release."""

    async def work(uow: UnitOfWork) -> int:
        plan = Plan("kol", date(2025, 3, 1), date(2026, 2, 28), DEADLINE, answering={n: n for n in range(1, 10)})
        made = await rounds.begin(uow, 1, plan, actor_id=1, now=now)
        for n, copd in answers.items():
            await submissions.keep(
                uow, await of(uow, made, n), UsableNumbers("form", NUMBERS | {"copd": copd}), now=now
            )
        return (await releases.release(uow, made, actor_id=1, now=now)).id

    return int(await do(database, work))


async def next_year(database: Database, now: datetime, *practices: int) -> list[int]:
    """Round 1 measured again by these, and released; the practices whose change together is shown."""

    async def work(uow: UnitOfWork) -> int:
        everybody = {n: n for n in range(1, 10)}
        plan = Plan("kol", *NEW, DEADLINE + LATER, answering=everybody, follows_id=1)
        made = await rounds.begin(uow, 1, plan, actor_id=1, now=now + LATER)
        for n in practices:
            answer = UsableNumbers("form", NUMBERS | {"copd": 70 + n})
            await submissions.keep(uow, await of(uow, made, n), answer, now=now + LATER)
        await releases.release(uow, made, actor_id=1, now=now + LATER)
        return made.id

    return await twice(database, await do(database, work))


async def of(uow: UnitOfWork, round_: Round, practice: int) -> OwnPart:
    assignment, member = await rounds.of_practice(uow, round_.id, practice), await uow.session.get(Member, practice)
    assert assignment is not None
    assert member is not None
    return OwnPart(assignment, round_, member)


@pytest.mark.long
async def test_numbers_taken_back_in_one_round_are_not_used_by_another_about_the_same_period(
    database: Database, now: datetime
) -> None:
    await a_round(database, now, 9)
    await give(database, now, *range(1, 10), copd=60)
    await release(database, now)
    made = await same_again(database, now, dict.fromkeys(range(1, 9), 60))

    async def take_back(uow: UnitOfWork) -> None:
        theirs = await part(uow, 9)
        given, _, _ = await submissions.get(uow, 9)
        await submissions.withdraw(uow, given, theirs, now=now)

    await do(database, take_back)
    async with look(database) as state:
        seen = await find_sight(state, made, 1)
    assert seen is not None
    assert seen.gone == {9}


@pytest.mark.long
async def test_new_round_about_the_same_period_does_not_uncover_one_beside_names(
    database: Database, now: datetime
) -> None:
    """1 and 2 are known by name. Their new numbers together with those of 3 would show what 3 gave."""
    await begun(database, now, 9, "chosen")
    await choose(database, now, 1, 2)
    assert await named(database) == [1, 2]
    with pytest.raises(ClusterError, match=r"round\.gives_away"):
        await same_again(database, now, {n: (51 if n < 4 else 50) + n for n in range(1, 10)})


@pytest.mark.long
async def test_new_round_that_shows_the_old_one_plainly_wrong_draws_none_of_the_new_numbers_beside_names(
    database: Database, now: datetime
) -> None:
    """The same, but so far from the old numbers that their comparison is recalled: there is nothing to subtract."""
    await begun(database, now, 9, "chosen")
    await choose(database, now, 1, 2)
    made = await same_again(database, now, {n: (90 if n < 4 else 50) + n for n in range(1, 10)})
    async with look(database) as state:
        seen = await find_sight(state, made, 4)
    assert seen is not None
    measure = next(each for each in package_of(seen.round).measures if each.id == "prevalence")
    among = {each.id: each for each in package_of(seen.round).measures}
    drawn = values_drawn(measure, [*seen.before, seen.frozen], among, seen.recalls)
    assert [{key: getattr(each, "numerator", None) for key, each in state.items()} for state in drawn] == [
        {n: 50 + n for n in range(1, 10)}
    ]
    assert [(each.without, each.again) for each in seen.recalls["prevalence"]] == [(frozenset({1, 2, 3}), None)]


async def test_yes_to_open_for_all_waits_for_who_is_on_another_measure_only(database: Database, now: datetime) -> None:
    await a_round(database, now, 6)
    await do(database, lambda uow: set_rung(uow, "open", now))
    for n in range(1, 6):
        await give(database, now, n, copd=50 + n)
    await give(database, now, 6, copd=56, spirometry=None, care_plan=None)
    await release(database, now)
    await choose(database, now, 1, 2, 3, 4, 5)
    assert [await named(database, measure) for measure in ("prevalence", "spirometry", "care_plan")] == [[], [], []]
    await choose(database, now, 6)
    assert await named(database) == [1, 2, 3, 4, 5, 6]
    assert await named(database, "spirometry") == [1, 2, 3, 4, 5]


@pytest.mark.long
async def test_name_taken_back_is_not_the_only_one_missing_once_another_round_has_charts(
    database: Database, now: datetime
) -> None:
    await begun(database, now, 9, "open")
    await choose(database, now, *range(1, 10))
    await same_again(database, now, {n: 50 + n for n in range(1, 10)})
    assert await named(database) == [*range(1, 10)]
    await choose(database, now, 3, hide=True)
    assert await named(database) == []


async def test_who_only_looks_on_can_not_fetch_the_charts_of_the_practice(database: Database, now: datetime) -> None:
    await begun(database, now, 6, "chosen")

    async def fetch(uow: UnitOfWork, role: str) -> None:
        member = await uow.session.get(Member, 2)
        assert member is not None
        member.role = role
        await own_rounds.fetch(uow, await rounds.get(uow, 1), member, key=role, now=now)

    await do(database, lambda uow: fetch(uow, "member"))
    with pytest.raises(ClusterError, match=r"openness\.no_charts"):
        await do(database, lambda uow: fetch(uow, "observer"))


@pytest.mark.long
async def test_change_together_is_held_to_a_later_round_about_the_old_period(database: Database, now: datetime) -> None:
    """1, 2 and 3 gave other numbers when the old period was asked about again: 3 alone would be in no change."""
    await a_round(database, now, 9)
    for n in range(1, 10):
        await give(database, now, n, copd=50 + n)
    await release(database, now)
    await same_again(database, now, {n: (60 if n < 4 else 50) + n for n in range(1, 10)})
    await do(database, lambda uow: close_all(uow, now))
    assert await next_year(database, now, 1, 2, 4, 5, 6, 7) == []


async def close_all(uow: UnitOfWork, now: datetime) -> None:
    for round_ in (await uow.session.scalars(select(Round))).all():
        await releases.close(uow, round_, actor_id=1, now=now)


@pytest.mark.long
@pytest.mark.parametrize(("names", "shown"), [((), [1, 4, 5, 6, 7, 8]), ((1, 2), [])])
async def test_change_together_does_not_uncover_one_beside_names_seen_before(
    database: Database, now: datetime, names: tuple[int, ...], shown: list[int]
) -> None:
    """2, 3 and 9 are left out. Whoever has seen the name of 2 is left with two."""
    await begun(database, now, 9, "chosen")
    await choose(database, now, *names)
    await do(database, lambda uow: set_rung(uow, "closed", now))
    assert await next_year(database, now, 1, 4, 5, 6, 7, 8) == shown


@pytest.mark.long
async def test_what_was_deleted_is_not_drawn_around(database: Database, now: datetime) -> None:
    """The charts of the first round are kept in Slack. Those of the second would then differ by what 1 corrected."""
    await a_round(database, now, 9)
    await give(database, now, *range(1, 10), copd=60)
    await release(database, now)
    made = await same_again(database, now, {n: 90 if n == 1 else 60 for n in range(1, 10)})
    await do(database, lambda uow: forget_first(uow, now))
    async with look(database) as state:
        seen = await find_sight(state, made, 2)
    assert seen is not None
    assert seen.gone == set(range(1, 10))


async def forget_first(uow: UnitOfWork, now: datetime) -> None:
    assert await forgetting.forget_numbers(uow, await rounds.get(uow, 1), now=now) == 9


@pytest.mark.long
async def test_ids_given_out_a_second_time_are_not_taken_for_the_deleted_answers(
    database: Database, now: datetime
) -> None:
    await a_round(database, now, 9)
    await give(database, now, *range(1, 10), copd=60)
    await release(database, now)
    await do(database, lambda uow: forget_first(uow, now))
    made = await same_again(database, now, {n: 90 if n == 1 else 60 for n in range(1, 10)})
    async with look(database) as state:
        seen = await find_sight(state, made, 2)
        verdicts = select(Outbox.member_id).where(Outbox.kind == "data.verdict", Outbox.how == "post")
        told = (await state.session.scalars(verdicts)).all()
        charts = (await state.session.scalars(select(Outbox.id).where(Outbox.key.like(f"chart:{made}:%")))).all()
    assert seen is not None
    assert seen.gone == set(range(1, 10))
    assert (sorted(told), made, len(charts)) == ([*range(1, 10)], 2, 9)
