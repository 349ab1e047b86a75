"""Releases: what is frozen, who gets charts, and when they may be made afresh."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from cluster.charts import releases as feedback
from cluster.disclosure.sights import find_sight
from cluster.errors import ClusterError
from cluster.members import consent
from cluster.rounds import rounds, standing
from cluster.rounds.planning import Plan
from cluster.submissions import objections, submissions
from cluster.submissions.submissions import OwnPart, UsableNumbers
from measures.charts.comparing import frozen
from measures.packages.package import load
from storage.database import Database
from storage.models import Member, Round, Submission
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.kit import DEADLINE, NUMBERS, a_round, charts, do, give, part, release, releases, told


async def test_release_freezes_and_owes_each_contributing_member_charts(database: Database, now: datetime) -> None:
    await a_round(database, now, 6)
    await give(database, now, 1, 2, 3, 4, 5)
    await release(database, now)
    assert await releases(database) == [(1, [1, 2, 3, 4, 5])]
    assert await charts(database) == [(1, n) for n in (1, 2, 3, 4, 5)]
    assert await told(database, "feedback.without") == [6]


async def test_colleagues_of_a_contributing_practice_get_charts_too(database: Database, now: datetime) -> None:
    await a_round(database, now, 2)

    async def hire(uow: UnitOfWork) -> None:
        uow.session.add(Member(cluster_id=1, practice_id=2, slack_user_id="U9", name="Ny", confirmed_at=now))
        uow.session.add(Member(cluster_id=1, practice_id=2, slack_user_id=None, name="Uden Slack"))
        uow.session.add(Member(cluster_id=1, practice_id=2, slack_user_id="U8", name="Ubekræftet"))

    await do(database, hire)
    await give(database, now, 2)
    await release(database, now)
    assert await charts(database) == [(1, 2), (1, 3)]


async def test_practice_whose_consent_is_withdrawn_is_not_drawn(database: Database, now: datetime) -> None:
    await a_round(database, now, 6)
    await give(database, now, 1, 2, 3, 4, 5, 6)

    async def withdraw(uow: UnitOfWork) -> None:
        member = await uow.session.get(Member, 4)
        assert member is not None
        await consent.withdraw(uow, member, now=now)

    await do(database, withdraw)
    await release(database, now)
    assert await releases(database) == [(1, [1, 2, 3, 5, 6])]


@pytest.mark.parametrize(("late", "releases_made"), [((6,), 1), ((6, 7), 1), ((6, 7, 8), 2)])
async def test_late_answers_renew_everybody_only_from_three(
    database: Database, now: datetime, late: tuple[int, ...], releases_made: int
) -> None:
    await a_round(database, now, 8)
    await give(database, now, 1, 2, 3, 4, 5)
    await release(database, now)
    await give(database, now, *late)
    assert len(await releases(database)) == releases_made


async def test_late_answer_owes_charts_to_that_practice_only(database: Database, now: datetime) -> None:
    await a_round(database, now, 7)
    await give(database, now, 1, 2, 3, 4, 5)
    await release(database, now)
    before = len(await charts(database))
    await give(database, now, 6)
    assert (await charts(database))[before:] == [(1, 6)]


async def test_corrected_numbers_show_the_own_anew_against_the_frozen_ones(database: Database, now: datetime) -> None:
    await a_round(database, now, 5)
    await give(database, now, 1, 2, 3, 4, 5)
    await release(database, now)
    await give(database, now, 1, copd=80)
    async with look(database) as state:
        mine, theirs = await find_sight(state, 1, 1), await find_sight(state, 1, 2)
    assert mine is not None
    assert theirs is not None
    assert mine.own.numbers["copd"] == 80
    assert mine.frozen == theirs.frozen == dict.fromkeys((1, 2, 3, 4, 5), NUMBERS)


async def test_corrections_do_not_cover_a_late_answer(database: Database, now: datetime) -> None:
    await a_round(database, now, 8)
    await give(database, now, 1, 2, 3, 4, 5, 6)
    await release(database, now)
    await give(database, now, 1, 2, copd=80)
    await give(database, now, 7)
    assert len(await releases(database)) == 1


async def test_measures_are_frozen_each_by_itself(database: Database, now: datetime) -> None:
    """Three late answers, one of them alone with a number of spirometries: that measure must stay as it was."""
    await a_round(database, now, 8)
    await give(database, now, 1, 2, 3, 4, 5)
    await release(database, now)
    await give(database, now, 6, 7, spirometry=None)
    await give(database, now, 8)
    package = load("kol")
    async with look(database) as state:
        seen = await find_sight(state, 2, 1)
    assert seen is not None
    sizes = {
        each.id: len(frozen(each, [*seen.before, seen.frozen]))
        for each in package.measures
        if each.id in {"prevalence", "spirometry"}
    }
    assert sizes == {"prevalence": 8, "spirometry": 5}


async def test_who_took_back_consent_or_numbers_is_gone(database: Database, now: datetime) -> None:
    await a_round(database, now, 7)
    await give(database, now, 1, 2, 3, 4, 5, 6)
    await release(database, now)

    async def leave(uow: UnitOfWork) -> None:
        member, submission = await uow.session.get(Member, 4), await uow.session.get(Submission, 5)
        assert member is not None
        assert submission is not None
        await consent.withdraw(uow, member, now=now)
        await submissions.withdraw(uow, submission, await part(uow, 5), now=now)

    await do(database, leave)
    async with look(database) as state:
        seen = await find_sight(state, 1, 1)
    assert seen is not None
    assert seen.gone == {4, 5}


@pytest.mark.long
async def test_a_new_round_about_the_same_period_is_compared_with_the_first(database: Database, now: datetime) -> None:
    await a_round(database, now, 6)
    await give(database, now, 1, 2, 3, 4, 5)
    await release(database, now)

    async def again(uow: UnitOfWork) -> None:
        await feedback.close(uow, await rounds.get(uow, 1), actor_id=1, now=now)
        plan = Plan("kol", date(2025, 3, 1), date(2026, 2, 28), DEADLINE, answering={n: n for n in range(1, 7)})
        made = await rounds.begin(uow, 1, plan, actor_id=1, now=now)
        for n in range(1, 7):
            assignment = await rounds.of_practice(uow, made.id, n)
            member = await uow.session.get(Member, n)
            assert assignment is not None
            assert member is not None
            await submissions.keep(uow, OwnPart(assignment, made, member), UsableNumbers("form", NUMBERS), now=now)
        await feedback.release(uow, made, actor_id=1, now=now)

    await do(database, again)
    async with look(database) as state:
        seen = await find_sight(state, 2, 6)
    assert seen is not None
    drawn = frozen(load("kol").measures[0], [*seen.before, seen.frozen])
    assert (len(seen.frozen), sorted(drawn), seen.gone) == (6, [1, 2, 3, 4, 5], set())


async def test_older_release_shows_nothing_any_more(database: Database, now: datetime) -> None:
    await a_round(database, now, 8)
    await give(database, now, 1, 2, 3, 4, 5)
    await release(database, now)
    await give(database, now, 6, 7, 8)
    async with look(database) as state:
        seen = [await find_sight(state, number, 1) is not None for number in (1, 2)]
    assert seen == [False, True]


async def test_practice_without_an_answer_that_counts_sees_nothing(database: Database, now: datetime) -> None:
    await a_round(database, now, 6)
    await give(database, now, 1, 2, 3, 4, 5)
    await release(database, now)
    async with look(database) as state:
        assert await find_sight(state, 1, 6) is None


@pytest.mark.parametrize(("answering", "state"), [((1, 2, 3, 4, 5), "released"), ((1, 2, 3, 4), "open")])
async def test_deadline_releases_when_share_and_number_are_reached(
    database: Database, now: datetime, answering: tuple[int, ...], state: str
) -> None:
    await a_round(database, now, 6)
    await give(database, now, *answering)

    async def deadline(uow: UnitOfWork) -> str:
        round_ = await rounds.get(uow, 1)
        await feedback.at_deadline(uow, round_, now=DEADLINE)
        return round_.state

    assert await do(database, deadline) == state
    assert await told(database, "round.undecided") == ([] if state == "released" else [1])


async def test_everybody_answered_is_told_once(database: Database, now: datetime) -> None:
    await a_round(database, now, 2)
    await give(database, now, 1, 2)
    await give(database, now, 2, copd=70)
    assert await told(database, "round.ready") == [1]


async def test_closing_renews_only_when_nobody_is_given_away(database: Database, now: datetime) -> None:
    await a_round(database, now, 7)
    await give(database, now, 1, 2, 3, 4, 5)
    await release(database, now)
    await give(database, now, 6, 7)

    async def close(uow: UnitOfWork) -> bool:
        return await feedback.close(uow, await rounds.get(uow, 1), actor_id=1, now=now)

    assert await do(database, close) is False
    assert len(await releases(database)) == 1
    with pytest.raises(ClusterError, match=r"round\.is_closed"):
        await give(database, now, 1)


async def test_release_needs_numbers_and_happens_once(database: Database, now: datetime) -> None:
    await a_round(database, now, 5)
    with pytest.raises(ClusterError, match=r"round\.no_numbers"):
        await release(database, now)
    await give(database, now, 1, 2, 3, 4, 5)
    await release(database, now)
    with pytest.raises(ClusterError, match=r"round\.is_released"):
        await release(database, now)


async def test_stranger_cannot_answer_for_a_practice(database: Database, now: datetime) -> None:
    await a_round(database, now, 2)
    with pytest.raises(ClusterError, match=r"data\.not_yours"):
        await do(database, lambda uow: _keep_as(uow, practice=1, member=2, now=now))
    async with look(database) as state:
        assert (await state.session.scalars(select(Submission))).all() == []


async def _keep_as(uow: UnitOfWork, *, practice: int, member: int, now: datetime) -> None:
    await submissions.keep(uow, await part(uow, practice, member), UsableNumbers("form", NUMBERS), now=now)


async def test_answer_stops_reminders_and_withdrawal_brings_them_back(database: Database, now: datetime) -> None:
    await a_round(database, now, 2)
    counts = [len(await told(database, "data.chase"))]
    await give(database, now, 2)
    counts.append(len(await told(database, "data.chase")))

    async def withdraw(uow: UnitOfWork) -> None:
        submission = await uow.session.get(Submission, 1)
        assert submission is not None
        await submissions.withdraw(uow, submission, await part(uow, 2), now=now + timedelta(days=8))

    await do(database, withdraw)
    assert [*counts, len(await told(database, "data.chase"))] == [6, 3, 6]


async def test_objection_is_settled_by_new_numbers(database: Database, now: datetime) -> None:
    await a_round(database, now, 2)
    await give(database, now, 2)

    async def object_(uow: UnitOfWork) -> None:
        submission = await uow.session.get(Submission, 1)
        assert submission is not None
        await objections.raise_one(
            uow, submission, await rounds.get(uow, 1), (await part(uow, 2)).member, "Forkert", now=now
        )

    await do(database, object_)
    async with look(database) as state:
        opened = len(await objections.open_for(state, 1))
    await give(database, now, 2, copd=70)
    async with look(database) as state:
        left = len(await objections.open_for(state, 1))
    assert (opened, left) == (1, 0)


async def test_last_times_numbers_are_those_that_counted(database: Database, now: datetime) -> None:
    await a_round(database, now, 2)
    await give(database, now, 2, copd=61)
    await give(database, now, 2, copd=62)

    async def again(uow: UnitOfWork) -> Round:
        first = await rounds.get(uow, 1)
        await feedback.close(uow, first, actor_id=1, now=now)
        plan = Plan("kol", date(2025, 3, 1), date(2026, 2, 28), DEADLINE, answering={1: 1, 2: 2})
        return await rounds.begin(uow, 1, plan, actor_id=1, now=now)

    made = await do(database, again)
    async with look(database) as state:
        found = [await standing.numbers_before(state, made, practice) for practice in (1, 2)]
    assert found == [None, NUMBERS | {"copd": 62}]
