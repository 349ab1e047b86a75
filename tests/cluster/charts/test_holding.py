"""Charts wait for whoever's numbers stand out: once, in private, and with nothing left of it afterwards."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from cluster.charts import holding
from cluster.charts import releases as feedback
from cluster.errors import ClusterError
from cluster.overview import outlook
from cluster.rounds import rounds, standing
from cluster.submissions import submissions
from cluster.submissions.submissions import UsableNumbers
from storage.database import Database
from storage.models import Audit, Meeting, Outbox, Release, Round, SecondLook
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.kit import a_round, do, give, part, releases, told

HELD_UNTIL = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
"""Noon of the next workday in Copenhagen."""
WRONG = 600
WHAT_HAPPENS = ("wrong", "well", "withdraw", "send", "now", "time", "right")


async def nine(database: Database, now: datetime, wrong: int | None = 5) -> None:
    """Nine practices have answered; one of them with a zero too many."""
    await a_round(database, now, 9)
    for n in range(1, 10):
        await give(database, now, n, copd=60 + 2 * n, spirometry=40, care_plan=30)
    if wrong:
        await put(database, now, wrong, WRONG)


async def put(database: Database, now: datetime, practice: int, copd: int) -> None:
    """A practice's number, kept as it is."""

    async def answer(uow: UnitOfWork) -> None:
        numbers = {"listed": 2000, "copd": copd, "spirometry": 40, "care_plan": 30}
        await submissions.keep(uow, await part(uow, practice), UsableNumbers("form", numbers), now=now)

    await do(database, answer)


async def send(database: Database, now: datetime, *, waited: bool = False) -> Release | None:
    async def work(uow: UnitOfWork) -> Release | None:
        return await feedback.release(uow, await rounds.get(uow, 1), actor_id=1, now=now, waited=waited)

    return await do(database, work)


async def time_out(database: Database, now: datetime = HELD_UNTIL) -> None:
    async def work(uow: UnitOfWork) -> None:
        await feedback.after_hold(uow, await rounds.get(uow, 1), actor_id=1, now=now)

    await do(database, work)


async def right(database: Database, now: datetime, practice: int) -> None:
    async def work(uow: UnitOfWork) -> None:
        own = await part(uow, practice)
        await holding.confirm(uow, own.assignment, own.member, now=now)

    await do(database, work)


async def drawn(database: Database) -> list[int]:
    """The practices that the newest release is drawn from."""
    async with look(database) as state:
        round_ = await rounds.get(state, 1)
        given = {each.id: key for key, each in (await standing.contributions(state, round_)).items()}
    return sorted(given[each] for each in (await releases(database))[-1][1])


async def looks(database: Database) -> list[tuple[int, str]]:
    async with look(database) as state:
        rows = await state.session.scalars(select(SecondLook).order_by(SecondLook.id))
        return [(each.practice_id, each.measure_id) for each in rows]


async def held_until(database: Database) -> datetime | None:
    async with look(database) as state:
        return (await rounds.get(state, 1)).held_until


async def test_nothing_is_held_when_nothing_stands_out(database: Database, now: datetime) -> None:
    await nine(database, now, wrong=None)
    assert await send(database, now) is not None
    assert (await told(database, "data.look"), await told(database, "round.held")) == ([], [])


async def test_charts_wait_and_only_the_practice_is_asked(database: Database, now: datetime) -> None:
    await nine(database, now)
    assert await send(database, now) is None
    assert await releases(database) == []
    assert await held_until(database) == HELD_UNTIL
    assert (await told(database, "data.look"), await told(database, "round.held")) == ([5], [1])
    assert {practice for practice, _ in await looks(database)} == {5}


async def test_a_second_click_sends_nothing_by_mistake(database: Database, now: datetime) -> None:
    await nine(database, now)
    await send(database, now)
    with pytest.raises(ClusterError, match=r"round\.is_held"):
        await send(database, now)
    async with UnitOfWork(database) as uow:
        assert await feedback.at_deadline(uow, await rounds.get(uow, 1), now=now) is False
    assert await told(database, "round.undecided") == []


async def test_sending_now_without_a_wait_looks_first(database: Database, now: datetime) -> None:
    await nine(database, now)
    assert await send(database, now, waited=True) is None
    assert await held_until(database) == HELD_UNTIL


@pytest.mark.long
@pytest.mark.parametrize("now_by_hand", [True, False])
@pytest.mark.parametrize(
    ("answered", "expected"),
    [("no", [1, 2, 3, 4, 6, 7, 8, 9]), ("right", [*range(1, 10)]), ("corrected", [*range(1, 10)])],
)
async def test_what_is_drawn_depends_on_the_answer_and_not_on_who_ends_the_wait(
    database: Database, now: datetime, answered: str, expected: list[int], now_by_hand: bool
) -> None:
    await nine(database, now)
    await send(database, now)
    if answered == "right":
        await right(database, now, 5)
    elif answered == "corrected":
        await put(database, now, 5, 71)
    await (send(database, now, waited=True) if now_by_hand else time_out(database))
    assert await drawn(database) == expected
    assert sorted(member or 0 for member in await told(database, "feedback.chart")) == [*range(1, 10)]


