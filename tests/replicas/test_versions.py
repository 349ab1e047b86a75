"""Old and new run side by side for a while: what the old one has never heard of waits for the new one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers.feature import Feature, Kept, Notice, merge
from storage.inbox import keep
from storage.models import Inbox, Outbox
from tests.own_kinds import Kinds
from tests.replicas.conftest import Company
from tests.replicas.replica import ROUTES, hear, say

NEWER = merge([*ROUTES.features, Feature(events={"newer.event": Kept(hear)}, notices={Kinds.NEWER: Notice(say)})])

pytestmark = pytest.mark.postgres


async def test_message_of_a_newer_version_waits_for_the_newer_process(company: Company) -> None:
    await company.join()
    row_id = await company.owe(company.database, "nyt", kind="newer.notice")

    async def row() -> Outbox:
        async with company.database.read() as session:
            return (await session.scalars(select(Outbox).where(Outbox.id == row_id))).one()

    async def is_left() -> bool:
        return (await row()).next_at is not None

    await company.until(is_left)
    assert ((await row()).state, (await row()).attempts) == ("waiting", 0)
    await company.join(routes=NEWER, tick_seconds=0.5)
    await company.until_said("nyt")


async def test_doing_of_a_newer_version_waits_for_the_newer_process(company: Company) -> None:
    old = await company.join()
    event = {"type": "newer.event", "user": company.user, "channel": company.channel, "text": "ord"}
    body = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": event}
    now = company.clock.wall()
    await keep(company.database, source_id="event:Ev1", kind="event:newer.event", person="T1:U1", body=body, now=now)

    async def row() -> Inbox:
        async with company.database.read() as session:
            return (await session.scalars(select(Inbox))).one()

    async def is_left() -> bool:
        return (await row()).error == "no route" and not old.inbox.pump.is_busy

    await company.until(is_left)
    assert ((await row()).state, (await row()).attempts) == ("waiting", 0)
    await company.join(routes=NEWER, tick_seconds=0.5)

    async def is_said() -> bool:
        told = await company.desk.messages(company.user, company.channel)
        return [each["text"].strip() for each in told] == ["newer.event:"]

    await company.until(is_said)
