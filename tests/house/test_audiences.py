"""Every kind of message says whom it is for, and nothing is said to be for somebody that nobody sends."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from cluster.kinds import Audience, Kind
from cluster.rooms import KINDS
from handlers.table import TABLE

CLUSTER = Path(__file__).resolve().parents[2] / "cluster"


def unstated(kinds: set[str], stated: set[str]) -> list[str]:
    """What the two don't have in common."""
    return sorted(kinds ^ stated)


def owed_ahead(tree: ast.Module, known: Collection[str]) -> Iterator[str]:
    """The kinds that calls with a ``due_at`` name; where ``owe`` or ``tell`` names none, those of their function.
    What is not owed in a cluster's name stands in no plan."""
    constants: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = zip(target.elts, value.elts, strict=False) if isinstance(target, ast.Tuple) else [(target, value)]  # type: ignore[attr-defined]
            constants |= {ast.unparse(name): one.value for name, one in pairs if isinstance(one, ast.Constant)}  # type: ignore[misc]

    def named(node: ast.AST) -> set[str]:
        found = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
        found |= {constants[each.id] for each in ast.walk(node) if isinstance(each, ast.Name) and each.id in constants}
        return {each for each in found if each in known}

    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for call in ast.walk(function):
                given = [keyword.arg for keyword in call.keywords] if isinstance(call, ast.Call) else []
                if "due_at" not in given:
                    continue
                callee = ast.unparse(call.func).rpartition(".")[2]  # type: ignore[attr-defined]
                if callee == "owe" and not {"cluster_id", None} & set(given):
                    continue
                yield from named(call) or (named(function) if callee in {"owe", "tell"} else ())


def test_every_kind_states_its_audience():
    assert unstated(set(TABLE.notices), set(KINDS)) == []


def test_no_kind_states_two():
    assert len(KINDS) == len(set(KINDS))


def test_kind_without_an_audience_cannot_be_written_down():
    with pytest.raises(TypeError, match="audience"):
        Kind("Kinds", {"NUMBERS": "numbers.of_all"})
    assert Kind("Kinds", {"NUMBERS": ("numbers.of_all", Audience.LEADER)}).NUMBERS.audience is Audience.LEADER


def test_everything_that_is_owed_ahead_has_its_name_in_the_plan():
    known = {*TABLE.notices, *TABLE.steps}
    ahead = {kind for file in CLUSTER.rglob("*.py") for kind in owed_ahead(ast.parse(file.read_text()), known)}
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
