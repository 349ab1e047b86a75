"""The house has rooms: small folders, the same features on both floors, and no way round in a circle."""

from __future__ import annotations

import ast
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST = 20
"""Modules beside each other. Data lies in folders of its own, where it is found by name and not by looking."""
FLOORS = ("bot", "handlers", "cluster", "measures", "storage", "workspace")
ONLY_HANDLERS = {"conversation", "words"}
"""What people write and drop, and what their words mean: understood here, decided in the room it is for."""
ONLY_CLUSTER = {"delivery", "disclosure"}
"""Asked by other rooms of the cluster, and never by somebody in Slack."""

SIGNS = (["ids"], ["room"])
"""What a room's buttons, messages and tables are called: read by whoever points to them, and leading nowhere."""

Imports = Mapping[str, Iterable[str]]


def modules() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listing.stdout.split("\n") if name and (ROOT / name).is_file()]


def crowded(files: Iterable[str]) -> list[str]:
    """The folders that hold too many modules beside their rooms."""
    counted = Counter(name.rpartition("/")[0] for name in files if "/migrations/versions/" not in name)
    return [f"{folder}: {count}" for folder, count in sorted(counted.items()) if count > MOST]


def rooms_of(floor: str, files: Iterable[str]) -> set[str]:
    """The rooms of a floor by name."""
    parts = [name.split("/") for name in files]
    return {part[1] for part in parts if part[0] == floor and len(part) > 2}


def room_of(module: str) -> str:
    """``handlers.meetings`` of all that lies in it; empty for what stands on the stairs, and for the signs at doors."""
    parts = module.split(".")
    return ".".join(parts[:2]) if len(parts) > 2 and parts[2:] not in SIGNS else ""


def imports_of(file: str) -> set[str]:
    """Every module that a file imports, wherever in it. Of ``from a import b`` both a and a.b are named."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def circles(imports: Imports) -> list[list[str]]:
    """Rooms of one floor from which a chain of imports leads back to themselves."""
    known = set(imports)
    leads: dict[str, set[str]] = {}
    for module, named in imports.items():
        here = room_of(module)
        for other in named:
            there = room_of(other) if other in known else ""
            if here and there and here != there and here.split(".")[0] == there.split(".")[0]:
                leads.setdefault(here, set()).add(there)

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = leads.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += new
        return seen

    around = {room: reached(room) for room in leads}
    found = {tuple(sorted(other for other in seen if room in around.get(other, ()))) for room, seen in around.items()}
    return sorted(list(circle) for circle in found if circle)


def test_no_folder_is_crowded():
    assert crowded(modules()) == []


def test_both_floors_have_the_same_rooms():
    files = modules()
    assert rooms_of("handlers", files) - ONLY_HANDLERS == rooms_of("cluster", files) - ONLY_CLUSTER


def test_every_room_says_what_it_is_for():
    files = set(modules())
    rooms = {name.rpartition("/")[0] for name in files if name.split("/")[0] in FLOORS}
    silent = [
        room
        for room in sorted(rooms)
        if f"{room}/__init__.py" not in files
        or not ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8")))
    ]
    assert silent == ["storage/migrations/versions"]


@pytest.mark.long
def test_no_circle_leads_through_rooms():
    files = [name for name in modules() if name.split("/")[0] in FLOORS]
    assert circles({name[:-3].replace("/", "."): imports_of(name) for name in files}) == []


def test_signs_at_doors_lead_nowhere():
    signs = [name for name in modules() if len(name.split("/")) == 3 and [name.split("/")[2][:-3]] in SIGNS]
    known = {name[:-3].replace("/", ".") for name in modules()}
    assert {f"{name}: {each}" for name in signs for each in imports_of(name) & known if room_of(each)} == set()
    assert len(signs) > 10


def test_checks_notice_what_is_wrong():
    assert crowded(f"bot/room/m{n}.py" for n in range(MOST + 1)) == ["bot/room: 21"]
    assert rooms_of("bot", ["bot/app.py", "bot/room/one.py", "bot/room/views/two.py"]) == {"room"}
    assert circles({"a.x.one": ["a.y.two"], "a.y.two": [], "a.y.three": ["a.x.one"], "a.z": ["a.x.one"]}) == [
        ["a.x", "a.y"]
    ]
    assert circles({"a.x.one": ["a.y.two"], "a.y.two": ["a.y.three"], "a.y.three": ["b.x.four"], "b.x.four": []}) == []
