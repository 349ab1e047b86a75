"""A feature says everything about itself: the house does, the sample does, and each part that is missing is named."""

from __future__ import annotations

import ast
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from cluster.kept import Way
from cluster.message_kinds import Audience, MessageKind, Trait
from cluster.reminders.policy import Leave, Policy
from cluster.rooms import KEPT, MESSAGE_KINDS
from handlers import TABLE
from handlers.feature import AboutPerson, Feature, FeatureTable, HelpLine, Notice, gather, merge
from handlers.words.grammar import Heard
from locales import texts_for
from storage.tables.base import Base
from tests.cluster.reminders.policies import POLICIES
from tests.house.sample_feature.cluster import room, tables
from tests.house.sample_feature.complete import Said, lacking
from tests.house.sample_feature.handlers.feature import feature
from tests.house.sample_feature.handlers.ids import Action, View
from tests.house.test_texts import complaints, read, sentences_in
from tools import pages
from workspace import Desk

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = Path(__file__).parent
WITH_SAMPLE = merge([*TABLE.features, feature])


def modules(*folders: Path) -> list[ast.Module]:
    return [ast.parse(file.read_text("utf-8")) for folder in folders for file in sorted(folder.rglob("*.py"))]


def ids_of_house() -> list[StrEnum]:
    doors = [import_module(f"handlers.{file.parent.name}.ids") for file in sorted(ROOT.glob("handlers/*/ids.py"))]
    named = [getattr(door, name) for door in doors for name in ("Action", "View") if hasattr(door, name)]
    return [each for ids in named for each in ids]


CODE = modules(SAMPLE / "cluster", SAMPLE / "handlers")
COMPLETE = Said(feature, [*room.Kinds], room.KEPT, tables.OWN, [*Action, *View], CODE)


@pytest.mark.long
def test_house_lacks_nothing():
    house = Said(
        gather(TABLE.features),
        MESSAGE_KINDS,
        KEPT,
        Base.metadata.sorted_tables,
        ids_of_house(),
        modules(ROOT / "cluster", ROOT / "handlers"),
        POLICIES,
    )
    assert lacking(house) == []


def test_sample_lacks_nothing():
    assert lacking(COMPLETE) == []


def test_sample_says_everything_in_danish_too():
    catalogue = read((SAMPLE / "evaluations.po").read_bytes())
    assert complaints(sentences_in(SAMPLE), [catalogue]) == []


def test_help_plan_log_and_pages_are_made_with_it():
    from handlers.overview.help import explain

    coordinator: Any = type("Reader", (), {"role": "coordinator"})
    assert "\n• `/klynge evaluer`: ask how the meeting was, without names\n" in explain(
        coordinator, WITH_SAMPLE, texts_for("en")
    )
    assert WITH_SAMPLE.ahead["evaluation.ask"] == "Question how the meeting was"
    assert WITH_SAMPLE.log["evaluation.asked"] == "{who} asked how the meeting was"
    made = pages.pages(WITH_SAMPLE)
    assert "; everybody says how the meeting was, without a name |\n" in made["README.md"]
    assert "| `/klynge evaluer` (eller `/klynge evaluate`) | koordinator | ask all how" in made["docs/koordinator.md"]


def test_sentences_of_a_new_feature_stand_beside_all_others():
    grammar = WITH_SAMPLE.grammar
    tried = [(each.name, said) for each in grammar.sentences for said in each.test]
    assert [(name, said) for name, said in tried if [heard.name for heard in grammar.read(said)] != [name]] == []
    assert grammar.read("kan vi evaluere mødet") == [Heard("evaluation")]


def without(mapping: Mapping[Any, Any], name: str) -> dict[Any, Any]:
    assert name in mapping
    return {key: value for key, value in mapping.items() if key != name}


def changed(**parts: Any) -> Said:
    return replace(COMPLETE, feature=replace(feature, **parts))


def command(**parts: Any) -> list[Any]:
    return [replace(feature.commands[0], **parts)]


def about(**parts: Any) -> AboutPerson:
    return replace(feature.about_person, **parts)


