"""What can stand in a slot: a day, a week, a number, a term or a name. Nothing in it is looked up anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from cluster.meetings import typed_words as w
from handlers.words.spelling import GUARDED
from measures.packages.package import available, text

Reader = Callable[[Sequence[str], int], Iterator[tuple[int, str]]]

DATED = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](?:20)?(\d\d))?")
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
LAST_DAY, LAST_MONTH, LAST_WEEK = 31, 12, 53
NEAR = {("i", "dag"): 0, ("i", "aften"): 0, ("i", "morgen"): 1, ("i", "overmorgen"): 2}
SOON = {"today": 0, "tonight": 0, "tomorrow": 1, "imorgen": 1, "idag": 0, "overmorgen": 2}
TERM_WORDS, NAME_WORDS = 3, 2
CLOSED = (GUARDED | w.SUBJECT | w.BUT | w.CAUSE | w.ASKING) | w.folded_set(
    "og and at to som der that alle everybody everyone nogle flere mange many all det den it the "
    "hans hendes deres ham hende dem vedkommende his her hers him their theirs them"
)
"""Words that are never inside a term or a name."""


def day(words: Sequence[str], place: int) -> Iterator[tuple[int, str]]:
    """``weekday:3``, ``in:1``, ``date:26.3`` or ``date:26.3.26``; a weekday beside a date is kept apart by a blank."""
    start = place
    while place < len(words) and words[place] in {"paa", "pa", "on", "d", "den", "the"}:
        place += 1
    rest = words[place : place + 3]
    if not rest:
        return
    if tuple(rest[:2]) in NEAR:
        yield place + 2 - start, f"in:{NEAR[rest[0], rest[1]]}"
    elif rest[0] in SOON:
        yield place + 1 - start, f"in:{SOON[rest[0]]}"
    elif rest[0] in w.WEEKDAYS:
        said = f"weekday:{w.WEEKDAYS[rest[0]]}"
        yield place + 1 - start, said
        for length, dated in day(words, place + 1):
            if dated.startswith("date:"):
                yield place + 1 + length - start, f"{said} {dated}"
    elif found := DATED.fullmatch(rest[0]):
        number, month, year = (int(part or 0) for part in found.groups())
        if _is_date(number, month):
            yield place + 1 - start, f"date:{number}.{month}" + (f".{year}" if year else "")
    else:
        for length, dated in _spoken(rest):
            yield place + length - start, dated


def _spoken(rest: Sequence[str]) -> Iterator[tuple[int, str]]:
    """``26 marts``, ``march 1``, ``1st of march``."""
    first, second, third = [*rest, "", ""][:3]
    if (found := ORDINAL.fullmatch(first)) and _is_date(int(found[1]), 1):
        if second in w.MONTHS:
            yield 2, f"date:{found[1]}.{w.MONTHS[second]}"
        elif second == "of" and third in w.MONTHS:
            yield 3, f"date:{found[1]}.{w.MONTHS[third]}"
    elif first in w.MONTHS and (found := ORDINAL.fullmatch(second)) and _is_date(int(found[1]), 1):
        yield 2, f"date:{found[1]}.{w.MONTHS[first]}"


def _is_date(number: int, month: int) -> bool:
    return 1 <= number <= LAST_DAY and 1 <= month <= LAST_MONTH


def week(words: Sequence[str], place: int) -> Iterator[tuple[int, str]]:
    """``uge 15``: the number."""
    if words[place] in {"uge", "week"} and place + 1 < len(words):
        following = words[place + 1]
        if following.isdecimal() and 1 <= int(following) <= LAST_WEEK:
            yield 2, following


def term(words: Sequence[str], place: int) -> Iterator[tuple[int, str]]:
    """One to three words that are only looked up."""
    return _open(words, place, TERM_WORDS)


def name(words: Sequence[str], place: int) -> Iterator[tuple[int, str]]:
    """One or two words that may be somebody's name."""
    return _open(words, place, NAME_WORDS)


def topic(words: Sequence[str], place: int) -> Iterator[tuple[int, str]]:
    """A word for what a shipped package measures: ``kol``."""
    if words[place] in _topics():
        yield 1, words[place]


@cache
def _topics() -> frozenset[str]:
    packages = available()
    named = [each for package in packages for each in (package.id, *package.topics)]
    short = [text(field.short, lang) for package in packages for field in package.fields for lang in ("da", "en")]
    return frozenset(w.folded(each) for each in (*named, *short) if " " not in each)


def _open(words: Sequence[str], place: int, most: int) -> Iterator[tuple[int, str]]:
    taken: list[str] = []
    for word in words[place : place + most]:
        if word in CLOSED:
            return
        taken.append(word)
        yield len(taken), " ".join(taken)


READERS: Mapping[str, Reader] = {
    "day": day,
    "since": day,
    "last": day,
    "week": week,
    "term": term,
    "thing": term,
    "name": name,
    "topic": topic,
}
OPEN = frozenset({"term", "thing", "name"})
"""Slots that take any words: a sentence that needs none of them is nearer."""
UNKEPT = frozenset({"thing", "name", "topic"})
"""Slots that no answer looks into: what was said there is kept nowhere."""
