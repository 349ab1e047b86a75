"""What has been kept long enough goes; what guards against saying a thing twice stays."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.running.retention import Retention
from cluster.notices import owe
from storage.inbox import bury, keep
from storage.models import Attendance, Inbox, Invitation, Meeting, Outbox, Round, Submission
from storage.unit_of_work import UnitOfWork
from tests.bot.scene import Scene

OLD = timedelta(days=100)


@pytest.fixture
def retention(scene: Scene) -> Retention:
    bot = scene.bot
    return Retention(bot.database, scene.clock, bot.leader, bot.metrics, days=90)


async def settled(scene: Scene, *keys: str, age: timedelta = OLD, subject: str = "", state: str = "sent") -> None:
    """Rows that were sent that long ago."""
    async with UnitOfWork(scene.bot.database) as uow:
        for key in keys:
            await owe(
                uow, "test.notice", key=key, now=scene.clock.now() - age, member_id=scene.member_id, subject=subject,
                due_at=scene.clock.now() + OLD,
            )  # fmt: skip
            done = {"state": state, "done_at": scene.clock.wall() - age}
            await uow.session.execute(update(Outbox).where(Outbox.key == key).values(done))
        await uow.commit()


async def keys(scene: Scene) -> list[str]:
    async with scene.bot.database.read() as session:
        return list((await session.scalars(select(Outbox.key).order_by(Outbox.id))).all())


@pytest.mark.both_databases
async def test_old_answers_and_edits_go_and_lasting_words_stay(scene: Scene, retention: Retention) -> None:
    await settled(scene, "answer:1", "taken:abc", "welcome:7", "greet:1:7")
    await settled(scene, "answer:2", age=timedelta(days=80))
    await settled(scene, "answer:3", state="waiting")
    gone = await retention.run()
    assert gone["outbox"] == 2
    assert await keys(scene) == ["welcome:7", "greet:1:7", "answer:2", "answer:3"]


@pytest.mark.both_databases
async def test_what_is_about_a_meeting_stays_until_it_is_over(scene: Scene, retention: Retention) -> None:
    now, ids = scene.clock.now(), []
    async with UnitOfWork(scene.bot.database) as uow:
        for starts in (now - OLD, now + OLD):
            meeting = Meeting(
                cluster_id=scene.klynge.id,
                title="Møde",
                starts_at=starts,
                ends_at=starts,
                answer_by=starts,
                created_at=now,
            )
            uow.session.add(meeting)
            await uow.session.flush()
            ids.append(meeting.id)
        await uow.commit()
    for number in ids:
        await settled(scene, f"invite:{number}:1", subject=f"meeting:{number}")
    await settled(scene, "newest")
    await retention.run()
    assert await keys(scene) == [f"invite:{ids[1]}:1", "newest"]


@pytest.mark.both_databases
async def test_what_is_about_a_round_stays_until_it_is_closed(scene: Scene, retention: Retention) -> None:
    now, ids = scene.clock.now(), []
    async with UnitOfWork(scene.bot.database) as uow:
        for state in ("closed", "released", "cancelled"):
            round_ = Round(
                cluster_id=scene.klynge.id, package_id="kol", package_version="1", period_start=now.date(),
                period_end=now.date(), deadline=now - OLD, state=state, created_at=now - OLD,
                closed_at=now - OLD if state == "closed" else None,
            )  # fmt: skip
            uow.session.add(round_)
            await uow.session.flush()
            ids.append(round_.id)
        await uow.commit()
    for number in ids:
        await settled(scene, f"closed:{number}", subject=f"round:{number}")
    await settled(scene, "newest")
    await retention.run()
    assert await keys(scene) == [f"closed:{ids[1]}", "newest"]


@pytest.mark.both_databases
async def test_old_arrivals_go_but_the_newest_keeps_its_number(scene: Scene, retention: Retention) -> None:
    database, old = scene.bot.database, scene.clock.wall() - OLD
    done = {"kind": "event:x", "person": "T:U", "body": {}, "state": "done", "error": "", "attempts": 1}
    when = {"received_at": old, "next_at": old, "done_at": old}
    async with database.write() as session:
        await session.execute(insert(Inbox), [{"source_id": f"e{n}", **done, **when} for n in range(1200)])
        await session.commit()
    assert (await retention.run())["inbox"] == 1199
    async with database.read() as session:
        assert (await session.scalars(select(Inbox.source_id))).all() == ["e1199"]


async def test_day_is_done_once(scene: Scene, retention: Retention) -> None:
    await asyncio.gather(*(retention.look() for _ in range(5)))
    await settled(scene, "answer:1", "newest")
    await retention.look()
    assert await keys(scene) == ["answer:1", "newest"]


async def test_buried_arrivals_go_too(scene: Scene, retention: Retention) -> None:
    database, old = scene.bot.database, scene.clock.wall() - OLD
    for n in range(2):
        await keep(database, source_id=f"e{n}", kind="event:x", person="T:U", body={}, now=old + 2 * OLD)
        async with database.write() as session:
            await bury(session, n + 1, error="x", now=old)
            await session.commit()
    assert (await retention.run())["inbox"] == 1
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Inbox)) == 1


@pytest.mark.both_databases
async def test_numbers_and_attendance_go_after_years_when_that_was_decided(scene: Scene, retention: Retention) -> None:
    now, ids = scene.clock.now(), scene.klynge
    async with UnitOfWork(scene.bot.database) as uow:
        for age in (timedelta(days=4 * 365), timedelta(days=2 * 365)):
            then = now - age
            round_ = Round(
                cluster_id=ids.id, package_id="kol", package_version="1", period_start=then.date(),
                period_end=then.date(), deadline=then, state="closed", created_at=then, closed_at=then,
            )  # fmt: skip
            meeting = Meeting(
                cluster_id=ids.id, title="Møde", starts_at=then, ends_at=then, answer_by=then, created_at=then,
                note="x", cancel_reason="y",
            )  # fmt: skip
            uow.session.add_all([round_, meeting])
            await uow.session.flush()
            common = {"member_id": scene.member_id}
            uow.session.add_all(
                [
                    Submission(
                        round_id=round_.id, practice_id=ids.practice_ids[0], version=1, source="form", state="accepted",
                        numbers={"copd": 130}, created_at=then, **common,
                    ),
                    Invitation(meeting_id=meeting.id, answer="no", reason="syg", **common),
                    Attendance(meeting_id=meeting.id, present=True, recorded_at=then, **common),
                ]
            )  # fmt: skip
        await uow.commit()
    assert (await retention.run()).get("submission") is None
    gone = await replace(retention, years=3).run()
    assert (gone["submission"], gone["attendance"]) == (1, 2)
    async with scene.bot.database.read() as session:
        left = [await session.scalar(select(func.count()).select_from(t)) for t in (Submission, Invitation, Attendance)]
        states = (await session.scalars(select(Round.state).order_by(Round.id))).all()
        words = (await session.scalars(select(Meeting.note + Meeting.cancel_reason).order_by(Meeting.id))).all()
    assert (left, states, words) == ([1, 1, 1], ["cancelled", "closed"], ["", "xy"])
    assert (await replace(retention, years=3).run())["submission"] == 0
