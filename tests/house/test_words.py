"""One word, one thing: what columns hold has names and stands bare nowhere, and no two classes share a name.

A slip of a letter in a bare word is found by nobody; of two classes of one name, nobody knows which is meant.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from storage.models import Base, Member
from storage.tables.types import Word
from storage.words import WORDS, Role

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("bot", "cluster", "handlers", "storage")
COLUMNS = {"state", "role", "how", "source", "place", "outsider_answer"}
KNOWN = {word.value for words in WORDS for word in words if word.value}
CLASS = re.compile(r"^class ([A-Za-z]\w*)", re.MULTILINE)
EVERY_ROOM = {"Action", "Kinds", "View"}
"""What each room has under the same name."""
TWO_SIDES = {"Texts"}
"""What measures may ask of the texts of a language is called as those are."""


def bare(source: str) -> list[int]:
    """Lines where a column's word is compared with, or given, as plain text."""
    return sorted({line for node in ast.walk(ast.parse(source)) for line in _bare(node)})


def _bare(node: ast.AST) -> Iterator[int]:
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        if any(isinstance(side, ast.Attribute) and side.attr in COLUMNS for side in sides):
            yield from (side.lineno for side in sides if _is_word(side))
    elif isinstance(node, ast.keyword) and node.arg in COLUMNS and _is_word(node.value):
        yield node.value.lineno


def _is_word(node: ast.expr) -> bool:
    parts = node.elts if isinstance(node, ast.Tuple | ast.Set | ast.List) else [node]
    return any(isinstance(part, ast.Constant) and part.value in KNOWN for part in parts)


@pytest.mark.long
def test_no_columns_word_stands_bare():
    listing = subprocess.run(["git", "ls-files", *FLOORS], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [name for name in listing.stdout.split("\n") if name.endswith(".py") and "/migrations/" not in name]
    assert len(files) > 100
    assert [f"{name}:{line}" for name in files for line in bare((ROOT / name).read_text(encoding="utf-8"))] == []


def test_check_notices_what_is_wrong():
    assert bare('if round_.state == "open": pass') == [1]
    assert bare('if member.role not in ("deputy", "coordinator"): pass') == [1]
    assert bare('owe(\n    how="step")') == [2]
    assert bare('if settings.role == "worker" or state["open"]: pass') == []


def test_every_word_belongs_to_a_column():
    used = {
        column.type.words
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Word)
    }
    assert used == set(WORDS)


@pytest.mark.parametrize(("stored", "expected"), [("deputy", Role.DEPUTY), ("treasurer", "treasurer")])
def test_words_are_read_as_what_they_are_and_those_of_a_newer_version_as_they_stand(stored: str, expected: str):
    read = Member.__table__.c["role"].type.process_result_value(stored, None)
    assert (read, type(read)) == (expected, type(expected))


def twice(modules: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Names of classes that more than one module uses, from names of modules and their source."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, source in modules:
        for called in CLASS.findall(source):
            found[called].append(name)
    return {name: sorted(where) for name, where in found.items() if len(where) > 1}


def test_no_two_classes_share_a_name() -> None:
    files = [file for floor in (*FLOORS, "measures", "locales") for file in (ROOT / floor).rglob("*.py")]
    named = twice((str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")) for file in files)
    assert {name: where for name, where in named.items() if name not in EVERY_ROOM | TWO_SIDES} == {}


def test_a_name_that_stands_twice_is_noticed() -> None:
    modules = [
        ("a", "class Point: ...\nclass _Own: ..."),
        ("b", "class Point: ...\nclass _Own: ..."),
        ("c", "Point = 1"),
    ]
    assert twice(modules) == {"Point": ["a", "b"]}
