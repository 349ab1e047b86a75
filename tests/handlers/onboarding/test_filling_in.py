"""What lacks in the list is a task with a button, filled in at once, and gone by itself. All through Slack."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import update

from bot.app import Runtime
from storage.models import Member, Practice
from storage.unit_of_work import UnitOfWork
from tests.handlers.overview.test_home import page, words
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
MakeCluster = Callable[..., Awaitable[Any]]


async def test_contacts_and_patients_are_filled_in_from_the_page_in_one_form(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=3)
    lead, (_, second, third) = klynge.coordinator, klynge.practice_ids
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Practice).where(Practice.id != third).values(list_size=None))
        await uow.session.execute(update(Practice).where(Practice.id == second).values(contact_id=None))
        await uow.commit()
    home = await page(desk, lead)
    assert words(home)[2] == "*Kom i gang: trin 3 af 5*"
    unknown = "2 praksisser mangler et patienttal: Lægehuset 1 (010001) og Lægehuset 2 (010002). Derfor kan jeg ikke se"
    assert unknown in str(home)
    await desk.act(lead, home, "cluster.fill_in")
    answer = await desk.submit(lead, values={f"size:{second}": "2500"})  # the likely contact is chosen already
    assert answer["response_action"] is None
    await settle()
    saved = (await desk.dm(lead))[-1]["text"]
    assert "1 praksis mangler et patienttal: Lægehuset 1" in saved
    assert "trin 4 af 5" in saved

    await desk.act(lead, await page(desk, lead), "cluster.fill_in")
    await desk.submit(lead, values={f"size:{klynge.practice_ids[0]}": "3100"})
    await settle()
    told = "Klyngen dækker 8.900 patienter; klyngeaftalen regner med mindst 30.000. Mangler der en praksis på listen?"
    asked = await desk.command(lead, klynge.channel, "/klynge hvor mange patienter dækker klyngen?")
    assert told in str(asked["response"])
    home = await page(desk, lead)
    assert told in str(home)
    assert "cluster.fill_in" not in str(home)


async def test_who_is_not_in_slack_is_put_right_in_the_window_that_says_who_must(
    world: Workspace, desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=2)
    lead = klynge.coordinator
    per = world.add_person("Per Holm", email="per@syd.example")
    await settle()
    async with UnitOfWork(bot.database) as uow:
        uow.session.add(Member(cluster_id=klynge.id, name="Per Holm", email="pre@syd.example"))
        await uow.commit()
    await desk.act(lead, await page(desk, lead), "cluster.absent")
    window = await desk.top_view(lead)
    assert window is not None
    assert "skal den, der styrer jeres Slack, invitere dem" in str(window)
    await desk.act(lead, window, "member.edit")
    refused = await desk.submit(lead, values={"account": world.bot_user_id})
    assert list(refused["errors"]) == ["account"]
    await desk.submit(lead, values={"account": per})  # the list has another address than Slack
    await settle()
    assert len(await desk.dm(per)) == 1
    assert "cluster.absent" not in str(await page(desk, lead))
