"""Every button, form, menu and command of the table, pressed with rubbish and with another cluster's ids."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import (
    Base,
    Cluster,
    Inbox,
    Meeting,
    Member,
    Outbox,
    OwnPackage,
    Poll,
    PollDate,
    Practice,
    RosterImport,
    Rules,
)
from storage.unit_of_work import UnitOfWork, look
from tests.handlers.sweeping import NAME, Settle, Sweep
from workspace import Workspace

Make = Callable[..., Awaitable[Any]]
RUBBISH = ("x", "", "²:", "9" * 40, f"{2**31}:1")
THEIRS = ("1", "2:2", "1:U1", "2:1:yes")
"""Ids that are the first cluster's; the second one's begin after them."""
BESIDES = {"cluster", "inbox", "outbox", "card", "audit", "chore", "allowance", "compatibility"}
"""Tables that move on by themselves, or that are looked at in another way."""
WHOLE = pytest.mark.whole
AT_ONCE = 8
"""This many accounts of each kind try."""


@pytest.fixture
async def victim(a_round: Make, bot: Runtime, clock: MovableClock, settle: Settle) -> Any:
    """A cluster with something of everything underway, with the lowest ids of all."""
    made = await a_round(3, name=f"{NAME}klyngen")
    now, cluster_id = clock.now(), made.klynge.id
    await made.give(1)
    async with UnitOfWork(bot.database) as uow:
        for table in (Practice, Member):
            for row in (await uow.session.scalars(select(table))).all():
                row.name = f"{NAME} {row.id}"
        when = {"starts_at": now + timedelta(days=40), "ends_at": now + timedelta(days=40, hours=2)}
        about = {"cluster_id": cluster_id, "created_at": now}
        uow.session.add(Meeting(title=f"{NAME}mødet", state="planned", answer_by=now, **when, **about))
        poll = Poll(kind="topic", title=f"{NAME}datoerne", answer_by=now + timedelta(days=9), **about)
        uow.session.add(poll)
        await uow.session.flush()
        ends = now + timedelta(days=40, hours=2)
        uow.session.add(PollDate(poll_id=poll.id, starts_at=now + timedelta(days=40), ends_at=ends))
        rows = {"rows": [], "state": "waiting", "member_id": made.klynge.member_ids[made.klynge.coordinator]}
        uow.session.add(RosterImport(**rows, **about))
        uow.session.add(OwnPackage(package_id="offer", version="1", text=f"id = '{NAME}'", **about))
        await uow.commit()
    await settle()
    return made.klynge


async def another_cluster(world: Workspace, bot: Runtime, clock: MovableClock, accounts: list[str], role: str) -> None:
    """The cluster of those who try."""
    about = {"name": "Klynge Syd", "region": "Syd", "created_at": clock.now(), "set_up_at": clock.now()}
    channel = world.add_channel("syd", [*accounts, world.bot_user_id])
    async with UnitOfWork(bot.database) as uow:
        cluster = Cluster(team_id=world.team_id, channel_id=channel, **about)
        uow.session.add(cluster)
        await uow.session.flush()
        practice = Practice(cluster_id=cluster.id, ydernummer="029999", name="Lægerne Syd")
        uow.session.add_all([practice, Rules(cluster_id=cluster.id, decided_at=clock.now())])
        await uow.session.flush()
        for account in accounts:
            person = {"name": "Somebody", "slack_user_id": account, "confirmed_at": clock.now(), "title": "ejerlæge"}
            uow.session.add(Member(cluster_id=cluster.id, practice_id=practice.id, role=role, **person))
        await uow.commit()


async def rows_of(bot: Runtime, cluster_id: int) -> dict[str, list[Any]]:
    """Everything of a cluster: its rows, and all that points at them."""
    kept: dict[str, dict[int, Any]] = {"cluster": {cluster_id: ()}}
    async with look(bot.database) as state:
        for table in Base.metadata.sorted_tables:
            if table.name in BESIDES:
                continue
            found = (await state.session.execute(select(table))).mappings().all()
            keys = [key for key in table.foreign_keys if key.column.table is not table]
            about = [(key.parent.name, kept.get(key.column.table.name, {})) for key in keys]
            theirs = [row for row in found if any(row[name] in rows for name, rows in about)]
            kept[table.name] = {row.get("id", n): dict(row) for n, row in enumerate(theirs)}
    return {name: list(rows.values()) for name, rows in kept.items() if name != "cluster"}


@pytest.mark.long
@pytest.mark.parametrize(
    ("who", "rubbish"),
    [("member", ""), ("coordinator", "dealt"), ("unknown", ""), pytest.param("coordinator", "all", marks=WHOLE)],
)
async def test_nothing_of_another_cluster_is_changed_said_or_stumbled_over(
    world: Workspace, bot: Runtime, clock: MovableClock, settle: Settle, victim: Any, who: str, rubbish: str
) -> None:
    accounts = [world.add_person("Somebody") for _ in range(AT_ONCE)]
    if who != "unknown":
        await another_cluster(world, bot, clock, accounts, who)
    before, since = await rows_of(bot, victim.id), world.traffic.seq
    async with look(bot.database) as state:
        owed = (await state.session.scalars(select(Outbox.id).where(Outbox.cluster_id == victim.id))).all()
    sweep = Sweep(world, settle, accounts, plain=THEIRS)
    await sweep.everything(THEIRS)
    await sweep.commands(victim.channel)
    if rubbish:
        await sweep.everything(RUBBISH, is_dealt=rubbish == "dealt")
    assert sweep.failed == []
    assert await rows_of(bot, victim.id) == before
    crossed = [row for row in world.traffic.after(since) if row["direction"] == "in" or row["kind"] != "events_api"]
    said = [json.dumps([row["request"], row["response"]], ensure_ascii=False) for row in crossed]
    assert [text for text in said if f"{NAME} " in text or f"{NAME}k" in text or f"{NAME}m" in text] == []
    async with look(bot.database) as state:
        rows = select(Outbox.kind).where(Outbox.cluster_id == victim.id, Outbox.id.not_in(owed))
        came = set((await state.session.scalars(rows)).all())
        stumbled = [row for row in (await state.session.scalars(select(Outbox))) if row.kind == "answer.trouble"]
        left = (await state.session.scalars(select(Inbox.kind).where(Inbox.state != "done"))).all()
        name = await state.session.scalar(select(Cluster.name).where(Cluster.id == victim.id))
    assert came <= {"answer.error"}  # to who asked in the cluster's channel
    assert (stumbled, list(left), name) == ([], [], f"{NAME}klyngen")


@pytest.mark.parametrize(("where", "taken"), [("elsewhere", 0), ("its own channel", 1)])
async def test_who_coordinates_is_answered_where_it_is_asked(
    world: Workspace, bot: Runtime, clock: MovableClock, settle: Settle, where: str, taken: int
) -> None:
    account = world.add_person("Somebody")
    channel = world.add_channel("nord", [account, world.bot_user_id])
    async with UnitOfWork(bot.database) as uow:
        cluster = Cluster(team_id=world.team_id, channel_id=channel, created_at=clock.now())
        uow.session.add(cluster)
        await uow.session.flush()
        uow.session.add(Rules(cluster_id=cluster.id, decided_at=clock.now()))
        await uow.commit()
    await Sweep(world, settle, [account]).press("cluster.claim", "1", None, account, channel if taken else "")
    await settle()
    async with look(bot.database) as state:
        assert len((await state.session.scalars(select(Member))).all()) == taken
