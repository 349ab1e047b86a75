"""What is kept, table by table: what each column is to a person, and how long it stays.

Every room says it of its own tables, in its ``room.py``; ``cluster.rooms`` puts them together. Giving out and
forgetting (``cluster.members.person_data``) and the table in ``docs/privacy.md`` are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Way(Enum):
    """What a column is to the person it may be about."""

    WHOSE = auto()
    """Names the member whose row it is: the row is given out whole, and stays without an identity."""
    HAND = auto()
    """Names a member who had a hand in it: given out by the row's id; stays, as the id of nobody."""
    LOG = auto()
    """Says who did it: lines that the member caused, and those that name them, are given out whole; they stay."""
    SELF = auto()
    """Says who the member is: given out, emptied."""
    WORDS = auto()
    """The member's own words, in a row of their own: given out, emptied."""
    PRACTICE = auto()
    """The practice's: given out only while the member is confirmed there; stays with the practice."""
    PRACTICE_WORDS = auto()
    """The member's words about the practice's numbers: given out as the practice's are, emptied."""
    TRACE = auto()
    """Slack's ids of people and conversations stand in it: given out with what they stand in, cleared or deleted."""
    LIST = auto()
    """A list of people: the rows about the person are given out, and taken from the list."""
    CLUSTER = auto()
    """The cluster's or the practice's name and words: no person's. What somebody writes of another here is theirs to
    correct; see docs/privacy.md."""
    CODE = auto()
    """Ids of rows, codes, states, moments, kinds: nothing by itself."""


@dataclass(frozen=True)
class KeptTable:
    """One table."""

    place: int
    """Its place in the page about how long what is kept; tables of the same ten share a row."""
    what: str
    ways: Mapping[Way, str]
    """The columns that can hold a word, an id or a list, by what they are to a person."""
    by_itself: str
    """When it goes without anybody asking."""
    on_request: str
    """What takes it away: commands of whoever runs the bot."""
