"""Every view and every part of a message is made of very large inputs, and Slack would take it.

What a function of a room's `views` asks for is made from its annotations: long names full of signs, 120 practices with
73 people, notes as long as a form allows. The limits are those that the stand-in holds everybody to.
"""

from __future__ import annotations

import dataclasses
import enum
import importlib
import inspect
import itertools
import pkgutil
import types
import typing
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import inspect as columns_of

import handlers
from cluster.calendar import WORKING, Hours
from handlers.blocks import entry, form, section, select
from handlers.message import Message
from handlers.table import TABLE
from locales import Texts, texts_for
from measures.packages.package import Package, load
from measures.packages.parts import DataField, Measure
from measures.texts import Texts as Sayings
from storage.tables.base import Base
from storage.tables.types import Moment
from workspace.blockkit.blocks import check_blocks, check_view

SIZES = ((120, 120), (40, 95))
"""Of the first list that a function asks for, and of the others: many of both, and the most that has a menu each."""
FEW = 12
SHORT = frozenset(
    {"measures", "wrong", "rounds", "packages", "meetings", "more", "choices", "fields", "asked_for", "parts"}
)
"""Lists that are short however large a cluster is: a package's measures, what is open or planned at a time."""
LONG = 'Lægerne & Sygeplejerskerne <i> Sønder Bjerregravs "Gamle" Mejeri ved åen, ' * 4
NOTE = "Vi ses i kantinen & tager <grafer> med. " * 75
NO_VIEWS = frozenset({"calendar_file", "words"})
_numbers = itertools.count(1_000_000)


def makers() -> Iterator[tuple[str, Callable[..., Any]]]:
    for found in pkgutil.walk_packages(handlers.__path__, "handlers."):
        *_, room, leaf = found.name.split(".")
        if room != "views" or leaf in NO_VIEWS:
            continue
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            is_own = inspect.isfunction(function) and function.__module__ == module.__name__
            if is_own and not name.startswith("_") and _is_shown(typing.get_type_hints(function).get("return")):
                yield f"{leaf}.{name}", function


def _is_shown(kind: Any) -> bool:
    return "dict[str, typing.Any]" in str(kind) or kind is Message


def made(kind: Any, name: str, t: Texts, many: int, depth: int = 0) -> Any:
    """Something large of a kind."""
    if name in KNOWN and kind is str:
        return KNOWN[name]
    if name == "user_id":
        return f"U{next(_numbers):010}"
    if name == "log":
        return TABLE.log
    if kind is str:
        return NOTE if name in {"note", "reason", "text", "agenda"} else f"{next(_numbers)} {LONG}"[:255]
    if kind is int:
        return next(_numbers)
    if kind in (Texts, Sayings):
        return t
    if kind in PLAIN:
        return PLAIN[kind]
    if typing.get_origin(kind) is not None:
        return _several(kind, name, t, many, depth)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    if isinstance(kind, type) and issubclass(kind, Base):
        return _row(kind, t)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        asked = [each.name for each in dataclasses.fields(kind) if each.init]
        return kind(**{each: made(hints[each], each, t, many, depth + 1) for each in asked})
    raise NotImplementedError(f"{name}: {kind}")


def _several(kind: Any, name: str, t: Texts, many: int, depth: int) -> Any:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)

    def one(of: Any, deeper: int = 1) -> Any:
        return made(of, name, t, many, depth + deeper)

    if kind == tuple[str, str]:
        return str(next(_numbers)), made(str, name, t, many)
    if origin in (typing.Union, types.UnionType):
        return one(next(each for each in inner if each is not type(None)), 0)
    if origin is typing.Literal:
        return inner[0]
    if origin is tuple and (len(inner) != 2 or inner[1] is not Ellipsis):
        return tuple(map(one, inner))
    if origin is Callable:
        return lambda *_: LONG
    count = FEW if depth or name in SHORT else many
    if origin is Counter:
        return Counter({str(number): number for number in range(FEW)})
    if origin in (dict, Mapping):
        return {one(inner[0]): one(inner[1]) for _ in range(count)}
    found = [one(inner[0]) for _ in range(count)]
    return set(found) if origin in (set, frozenset, Set) else found


