"""Every regular expression of ours meets strings made to make it slow; its work must grow as the text does.

They are found in the code, so that a new one is tried too: patterns that modules keep, and those written in a call. A
text of 40,000 characters stands in a message, a cell or a file that anybody may send.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from cluster.agendas import typed_steps
from measures.checking.validation import PracticeFacts, check
from measures.packages import syntax
from measures.packages.package import load
from measures.reading.patients import row_of_patients
from measures.reading.personal import places_of
from measures.reading.table import Cell, SheetCells, Table
from measures.tables import beside, modifiers
from measures.tables.period import span_of

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "cluster", "handlers", "locales", "measures", "storage", "workspace")
METHODS = frozenset({"match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
LADDER = (22, 150, 800, 4_000)
"""Lengths: an exponential pattern shows at the first, a cubic one at the third, a quadratic one at the last."""
SLOW = 0.01
"""Seconds of this process's own time; a linear pattern needs a twentieth of it."""
HARMLESS = dict.fromkeys(LADDER, 0.0) | {800: 0.0002}
"""What takes less at a rung is not tried at the next: a quadratic pattern that would be slow there takes six times as
much here."""
STEEP = 8.0
"""Four times the text may cost four times as much, and some noise; a quadratic pattern costs sixteen times as much."""
COMMON = " \t\n\u00a001aAoxæ.,:;-_<>&/('\"@*•=%!?#\\[{|~+"


BOUNDED = {
    "cluster/agendas/typed_steps.py:_PATTERNS": typed_steps.LONGEST,
    "measures/tables/beside.py:LABELLED": beside.LONGEST_TITLE,
    "measures/tables/modifiers.py:AGE": modifiers.LONGEST,
    "measures/packages/syntax.py:STRING": syntax.LOOKED_AT,
}
"""Steep ones, with the longest text that they are ever given: whoever calls them looks at the length first. None may
join them, and of what reads messages, forms and addresses only what looks at no more than a line."""
BRIEF = 0.004
"""Seconds of this process's own time for the longest text of a steep pattern, on a machine with other work."""
LONGEST_CELL = 32_767
"""Characters that a spreadsheet lets stand in a cell."""
UNKIND = {
    "groups of three": "111 " * 8_000 + "1",
    "one number": "1" * LONGEST_CELL,
    "blanks": "1" + " " * (LONGEST_CELL - 2) + "x",
    "blanks alone": " " * (LONGEST_CELL - 1) + "x",
    "one word": "a" * LONGEST_CELL,
    "letters and numbers": "a1" * 16_000,
    "words and no number": "Lægehus " * 4_000,
    "labels": "Tal" + " " * 32_000 + "=" + " " * 500,
    "ages": "30 " * 10_000,
}
"""Cells made to slow what reads cells."""
SLOW_FILE = 5.0
"""Seconds for all that is done with a file that holds such a cell in each of ten places, on a machine with other work:
it takes two, where a pattern that isn't linear takes twenty."""


@dataclass(frozen=True)
class Use:
    """A pattern and how it is used, with where it stands."""

    where: str
    pattern: re.Pattern[str] | re.Pattern[bytes]
    method: str


def uses(rooms: Iterable[str] = ROOMS, root: Path = ROOT) -> Iterator[Use]:
    """Every pattern of the code with every way it is called."""
    trees = {
        path.relative_to(root): ast.parse(path.read_text(encoding="utf-8"))
        for room in rooms
        for path in sorted((root / room).rglob("*.py"))
    }
    for path, tree in trees.items():
        for call in _calls(tree):
            if call.func.attr != "compile" and call.args and isinstance(call.args[0], ast.Constant):  # type: ignore[attr-defined]
                made = re.compile(call.args[0].value, _flags(call))
                yield Use(f"{path}:{_function(tree, call)}", made, call.func.attr)  # type: ignore[attr-defined]
        if any(call.func.attr == "compile" for call in _calls(tree)):  # type: ignore[attr-defined]
            module = importlib.import_module(".".join(path.with_suffix("").parts))
            for name, value in vars(module).items():
                if name not in _made_here(tree):
                    continue
                for pattern in _patterns(value):
                    for method in _called(tree, name) or {"search"}:
                        yield Use(f"{path}:{name}", pattern, method)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_method and _name(node.func.value) == "re" and node.func.attr in METHODS | {"compile"}:
            yield node


def _name(node: object) -> str:
    return str(getattr(node, "id", ""))


def _made_here(tree: ast.Module) -> set[str]:
    """The names that a module gives, not those it imports."""
    return {
        target.id
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }


def _function(tree: ast.AST, call: ast.Call) -> str:
    """The innermost function that a call stands in."""
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.lineno <= call.lineno <= (node.end_lineno or 0)
    ]
    return max(around, key=lambda node: node.lineno).name if around else ""


def _flags(call: ast.Call) -> int:
    given = [*call.args, *(key.value for key in call.keywords)]
    named = {word.attr for arg in given for word in ast.walk(arg) if isinstance(word, ast.Attribute)}
    return sum(getattr(re, name) for name in named if name.isupper())


