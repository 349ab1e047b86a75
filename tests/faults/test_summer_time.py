"""Clocks in Denmark change twice a year, at night; reminders keep their hour and nothing comes twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from cluster.clock import COPENHAGEN, MovableClock, local
from storage.models import Outbox
from tests.faults.village import WORDS, Village

SPRING = datetime(2026, 3, 29, tzinfo=COPENHAGEN)
AUTUMN = datetime(2026, 10, 25, tzinfo=COPENHAGEN)
STEP = timedelta(minutes=30)


@pytest.fixture(params=[SPRING, AUTUMN], ids=["spring", "autumn"])
def night(request: pytest.FixtureRequest) -> datetime:
    """Midnight before the clocks are changed."""
    found: datetime = request.param
    return found


@pytest.fixture
def clock(night: datetime) -> MovableClock:
    """Twenty days earlier, a Monday morning."""
    return MovableClock(night - timedelta(days=20) + timedelta(hours=9), stopped=True)


async def test_each_doing_of_the_night_is_answered_once(village: Village, clock: MovableClock, night: datetime) -> None:
    person = village.klynge.doctors[1]
    midnight = night.timestamp()
    seen = []
    for number in range(10):
        clock.move_to(datetime.fromtimestamp(midnight, UTC) + number * STEP)
        seen.append(local(clock.now()).strftime("%H.%M"))
        await village.desk.say(person, village.world.bot_user_id, WORDS)
        await village.settle()
    hours = {"02.00", "02.30"}
    assert len([moment for moment in seen if moment in hours]) == (0 if night == SPRING else 4)
    assert await village.helped(person) == 10
    assert await village.account() == ([], [])
    assert await village.unsettled() == {}


async def test_reminders_keep_to_working_hours_on_both_sides_of_the_night(village: Village, night: datetime) -> None:
    rows = select(Outbox.due_at).where(Outbox.state == "waiting", Outbox.how.in_(("post", "step")))
    # one edits cards where they stand, two are for those who sit at the meeting, one owes what is said in the morning
    rows = rows.where(Outbox.kind.not_in(("meeting.over", "chair.ready", "commitment.open", "appraisal.begin")))
    async with village.bot.database.read() as session:
        moments = [local(due_at) for due_at in (await session.scalars(rows.order_by(Outbox.due_at))).all()]
    assert {each > night for each in moments} == {False, True}
    assert [each for each in moments if each.minute or not 8 <= each.hour <= 17] == []


async def test_reminders_that_fall_due_across_the_night_come_once(
    village: Village, clock: MovableClock, night: datetime
) -> None:
    for day in range(-5, 6):
        for hours in (12, 16.5):
            clock.move_to(night + timedelta(days=day, hours=hours))
            await village.settle()
    assert await village.account() == ([], [])
    assert await village.unsettled() == {}
    async with village.bot.database.read() as session:
        keys = (await session.scalars(select(Outbox.key).where(Outbox.state == "sent", Outbox.how == "post"))).all()
    assert len(keys) == len(set(keys)) > len(village.klynge.doctors)
