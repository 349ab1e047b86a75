"""One name, one thing: no class is called what another is, so that whoever searches finds the one that is meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("bot", "handlers", "cluster", "measures", "storage", "locales")
CLASS = re.compile(r"^class ([A-Za-z]\w*)", re.MULTILINE)
EVERY_ROOM = {"Action", "Kinds", "View"}
"""What each room has under the same name."""
TWO_SIDES = {"Texts"}
"""What measures may ask of the texts of a language is called as those are."""


def twice(modules: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Names of classes that more than one module uses, from names of modules and their source."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, source in modules:
        for called in CLASS.findall(source):
            found[called].append(name)
    return {name: sorted(where) for name, where in found.items() if len(where) > 1}


def test_no_two_classes_share_a_name() -> None:
    files = [file for floor in FLOORS for file in (ROOT / floor).rglob("*.py")]
    named = twice((str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")) for file in files)
    assert {name: where for name, where in named.items() if name not in EVERY_ROOM | TWO_SIDES} == {}


def test_a_name_that_stands_twice_is_noticed() -> None:
    modules = [
        ("a", "class Point: ...\nclass _Own: ..."),
        ("b", "class Point: ...\nclass _Own: ..."),
        ("c", "Point = 1"),
    ]
    assert twice(modules) == {"Point": ["a", "b"]}
