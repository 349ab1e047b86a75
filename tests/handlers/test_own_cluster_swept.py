"""Everything pressed with the ids of one's own cluster, by people who may not: nothing of others is changed or told."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from cluster.message_kinds import Audience
from handlers import TABLE
from measures.packages.package import shipped
from storage.models import Inbox, Member, Outbox
from storage.unit_of_work import UnitOfWork, look
from tests.handlers.conftest import numbers
from tests.handlers.sweeping import Settle, Sweep
from tests.handlers.test_ids_swept import AT_ONCE, rows_of
from workspace import Workspace

Make = Callable[..., Awaitable[Any]]
ALL, NOT_OURS = ("1", "2:2"), ("1", "3:3")
"""Ids of others, and of the practice where those who try are down (the second)."""
THEIRS_ONLY = (Audience.LEADER, Audience.PRACTICE, Audience.PRACTICE_AND_LEADERS)
"""What none of those who try may be sent."""
WHO: dict[str, dict[str, Any]] = {
    "member": {"role": "member"},
    "observer": {"role": "observer"},
    "unconfirmed": {"role": "member", "confirmed_at": None, "place": "asked"},
    "gone": {"role": "member", "active": False},
}


@pytest.fixture
async def shown(a_round: Make, bot: Runtime, settle: Settle) -> Any:
    """Charts are out, a meeting is planned, and somebody has said why they don't come."""
    made = await a_round(3)
    desk, klynge = made.desk, made.klynge
    await made.give(1, 2, 3)
    await made.release()
    await desk.command(klynge.coordinator, klynge.channel, "/klynge møde")
    await desk.submit(klynge.coordinator, None, {"title": "Mødet", "place": "Her"})
    await settle()
    return made


def others(rows: dict[str, list[Any]], member_ids: set[int]) -> dict[str, list[Any]]:
    """What is there of everybody else."""
    key = {"member": "id"}
    return {
        name: [row for row in found if row.get(key.get(name, "member_id")) not in member_ids]
        for name, found in rows.items()
    }


@pytest.mark.long
@pytest.mark.parametrize(
    ("who", "is_dealt"),
    [(who, who in {"unconfirmed", "gone"}) for who in WHO]
    + [pytest.param(who, False, marks=pytest.mark.whole) for who in ("unconfirmed", "gone")],
)
async def test_who_may_not_changes_and_is_told_nothing_of_others(
    world: Workspace, bot: Runtime, clock: MovableClock, settle: Settle, shown: Any, who: str, is_dealt: bool
) -> None:
    klynge = shown.klynge
    accounts = [world.add_person(f"Ny {n}") for n in range(AT_ONCE)]
    async with UnitOfWork(bot.database) as uow:
        about = {"practice_id": klynge.practice_ids[1], "title": "ejerlæge", "confirmed_at": clock.now()} | WHO[who]
        made = [Member(cluster_id=klynge.id, name="Ny", slack_user_id=each, **about) for each in accounts]
        uow.session.add_all(made)
        await uow.session.flush()
        ids = {each.id for each in made}
        await uow.commit()
    before, since = others(await rows_of(bot, klynge.id), ids), world.traffic.seq
    values = NOT_OURS if who == "member" else ALL
    sweep = Sweep(world, settle, accounts, plain=values)
    await sweep.everything(values, is_dealt=is_dealt)
    await sweep.commands(klynge.channel)
    assert sweep.failed == []
    # of menus only that of the shipped packages is everybody's
    assert [each for each in sweep.offered if each["value"] not in shipped()] == []
    assert others(await rows_of(bot, klynge.id), ids) == before
    async with look(bot.database) as state:
        sent = (await state.session.scalars(select(Outbox).where(Outbox.member_id.in_(ids)))).all()
        left = (await state.session.scalars(select(Inbox.kind).where(Inbox.state != "done"))).all()
    barred = [Audience.LEADER] if who == "member" else THEIRS_ONLY
    assert {row.kind for row in sent if row.state == "sent" and TABLE.audiences.get(row.kind) in barred} == set()
    assert [row.kind for row in sent if row.kind == "answer.trouble"] == list(left) == []
    crossed = [row for row in world.traffic.after(since) if row["direction"] == "in"]
    said = json.dumps([row["request"] for row in crossed], ensure_ascii=False)
    given = [f"{numbers(n)[name]}" for n in (1, 3) for name in ("copd", "spirometry")]
    assert [each for each in given if f" {each} af " in said or f"{each} (" in said] == []
