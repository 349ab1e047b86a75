"""Planning a round, and asking again within limits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cluster.calendar import Hours, is_open, is_workday
from cluster.clock import COPENHAGEN, local
from cluster.errors import ClusterError
from cluster.reminders.moments import escalation_moment
from cluster.reminders.moments import moments as moments_of
from cluster.rounds import planning, reminders, rounds
from cluster.rounds.planning import Plan
from storage.database import Database
from storage.models import Assignment, Meeting, Member, Outbox, Rules
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.kit import DEADLINE, a_cluster

WORKING = Hours(8, 17)


def a_plan(answering: dict[int, int], /, **changes: object) -> Plan:
    about = {"package_id": "kol", "period_start": date(2025, 3, 1), "period_end": date(2026, 2, 28)}
    return Plan(**about | {"deadline": DEADLINE, "answering": answering} | changes)


async def begin(database: Database, cluster_id: int, plan: Plan, now: datetime) -> int:
    async with UnitOfWork(database) as uow:
        made = await rounds.begin(uow, cluster_id, plan, actor_id=1, now=now)
        await uow.commit()
        return made.id


async def owed(database: Database, kind: str) -> Sequence[tuple[str, datetime]]:
    """Keys and hours of what is owed of a kind."""
    async with look(database) as state:
        rows = select(Outbox.key, Outbox.due_at).where(Outbox.kind == kind).order_by(Outbox.due_at, Outbox.key)
        return [(key, due) for key, due in (await state.session.execute(rows)).all()]


async def test_begin_asks_everybody_and_watches_the_deadline(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    round_id = await begin(database, cluster_id, a_plan({1: 1, 2: 2, 3: 3}), now)

    assert [key for key, _ in await owed(database, "data.ask")] == [f"ask:{round_id}:{n}" for n in (1, 2, 3)]
    assert await owed(database, "round.deadline") == [(f"round.deadline:{round_id}", DEADLINE)]
    assert len(await owed(database, "data.chase")) == 9


async def test_practice_left_out_is_not_asked(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    round_id = await begin(database, cluster_id, a_plan({1: 1, 2: 2}, left_out=frozenset({3})), now)
    async with look(database) as state:
        assert [part.practice_id for part in await rounds.assignments(state, round_id)] == [1, 2]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"deadline": DEADLINE - timedelta(days=30)}, "round.deadline_past", "deadline_day"),
        ({"period_end": date(2026, 3, 3)}, "round.period_future", "period_end"),
        ({"period_end": date(2024, 3, 3)}, "round.period_backwards", "period_end"),
        ({"package_id": "ukendt"}, "round.package_unknown", "package"),
        ({"answering": {1: 1, 2: 2}}, "round.no_contact", "who.3"),
        ({"answering": {1: 1, 2: 2, 3: 2}}, "round.no_contact", "who.3"),
        ({"answering": {}, "left_out": frozenset({1, 2, 3})}, "round.nobody", "package"),
        ({"meeting_id": 1}, "round.deadline_after_meeting", "deadline_day"),
    ],
)
async def test_flaws_name_their_field(
    database: Database, now: datetime, changes: dict[str, object], code: str, field: str
) -> None:
    cluster_id = await a_cluster(database, now)
    async with UnitOfWork(database) as uow:
        starts = DEADLINE - timedelta(hours=1)
        times = {"starts_at": starts, "ends_at": starts, "answer_by": now, "created_at": now}
        uow.session.add(Meeting(cluster_id=cluster_id, title="KOL", **times))
        await uow.commit()
    async with look(database) as state:
        found = await planning.flaws(state, cluster_id, a_plan({1: 1, 2: 2, 3: 3}, **changes), now)
    assert [(error.code, error.field) for error in found] == [(code, field)]


async def test_round_that_runs_already_is_a_flaw(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    await begin(database, cluster_id, a_plan({1: 1, 2: 2, 3: 3}), now)
    with pytest.raises(ClusterError, match=r"round\.already_open"):
        await begin(database, cluster_id, a_plan({1: 1, 2: 2, 3: 3}), now)


async def test_cancelling_takes_back_what_is_still_owed(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    round_id = await begin(database, cluster_id, a_plan({1: 1, 2: 2, 3: 3}), now)
    async with UnitOfWork(database) as uow:
        await rounds.cancel(uow, await rounds.get(uow, round_id), actor_id=1, now=now)
        await uow.commit()
    left = [await owed(database, kind) for kind in ("data.chase", "round.deadline", "round.close", "round.digest")]
    assert left == [[], [], [], []]


@pytest.mark.parametrize(
    ("today", "period"),
    [
        (date(2026, 3, 2), (date(2025, 3, 1), date(2026, 2, 28))),
        (date(2026, 1, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2028, 3, 1), (date(2027, 3, 1), date(2028, 2, 29))),
    ],
)
def test_default_period_is_the_last_twelve_whole_months(today: date, period: tuple[date, date]) -> None:
    assert planning.default_period(today) == period


def at(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("now", "meeting", "deadline"),
    [
        (at(2026, 3, 2), None, at(2026, 3, 16)),
        (at(2026, 3, 2), at(2026, 4, 30, 16), at(2026, 4, 16)),
        (at(2026, 3, 2), at(2026, 3, 12, 16), at(2026, 3, 11)),
        (at(2026, 3, 2), at(2026, 3, 3, 16), at(2026, 3, 3)),
        (at(2026, 3, 19), None, at(2026, 4, 1)),  # two weeks ahead is Skærtorsdag
    ],
)
def test_default_deadline_leaves_time_before_the_meeting(
    now: datetime, meeting: datetime | None, deadline: datetime
) -> None:
    assert planning.default_deadline(now, meeting) == deadline


moments = st.datetimes(datetime(2026, 1, 1), datetime(2036, 12, 31)).map(  # noqa: DTZ001 - made aware at once
    lambda naive: naive.replace(tzinfo=COPENHAGEN).astimezone(UTC)
)


@pytest.mark.long
@given(asked=moments, lead=st.integers(0, 120 * 24))
def test_asking_again_keeps_its_limits(asked: datetime, lead: int) -> None:
    deadline = asked + timedelta(hours=lead)
    found = moments_of(reminders.POLICY, asked, deadline, WORKING)
    assert len(found) <= 3
    assert found == sorted(set(found))
    assert all(is_open(moment, WORKING) for moment in found)
    assert all(asked + reminders.PEACE <= moment < deadline for moment in found)
    digest = escalation_moment(reminders.POLICY, asked, deadline, WORKING)
    assert digest is None or (is_open(digest, WORKING) and found[-1] < digest < deadline)


def test_short_lead_asks_only_once_more() -> None:
    asked = datetime.combine(date(2026, 3, 2), time(9), COPENHAGEN)
    assert moments_of(reminders.POLICY, asked, at(2026, 3, 5), WORKING) == [at(2026, 3, 4, 9)]


async def test_snooze_never_goes_past_the_deadline_morning(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    await begin(database, cluster_id, a_plan({1: 1, 2: 2, 3: 3}, deadline=at(2026, 3, 6)), now)
    async with UnitOfWork(database) as uow:
        part, round_ = await rounds.assignment(uow, 2)
        rules = (await uow.session.scalars(select(Rules))).one()
        who = await uow.session.get_one(Member, part.member_id)
        moment = await reminders.snooze(uow, round_, part, "monday", rules, by=who, now=now)
    assert (moment, is_workday(local(moment).date())) == (at(2026, 3, 6, 8), True)


async def test_nudge_is_owed_once_a_day(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    round_id = await begin(database, cluster_id, a_plan({1: 1, 2: 2, 3: 3}), now)
    async with UnitOfWork(database) as uow:
        rules = (await uow.session.scalars(select(Rules))).one()
        part = (await uow.session.scalars(select(Assignment))).first()
        round_ = await rounds.get(uow, round_id)
        assert part is not None
        evening = now + timedelta(hours=12)
        owed_ = [await reminders.nudge(uow, round_, part, rules, now=evening) for _ in range(2)]
        await uow.commit()
    assert owed_ == [True, False]
    assert (await owed(database, "data.chase"))[0][1] == at(2026, 3, 3, 8)
