"""What is kept of people: every column that can hold a word, an id or a list, and what it means to the person.

One table for giving out and for forgetting (``cluster.members.person_data``). A new column is
added here, or a house test fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from sqlalchemy import JSON, Column, String


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
    mend; see docs/privacy.md."""
    CODE = auto()
    """Ids of rows, codes, states, moments, kinds: nothing by itself."""


def may_hold(column: Column[object]) -> bool:
    """Whether something of a person can stand in a column: a reference to a member, words, or plain data."""
    refers = any(key.column.table.name == "member" for key in column.foreign_keys)
    return refers or isinstance(column.type, String | JSON)


W = Way
ABOUT: Mapping[str, Mapping[Way, str]] = {
    "agreement": {W.HAND: "decided_by", W.CLUSTER: "text", W.CODE: "measure_id state"},
    "allowance": {W.TRACE: "name"},
    "assignment": {W.WHOSE: "member_id"},
    "attendance": {W.WHOSE: "member_id", W.HAND: "recorded_by"},
    "audit": {W.LOG: "actor_id", W.CODE: "what subject details"},
    "card": {W.TRACE: "lane channel_id", W.CODE: "kind subject ts"},
    "chore": {W.CODE: "name"},
    "cluster": {W.CLUSTER: "name region", W.CODE: "team_id channel_id"},
    "collected": {W.HAND: "member_id", W.CLUSTER: "rows", W.CODE: "state digest"},
    "compatibility": {W.CODE: "revision works_with"},
    "consent": {W.WHOSE: "member_id", W.CODE: "kind"},
    "erratum": {W.WHOSE: "member_id", W.CODE: "answer"},
    "heading": {W.HAND: "confirmed_by", W.CLUSTER: "heading", W.CODE: "package_id field"},
    "inbox": {W.TRACE: "person body", W.CODE: "source_id kind state error"},
    "invitation": {W.WHOSE: "member_id", W.HAND: "answered_by", W.WORDS: "reason", W.CODE: "answer"},
    "meeting": {W.HAND: "created_by", W.CLUSTER: "title place note", W.CODE: "kind state"},
    "member": {
        W.SELF: "slack_user_id organisation outsider outsider_answer name email title dm_channel_id",
        W.HAND: "confirmed_by placed_by",
        W.CODE: "role language place",
    },
    "naming": {W.CODE: "measure_id"},
    "objection": {W.WHOSE: "member_id", W.PRACTICE_WORDS: "text"},
    "outbox": {
        W.WHOSE: "member_id",
        W.TRACE: "key lane channel_id sent_channel params",
        W.CODE: "kind how thread_ts subject state token file_ids sent_ts error",
    },
    "own_package": {W.HAND: "created_by", W.CLUSTER: "text", W.CODE: "package_id version"},
    "practice": {W.HAND: "contact_id", W.CLUSTER: "name context", W.CODE: "ydernummer system"},
    "practice_alias": {W.HAND: "confirmed_by", W.CLUSTER: "alias"},
    "pseudonym": {W.CODE: "measure_id letter"},
    "recall": {W.HAND: "by_id", W.CODE: "measure_id"},
    "release": {W.HAND: "created_by", W.CODE: "submission_ids twice groups"},
    "roster_import": {W.HAND: "member_id", W.LIST: "rows", W.CODE: "state"},
    "round": {
        W.HAND: "created_by",
        W.CLUSTER: "package_text",
        W.CODE: "package_id package_version state openness",
    },
    "rules": {W.HAND: "decided_by", W.CLUSTER: "more_titles quiet", W.CODE: "openness"},
    "second_look": {W.CODE: "measure_id"},
    "submission": {
        W.WHOSE: "member_id",
        W.PRACTICE: "numbers questions sources digest",
        W.PRACTICE_WORDS: "reason",
        W.CODE: "source state",
    },
}
NAMES_A_MEMBER = ("actor", "by", "guest", "member")
"""Keys in the plain data of the log and of messages under which a member's id stands."""


def columns(table: str, *ways: Way) -> tuple[str, ...]:
    """The columns of a table that are one of these to a person."""
    said = ABOUT.get(table, {})
    return tuple(name for way in ways for name in said.get(way, "").split())
