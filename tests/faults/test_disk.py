"""The disk is full: people see that nothing got through, nothing is half done, and when there is room it goes on."""

from __future__ import annotations

import random
import resource
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from tests.crash.session import Session
from tests.crash.tally import CARD, FILE, TEXT
from tests.faults.village import WORDS, Village

LITTLE, ENDLESS = 4096, resource.RLIM_INFINITY
MOST_PAGES = 2**30


class Disk:
    """The room that the program's connections have for its file."""

    def __init__(self, village: Village) -> None:
        self.is_full = False
        event.listen(village.bot.database.engine.sync_engine, "begin", self._begin)

    def _begin(self, connection: Connection) -> None:
        pages = 1 if self.is_full else MOST_PAGES  # never less than there are: no page can be added
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


@pytest.mark.timeout(240)
async def test_full_database_file_refuses_what_it_cannot_keep_and_loses_nothing(village: Village) -> None:
    disk = Disk(village)
    disk.is_full = True
    doctors = village.klynge.doctors
    for _ in range(6):
        for person in doctors[1:]:
            await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.desk.wait_for(lambda: refused(village.desk), 30)
    disk.is_full = False
    await village.all_say_yes()
    await village.settle()
    assert await village.answers() == ["yes"] * 5
    assert [await village.helped(person) for person in doctors[1:]] == [6] * 4
    assert await village.account() == ([], [])
    assert await village.unsettled() == {}


@pytest.mark.crash
@pytest.mark.timeout(240)
async def test_process_that_may_write_no_more_loses_and_doubles_nothing(tmp_path: Path) -> None:
    async with Session(tmp_path, random.Random(1)).open() as session:
        await session.rest()
        (bot,) = session.bots
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (LITTLE, ENDLESS))
        for number, person in enumerate(session.people):
            await person.write(session.desk, picture=number == 0)
        await session.people[0].click(session.desk)
        await session.desk.wait_for(lambda: refused(session.desk), 30)
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (ENDLESS, ENDLESS))
        tally = await session.account(1)
    assert (tally.lost, tally.doubled, tally.disordered) == ([], [], [])
    assert {TEXT, CARD, FILE} <= set(tally.kinds)


async def refused(desk: Any) -> bool:
    """Whether something that Slack told was not acknowledged."""
    return any(row["direction"] == "out" and not row["ok"] for row in await desk.traffic())
