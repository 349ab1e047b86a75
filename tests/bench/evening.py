"""The evening of the largest cluster, ten years behind it: a press on the chair's card and the card drawn, and groups.

Processor time, however busy the machine is.
"""

import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from cluster.agendas import editing
from cluster.chairing import parking, running, sittings
from cluster.groups import groups
from cluster.meetings import attendance, meetings
from handlers.chairing.views.card import card
from locales import texts_for
from storage.database import Database
from storage.migrate import migrate
from storage.models import Invitation, Meeting, Member
from storage.unit_of_work import UnitOfWork, look
from storage.words import Rsvp
from tests.bench.row import Row
from tests.conftest import T0
from tests.handlers.overview.large import COORDINATOR, large_cluster

MARK, GROUPS_MARK, TIMES, OLD = 0.05, 0.5, 20, 40


async def rows() -> list[Row]:
    pressed, dealt = await medians(past=OLD)
    young, _ = await medians(past=1)
    return [
        Row(
            "chair's card, 73 doctors, ten years behind: a press kept and the card drawn",
            f"{pressed * 1000:.0f} ms ({pressed / young:.2f} × that of a month)",
            f"≤ {MARK * 1000:.0f} ms",
            pressed <= MARK,
        ),
        Row(
            "… groups of 73 dealt and kept",
            f"{dealt * 1000:.0f} ms",
            f"≤ {GROUPS_MARK * 1000:.0f} ms",
            dealt <= GROUPS_MARK,
        ),
    ]


async def medians(*, past: int) -> tuple[float, float]:
    """Seconds of processor of a press, and of a deal."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'klynge.db'}")
        await migrate(database)
        async with UnitOfWork(database) as uow:
            await large_cluster(uow, T0, past=past)
            await uow.commit()
        now, number, by = await begun(database)
        pressed = [await press(database, number, by, now) for _ in range(TIMES)]
        dealt = [await deal(database, number, by, now, turn) for turn in range(5)]
        await database.close()
    return statistics.median(pressed), statistics.median(dealt)


async def begun(database: Database) -> tuple[datetime, int, int]:
    """The next meeting with an agenda, everybody coming, begun."""
    async with UnitOfWork(database) as uow:
        by = (await uow.session.scalars(select(Member).where(Member.slack_user_id == COORDINATOR))).one()
        meeting = (await meetings.ahead(uow, by.cluster_id, T0))[0]
        for invitation in await uow.session.scalars(select(Invitation).where(Invitation.meeting_id == meeting.id)):
            invitation.answer = Rsvp.YES
        await editing.make(uow, meeting, by=by, now=T0, lang="da")
        now = meeting.starts_at
        await running.start(uow, meeting, by=by, now=now)
        found = now, meeting.id, by.id
        await uow.commit()
    return found


async def press(database: Database, number: int, who: int, now: datetime) -> float:
    """Five minutes more, kept; then the card with everything that it asks for."""
    began = time.process_time()
    async with UnitOfWork(database) as uow:
        meeting, by = await uow.session.get_one(Meeting, number), await uow.session.get_one(Member, who)
        sitting = await sittings.opened(uow, meeting)
        assert await running.extend(uow, meeting, sitting.item_id or 0, sitting.item_minutes, by=by, now=now)
        await uow.commit()
    async with look(database) as state:
        meeting = await meetings.get(state, number)
        sitting = await sittings.of_meeting(state, meeting) or sittings.nobody(meeting)
        course = await sittings.course(state, meeting, sitting, now)
        parked, there = len(await parking.of_meeting(state, meeting)), await attendance.count_in(state, meeting)
        card(course, now, texts_for("da"), parked=parked, there=there)
    return time.process_time() - began


async def deal(database: Database, number: int, who: int, now: datetime, turn: int) -> float:
    """Groups of everybody who said yes."""
    began = time.process_time()
    async with UnitOfWork(database) as uow:
        meeting, by = await uow.session.get_one(Meeting, number), await uow.session.get_one(Member, who)
        assert await groups.deal(uow, meeting, by=by, now=now, turn=turn)
        await uow.commit()
    return time.process_time() - began