HEADINGS = feature.about_person.headings
ASKING = Policy("evaluation.ask", (), "evaluate:{about}:{who}", Leave.WAITS)
TRAITS = {
    "RECALLED": ("evaluation.ask", Audience.MEMBER, Trait.REMINDS),
    "HANDED": ("evaluation.result", Audience.MEMBER, Trait.STANDS),
}
RECALLED, HANDED = MessageKind("Kinds", TRAITS)
ASK = Notice(feature.notices[room.Kinds.EVALUATION_ASK].render)
MISSING = {
    "told": (
        changed(commands=command(told=None)),
        "/klynge evaluer stands in no page: say told=Told(…) in its Command.",
    ),
    "help": (
        changed(commands=command(help=())),
        "/klynge evaluer stands in no help: say help=(HelpLine(…),) in its Command.",
    ),
    "door": (
        replace(
            changed(commands=command(door=None)),
            ids=[each for each in COMPLETE.ids if each is not Action.CLUSTER_EVALUATE],
        ),
        "/klynge evaluer has no button on the start page: say door=Door(…) in its Command.",
    ),
    "action": (changed(actions={}), "evaluation.open is a button and nothing happens: give it a route in actions."),
    "form": (changed(forms={}), "evaluation.form is a form and nobody takes it: give it a Form in forms."),
    "notice": (
        changed(notices=without(feature.notices, "evaluation.result")),
        "evaluation.result is owed and nobody says it: give it a Notice in notices.",
    ),
    "trait of a reminder": (
        replace(COMPLETE, policies=[ASKING]),
        "evaluation.ask is what a policy reminds by: say Trait.REMINDS of it in Kinds.",
    ),
    "policy": (
        replace(COMPLETE, kinds=[RECALLED, room.Kinds.EVALUATION_RESULT]),
        "evaluation.ask is a reminder and no policy says when: write a POLICY for it.",
    ),
    "whom a card is handed to": (
        replace(COMPLETE, kinds=[room.Kinds.EVALUATION_ASK, HANDED]),
        "evaluation.result is handed to a new coordinator and is not for who leads: say Audience.LEADER of it.",
    ),
    "room": (
        replace(COMPLETE, kinds=[room.Kinds.EVALUATION_ASK]),
        "evaluation.result is in no room that cluster.rooms knows: add the line of its room there.",
    ),
    "name in the plan": (
        changed(notices={**feature.notices, room.Kinds.EVALUATION_ASK: ASK}),
        "evaluation.ask is owed for a later hour and the plan has no name for it: say ahead=N_(…) in its Notice.",
    ),
    "step": (changed(steps={}), "evaluation.close is owed and nothing is done: give it a Step in steps."),
    "log": (
        changed(log={}),
        "evaluation.asked is noted and the log has no sentence for it: say it in log, or in withheld.",
    ),
    "error": (
        changed(errors=without(feature.errors, "evaluation.over")),
        "evaluation.over is a refusal without a sentence: say it in errors.",
    ),
    "heading": (
        changed(about_person=about(headings=without(HEADINGS, "evaluation_asked"))),
        "evaluation_asked has no heading in a person's own data: say it in about_person.headings.",
    ),
    "heading of a hand": (
        changed(about_person=about(headings=without(HEADINGS, "evaluation (asked_by)"))),
        "evaluation (asked_by) has no heading in a person's own data: say it in about_person.headings.",
    ),
    "word for a column": (
        changed(about_person=about(columns=without(feature.about_person.columns, "answered"))),
        "evaluation_asked.answered has no word in a person's own data: say it in about_person.columns.",
    ),
    "messages": (
        changed(about_person=about(messages={})),
        "Messages evaluation.… have no words in a person's own data: say them in about_person.messages.",
    ),
    "table": (
        replace(COMPLETE, kept=without(room.KEPT, "evaluation_count")),
        "Nobody says what is kept in evaluation_count, and how long: say it in KEPT of its room.",
    ),
    "column": (
        replace(COMPLETE, kept={**room.KEPT, "evaluation": replace(room.KEPT["evaluation"], ways={Way.CODE: "state"})}),
        "evaluation.asked_by can hold something of a person: say in KEPT what it is to them.",
    ),
    "heavy": (
        changed(heavy=["evaluation.opened"]),
        "evaluation.opened is heavy and nothing else: take it out of heavy.",
    ),
}


@pytest.mark.parametrize("part", MISSING)
def test_part_that_is_missing_is_named(part: str):
    said, sentence = MISSING[part]
    assert lacking(said) == [sentence]


def test_name_that_is_taken_is_refused():
    twice = Feature(commands=[replace(feature.commands[0], names=("evaluer",), help=(HelpLine(1, "x"),))])
    with pytest.raises(ValueError, match=r"commands said twice: \['evaluer'\]"):
        merge([feature, twice])


@pytest.fixture
def routes() -> FeatureTable:
    return WITH_SAMPLE


@pytest.fixture
async def ready(bot: Runtime) -> Runtime:
    """The program with the sample in it, and its tables in the database."""
    async with bot.database.write() as session:
        connection = await session.connection()
        await connection.run_sync(tables.TABLES.create_all, tables=tables.OWN)
        await session.commit()
    return bot


async def at_home(desk: Desk, person: str) -> str:
    await desk.home(person)
    await desk.settled()
    return json.dumps((await desk.state(person))["home"])


@pytest.mark.long
@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (4, "Too few have answered to tell anything of it."),
        (5, "How the meeting was, and how many said so: 1: 0, 2: 0, 3: 0, 4: 5 og 5: 0"),
    ],
)
async def test_sample_is_asked_answered_and_counted(
    ready: Runtime,
    desk: Desk,
    clock: MovableClock,
    settle: Callable[[], Awaitable[None]],
    a_cluster: Callable[..., Awaitable[Any]],
    answers: int,
    told: str,
):
    klynge = await a_cluster(6)
    await desk.command(klynge.coordinator, klynge.channel, "/klynge evaluer")
    await settle()
    clock.forward(timedelta(hours=2))
    await settle()
    for person in klynge.doctors[:answers]:
        await desk.act(person, (await desk.dm(person))[-1], Action.EVALUATION_OPEN)
        await desk.submit(person, None, {"score": "4"})
    await settle()
    shown = [await at_home(desk, person) for person in (klynge.doctors[0], klynge.doctors[5])]
    assert [Action.EVALUATION_OPEN in page for page in shown] == [False, True]
    async with ready.database.read() as session:
        kept = (await session.execute(select(tables.COUNT).order_by(tables.COUNT.c.score))).mappings().all()
    assert kept == [{"evaluation_id": 1, "score": n, "given": answers if n == 4 else 0} for n in range(1, 6)]
    clock.forward(timedelta(days=8))
    await settle()
    assert (await desk.dm(klynge.coordinator))[-1]["text"] == told
