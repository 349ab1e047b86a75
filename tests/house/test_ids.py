"""What comes back from Slack is read as an id in one place, which refuses kindly and asks no database about rubbish."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from cluster.ids import HIGHEST, as_id

HANDLERS = Path(__file__).resolve().parents[2] / "handlers"
BACK = ("turn.value", "turn.metadata", "turn.state")


def bare(source: str) -> list[str]:
    """The functions that make an ``int`` of what came back."""
    return [
        function.name
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "int"
        if any(back in ast.unparse(each) for each in node.args for back in BACK)
    ]


@pytest.mark.long
def test_no_handler_makes_a_number_of_what_came_back_by_itself() -> None:
    found = {f"{path.name}:{name}" for path in HANDLERS.rglob("*.py") for name in bare(path.read_text())}
    assert found == set()


def test_a_bare_int_is_noticed() -> None:
    assert bare("def show(turn):\n    return int(turn.metadata['member'])") == ["show"]


@pytest.mark.parametrize("written", ["", "x", "-1", "²", "٣", "1.0", str(HIGHEST + 1), "9" * 5000, None, "1 "])
def test_what_is_no_id(written: object) -> None:
    assert as_id(written) is None


def test_what_is_an_id() -> None:
    assert (as_id("7"), as_id(7), as_id(str(HIGHEST))) == (7, 7, HIGHEST)
