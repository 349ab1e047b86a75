"""Ids that come back from a form or a button are those of somebody else: nothing is kept, judged or shown."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import Assignment, Cluster, Meeting, Member, Outbox, Practice, Round, Submission
from storage.unit_of_work import UnitOfWork, look
from workspace import Desk, Workspace

Make = Callable[..., Awaitable[Any]]
Settle = Callable[[], Awaitable[None]]
NOW = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


async def rows(bot: Runtime, table: Any) -> list[Any]:
    async with look(bot.database) as state:
        return list((await state.session.execute(select(table).order_by(table.id))).scalars())


async def of_another_cluster(world: Workspace, bot: Runtime) -> tuple[int, int, int]:
    """A practice, a member and a meeting of a cluster that nobody here is in."""
    async with UnitOfWork(bot.database) as uow:
        about = {"name": "Syd", "region": "Syd", "created_at": NOW, "set_up_at": NOW}
        cluster = Cluster(team_id=world.team_id, channel_id="C0SYD", **about)
        uow.session.add(cluster)
        await uow.session.flush()
        practice = Practice(cluster_id=cluster.id, ydernummer="029999", name="Lægerne Syd")
        uow.session.add(practice)
        await uow.session.flush()
        person = {"name": "Syd Syd", "slack_user_id": "U0SYD", "confirmed_at": NOW}
        member = Member(cluster_id=cluster.id, practice_id=practice.id, **person)
        when = {"starts_at": NOW + timedelta(days=40), "ends_at": NOW + timedelta(days=40, hours=2)}
        meeting = Meeting(cluster_id=cluster.id, title="Syd", state="planned", answer_by=NOW, created_at=NOW, **when)
        uow.session.add_all([member, meeting])
        await uow.session.flush()
        found = practice.id, member.id, meeting.id
        await uow.commit()
    return found


@pytest.mark.parametrize("forge", ["practice", "meeting"])
async def test_form_that_names_another_clusters_practice_or_meeting_asks_nobody(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, a_cluster: Make, forge: str
) -> None:
    ours = await a_cluster(2)
    practice_id, member_id, meeting_id = await of_another_cluster(world, bot)
    await desk.command(ours.coordinator, ours.channel, "/klynge data")
    values = world.views.stack(ours.coordinator)[-1].state
    if forge == "practice":
        victim = {"type": "static_select", "selected_option": {"value": str(member_id)}}
        values[f"who.{practice_id}"] = {f"who.{practice_id}": victim}
    else:
        values["meeting"] = {"meeting": {"type": "static_select", "selected_option": {"value": str(meeting_id)}}}
    days = {"deadline_day": "2026-03-19", "deadline_time": "12:00"}
    answer = await desk.submit(ours.coordinator, None, days)
    await settle()
    assert answer["response_action"] == "errors"
    assert await rows(bot, Round) == []
    assert [row for row in await rows(bot, Outbox) if row.kind == "data.ask"] == []


@pytest.mark.long
@pytest.mark.parametrize("action", ["pick", "enter", "none", "guide", "history", "later"])
async def test_buttons_with_anothers_part_show_and_change_nothing(
    a_round: Make, world: Workspace, bot: Runtime, action: str
) -> None:
    r = await a_round(2)
    mine, anothers = r.klynge.doctors[1], r.klynge.doctors[0]
    part = next(each for each in await rows(bot, Assignment) if each.member_id == r.klynge.member_ids[anothers])
    card = await r.card(mine)
    conversation = world.conversations.direct(mine, world.bot_user_id)
    assert conversation is not None
    for block in conversation.messages[card["ts"]].blocks or []:
        for element in block.get("elements", []):
            if element.get("action_id") == "assignment.enter":
                element |= {"action_id": f"assignment.{action}", "value": f"{part.id}:F1"}
    before = len(await rows(bot, Outbox))
    await r.desk.act(mine, card, f"assignment.{action}")
    await r.settle()
    assert await r.desk.top_view(mine) is None
    assert "Lægehuset 1" not in json.dumps((await r.texts(mine))[-1], ensure_ascii=False)
    assert [row.kind for row in (await rows(bot, Outbox))[before:]] in ([], ["answer.error"])


async def test_form_for_numbers_without_a_field_for_one_is_told_to_be_opened_again(
    a_round: Make, world: Workspace, bot: Runtime
) -> None:
    r = await a_round(2)
    mine = r.klynge.doctors[1]
    await r.desk.act(mine, await r.card(mine), "assignment.enter")
    form = world.views.stack(mine)[-1]
    field = next(block for block in form.body["blocks"] if block["type"] == "input")
    other = {"block_id": "other", "element": field["element"] | {"action_id": "other"}}
    form.body["blocks"] = [field | other]
    form.state = {"other": {"other": {"type": "plain_text_input", "value": "7"}}}
    answer = await r.desk.submit(mine, None, {})
    await r.settle()
    assert "Åbn vinduet igen" in answer["errors"]["other"]
    assert await rows(bot, Submission) == []
