"""What a schema can't say about a package: that its parts fit together. Works on the file as read, however broken.

Every rule passes over what has the wrong shape, for the schema tells of that; so all mistakes come out at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from string import Formatter
from typing import Any

from measures.headers import is_period, is_personal, normal
from measures.kinds import KEYS, KINDS, LISTS, Form
from measures.owner_headings import says_name, says_number
from measures.package_faults import Fault
from measures.package_lines import Path
from measures.package_routes import ROUTES

LONGEST_TITLE = 75
"""A choice in a menu of Slack."""
LONGEST_REQUEST = 2900
"""A paragraph of Slack, less what is around the fields."""
LANGUAGES = ("da", "en")
UNRANGED = frozenset({"scatter", "estimate"})
"""Built on other measures, which have ranges of their own."""
HIGHEST_SHARE = {"proportion": 1.0, "composition": 1.0, "histogram": 1.0, "agreement": 1.0}
HIGHEST_SHARE |= dict.fromkeys(("rate", "standardised"), 50.0)
"""Above it somebody has written per cent or per 1,000: nobody has fifty events a year."""
MENTION = re.compile(r"<\s*[!@#]|<\s*(?:https?|mailto|slack):|https?://", re.IGNORECASE)
"""What Slack would make a call to people, a channel or a link of."""

Table = dict[str, Any]


def faults(raw: Table) -> Iterator[Fault]:
    """Everything that doesn't hold together, in no order."""
    fields, measures = list(_tables(raw, "fields")), list(_tables(raw, "measures"))
    yield from _same_ids("fields", fields)
    yield from _same_ids("measures", measures)
    yield from _names(fields, _texts(raw.get("practice_headings")))
    for number, measure in measures:
        yield from _kind(("measures", number), measure)
        yield from _sentence(("measures", number), measure)
        yield from _usual(("measures", number), measure)
        yield from _lines(("measures", number), measure)
    yield from _references(fields, measures)
    yield from _guides(raw)
    yield from _sizes(raw, fields)
    yield from _mentions((), raw)
    reviewed, following = raw.get("reviewed"), raw.get("next_review")
    if isinstance(reviewed, date) and isinstance(following, date) and following <= reviewed:
        yield Fault("review_order", ("next_review",))


