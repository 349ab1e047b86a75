"""Nothing of a person is kept that their data would not hold, or that forgetting would leave."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import JSON, Column, Integer, MetaData, String, Table

from cluster.kept import Way
from cluster.members.about_person import ABOUT, NAMES_A_MEMBER, columns, may_hold
from cluster.rooms import MESSAGE_KINDS as MESSAGES
from handlers.members.views.own_data_words import ARRIVALS, LABELS, TECHNICAL
from handlers.table import TABLE
from storage.models import Base

HEADINGS = TABLE.about_person.headings
OF_FEATURES = TABLE.about_person.columns
ROOT = Path(__file__).resolve().parents[2]
OWING = {"note", "owe", "owe_each", "tell", "refresh", "say", "answer", "answer_leader"}
PEOPLE = {"actor", "by", "guest", "leader", "member", "reader", "sender"}
NAMED = {"actor_id", "member_id", "to", *NAMES_A_MEMBER}


def unstated(tables: Iterable[Table]) -> list[str]:
    """A sentence for each column that can hold something of a person and does not say what."""
    return [
        f"{table.name}.{column.name} can hold something of a person: say in its room's room.py what it is "
        "to them, so that it goes out with their data and goes away with forgetting."
        for table in tables
        for column in table.c
        if may_hold(column) and column.name not in columns(table.name, *Way)
    ]


def ids_of_people(tree: ast.AST) -> Iterator[str]:
    """Keywords under which somebody's id is kept in the log or with a message, and by which it would not be found."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        for keyword in call.keywords if name in OWING else ():
            value = keyword.value
            is_id = isinstance(value, ast.Attribute) and value.attr == "id" and isinstance(value.value, ast.Name)
            if is_id and value.value.id in PEOPLE and keyword.arg not in NAMED:  # type: ignore[union-attr]
                yield f"line {call.lineno}: {keyword.arg}"


def test_every_column_says_what_it_is_to_a_person():
    assert unstated(Base.metadata.sorted_tables) == []


def test_nothing_is_said_of_columns_that_are_gone_and_nothing_twice():
    there = {(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.c}
    said = [(table, column) for table in ABOUT for column in columns(table, *Way)]
    assert (sorted(set(said) - there), len(said)) == ([], len(set(said)))


@pytest.mark.long
def test_ids_of_people_in_log_and_messages_stand_under_known_names():
    files = [file for room in ("bot", "cluster", "handlers") for file in (ROOT / room).rglob("*.py")]
    assert [f"{file.name}, {each}" for file in files for each in ids_of_people(ast.parse(file.read_text()))] == []


def test_checker_notices_a_new_column_and_a_new_name():
    new = Table("note", MetaData(), Column("id", Integer), Column("words", String(9)), Column("more", JSON))
    assert [each.split(" ")[0] for each in unstated([new])] == ["note.words", "note.more"]
    assert list(ids_of_people(ast.parse("audit.note(uow, 'x', friend=member.id)"))) == ["line 1: friend"]


def unread(tables: Iterable[Table]) -> list[str]:
    """What would go out without words for it: tables without a heading, columns without a label."""
    found = []
    for table in tables:
        ways = (Way.WHOSE, Way.SELF, Way.LOG, Way.LIST)
        if columns(table.name, *ways) or table.name in {"card", "inbox"}:
            found += [table.name] if table.name not in HEADINGS else []
            known = LABELS.keys() | TECHNICAL | OF_FEATURES.keys()
            found += [f"{table.name}.{column.name}" for column in table.c if column.name not in known]
        hands = [f"{table.name} ({name})" for name in columns(table.name, Way.HAND)]
        found += [each for each in hands if each not in HEADINGS]
    return found


def test_own_data_have_words_for_every_table_and_column():
    told = [table for table in Base.metadata.sorted_tables if table.name != "roster_import"]
    assert unread(told) == []
    hands = {f"{name} ({column})" for name in ABOUT for column in columns(name, Way.HAND)}
    assert {each for each in HEADINGS if each.endswith(")")} - hands == {"outbox (others')"}


def test_own_data_have_words_for_every_kind_of_message_and_arrival():
    assert {kind.partition(".")[0] for kind in MESSAGES} == TABLE.about_person.messages.keys()
    assert {f"event:{name}" for name in TABLE.events if name.startswith("message")} - ARRIVALS.keys() == set()


def test_checker_notices_a_column_without_a_word(monkeypatch):
    monkeypatch.setitem(ABOUT, "note", {Way.WHOSE: "member_id"})
    new = Table("note", MetaData(), Column("member_id", Integer), Column("colour", String(9)))
    assert unread([new]) == ["note", "note.colour"]