async def test_nothing_is_left_of_who_was_asked(database: Database, now: datetime) -> None:
    await nine(database, now)
    await send(database, now)
    await right(database, now, 5)
    await time_out(database)
    assert (await looks(database), await held_until(database)) == ([], None)
    async with look(database) as state:
        rows = (await state.session.scalars(select(Audit).where(Audit.what.like("round.%")).order_by(Audit.id))).all()
        waiting = select(Outbox.kind).where(Outbox.kind.in_(["data.look", "round.send"]), Outbox.state == "waiting")
        assert (await state.session.scalars(waiting)).all() == []
    assert [each.what for each in rows] == ["round.opened", "round.held", "round.released"]
    assert "5" not in str(rows[1].details) + rows[1].subject


@pytest.mark.parametrize("end", ["cancel", "close"])
async def test_a_round_that_ends_meanwhile_sends_nothing(database: Database, now: datetime, end: str) -> None:
    await nine(database, now)
    await send(database, now)

    async def stop(uow: UnitOfWork) -> Any:
        ending = rounds.cancel if end == "cancel" else feedback.close
        return await ending(uow, await rounds.get(uow, 1), actor_id=1, now=now)

    await do(database, stop)
    await time_out(database)
    assert (await releases(database), await looks(database), await held_until(database)) == ([], [], None)


async def test_a_number_corrected_to_another_far_one_is_not_asked_about_again(
    database: Database, now: datetime
) -> None:
    await nine(database, now)
    await send(database, now)
    await put(database, now, 5, WRONG + 1)
    assert await told(database, "data.look") == [5]
    await time_out(database)
    assert await drawn(database) == [*range(1, 10)]


async def test_there_is_no_wait_when_the_meeting_is_too_near(database: Database, now: datetime) -> None:
    await nine(database, now)

    async def soon(uow: UnitOfWork) -> None:
        at = now + timedelta(days=1)
        meeting = Meeting(
            cluster_id=1,
            title="Møde",
            starts_at=at,
            ends_at=at + timedelta(hours=2),
            answer_by=now,
            created_at=now,
        )
        uow.session.add(meeting)
        await uow.session.flush()
        (await rounds.get(uow, 1)).meeting_id = meeting.id

    await do(database, soon)
    assert await send(database, now) is not None
    assert await told(database, "data.look") == []
    assert await drawn(database) == [1, 2, 3, 4, 6, 7, 8, 9]


@pytest.mark.long
async def test_coordinators_see_the_same_whoever_it_is(tmp_path: Any, now: datetime) -> None:
    from storage.models import Base

    seen = []
    for wrong in (3, 7):
        made = Database(f"sqlite+aiosqlite:///{tmp_path / f'{wrong}.db'}")
        async with made.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        await nine(made, now, wrong=None)
        for practice in (3, 7):
            await put(made, now, practice, WRONG if practice == wrong else 80)
        await send(made, now)
        async with look(made) as state:
            plan = await outlook.outlook(state, 1, now=now)
            owed = select(Outbox).where(Outbox.cluster_id == 1).order_by(Outbox.id)
            log = select(Audit).order_by(Audit.id)
            seen.append(
                (
                    [(each.kind, each.due_at, [person.id for person in each.people]) for each in plan],
                    [(each.kind, each.key, each.due_at, each.params) for each in await state.session.scalars(owed)],
                    [(each.what, each.subject, each.at, each.details) for each in await state.session.scalars(log)],
                    [(each.practice_id, each.state) for each in await standing.of_round(state, 1)],
                    (await state.session.scalars(select(Round.held_until))).all(),
                )
            )
        await made.close()
    assert seen[0] == seen[1]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
async def test_a_practice_is_asked_once_whatever_happens(database: Database, now: datetime, seed: int) -> None:
    chance = random.Random(seed)
    await nine(database, now, wrong=None)
    for _ in range(14):
        practice, what = (
            chance.randint(1, 9),
            chance.choice(["wrong", "well", "withdraw", "send", "now", "time", "right"]),
        )
        with suppress(ClusterError):
            if what in ("wrong", "well"):
                await put(database, now, practice, WRONG if what == "wrong" else 70)
            elif what == "withdraw":
                await do(database, lambda uow, n=practice: _withdraw(uow, n, now))
            elif what == "right":
                await right(database, now, practice)
            elif what == "time":
                await time_out(database)
            else:
                await send(database, now, waited=what == "now")
    asked = await told(database, "data.look")
    assert len(asked) == len(set(asked))
    assert await looks(database) == [] or await held_until(database) is not None


async def _withdraw(uow: UnitOfWork, practice: int, now: datetime) -> None:
    own = await part(uow, practice)
    given = await standing.accepted(uow, 1, practice)
    if given is not None:
        await submissions.withdraw(uow, given, own, now=now)
