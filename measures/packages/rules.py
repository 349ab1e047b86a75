"""What a schema can't say about a package: that its parts fit together. Works on the file as read, however broken.

Every rule passes over what has the wrong shape, for the schema tells of that; so all mistakes come out at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from math import isfinite
from string import Formatter
from typing import Any

from measures.packages.faults import Fault
from measures.packages.lines import Path
from measures.packages.material import asks_for_numbers, kind_faults
from measures.packages.measure_kinds import KEYS, LISTS, MEASURE_KINDS, ChartForm
from measures.packages.names import TomlTable, has_words, name_faults, texts_in
from measures.packages.routes import ROUTES
from measures.packages.systems import OTHER, SYSTEMS

LONGEST_TITLE = 75
"""A choice in a menu of Slack."""
LONGEST_REQUEST = 2900
"""A paragraph of Slack, less what is around the fields."""
LANGUAGES = ("da", "en")
UNRANGED = frozenset({"scatter", "estimate"})
"""Built on other measures, which have ranges of their own."""
COUNTED = frozenset({"proportion", "rate"})
"""Kinds whose number is counts of people or events."""
BOTH = {"part", "whole"}
HIGHEST_SHARE = {"proportion": 1.0, "composition": 1.0, "histogram": 1.0, "agreement": 1.0}
HIGHEST_SHARE |= dict.fromkeys(("rate", "standardised"), 20.0)
"""Above it somebody has written per cent or per 1,000: nobody has twenty events a year."""
SYSTEM_IDS = tuple(dict.fromkeys((*(each.id for each in SYSTEMS), OTHER)))
MENTION = re.compile(r"<\s*[!@#]|<\s*(?:https?|mailto|slack):|https?://", re.IGNORECASE)
"""What Slack would make a call to people, a channel or a link of."""


def faults(raw: TomlTable) -> Iterator[Fault]:
    """Everything that doesn't hold together, in no order."""
    fields, measures = list(_tables(raw, "fields")), list(_tables(raw, "measures"))
    yield from _same_ids("fields", fields)
    yield from _same_ids("measures", measures)
    yield from name_faults(fields, texts_in(raw.get("practice_headings")))
    for number, item in fields:
        kind = item.get("kind", "count")
        if item.get("decimals") and kind in {"count", "percent"}:
            yield Fault("decimals_of_count", ("fields", number, "decimals"), {"kind": kind})
    for number, measure in measures:
        yield from _kind(("measures", number), measure)
        yield from _sentence(("measures", number), measure)
        yield from _usual(("measures", number), measure)
        yield from _axis(("measures", number), measure)
        yield from _lines(("measures", number), measure)
    yield from _references(fields, measures)
    yield from kind_faults(raw)
    yield from _guides(raw)
    yield from _sizes(raw, fields)
    yield from _changes(raw)
    yield from _mentions((), raw)
    reviewed, following = _day(raw.get("reviewed")), _day(raw.get("next_review"))
    if reviewed and following and following <= reviewed:
        yield Fault("review_order", ("next_review",))


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def _text(value: Any) -> str:
    """A name, or nothing where something else stands: the schema tells of that."""
    return value if isinstance(value, str) else ""


def _tables(raw: TomlTable, key: str) -> Iterator[tuple[int, TomlTable]]:
    found = raw.get(key)
    for number, each in enumerate(found if isinstance(found, list) else []):
        if isinstance(each, dict):
            yield number, each


