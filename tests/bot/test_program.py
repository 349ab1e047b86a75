"""The program starts, hears, answers and stops."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.app import Runtime, build
from bot.settings import Settings
from cluster.clock import MovableClock
from cluster.errors import ClusterError
from cluster.notices import owe, refresh
from handlers import errors
from handlers.blocks import actions, button, section
from handlers.feature import Command, Direct, Feature, FeatureTable, Kept, Notice, Rendering, merge
from handlers.message import Message
from handlers.operations import news
from handlers.turn import Turn
from tests.own_kinds import Kinds
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]


async def greet(turn: Turn) -> Message:
    return Message(f"hello {turn.words}")


async def ask_slack(turn: Turn) -> Message:
    await turn.tools.slack.auth_test()
    return Message("Slack answered")


async def refuse(turn: Turn) -> None:
    raise ClusterError("role.coordinator_only")


async def invite(turn: Turn) -> None:
    async with turn.unit() as uow:
        member = turn.require_member()
        await owe(uow, "test.card", key="card:1", now=turn.now, member_id=member.id, subject="cluster:1", count=0)
        await uow.commit()


async def press(turn: Turn) -> None:
    async with turn.unit() as uow:
        member = turn.require_member()
        await refresh(uow, "test.card", subject="cluster:1", now=turn.now, member_id=member.id)
        await uow.commit()


async def echo(turn: Turn) -> None:
    async with turn.unit() as uow:
        await owe(
            uow, "test.echo", key=f"answer:{turn.inbox_id}", now=turn.now, channel_id=turn.channel_id, words=turn.words
        )
        await uow.commit()


async def card(r: Rendering) -> Message:
    state = "before" if r.owed.how == "post" else "after"
    return Message(state, [section(state), actions(button("Press", "test.press", 1))], card="test.card")


async def said(r: Rendering) -> Message:
    return Message(r.owed.params["words"])


@pytest.fixture
def routes() -> FeatureTable:
    mine = Feature(
        commands=[
            Command(("greet",), Direct(greet)),
            Command(("ask",), Direct(ask_slack)),
            Command(("refuse",), Direct(refuse)),
            Command(("invite",), Kept(invite)),
            Command(("late",), Kept(refuse)),
            Command(("lead",), Direct(greet), leads=True),
            Command(("lead_later",), Kept(invite), leads=True),
        ],
        actions={"test.press": Kept(press)},
        events={"message": Kept(echo)},
        notices={Kinds.CARD: Notice(card), Kinds.ECHO: Notice(said)},
    )
    return merge([errors.feature, news.feature, mine])


async def test_command_direct_is_answered_in_the_acknowledgement(world: Workspace, desk: Desk, bot: Runtime) -> None:
    anna = world.add_person("Anna")
    answer = await desk.command(anna, world.add_channel("klynge", [anna]), "/klynge greet there")
    assert answer["response"] == {"response_type": "ephemeral", "text": "hello there"}


@pytest.mark.long
async def test_stop_waits_for_an_answer_that_is_late(
    world: Workspace, desk: Desk, settings: Settings, clock: MovableClock, routes: FeatureTable
) -> None:
    anna = world.add_person("Anna")
    channel = world.add_channel("klynge", [anna])
    async with build(settings, clock=clock, routes=routes):
        await desk.fail("auth.test", delay=3, when="after", times=1)
        answer = await desk.command(anna, channel, "/klynge ask")
        assert (answer["response"], answer["failed"]) == (None, None)
    assert [message["text"] for message in await desk.dm(anna)] == ["Slack answered"]  # the bot is not in the channel


async def test_refusal_is_said_in_danish(world: Workspace, desk: Desk, bot: Runtime) -> None:
    anna = world.add_person("Anna")
    answer = await desk.command(anna, world.add_channel("klynge", [anna]), "/klynge refuse")
    assert answer["response"]["text"] == "Det er kun klyngens koordinator, der kan gøre det."


async def test_command_of_leaders_asks_who_leads_even_if_its_listener_forgets(
    desk: Desk, bot: Runtime, settle: Settle, a_cluster: Callable[..., Awaitable[Any]]
) -> None:
    klynge = await a_cluster(2)
    answer = await desk.command(klynge.doctors[1], klynge.channel, "/klynge lead me")
    await desk.command(klynge.doctors[1], klynge.channel, "/klynge lead_later")
    await settle()
    refusal = "Det er kun klyngens koordinator, der kan gøre det."
    assert [answer["response"]["text"], *[each["text"] for each in await desk.dm(klynge.doctors[1])]] == [refusal] * 2
    answer = await desk.command(klynge.coordinator, klynge.channel, "/klynge lead me")
    assert answer["response"]["text"] == "hello me"


async def test_refusal_of_kept_work_comes_as_direct_message(
    desk: Desk, bot: Runtime, settle: Settle, a_cluster: Callable[..., Awaitable[Any]]
) -> None:
    klynge = await a_cluster(2)
    await desk.command(klynge.doctors[1], klynge.channel, "/klynge late")
    await settle()
    assert [message["text"] for message in await desk.dm(klynge.doctors[1])] == [
        "Det er kun klyngens koordinator, der kan gøre det."
    ]


async def test_card_is_posted_once_and_edited_in_place(
    desk: Desk, bot: Runtime, settle: Settle, a_cluster: Callable[..., Awaitable[Any]]
) -> None:
    klynge = await a_cluster(2)
    await desk.command(klynge.coordinator, klynge.channel, "/klynge invite")
    await settle()
    [message] = await desk.dm(klynge.coordinator)
    assert message["text"] == "before"
    await desk.act(klynge.coordinator, message, "test.press")
    await settle()
    assert [message["text"] for message in await desk.dm(klynge.coordinator)] == ["after"]


async def test_message_redelivered_is_answered_once(world: Workspace, desk: Desk, bot: Runtime, settle: Settle) -> None:
    anna = world.add_person("Anna")
    await desk.delivery(duplicate_next=1)
    await desk.say(anna, world.bot_user_id, "hej")
    await settle()
    assert [message["text"] for message in await desk.dm(anna)] == ["hej", "hej"]