def _called(tree: ast.AST, name: str) -> set[str]:
    """The methods that a module calls on a pattern of its own, also when one is handed on (`map(LIKELY.search, …)`)."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in METHODS
        and name in {_name(node.value), _name(getattr(node.value, "value", None))}
    }


def _patterns(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from itertools.chain.from_iterable(map(_patterns, value.values()))
    elif isinstance(value, (tuple, list, set, frozenset)):
        yield from itertools.chain.from_iterable(map(_patterns, value))


def pumps(pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[tuple[str, str]]:
    """What to begin with and what to repeat: the characters and words of the pattern, alone and in pairs."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    words = list(dict.fromkeys(re.findall(r"[^\W\d_]{2,12}", source)))[:8]
    own = [sign for sign in dict.fromkeys(source) if not sign.isalnum() or sign in "xXoO"]
    signs = list(dict.fromkeys([*COMMON, *own]))
    close = list(dict.fromkeys([*" 1a.,-<", *own]))[:14]
    repeated = [*signs, *words, *(a + b for a, b in itertools.permutations(close, 2))]
    repeated += [word + " " for word in words] + ["1 000", "111 ", "11.", "a b ", " \u00a0", "1,1.1"]
    begun = ["", "1", "a", "<a "]
    return [(begin, each) for each in repeated for begin in (begun if len(each) == 1 else [""])]


def is_steep(use: Use) -> str:
    """The string that makes a pattern's work grow faster than the text, as "begin, repeated"; empty when none does."""
    for begin, repeated in pumps(use.pattern):
        for length in LADDER:
            spent = _seconds(use, begin, repeated, length)
            if spent < HARMLESS[length]:
                break
            if spent < SLOW:
                continue
            if length < LADDER[-1] or _grows(use, begin, repeated):
                return f"{begin!r}, {repeated!r}"
    return ""


def _grows(use: Use, begin: str, repeated: str) -> bool:
    short, long = (
        min(_seconds(use, begin, repeated, length) for _ in range(2)) for length in (LADDER[-1], 4 * LADDER[-1])
    )
    return long > SLOW and long > STEEP * short


def _seconds(use: Use, begin: str, repeated: str, length: int) -> float:
    text = begin + repeated * (length // len(repeated)) + "\x00"
    run: Callable[[], object] = _runner(use, text)
    began = time.process_time()
    run()
    return time.process_time() - began


def _runner(use: Use, text: str) -> Callable[[], object]:
    said = text if isinstance(use.pattern.pattern, str) else text.encode("latin-1", "replace")
    if use.method in {"match", "search", "fullmatch"}:
        return lambda: getattr(use.pattern, use.method)(said)
    return lambda: sum(1 for _ in use.pattern.finditer(said))  # type: ignore[arg-type]


@cache
def ours() -> tuple[Use, ...]:
    """All of them; reading the whole code takes seconds."""
    return tuple(uses())


def test_patterns_are_found() -> None:
    found = ours()
    assert len(found) > 100
    assert {use.where for use in found} >= BOUNDED.keys()
    assert {"measures/checking/reply.py:TOKEN", "measures/checking/chat.py:MARKUP"} <= {use.where for use in found}


def test_no_pattern_is_steep() -> None:
    found = {(use.pattern, use.method): use for use in ours() if use.where not in BOUNDED}
    slow = {use.where: string for use in found.values() if (string := is_steep(use))}
    assert slow == {}


@pytest.mark.parametrize("where", sorted(BOUNDED))
def test_steep_pattern_is_brief_at_the_longest_text_it_is_given(where: str) -> None:
    for use in (each for each in ours() if each.where == where):
        slowest = max(pumps(use.pattern), key=lambda pump: _seconds(use, *pump, BOUNDED[where]))
        assert min(_seconds(use, *slowest, BOUNDED[where]) for _ in range(3)) < BRIEF


@pytest.mark.parametrize("cell", UNKIND.values(), ids=UNKIND)
def test_cell_as_long_as_a_cell_can_be_stands_no_file_still(cell: str) -> None:
    """Each is a title, a heading, an owner and a number once."""
    headings: list[Cell] = ["Ydernummer", "Praksis", "Tilmeldte", "KOL-patienter", "Spirometri", "Forløbsplan", cell]
    rows: list[list[Cell]] = [
        [cell],
        ["Udtræk", cell],
        headings,
        ["057584", cell, "6200", cell, "96", "70", cell],
        [cell, cell],
    ]
    sheets = (SheetCells("Ark1", tuple(tuple(row + [None] * (7 - len(row))) for row in rows)),)
    kol, practice = load("kol"), PracticeFacts("057584", 6200, "xmo", "Lægehuset Havnen")
    began = time.process_time()
    personal = places_of(sheets[0])
    suspicion = row_of_patients(sheets[0])
    verdict = check(Table("xlsx", sheets), kol, practice, period=span_of("2026"))
    assert time.process_time() - began < SLOW_FILE
    assert (personal, suspicion, verdict.values.get("copd")) == ([], None, None)


@pytest.mark.parametrize(
    ("source", "method"),
    [(r"\s+og\s+", "split"), (r"(a+)+b", "search"), (r"\d+\d+\d+x", "match"), (r"\d+x", "search")],
)
def test_check_notices_a_steep_pattern(source: str, method: str) -> None:
    assert is_steep(Use("here", re.compile(source), method))