PLAIN: dict[Any, Any] = {
    float: 12.345,
    Hours: WORKING,
    bool: True,
    date: date(2026, 9, 30),
    datetime: datetime(2026, 9, 30, 16, 30, tzinfo=UTC),
    time: time(16, 30),
    object: LONG,
    Any: LONG,
    Package: load("kol"),
    Measure: load("kol").measures[0],
    DataField: load("kol").fields[0],
}
KNOWN: dict[str, Any] = {
    "role": "member",
    "system": "xmo",
    "language": "da",
    "package_id": "kol",
    "openness": "letters",
    "state": "open",
    "style": "",
    "kind": "meeting",
    "snoozes": "tomorrow",
    "answer": "yes",
    "what": next(iter(TABLE.log)),
    "day": "2026-09-30",
    "answer_day": "2026-09-30",
    "start": "16:30",
    "end": "18:30",
    "answer_time": "12:00",
    "package_text": "",
}
"""What is not free to be anything."""


def _row(kind: type[Base], t: Texts) -> Base:
    found: dict[str, Any] = {}
    for column in columns_of(kind).columns:
        python = datetime if isinstance(column.type, Moment) else column.type.python_type
        value = {} if python in (dict, list) else made(python, column.name, t, FEW, 1)
        length = getattr(column.type, "length", None)
        found[column.key] = value[:length] if isinstance(value, str) and length else value
    return kind(**found)


def shown(function: Callable[..., Any], t: Texts, sizes: tuple[int, int]) -> Any:
    hints = typing.get_type_hints(function)
    arguments: list[Any] = []
    named: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        many = sizes[any(isinstance(each, list) for each in [*arguments, *named.values()])]
        value = made(hints[name], name, t, many)
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[name] = value
        else:
            arguments.append(value)
    return function(*arguments, **named)


def problems(thing: Any) -> list[str]:
    if thing is None:
        return []
    if isinstance(thing, Message):
        return check_blocks(thing.blocks, "message") if thing.blocks else []
    if isinstance(thing, dict) and thing.get("type") in {"modal", "home"}:
        try:
            check_view(thing)
        except Exception as refused:
            return [str(vars(refused))]
        return []
    if isinstance(thing, dict):
        thing = [thing]
    thing = [each for part in thing for each in (part if isinstance(part, list) else [part]) if isinstance(each, dict)]
    blocks = [each if each.get("type") in BLOCKS else {"type": "actions", "elements": [each]} for each in thing]
    return check_blocks(blocks, "modal", charts=False)


BLOCKS = {"section", "actions", "context", "input", "header", "divider", "image", "data_visualization", "table"}

ELSEWHERE = {
    "bundles.preview": "its rows are stored words of findings",
    **dict.fromkeys(
        ("home.behind_a_button", "home.next_things", "home.things", "home.for_leaders", "home.more"),
        "what the features show: tests/handlers/overview/test_large_page.py",
    ),
    "own_charts.charts": "pictures",
    "followups.changes": "pictures",
    "over_time.course": "pictures",
    "openness.change_form": "only what a round's openness allows is offered",
    "rounds.round_form": "blocks of other views above it: tests/handlers/rounds/test_drafts.py",
    "status.for_member": "states of an answer",
    "status.joined": "words",
    "ideas.listing": "blocks of other views above it: tests/handlers/topics/test_votes.py",
    "votes.open_form": "blocks of other views above it: tests/handlers/topics/test_votes.py",
    "trial.only_to_look": "blocks of other views",
    "submissions.again_form": "a field for each of a package's",
}
"""Not made of anything: tried with real ones in `tests/handlers`."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(("name", "function"), [pytest.param(*row, id=row[0]) for row in makers()])
def test_slack_takes_what_is_made_of_large_things(
    name: str, function: Callable[..., Any], language: str, size: tuple[int, int]
) -> None:
    if name in ELSEWHERE:
        return
    assert problems(shown(function, texts_for(language), size)) == []


def test_views_are_found() -> None:
    names = {name for name, _ in makers()}
    assert len(names) > 50
    assert ELSEWHERE.keys() < names


def test_too_large_a_view_is_noticed() -> None:
    assert problems(form("x", "t", "s", "c", [entry("l", select("a", [("1", "x")] * 101))])) != []
    assert problems([section("x")] * 101) != []