def _tables(raw: Table, key: str) -> Iterator[tuple[int, Table]]:
    found = raw.get(key)
    for number, each in enumerate(found if isinstance(found, list) else []):
        if isinstance(each, dict):
            yield number, each


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _same_ids(key: str, tables: list[tuple[int, Table]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, each in tables:
        name = each.get("id")
        if isinstance(name, str) and name in seen:
            yield Fault("same_id", (key, number, "id"), {"id": name})
        seen.add(str(name))


def _names(fields: list[tuple[int, Table]], whose: list[str]) -> Iterator[Fault]:
    """Two fields may not answer to the same heading, and none to one about persons, or that says whose or when."""
    owner: dict[str, int] = {}
    owners = {normal(name) for name in whose}
    for number, each in fields:
        said = [words for key in ("label", "short") if _has_words(each, key) for words in each[key].values()]
        aliases = _texts(each.get("aliases"))
        for name in dict.fromkeys([str(each.get("id", "")), *filter(_is_text, said), *aliases]):
            path: Path = ("fields", number, "aliases") if name in aliases else ("fields", number)
            if is_personal(name):
                yield Fault("asks_personal", path, {"name": name})
            elif says_number(name) or says_name(name) or normal(name) in owners:
                yield Fault("names_owner", path, {"name": name})
            elif is_period(name):
                yield Fault("names_time", path, {"name": name})
            if owner.setdefault(normal(name), number) != number:
                yield Fault("same_name", path, {"name": name})


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _kind(path: Path, measure: Table) -> Iterator[Fault]:
    kind = KINDS.get(str(measure.get("kind", "proportion")))
    if kind is None:
        return
    for key in sorted(kind.needs - measure.keys()):
        yield Fault("kind_needs", path, {"kind": kind.id, "key": key})
    for key in sorted(measure.keys() & KEYS - kind.needs - kind.takes):
        yield Fault("kind_takes_not", (*path, key), {"kind": kind.id, "key": key})
    if measure.get("per", kind.pers[0]) not in kind.pers:
        allowed = ", ".join(map(str, kind.pers))
        yield Fault("kind_per", (*path, "per"), {"kind": kind.id, "expected": allowed})
    for key in sorted(kind.needs & LISTS):
        entries = measure.get(key)
        if isinstance(entries, list) and len(entries) < kind.least:
            yield Fault("kind_few", (*path, key), {"kind": kind.id, "least": kind.least, "key": key})
    if kind.id == "agreement" and len(_texts(measure.get("parts"))) > 2:
        yield Fault("two_sources", (*path, "parts"))
    steps = measure.get("scale")
    for number, item in _tables(measure, "items"):
        if isinstance(steps, list) and len(_texts(item.get("answers"))) != len(steps):
            yield Fault("scale_length", (*path, "items", number))
    if measure.get("role") in {"companion", "balancing"} and not measure.get("beside"):
        yield Fault("role_beside", (*path, "role"))


def _usual(path: Path, measure: Table) -> Iterator[Fault]:
    usual, kind = measure.get("usual"), str(measure.get("kind", "proportion"))
    if not isinstance(usual, dict):
        return
    if kind in UNRANGED:
        yield Fault("kind_takes_not", (*path, "usual"), {"kind": kind, "key": "usual"})
        return
    low, high = (usual.get(key) if is_number(usual.get(key)) else None for key in ("low", "high"))
    if low is not None and high is not None and low >= high:
        yield Fault("usual_order", (*path, "usual", "high"))
    for key, value in (("low", low), ("high", high)):
        if value is not None and value > HIGHEST_SHARE.get(kind, value):
            yield Fault("not_share", (*path, "usual", key), {"key": key})


def is_number(value: object) -> bool:
    """Whether a value of a TOML file is a number; yes and no are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _sentence(path: Path, measure: Table) -> Iterator[Fault]:
    kind, words = KINDS.get(str(measure.get("kind", "proportion"))), measure.get("sentence")
    if kind is None or not isinstance(words, dict):
        return
    wanted = {"value"} if kind.form in (Form.DOTS, Form.BARS) else set()
    code = "no_value_mark" if wanted else "stray_braces"
    if any(_marks(str(words.get(lang, ""))) != wanted for lang in LANGUAGES):
        yield Fault(code, (*path, "sentence"), {"key": "sentence", "mark": "{value}"})


def _lines(path: Path, measure: Table) -> Iterator[Fault]:
    """A reference line that was written as per cent or per 1,000 instead of as a share."""
    kind = KINDS.get(str(measure.get("kind", "proportion")))
    if kind is None:
        return
    per = measure.get("per", kind.pers[0])
    for number, line in _tables(measure, "references"):
        value = line.get("value")
        if isinstance(value, str):
            facts = {"key": "value", "example": "value = 0.7"}
            yield Fault("not_number", (*path, "references", number, "value"), facts)
        if isinstance(value, int | float) and value > HIGHEST_SHARE.get(kind.id, value) and per in (100, 1000):
            drawn = f"{value * 100:g} %" if per == 100 else f"{value * 1000:g} ‰"
            facts = {"found": f"{value:g}", "drawn": drawn}
            yield Fault("reference_share", (*path, "references", number, "value"), facts)


def _marks(sentence: str) -> set[str]:
    """The names in braces; an unreadable one counts as something that isn't wanted."""
    try:
        return {name + (spec or "") for _, name, spec, _ in Formatter().parse(sentence) if name is not None}
    except ValueError:
        return {"?"}


def _references(fields: list[tuple[int, Table]], measures: list[tuple[int, Table]]) -> Iterator[Fault]:
    known = dict.fromkeys(each.get("id") for _, each in fields)
    valued = {
        each.get("id")
        for _, each in measures
        if "numerator" in (kind.needs if (kind := KINDS.get(str(each.get("kind", "proportion")))) else ())
        and each.get("kind") != "count"
    }
    used: set[str] = set()
    for number, measure in measures:
        about = {"measure": measure.get("id", number + 1)}
        for path, name in _fields_of(("measures", number), measure):
            used.add(name)
            if name not in known:
                fields_there = ", ".join(str(each) for each in known if each)
                yield Fault("unknown_field", path, about | {"field": name, "expected": fields_there})
        for key in ("across", "up", "actual", "beside"):
            name = measure.get(key, "")
            others = valued if key != "beside" else {each.get("id") for _, each in measures}
            if name and (name not in others or name == measure.get("id")):
                yield Fault("unknown_measure", ("measures", number, key), about | {"other": name})
    for number, each in fields:
        if isinstance(each.get("id"), str) and each["id"] not in used:
            yield Fault("unused_field", ("fields", number), {"field": each["id"]})


def _fields_of(path: Path, measure: Table) -> Iterator[tuple[Path, str]]:
    for key in ("numerator", "denominator", "guess"):
        if isinstance(measure.get(key), str):
            yield (*path, key), measure[key]
    for number, name in enumerate(_texts(measure.get("parts"))):
        yield (*path, "parts", number), name
    for key in ("points", "strata"):
        for number, each in _tables(measure, key):
            yield from _fields_of((*path, key, number), each)
    for number, item in _tables(measure, "items"):
        for place, name in enumerate(_texts(item.get("answers"))):
            yield (*path, "items", number, "answers", place), name


def _guides(raw: Table) -> Iterator[Fault]:
    find = raw.get("find", {})
    if not raw.get("guides") and not find:
        yield Fault("no_guide")
    for route, steps in find.items() if isinstance(find, dict) else ():
        if route not in ROUTES:
            yield Fault("unknown_route", ("find", route), {"key": route, "expected": ", ".join(ROUTES)})
            continue
        yield from _even(("find", route), steps)
    guides = raw.get("guides", {})
    for name, guide in guides.items() if isinstance(guides, dict) else ():
        yield from _even(("guides", name), guide.get("steps") if isinstance(guide, dict) else None)


def _even(path: Path, steps: Any) -> Iterator[Fault]:
    if isinstance(steps, dict) and len(_texts(steps.get("da"))) != len(_texts(steps.get("en"))):
        yield Fault("uneven_steps", path, {"key": path[-1]})


def _sizes(raw: Table, fields: list[tuple[int, Table]]) -> Iterator[Fault]:
    title = raw.get("title")
    if isinstance(title, dict) and any(len(str(words)) > LONGEST_TITLE for words in title.values()):
        yield Fault("title_long", ("title",), {"most": LONGEST_TITLE})
    for lang in LANGUAGES:
        asked = [each[key].get(lang, "") for _, each in fields for key in ("label", "help") if _has_words(each, key)]
        if sum(len(str(words)) + 5 for words in asked) > LONGEST_REQUEST:
            yield Fault("request_long", ("fields",), {"most": LONGEST_REQUEST})
            return


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


def _has_words(table: Table, key: str) -> bool:
    return isinstance(table.get(key), dict)