def _same_ids(key: str, tables: list[tuple[int, TomlTable]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, each in tables:
        name = each.get("id")
        if isinstance(name, str) and name in seen:
            yield Fault("same_id", (key, number, "id"), {"id": name})
        seen.add(str(name))


def _kind(path: Path, measure: TomlTable) -> Iterator[Fault]:
    kind = MEASURE_KINDS.get(str(measure.get("kind", "proportion")))
    if kind is None:
        return
    for key in sorted(kind.needs - measure.keys()):
        yield Fault("kind_needs", path, {"kind": kind.id, "key": key})
    for key in sorted(measure.keys() & KEYS - kind.needs - kind.takes):
        yield Fault("kind_takes_not", (*path, key), {"kind": kind.id, "key": key})
    if (per := measure.get("per")) in (1, 100, 1000) and per not in kind.pers:
        allowed = ", ".join(map(str, kind.pers))
        yield Fault("kind_per", (*path, "per"), {"kind": kind.id, "expected": allowed})
    for key in sorted(kind.needs & LISTS):
        entries = measure.get(key)
        if isinstance(entries, list) and len(entries) < kind.least:
            yield Fault("kind_few", (*path, key), {"kind": kind.id, "least": kind.least, "key": key})
    if kind.id == "agreement" and len(texts_in(measure.get("parts"))) > 2:
        yield Fault("two_sources", (*path, "parts"))
    steps = measure.get("scale")
    for number, item in _tables(measure, "items"):
        if isinstance(steps, list) and len(texts_in(item.get("answers"))) != len(steps):
            yield Fault("scale_length", (*path, "items", number))
    if _text(measure.get("role")) in {"companion", "balancing"} and not measure.get("beside"):
        yield Fault("role_beside", (*path, "role"))


def _usual(path: Path, measure: TomlTable) -> Iterator[Fault]:
    usual, kind = measure.get("usual"), str(measure.get("kind", "proportion"))
    if not isinstance(usual, dict):
        return
    if kind in UNRANGED:
        yield Fault("kind_takes_not", (*path, "usual"), {"kind": kind, "key": "usual"})
        return
    yield from _range((*path, "usual"), usual, kind)


def _axis(path: Path, measure: TomlTable) -> Iterator[Fault]:
    axis, kind = measure.get("axis"), str(measure.get("kind", "proportion"))
    if not isinstance(axis, dict):
        return
    if kind in MEASURE_KINDS and MEASURE_KINDS[kind].form is not ChartForm.DOTS:
        yield Fault("kind_takes_not", (*path, "axis"), {"kind": kind, "key": "axis"})
        return
    yield from _range((*path, "axis"), axis, kind)


def _range(path: Path, given: TomlTable, kind: str) -> Iterator[Fault]:
    """What is wrong with two shares that are a range."""
    for key in given.keys() & {"low", "high", "spread", "yearly"}:
        if isinstance(given[key], bool):
            yield Fault("not_number", (*path, key), {"key": key, "example": f"{key} = 0.7"})
    low, high = (given.get(key) if is_number(given.get(key)) else None for key in ("low", "high"))
    if low is not None and high is not None and low >= high:
        yield Fault("usual_order", (*path, "high"))
    for key, value in (("low", low), ("high", high)):
        if value is not None and value > HIGHEST_SHARE.get(kind, value):
            yield Fault("not_share", (*path, key), {"key": key})


def is_number(value: object) -> bool:
    """Whether a value of a TOML file is a number; yes and no are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _sentence(path: Path, measure: TomlTable) -> Iterator[Fault]:
    kind, words = MEASURE_KINDS.get(str(measure.get("kind", "proportion"))), measure.get("sentence")
    if kind is None or not isinstance(words, dict):
        return
    wanted = {"value"} if kind.form is ChartForm.DOTS else set()
    code = "no_value_mark" if wanted else "stray_braces"
    if any(_marks(str(words.get(lang, ""))) != wanted for lang in LANGUAGES):
        yield Fault(code, (*path, "sentence"), {"key": "sentence", "mark": "{value}"})
    counted = measure.get("counted")
    if isinstance(counted, dict) and kind.id not in COUNTED:
        yield Fault("kind_takes_not", (*path, "counted"), {"kind": kind.id, "key": "counted"})
    elif isinstance(counted, dict) and any(_marks(str(counted.get(lang, ""))) != BOTH for lang in LANGUAGES):
        yield Fault("no_value_mark", (*path, "counted"), {"key": "counted", "mark": "{part}, {whole}"})


def _lines(path: Path, measure: TomlTable) -> Iterator[Fault]:
    """A reference line that was written as per cent or per 1,000 instead of as a share."""
    kind = MEASURE_KINDS.get(str(measure.get("kind", "proportion")))
    if kind is None:
        return
    per = measure.get("per", kind.pers[0])
    for number, line in _tables(measure, "references"):
        value = line.get("value")
        if isinstance(value, str | bool):
            facts = {"key": "value", "example": "value = 0.7"}
            yield Fault("not_number", (*path, "references", number, "value"), facts)
        elif (
            isinstance(value, int | float)
            and isfinite(value)
            and value > HIGHEST_SHARE.get(kind.id, value)
            and per in (100, 1000)
        ):
            drawn = f"{value * 100:g} %" if per == 100 else f"{value * 1000:g} ‰"
            facts = {"found": f"{value:g}", "drawn": drawn}
            yield Fault("reference_share", (*path, "references", number, "value"), facts)


def _marks(sentence: str) -> set[str]:
    """The names in braces; an unreadable one counts as something that isn't wanted."""
    try:
        return {name + (spec or "") for _, name, spec, _ in Formatter().parse(sentence) if name is not None}
    except ValueError:
        return {"?"}


def _references(fields: list[tuple[int, TomlTable]], measures: list[tuple[int, TomlTable]]) -> Iterator[Fault]:
    known = dict.fromkeys(_text(each.get("id")) for _, each in fields)
    valued = {
        _text(each.get("id"))
        for _, each in measures
        if "numerator" in (kind.needs if (kind := MEASURE_KINDS.get(str(each.get("kind", "proportion")))) else ())
        and each.get("kind") != "count"
    }
    used: set[str] = set()
    for number, measure in measures:
        about = {"measure": measure.get("id", number + 1)}
        for path, name in _fields_of(("measures", number), measure):
            used.add(name)
            if known and name not in known:
                fields_there = ", ".join(str(each) for each in known if each)
                yield Fault("unknown_field", path, about | {"field": name, "expected": fields_there})
        same = _text(measure.get("numerator"))
        if same and same == measure.get("denominator"):
            yield Fault("same_twice", ("measures", number, "denominator"), about | {"field": same})
        for key in ("across", "up", "actual", "beside"):
            name = _text(measure.get(key))
            others = valued if key != "beside" else {_text(each.get("id")) for _, each in measures}
            if name and name == measure.get("id"):
                yield Fault("itself", ("measures", number, key), about | {"key": key})
            elif name and name not in others:
                yield Fault("unknown_measure", ("measures", number, key), about | {"other": name})
    for number, each in fields if measures else ():
        if isinstance(each.get("id"), str) and each["id"] not in used:
            yield Fault("unused_field", ("fields", number), {"field": each["id"]})


def _fields_of(path: Path, measure: TomlTable) -> Iterator[tuple[Path, str]]:
    for key in ("numerator", "denominator", "guess"):
        if isinstance(measure.get(key), str):
            yield (*path, key), measure[key]
    for number, name in enumerate(texts_in(measure.get("parts"))):
        yield (*path, "parts", number), name
    for key in ("points", "strata"):
        for number, each in _tables(measure, key):
            yield from _fields_of((*path, key, number), each)
    for number, item in _tables(measure, "items"):
        for place, name in enumerate(texts_in(item.get("answers"))):
            yield (*path, "items", number, "answers", place), name


def _guides(raw: TomlTable) -> Iterator[Fault]:
    find = raw.get("find", {})
    if not raw.get("guides") and not find and asks_for_numbers(raw):
        yield Fault("no_guide")
    for route, steps in find.items() if isinstance(find, dict) else ():
        if route not in ROUTES:
            yield Fault("unknown_route", ("find", route), {"key": route, "expected": ", ".join(ROUTES)})
            continue
        yield from _even(("find", route), steps)
    guides = raw.get("guides", {})
    for name, guide in guides.items() if isinstance(guides, dict) else ():
        yield from _even(("guides", name), guide.get("steps") if isinstance(guide, dict) else None)
        if isinstance(guide, dict) and "name" not in guide and name not in SYSTEM_IDS:
            yield Fault("unknown_system", ("guides", name), {"key": name, "expected": ", ".join(SYSTEM_IDS)})


def _even(path: Path, steps: Any) -> Iterator[Fault]:
    told = [texts_in(steps.get(lang)) for lang in LANGUAGES] if isinstance(steps, dict) else []
    if all(told) and len({len(each) for each in told}) > 1:
        yield Fault("uneven_steps", path, {"key": path[-1]})


def _sizes(raw: TomlTable, fields: list[tuple[int, TomlTable]]) -> Iterator[Fault]:
    title = raw.get("title")
    if isinstance(title, dict) and any(len(str(words)) > LONGEST_TITLE for words in title.values()):
        yield Fault("title_long", ("title",), {"most": LONGEST_TITLE})
    for lang in LANGUAGES:
        asked = [each[key].get(lang, "") for _, each in fields for key in ("label", "help") if has_words(each, key)]
        if sum(len(str(words)) + 5 for words in asked) > LONGEST_REQUEST:
            yield Fault("request_long", ("fields",), {"most": LONGEST_REQUEST})
            return


def _changes(raw: TomlTable) -> Iterator[Fault]:
    """Each is a choice in a list of Slack's, known by its id."""
    changes = list(_tables(raw, "changes"))
    yield from _same_ids("changes", changes)
    for number, each in changes:
        words = each.get("text")
        if isinstance(words, dict) and any(len(str(said)) > LONGEST_TITLE for said in words.values()):
            yield Fault("too_long", ("changes", number, "text"), {"key": "text", "most": LONGEST_TITLE})


def _mentions(path: Path, value: Any) -> Iterator[Fault]:
    """Texts go to people and channels as they stand: none may call on anybody."""
    if isinstance(value, str) and MENTION.search(value):
        yield Fault("mention", path, {"key": next((key for key in reversed(path) if isinstance(key, str)), "")})
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _mentions((*path, str(key)), each)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _mentions((*path, place), each)
