"""The machine's clock jumps: a day ahead, an hour back, and through both changes of summer time."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from cluster.clock import MovableClock
from cluster.notices import owe
from storage.unit_of_work import UnitOfWork
from tests.faults.village import WORDS, Village
from workspace.state.clock import settable

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class JumpyClock(MovableClock):
    """A machine whose clock is put ahead or back while the program runs: calendar and wall alike."""

    off = timedelta()

    def wall(self) -> datetime:
        """The machine's moment, as wrong as it is."""
        return super().wall() + self.off

    def now(self) -> datetime:
        """The calendar goes with it."""
        return super().now() + self.off


@pytest.fixture
def clock() -> JumpyClock:
    """Runs on from a Monday morning."""
    return JumpyClock(datetime(2026, 3, 2, 9, 0, tzinfo=COPENHAGEN), stopped=True)


@pytest.mark.parametrize("jump", [DAY, -HOUR, HOUR, -DAY], ids=str)
async def test_jump_between_two_messages_delays_and_doubles_nothing(
    village: Village, clock: JumpyClock, jump: timedelta
) -> None:
    person = village.klynge.doctors[1]
    await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.desk.settled()
    clock.off += jump
    await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.settle()
    assert await village.helped(person) == 2
    assert await village.account() == ([], [])
    assert await village.unsettled() == {}


@pytest.mark.parametrize("jump", [DAY, -HOUR], ids=str)
@pytest.mark.parametrize("when", ["before", "after"])
async def test_jump_while_a_message_is_on_its_way_does_not_double_it(
    village: Village, clock: JumpyClock, jump: timedelta, when: str
) -> None:
    person = village.klynge.doctors[1]
    await village.desk.fail("chat.postMessage", delay=1.5, when=when)
    await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.desk.wait_for(lambda: not village.world.failures.shape())
    clock.off += jump
    await village.settle()
    assert await village.helped(person) == 1
    assert await village.account() == ([], [])
    assert await village.unsettled() == {}


@pytest.mark.parametrize("jump", [DAY, -HOUR], ids=str)
async def test_jump_after_a_failure_does_not_put_the_next_try_off(
    village: Village, clock: JumpyClock, jump: timedelta
) -> None:
    person = village.klynge.doctors[1]
    await village.desk.fail("chat.postMessage", status=500)
    await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.desk.wait_for(lambda: not village.world.failures.shape())
    clock.off += jump
    await village.answered(person)  # put back an hour, the answer is due only once a tick has noticed the clock
    await village.settle()
    assert await village.helped(person) == 1


async def test_message_sent_under_a_wrong_clock_is_found_in_slack(village: Village, clock: JumpyClock) -> None:
    village.world.clock = settable(MovableClock(clock.now(), stopped=True))  # Slack's own clock is right
    person = village.klynge.doctors[1]
    clock.off += DAY
    await village.desk.fail("chat.postMessage", status=500, when="after")
    await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.settle()
    assert await village.helped(person) == 1


async def test_what_falls_due_after_the_clock_was_put_back_is_found_by_a_tick(
    village: Village, clock: JumpyClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Machine(datetime):
        """The scheduler asks the machine itself."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock.wall().astimezone(tz)

    for place in ("schedulers.base", "triggers.interval", "executors.base"):
        monkeypatch.setattr(f"apscheduler.{place}.datetime", Machine)
    clock.off -= DAY
    async with UnitOfWork(village.bot.database) as uow:
        member_id = village.klynge.member_ids[village.coordinator]
        due_at = clock.now() + HOUR
        await owe(uow, "bot.retried", key="later", now=clock.now(), due_at=due_at, member_id=member_id, number=7)
        await uow.commit()
    await village.settle()
    clock.off += HOUR
    await village.settle()
    assert (await village.desk.dm(village.coordinator))[-1]["text"] == "Jeg prøver besked nr. 7 en gang til."
