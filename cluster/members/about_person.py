"""What is kept of people: every column that can hold a word, an id or a list, and what it means to the person.

For giving out and for forgetting (``cluster.members.person_data``). A new column is added where its room says what it
keeps (``room.py``), or a house test fails.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import JSON, Column, String

from cluster.kept import Way
from cluster.rooms import KEPT


def may_hold(column: Column[object]) -> bool:
    """Whether something of a person can stand in a column: a reference to a member, words, or plain data."""
    refers = any(key.column.table.name == "member" for key in column.foreign_keys)
    return refers or isinstance(column.type, String | JSON)


ABOUT: Mapping[str, Mapping[Way, str]] = {table: kept.ways for table, kept in KEPT.items()}
NAMES_A_MEMBER = ("actor", "by", "guest", "member")
"""Keys in the plain data of the log and of messages under which a member's id stands."""


def columns(table: str, *ways: Way) -> tuple[str, ...]:
    """The columns of a table that are one of these to a person."""
    said = ABOUT.get(table, {})
    return tuple(name for way in ways for name in said.get(way, "").split())
