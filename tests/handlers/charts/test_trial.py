"""`/klynge prøve`: what a round will be, with made-up numbers, to the coordinator alone; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app import Runtime
from cluster.charts.trials import OWN, imagine
from cluster.clock import MovableClock
from handlers.blocks import actions, button, section
from handlers.blocks import select as menu
from handlers.charts import own_charts
from handlers.charts.views.trial import only_to_look
from locales import texts_for
from measures.packages.package import available
from storage.models import Base, Member
from storage.unit_of_work import look
from workspace import Desk, Workspace

Make = Callable[..., Awaitable[Any]]
Settle = Callable[[], Awaitable[None]]
OURS = {"inbox", "outbox", "allowance", "chore"}
"""What came in, what is owed, and the pace of sending: nothing about a cluster."""
MARK = "PRØVE – opdigtede tal"


async def counts(bot: Runtime) -> dict[str, int]:
    async with look(bot.database) as state:
        return {
            table.name: (await state.session.execute(select(func.count()).select_from(table))).scalar_one()
            for table in Base.metadata.sorted_tables
            if table.name not in OURS
        }


async def shown(desk: Desk, settle: Settle, person: str, channel: str, package: str = "kol") -> list[dict[str, Any]]:
    """What the bot writes when the trial is begun by its command and its form."""
    before = len(await desk.dm(person))
    await desk.command(person, channel, "/klynge prøve")
    answer = await desk.submit(person, None, {"package": package})
    assert answer["response_action"] is None
    await settle()
    return (await desk.dm(person))[before:]


@pytest.mark.long
async def test_coordinator_alone_sees_request_charts_and_deck_and_no_table_gains_a_row(
    desk: Desk, bot: Runtime, a_cluster: Make, settle: Settle
) -> None:
    klynge = await a_cluster(3, consents=False)
    before = await counts(bot)
    found = await shown(desk, settle, klynge.coordinator, klynge.channel)
    assert await counts(bot) == before
    said = [message["text"] for message in found if message["text"]]
    assert [text.startswith(MARK) for text in said] == [True] * 3
    assert "Sådan bliver en praksis spurgt om sine tal." in said[0]
    assert "Her er graferne for *Opdigtet praksis 1* om KOL" in said[1]
    assert "Jeres klynge har 3 praksisser; giver færre end 5 tal, bliver de andre ikke vist." in said[1]
    for message, action, shows in ((0, "trial.guide", "Sådan trækker du tallene i XMO"), (1, "trial.read", MARK)):
        await desk.act(klynge.coordinator, [each for each in found if each["text"]][message], action)
        assert shows in str(await desk.top_view(klynge.coordinator))
        await desk.close(klynge.coordinator)
    files = [file["name"] for message in found for file in message.get("files", [])]
    assert {name.startswith("prøve-") for name in files} == {True}
    assert {"prøve-oplæg-kol.pdf", "prøve-oplæg-kol.pptx", "prøve-kol-skabelon.xlsx"} <= set(files)
    for doctor in klynge.doctors[1:]:
        assert await desk.dm(doctor) == []


async def test_trial_works_before_there_are_members(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, clock: MovableClock
) -> None:
    kirsten = world.add_person("Kirsten Dahl", email="kirsten@nord.example")
    channel = world.add_channel("klynge-nord", members=[kirsten])
    await desk.join(channel, world.bot_user_id, kirsten)
    await settle()
    await desk.command(kirsten, channel, "/klynge prøve")
    assert "ingen dataindsamling begynder" in str(await desk.top_view(kirsten))
    async with look(bot.database) as state:
        (reader,) = (await state.session.scalars(select(Member))).all()
        for package in available():
            trial = await imagine(state, reader, package.id, lambda n: f"P{n}", now=clock.now())
            assert own_charts.draw(trial.sight, texts_for("da"), trial.projected.known, None).without == []
            assert not trial.too_few


@pytest.mark.parametrize(
    ("openness", "letters", "named"), [("closed", 0, 0), ("letters", 8, 0), ("chosen", 0, 4), ("open", 0, 8)]
)
async def test_trial_is_as_open_as_the_cluster_agreed(
    bot: Runtime, a_cluster: Make, clock: MovableClock, openness: str, letters: int, named: int
) -> None:
    klynge = await a_cluster(2, rules={"openness": openness})
    async with look(bot.database) as state:
        reader = await state.session.get_one(Member, klynge.member_ids[klynge.coordinator])
        trial = await imagine(state, reader, "kol", lambda n: f"P{n}", now=clock.now())
        assert list(state.session.new) == []
    known = trial.projected.known["spirometry"]
    assert (len(known.letters), len(known.named)) == (letters, named)
    assert (trial.sight.practice.name, trial.sight.practice.system) == (f"P{OWN}", "xmo")
    assert trial.too_few


def test_buttons_of_a_trial_show_something_or_are_words() -> None:
    row = actions(
        button("Indtast tal", "assignment.enter", 0),
        button("Sådan læses billedet", "chart.read", "0:spirometry"),
        menu("later", [("1", "I morgen")], hint="Senere"),
    )
    left = only_to_look([section("Tal?", button("Ret", "x", 1)), row], "7:kol", texts_for("da"))
    assert [sorted(block) for block in left] == [["text", "type"], ["elements", "type"], ["elements", "type"]]
    assert [(each["action_id"], each["value"]) for each in left[1]["elements"]] == [("trial.read", "7:kol:spirometry")]
    assert left[2]["elements"][0]["text"] == "Knapper i den rigtige besked: Indtast tal · Senere"


async def test_plain_words_offer_a_trial_to_who_runs_the_cluster_and_explain_to_the_others(
    desk: Desk, a_cluster: Make, settle: Settle, world: Workspace
) -> None:
    klynge = await a_cluster(2)
    for who, wanted in ((klynge.coordinator, "cluster.trial"), (klynge.doctors[1], None)):
        place = world.open_direct(who, world.bot_user_id).id
        await desk.say(who, place, "vis mig hvordan en graf ser ud")
        await settle()
        answer = (await desk.dm(who))[-1]
        pressed = [each["action_id"] for block in answer.get("blocks", []) for each in block.get("elements", [])]
        assert pressed == ([wanted] if wanted else [])
        assert ("opdigtede tal" in answer["text"]) == (wanted is not None)
