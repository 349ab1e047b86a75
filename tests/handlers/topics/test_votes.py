"""A poll, then a vote: without names, told once from five ballots, a tie said, a decision carried on."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import Audit, Elector, Inbox, Outbox, TopicDecision, Vote, VoteChoice
from tests.handlers.meetings.kit import Room, buttons, on
from tests.handlers.topics.kit import say, seen, window
from workspace import Desk

Make = Callable[..., Awaitable[Any]]
CLOSES = on(3, 10, 12)


@pytest.fixture
async def six(a_cluster: Make, desk: Desk, clock: MovableClock, settle: Callable[[], Awaitable[None]]) -> Room:
    """Six practices with three suggestions."""
    room = Room(desk, clock, settle, await a_cluster(6))
    await say(room, room.bo, "forslag:\nPPI\nKOL\nhvad er kvalitet")
    return room


async def ask(room: Room, kind: str = "vote", ideas: tuple[str, ...] = ("1", "2", "3")) -> str:
    """The coordinator asks everybody; what was shown before it was sent."""
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge emner")
    await room.desk.act(room.coordinator, await window(room.desk, room.coordinator), "cluster.vote")
    form = {"kind": kind, "ideas": list(ideas), "closes_on": "2026-03-10"}
    assert (await room.desk.submit(room.coordinator, values=form))["response_action"] == "update"
    shown = await seen(room.desk, room.coordinator)
    assert (await room.desk.submit(room.coordinator, values={}))["response_action"] is None
    await room.settle()
    return shown


async def vote(room: Room, person: str, choice: Any) -> dict[str, Any]:
    """Press the button of the request, and send the ballot."""
    request = next(each for each in reversed(await room.desk.dm(person)) if "vote.ballot" in str(each.get("blocks")))
    await room.desk.act(person, request, "vote.ballot")
    answer = await room.desk.submit(person, values={"choice": choice})
    await room.settle()
    if answer["response_action"] != "errors":
        await room.desk.close(person, everything=True)
    return answer


async def told(room: Room, person: str) -> dict[str, Any]:
    """The result, an hour after it has closed."""
    await room.go_to(on(3, 10, 13, 5))
    return await room.last(person)


async def rows(bot: Runtime, table: Any) -> list[Any]:
    async with bot.database.read() as session:
        return list((await session.scalars(select(table))).all())


@pytest.mark.long
@pytest.mark.both_databases
async def test_vote_is_counted_told_and_decides(six: Room, bot: Runtime):
    shown = await ask(six)
    assert "*6 medlemmer bliver spurgt.*" in shown
    assert "• PPI\n• KOL\n• hvad er kvalitet" in shown
    for doctor in six.klynge.doctors[:4]:
        assert (await vote(six, doctor, "1"))["response_action"] == "update"
    await vote(six, six.klynge.doctors[4], "2")
    assert [(each.given, each.idea_id) for each in await rows(bot, VoteChoice)] == [(4, 1), (1, 2), (0, 3), (0, None)]
    result = await told(six, six.bo)
    assert result["text"] == (
        "Afstemningen om emner er lukket. 5 af 6 stemte.\n• *PPI*: 4\n• *KOL*: 1\n• *hvad er kvalitet*: 0\nBlank: 0\n"
        "Dermed er *PPI* besluttet."
    )
    assert buttons(result) == []
    made = await rows(bot, TopicDecision)
    assert [(each.idea_id, each.votes_for, each.votes_against, each.recorded_by) for each in made] == [(1, 4, 1, None)]
    assert await rows(bot, Elector) == []
    leads = await six.last(six.coordinator)
    assert buttons(leads) == ["Bed om tal", "Planlæg et møde"]
    await six.desk.act(six.coordinator, leads, "idea.ask")
    form = (await window(six.desk, six.coordinator))["view"]
    package = next(each["element"] for each in form["blocks"] if each.get("block_id") == "package")
    assert package["initial_option"]["value"] == "ppi"
    await six.desk.close(six.coordinator)
    await six.desk.act(six.coordinator, leads, "idea.call")
    form = (await window(six.desk, six.coordinator))["view"]
    title = next(each["element"] for each in form["blocks"] if each.get("block_id") == "title")
    assert title["initial_value"] == "PPI"


async def test_nothing_kept_leads_from_a_ballot_to_a_person(six: Room, bot: Runtime):
    await ask(six)
    async with bot.database.read() as session:
        before = {table: len((await session.execute(select(table))).all()) for table in (Inbox, Outbox, Audit)}
    await vote(six, six.ida, "3")
    async with bot.database.read() as session:
        after = {table: len((await session.execute(select(table))).all()) for table in (Inbox, Outbox, Audit)}
        bodies = json.dumps([each.body for each in (await session.scalars(select(Inbox))).all()])
    assert after == before
    assert "choice" not in bodies
    columns = {column.name for table in (Vote, VoteChoice) for column in table.__table__.columns}
    assert "member_id" not in columns
    assert "has_voted" in {column.name for column in Elector.__table__.columns}


async def test_one_votes_once_and_only_in_time(six: Room, bot: Runtime):
    await ask(six)
    await vote(six, six.ida, "1")
    request = next(each for each in await six.desk.dm(six.ida) if "vote.ballot" in str(each.get("blocks")))
    await six.desk.act(six.ida, request, "vote.ballot")
    assert await six.desk.top_view(six.ida) is None
    assert sum(each.given for each in await rows(bot, VoteChoice)) == 1


async def test_of_four_ballots_nothing_is_told_or_kept(six: Room, bot: Runtime):
    await ask(six, "poll")
    for doctor in six.klynge.doctors[:4]:
        await vote(six, doctor, ["1", "2"])
    result = await told(six, six.bo)
    assert "4 af 6 stemte.\nFærre end 5 stemte, så intet bliver vist, og tallene er slettet." in result["text"]
    assert [each.given for each in await rows(bot, VoteChoice)] == [0, 0, 0, 0]


@pytest.mark.long
async def test_tie_is_said_and_voted_about_again(six: Room, bot: Runtime):
    await ask(six)
    for doctor, choice in zip(six.klynge.doctors, ("1", "1", "1", "2", "2", "2"), strict=True):
        await vote(six, doctor, choice)
    result = await told(six, six.coordinator)
    assert "Der er stemmelighed mellem *PPI* og *KOL*. Dermed er intet besluttet." in result["text"]
    assert await rows(bot, TopicDecision) == []
    await six.desk.act(six.coordinator, result, "vote.again")
    form = (await window(six.desk, six.coordinator))["view"]
    chosen = next(each["element"] for each in form["blocks"] if each.get("block_id") == "ideas")["initial_options"]
    assert [each["text"]["text"] for each in chosen] == ["PPI", "KOL"]


@pytest.mark.long
async def test_only_who_has_not_voted_is_reminded(six: Room):
    await ask(six)
    await vote(six, six.ida, "1")
    before = {person: len(await six.desk.dm(person)) for person in (six.bo, six.ida)}
    await six.go_to(on(3, 8, 12))
    await six.go_to(on(3, 9, 9))
    assert len(await six.desk.dm(six.ida)) == before[six.ida]
    assert len(await six.desk.dm(six.bo)) == before[six.bo] + 1


async def test_who_decides_is_written_down_and_told(six: Room, bot: Runtime):
    room = six
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge emner")
    await room.desk.act(room.coordinator, await window(room.desk, room.coordinator), "cluster.topic_rule")
    await room.desk.submit(room.coordinator, values={"deciders": "board"})
    await room.settle()
    said = (await room.last(room.bo))["text"]
    assert said.startswith("Hvem bestemmer, hvad I tager op? Aftalt 2. marts 2026, skrevet ned af Læge 1: bestyrelsen.")
    await room.desk.act(room.coordinator, await window(room.desk, room.coordinator), "vote.decide")
    form = {"idea": "2", "deciders": "board", "votes_for": "3", "votes_against": "1"}
    await room.desk.submit(room.coordinator, values=form)
    await room.settle()
    assert (await room.last(room.bo))["text"] == "Besluttet: *KOL* (bestyrelsen): 3 for, 1 imod."
    assert [each.idea_id for each in await rows(bot, TopicDecision)] == [2]


async def test_member_asks_nobody_and_few_cannot_vote(empty_room: Room):
    room = empty_room
    await say(room, room.bo, "forslag:\nPPI\nKOL")
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge emner")
    await room.desk.act(room.coordinator, await window(room.desk, room.coordinator), "cluster.vote")
    form = {"kind": "vote", "ideas": ["1", "2"], "closes_on": "2026-03-10"}
    answer = await room.desk.submit(room.coordinator, values=form)
    assert answer["errors"]["ideas"].startswith("Færre end 5 medlemmer kan stemme")
    await room.desk.command(room.bo, room.klynge.channel, "/klynge emner")
    assert "cluster.vote" not in str(await window(room.desk, room.bo))
