"""At the door and in the inbox: kept before acknowledged, told once, retried, and never silently given up."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.receiving.scrub import fields_about_persons
from cluster.errors import ClusterError
from cluster.notices import owe
from handlers import TABLE
from handlers.blocks import button, entry, form, text_field
from handlers.feature import Command, Direct, Feature, Form, Kept
from handlers.message import Message
from handlers.turn import Turn
from storage.models import Inbox
from tests.bot.scene import Scene

MARK = "‹cpr›"
REFUSAL = "Det er kun klyngens koordinator, der kan gøre det."


class Doings:
    """Handlers with what they saw."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.failures = 0
        self.asks_slack = False

    async def hear(self, turn: Turn) -> None:
        if self.asks_slack:
            await turn.tools.slack.auth_test()
        if self.failures:
            self.failures -= 1
            raise RuntimeError("secret words")
        self.heard.append(turn.words)
        async with turn.unit() as uow:
            await uow.commit()

    async def look_only(self, turn: Turn) -> None:
        self.heard.append(turn.name)

    async def break_down(self, turn: Turn) -> Message:
        raise RuntimeError(f"secret words of {turn.user_id}")

    async def ask_first(self, turn: Turn) -> Message:
        await turn.tools.slack.auth_test()
        return Message("Slack svarede til sidst")

    async def refuse(self, turn: Turn) -> None:
        self.heard.append(turn.name)
        raise ClusterError("role.coordinator_only")

    async def open_form(self, turn: Turn) -> None:
        fields = [entry("Navn", text_field("name")), entry("Sted", text_field("place"), optional=True)]
        await turn.open(form("test.form", "Test", "Gem", "Luk", fields, '{"cluster": 1}'))

    async def check(self, turn: Turn) -> dict[str, str] | None:
        if turn.state["name"] == "fejl":
            return {"name": "Prøv igen"}
        if turn.state["name"] == "nej":
            raise ClusterError("role.coordinator_only", field="place")
        if turn.state["name"] == "hul":
            raise ClusterError("cluster.unknown")
        return None

    async def apply(self, turn: Turn) -> None:
        async with turn.unit() as uow:
            said = f"{turn.state['name']}|{turn.state['place']}|{turn.metadata['cluster']}"
            await owe(
                uow, "test.notice", key=f"answer:{turn.inbox_id}", now=turn.now, member_id=turn.require_member().id
            )
            self.heard.append(said)
            await uow.commit()


@pytest.fixture
def doings() -> Doings:
    return Doings()


@pytest.fixture
def extra(doings: Doings) -> Feature:
    return Feature(
        actions={"home.refuse": Direct(doings.refuse)},
        commands=[
            Command(("form",), Direct(doings.open_form)),
            Command(("break",), Direct(doings.break_down)),
            Command(("ask",), Direct(doings.ask_first)),
        ],
        forms={"test.form": Form(doings.apply, doings.check)},
        events={
            "message": Kept(doings.hear),
            "message.file_share": Kept(doings.hear),
            "app_home_opened": Kept(doings.look_only),
        },
    )


async def inbox_rows(scene: Scene) -> list[Inbox]:
    async with scene.bot.database.read() as session:
        return list((await session.scalars(select(Inbox).order_by(Inbox.id))).all())


async def say(scene: Scene, *words: str) -> None:
    for each in words:
        await scene.desk.say(scene.coordinator, scene.world.bot_user_id, each)


async def test_messages_of_one_person_are_worked_in_order(scene: Scene, doings: Doings) -> None:
    await say(scene, "en", "to", "tre")
    await scene.settle()
    assert doings.heard == ["en", "to", "tre"]


async def test_failing_work_is_tried_again_before_what_came_later(scene: Scene, doings: Doings) -> None:
    doings.failures = 1
    await say(scene, "en", "to")
    await scene.settle()
    assert doings.heard == ["en", "to"]
    assert [row.attempts for row in await inbox_rows(scene)] == [2, 1]


async def nearly_given_up(scene: Scene, *, hours_ago: int = 0) -> None:
    """From now on, what comes in has been tried five times since a moment."""
    moment = f"datetime(received_at, '-{hours_ago} hours')"
    change = f"UPDATE inbox SET attempts = 5, received_at = {moment}"  # noqa: S608 - our own words
    async with scene.bot.database.write() as session:
        await session.execute(text(f"CREATE TRIGGER nearly AFTER INSERT ON inbox BEGIN {change}; END"))
        await session.commit()


async def failed_row(scene: Scene) -> Inbox:
    """The one arrival, when it has failed once more."""

    async with asyncio.timeout(20):
        while True:
            for row in await inbox_rows(scene):
                if row.error:
                    return row
            await asyncio.sleep(0.02)


