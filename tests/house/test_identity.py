"""Somebody in Slack is an organisation and a user: no row is looked up by the user alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "cluster", "handlers", "storage")
KNOWN = {
    "cluster/members/belonging.py:is_account": "the one place",
    "cluster/members/belonging.py:is_known": "whether an id stands anywhere, before Slack is asked whose it is",
    "cluster/members/person_data.py:find": "whoever runs the bot names somebody, and sees whom",
    "cluster/onboarding/outsiders.py:decide": "an id that is taken in the cluster, whosever it is",
}


def lookups(source: str) -> list[str]:
    """The functions that compare a Slack user id with something."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            is_asked = isinstance(node, ast.Compare) and not any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops)
            is_among = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("slack_user_id.in_")
            if is_among or (is_asked and "slack_user_id" in ast.unparse(node)):
                found.append(function.name)
    return found


@pytest.mark.long
def test_nobody_is_looked_up_without_the_organisation() -> None:
    asked = {
        f"{path.relative_to(ROOT)}:{name}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
        for name in lookups(path.read_text())
    }
    assert asked == set(KNOWN)


def test_a_careless_look_up_is_noticed() -> None:
    assert lookups("def f(x):\n    return select(M).where(M.slack_user_id == x)") == ["f"]
    assert lookups("def f(x):\n    return M.slack_user_id.in_(x)") == ["f"]
    assert lookups("def f(m):\n    return m.slack_user_id is None") == []
