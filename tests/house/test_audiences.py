"""Every kind of message says whom it is for, and nothing is said to be for somebody that nobody sends."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from cluster.message_kinds import Audience, MessageKind
from cluster.rooms import MESSAGE_KINDS, REMINDERS
from handlers.table import TABLE
from tests.house.sample_feature.complete import owed_ahead

CLUSTER = Path(__file__).resolve().parents[2] / "cluster"


def unstated(kinds: set[str], stated: set[str]) -> list[str]:
    """What the two don't have in common."""
    return sorted(kinds ^ stated)


def test_every_kind_states_its_audience():
    assert unstated(set(TABLE.notices), set(MESSAGE_KINDS)) == []


def test_no_kind_states_two():
    assert len(MESSAGE_KINDS) == len(set(MESSAGE_KINDS))


def test_kind_without_an_audience_cannot_be_written_down():
    with pytest.raises(TypeError, match="audience"):
        MessageKind("Kinds", {"NUMBERS": "numbers.of_all"})
    assert MessageKind("Kinds", {"NUMBERS": ("numbers.of_all", Audience.LEADER)}).NUMBERS.audience is Audience.LEADER


def test_everything_that_is_owed_ahead_has_its_name_in_the_plan():
    known = {*TABLE.notices, *TABLE.steps}
    ahead = {kind for file in CLUSTER.rglob("*.py") for kind in owed_ahead(ast.parse(file.read_text()), known)}
    ahead |= REMINDERS
    inside = {kind for kind, step in TABLE.steps.items() if step.ahead is None}
    expected = {"consent.ending", "data.snoozed", "meeting.deadline", "welcome.reminder"}
    assert expected - ahead == set()
    assert sorted(ahead - TABLE.ahead.keys() - inside) == []


def test_checkers_notice_what_is_missing():
    assert unstated({"home", "numbers.of_all"}, {"home"}) == ["numbers.of_all"]
    code = (
        'CARD, TOLD = "a.card", "a.told"\n\ndef ask():\n    owe(CARD, cluster_id=1, due_at=1)\n    owe(TOLD)\n'
        '    owe("hidden", due_at=2)\n\ndef go():\n    for kind in ("b.step",):\n        tell(kind, due_at=2)\n'
    )
    assert set(owed_ahead(ast.parse(code), ("a.card", "a.told", "b.step", "hidden"))) == {"a.card", "b.step"}