async def test_work_that_needs_slack_is_kept_while_slack_is_away(scene: Scene, doings: Doings) -> None:
    doings.asks_slack = True
    await nearly_given_up(scene)
    await scene.desk.fail("auth.test", status=503, times=1)
    await say(scene, "en")
    row = await failed_row(scene)
    assert (row.state, row.attempts) == ("waiting", 6)


async def test_work_that_needs_slack_is_not_kept_for_ever(scene: Scene, doings: Doings) -> None:
    doings.asks_slack = True
    await nearly_given_up(scene, hours_ago=1)
    await scene.desk.fail("auth.test", status=503, times=1)
    await say(scene, "en")
    assert (await failed_row(scene)).state == "dead"


async def test_work_waits_as_long_as_slack_asks(scene: Scene, doings: Doings) -> None:
    doings.asks_slack = True
    await scene.desk.fail("auth.test", retry_after=60, times=1)
    await say(scene, "en")
    row = await failed_row(scene)
    assert round((row.next_at - row.received_at).total_seconds()) >= 60


async def test_work_that_stays_broken_is_buried_and_both_are_told(scene: Scene, doings: Doings) -> None:
    member = scene.klynge.doctors[1]
    doings.failures = 99
    await nearly_given_up(scene)
    await scene.desk.say(member, scene.world.bot_user_id, "hej")
    await scene.settle()
    [row] = await inbox_rows(scene)
    assert (row.state, row.body) == ("dead", {})
    reference = row.error.partition(" ")[0]
    assert (await scene.texts(member))[1:] == [
        f"Noget gik galt hos mig. Prøv igen – og bliver det ved, så nævn dette nummer: {reference}"
    ]
    assert await scene.texts() == [
        f"Noget, et medlem bad om, gik galt undervejs. Medlemmet har fået besked (nr. {reference})."
    ]
    assert "secret" not in row.error


async def test_done_row_keeps_no_words(scene: Scene) -> None:
    await say(scene, "hej")
    await scene.settle()
    [row] = await inbox_rows(scene)
    assert (row.state, row.body) == ("done", {})
    assert row.done_at is not None


async def test_handler_that_changes_nothing_is_settled_too(scene: Scene, doings: Doings) -> None:
    await scene.desk.home(scene.coordinator)
    await scene.settle()
    assert (doings.heard, [row.state for row in await inbox_rows(scene)]) == (["app_home_opened"], ["done"])


async def test_cpr_number_never_reaches_the_inbox(scene: Scene, doings: Doings) -> None:
    await say(scene, "patienten 251248-4916 mangler")
    await scene.settle()
    assert doings.heard == [f"patienten {MARK} mangler"]


async def test_event_is_told_again_when_it_could_not_be_kept(scene: Scene, doings: Doings) -> None:
    async with scene.bot.database.write() as session:
        await session.execute(text("ALTER TABLE inbox RENAME TO away"))
        await session.commit()
    await scene.desk.settings(ack_seconds=0.3, retry_delays=[0.3, 0.3, 0.3])
    await say(scene, "hej")
    await asyncio.wait_for(_refused_once(scene), 10)
    async with scene.bot.database.write() as session:
        await session.execute(text("ALTER TABLE away RENAME TO inbox"))
        await session.commit()
    await scene.settle()
    assert doings.heard == ["hej"]


async def _refused_once(scene: Scene) -> None:
    async def refused() -> bool:
        return any(call["direction"] == "out" and not call["ok"] for call in await scene.desk.traffic())

    await scene.desk.wait_for(refused)


@pytest.mark.long
async def test_slow_slack_keeps_nobody_from_an_acknowledgement_and_the_answer_follows(scene: Scene) -> None:
    await scene.desk.fail("auth.test", delay=4, when="after", times=1)
    answer = await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge ask")
    assert (answer["response"], answer["failed"]) == (None, None)

    async def said() -> bool:
        texts = [each["text"] for each in await scene.desk.messages(scene.coordinator, scene.klynge.channel)]
        return texts == ["Slack svarede til sidst"]

    await scene.desk.wait_for(said)


@pytest.mark.long
async def test_form_that_slack_opens_slowly_opens(scene: Scene) -> None:
    await scene.desk.fail("views.open", delay=2.5, when="before", times=1)
    answer = await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge form")
    assert (answer["failed"], await scene.desk.top_view(scene.coordinator)) == (None, None)

    async def is_open() -> bool:
        top = await scene.desk.top_view(scene.coordinator)
        return top is not None and top["view"]["callback_id"] == "test.form"

    await scene.desk.wait_for(is_open)


