"""From the bot's first word to the first invitation, by the buttons of the start page, with a pause at every step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from cluster.clock import COPENHAGEN, MovableClock
from cluster.overview.homepage import parts_of
from handlers import TABLE
from handlers.overview.home import page_of
from locales import texts_for
from storage.database import Database
from storage.models import Cluster
from storage.unit_of_work import UnitOfWork, look
from tests.conftest import T0
from tests.handlers.onboarding.test_setup import FORM
from tests.handlers.overview.large import COORDINATOR, TEAM, account, large_cluster
from tests.handlers.overview.test_home import page
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
LIST = "Ydernummer;Praksis;Navn;E-mail\n057584;Lægehuset Nord;Bo Friis;bo@nord.example\n"


def said_first(home: dict[str, Any]) -> tuple[str, list[str]]:
    """What stands right below the cluster's name: the first line, and the buttons."""
    overview, _, row = home["view"]["blocks"][2:5]
    return overview["text"]["text"].splitlines()[0], [each["action_id"] for each in row.get("elements", [])]


@pytest.mark.long
async def test_coordinator_who_stops_at_every_step_is_led_to_the_first_invitation(
    world: Workspace, desk: Desk, settle: Settle, clock: MovableClock
) -> None:
    kirsten = world.add_person("Kirsten Dahl", email="kirsten@nord.example")
    bo = world.add_person("Bo Friis", email="bo@nord.example")
    await desk.join(world.add_channel("klynge-nord", members=[kirsten, bo]), world.bot_user_id, kirsten)
    await settle()

    async def comes_back() -> dict[str, Any]:
        await settle()
        clock.forward(timedelta(days=3))
        return await page(desk, kirsten)

    (greeting,) = await desk.dm(kirsten)
    assert "*Kom i gang: trin 1 af 5*\n*1. Klyngens opsætning*\n2. Medlemslisten" in greeting["text"]
    home = await comes_back()
    assert said_first(home) == ("*Kom i gang: trin 1 af 5*", ["cluster.set_up"])
    assert "Du mangler ikke at svare" not in str(home)
    await desk.act(kirsten, home, "cluster.set_up")
    await desk.submit(kirsten, values=FORM)
    await settle()
    (agreed,) = [each for each in await desk.dm(kirsten) if "klyngen er sat op" in each["text"]]
    assert "*Kom i gang: trin 2 af 5*" in agreed["text"]
    assert said_first(await comes_back())[0] == "*Kom i gang: trin 2 af 5*"

    await desk.upload(kirsten, world.bot_user_id, "medlemmer.csv", LIST.encode())
    home = await comes_back()
    assert said_first(home) == ("*Kom i gang: trin 2 af 5*", ["home.show"])
    await desk.act(kirsten, home, "home.show")
    await settle()
    await desk.act(kirsten, (await desk.dm(kirsten))[-1], "roster.save")
    home = await comes_back()
    (saved,) = [each for each in await desk.dm(kirsten) if "Listen er gemt" in each["text"]]
    assert "*Kom i gang: trin 4 af 5*" in saved["text"]  # Bo alone answers for the practice
    assert "✔ 2. Medlemslisten: 2 medlemmer i 1 praksis" in saved["text"]
    assert said_first(home) == ("*Kom i gang: trin 4 af 5*", ["cluster.meeting"])

    await desk.clock_to(datetime(2026, 3, 20, 20, tzinfo=COPENHAGEN))  # Friday night
    await desk.act(kirsten, await page(desk, kirsten), "cluster.meeting")
    about = {"title": "KOL", "day": "2026-04-16", "answer_day": "2026-04-10", "place": "Her"}
    await desk.submit(kirsten, values=about | {"send": "draft"})
    await settle()
    home = await page(desk, kirsten)
    assert said_first(home) == ("*Kom i gang: trin 5 af 5*", ["meeting.finish"])
    assert "Der er ikke planlagt noget møde" not in str(home)
    await desk.act(kirsten, home, "meeting.finish")
    await desk.submit(kirsten, values={"send": "morning"})
    await settle()
    home = await page(desk, kirsten)
    assert said_first(home) == ("*Kom i gang: trin 5 af 5*", ["meeting.send"])
    assert "Indkaldelsen bliver sendt af sig selv mandag den 23. marts kl. 08.00." in str(home)
    await desk.act(kirsten, home, "meeting.send")
    await settle()
    assert any("KOL" in each["text"] for each in await desk.dm(bo))
    assert "Kom i gang" not in str((await desk.state(kirsten))["home"])  # without being opened again


async def test_steps_of_a_new_cluster_are_seen_beside_several_large_ones(database: Database) -> None:
    async with UnitOfWork(database) as uow:
        for number in range(1, 5):
            await large_cluster(uow, T0, open_things=6, past=2, number=number, people=3)
        await uow.session.flush()
        newest = await uow.session.get_one(Cluster, 4)
        newest.set_up_at = None
        await uow.commit()
    async with look(database) as state:
        parts = await parts_of(state, TEAM, account(COORDINATOR), T0)
        blocks = await page_of(state, parts, TABLE, T0, texts_for("da"))
    below = next(n for n, block in enumerate(blocks) if "Klynge 4*" in str(block))
    assert blocks[below]["accessory"]["action_id"] == "home.more"  # there is no room for the rest of it
    assert "trin 1 af 5" in str(blocks[below + 1])
    assert str(blocks).count("Kom i gang") == 1
