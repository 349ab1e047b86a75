"""What a row is about is written and read in one place, and every noun is described whole."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

from sqlalchemy import inspect

from cluster.subjects import CLUSTER, SUBJECTS

ROOT = Path(__file__).resolve().parents[2]
HOME = "cluster/subjects.py"
FLOORS = ("bot", "cluster", "handlers", "measures", "storage")
CUTS = ("partition", "rpartition", "split", "rsplit", "startswith", "removeprefix")
WRITTEN = re.compile("f[\"'](?:" + "|".join(SUBJECTS) + "):{")
CUT = re.compile("subject.*[.](?:" + "|".join(CUTS) + ")[(]")


def written_by_hand(source: str) -> list[int]:
    """Lines where something like ``meeting:7`` is put together. A key or a form's field may begin the same."""
    if not WRITTEN.search(source):
        return []
    tree = ast.parse(source)
    keywords = [each for each in ast.walk(tree) if isinstance(each, ast.keyword)]
    others = {id(each.value) for each in keywords if each.arg in ("key", "field")}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in others and len(node.values) == 2:
            first = node.values[0]
            if isinstance(first, ast.Constant) and str(first.value).removesuffix(":") in SUBJECTS:
                found.append(node.lineno)
    return found


def read_by_hand(source: str) -> list[int]:
    """Lines where a subject is cut up, or asked what it begins with."""
    if not CUT.search(source):
        return []
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CUTS
        and any("subject" in name for name in _names(node.func.value))
    ]


def _names(node: ast.AST) -> list[str]:
    inner = [each for each in ast.walk(node) if isinstance(each, ast.Name | ast.Attribute)]
    return [each.id if isinstance(each, ast.Name) else each.attr for each in inner]


def test_subjects_are_written_and_read_in_one_place():
    listing = subprocess.run(["git", "ls-files", *FLOORS], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [name for name in listing.stdout.split("\n") if name.endswith(".py") and name != HOME]
    assert len(files) > 100
    found = []
    for name in files:
        source = (ROOT / name).read_text(encoding="utf-8")
        found += [f"{name}:{line}" for line in (*written_by_hand(source), *read_by_hand(source))]
    assert found == []


def test_checks_notice_what_is_wrong():
    assert written_by_hand('subject = f"meeting:{meeting.id}"') == [1]
    assert written_by_hand('owe(key=f"meeting:{meeting.id}")\nname = f"m:{member.id}"') == []
    assert read_by_hand('kind, _, key = row.subject.partition(":")') == [1]
    assert read_by_hand('(await subject_of(state, thread)).startswith("meeting:")') == [1]
    assert read_by_hand('turn.value.partition(":")') == []


def test_every_noun_is_joined_to_what_it_belongs_to():
    missing = []
    for noun in SUBJECTS.values():
        columns = set(inspect(noun.table).columns.keys())
        wanted = {"id"} | {f"{other.name}_id" for other in (noun.part_of, noun.known_by) if other is not None}
        wanted |= {"practice_id"} if noun.of_practice else set()
        missing += [f"{noun.name}.{column}" for column in sorted(wanted - columns)]
    assert missing == []
    assert [noun.name for noun in SUBJECTS.values() if noun.has_name and noun.known_by is not None] == []


def test_every_noun_says_how_its_cluster_is_found_or_that_it_has_none():
    def root(name: str) -> str:
        noun = SUBJECTS[name]
        while noun.part_of is not None:
            noun = noun.part_of
        return noun.name

    assert {name for name in SUBJECTS if root(name) != CLUSTER.name} == {"inbox"}