async def test_form_is_checked_at_once_and_applied_from_the_inbox(scene: Scene, doings: Doings) -> None:
    await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge form")
    answer = await scene.desk.submit(scene.coordinator, None, {"name": "Nord"})
    await scene.settle()
    assert (answer["response_action"], doings.heard) == (None, ["Nord||1"])


@pytest.mark.parametrize(
    ("name", "errors"),
    [
        ("fejl", {"name": "Prøv igen"}),
        ("nej", {"place": REFUSAL}),
        ("hul", {"name": "Her er ingen klynge. Prøv igen i din klynges kanal."}),
    ],
)
async def test_form_error_stands_at_its_field(scene: Scene, doings: Doings, name: str, errors: dict[str, str]) -> None:
    await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge form")
    answer = await scene.desk.submit(scene.coordinator, None, {"name": name})
    assert (answer["response_action"], answer["errors"], doings.heard) == ("errors", errors, [])


async def test_unexpected_error_is_answered_with_a_reference_only(scene: Scene) -> None:
    answer = await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge break")
    said, _, reference = answer["response"]["text"].rpartition(" ")
    assert said == "Noget gik galt hos mig. Prøv igen – og bliver det ved, så nævn dette nummer:"
    assert len(reference) == 6


async def test_unknown_command_is_answered_kindly(scene: Scene) -> None:
    answer = await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge sludder")
    assert answer["response"]["text"] == "Det kender jeg ikke. Skriv /klynge hjælp for at se, hvad jeg kan."


async def test_late_window_is_explained(scene: Scene) -> None:
    await scene.desk.fail("views.open", error="expired_trigger_id")
    answer = await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge form")
    assert answer["response"]["text"] == "Vinduet var for længe om at åbne. Prøv en gang til."


async def press_on_page(scene: Scene, action: str) -> None:
    """The start page with a button, and a press on it."""
    blocks = [{"type": "actions", "elements": [button("Kun for koordinator", action, 1)]}]
    scene.script.answer = lambda _: Message("", blocks)
    await scene.owed("home:1", kind="home", how="home", member_id=scene.member_id)
    await scene.settle()
    home = (await scene.desk.state(scene.coordinator))["home"]
    await scene.desk.act(scene.coordinator, home, action)
    await scene.settle()


async def test_refusal_from_the_home_page_comes_in_a_window_over_it(scene: Scene) -> None:
    await press_on_page(scene, "home.refuse")
    shown = await scene.desk.top_view(scene.coordinator)
    assert shown is not None
    assert [block["text"]["text"] for block in shown["view"]["blocks"]] == [REFUSAL]
    assert await scene.texts() == []


async def test_refusal_from_the_home_page_comes_as_direct_message_when_no_window_opens(scene: Scene) -> None:
    await scene.desk.fail("views.open", error="expired_trigger_id")
    await press_on_page(scene, "home.refuse")
    assert await scene.texts() == [REFUSAL]


def typed(words: str) -> dict[str, Any]:
    return {"words": {"words": {"type": "plain_text_input", "value": words}}}


@pytest.mark.parametrize("name", [*TABLE.forms, "a form that nobody has made yet"])
def test_no_form_takes_a_cpr_number(name: str) -> None:
    view = {"callback_id": name, "state": {"values": typed("se Jens 25.12.48 4916 igen")}}
    assert fields_about_persons({"type": "view_submission", "view": view}) == ["words"]


@pytest.mark.parametrize(
    "element",
    [
        {"type": "plain_text_input", "value": "KOL 130 af 1580"},
        {"type": "datepicker", "selected_date": "2026-12-25"},
        {"type": "static_select", "selected_option": {"value": "2512484916", "text": {"type": "plain_text"}}},
    ],
)
def test_a_form_without_one_is_taken(element: dict[str, Any]) -> None:
    kept = {**element, "selected_option": {"value": "round:7"}} if "selected_option" in element else element
    assert fields_about_persons({"view": {"state": {"values": {"words": {"words": kept}}}}}) == []


async def test_a_form_with_a_cpr_number_is_answered_at_its_field(scene: Scene, doings: Doings) -> None:
    await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge form")
    answer = await scene.desk.submit(scene.coordinator, None, {"name": "Nord", "place": "hos Jens 251248_4916"})
    assert answer["response_action"] == "errors"
    assert answer["errors"] == {"place": "Det ligner et CPR-nummer. Slet det: Her må ikke stå noget om patienter."}
    assert doings.heard == []


async def test_a_command_with_a_cpr_number_is_not_run(scene: Scene, doings: Doings) -> None:
    said = await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge form 251248, 4916")
    assert "CPR" in said["response"]["text"]
    assert doings.heard == []
