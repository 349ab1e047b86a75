"""A package file that is made to be slow is refused before it is read, in time that grows with its length only."""

import time

import pytest

from measures.packages import bounds
from measures.packages.bounds import LARGEST, MOST_KEYS, beyond
from measures.packages.written import read_own, source_of

N = LARGEST - 2000
HOSTILE = {
    "dots": "a." * (N // 2) + "a=1",
    "quoted dots": '"a".' * (N // 4) + "a=1",
    "dotted keys": "\n".join(f"a.b.c.d.e.f.g.h{place}=1" for place in range(2500)),
    "deep list": "x=" + "[" * N,
    "deep tables": "x=" + "{a=" * (N // 4) + "1" + "}" * (N // 4),
    "digits": "x=" + "9" * N,
    "hexadecimal": "x=0x" + "f" * N,
    "long key": "k" * N + "=1",
    "headings": "".join(f"[a.b{place}]\n" for place in range(5000)),
    "many tables": "[[a]]\n" * 9000,
    "keys that look alike": "".join(f"titl{place}=1\n" for place in range(2900)),
    "entries": "questions=[" + "1," * (N // 2),
    "open quotation": 'a="' + '\\"' * (N // 2),
    "many open quotations": '"\\"\\' * (N // 4),
    "quotation marks": '"' * N,
    "apostrophes": "'" * N,
    "curly marks": "a=" + "“" * (N // 3),
    "blanks": "a=" + " " * N,
    "blank lines": "\n" * N,
    "calls": 'a="' + "< " * (N // 2) + '"',
    "braces": "[[measures]]\nsentence={da='" + "{a" * (N // 2) + "',en='x'}",
    "same headings": "[[fields]]\nid='a'\naliases=[" + "'æ'," * 2900 + "]",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_soon(kind):
    begun = time.process_time()
    assert read_own(HOSTILE[kind].encode()).faults
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("#" * (LARGEST + 1), "too_large", 1),
        ("# " + "æ" * (LARGEST // 2), "too_large", 1),
        ("\nx = " + "[" * 9 + "]" * 9, "too_deep", 2),
        ("a.b.c.d.e.f.g.h.i.j = 1", "too_deep", 1),
        ("\n\nx = " + "9" * 65, "word_long", 3),
        ("a = 1\n" * (MOST_KEYS + 1), "too_much", MOST_KEYS + 1),
    ],
)
def test_each_bound_is_told_with_its_line(source, code, line):
    fault = beyond(source)
    assert (fault.code, fault.line) == (code, line)


@pytest.mark.parametrize(
    "source",
    [
        'a = "' + "[" * 100 + "9" * 100 + '"',
        "a = '''" + "x.y." * 100 + "'''",
        "# " + "[" * 100,
        'a = """\n[[[[[[[[[[\n"""',
    ],
)
def test_words_are_not_counted(source):
    assert beyond(source) is None


@pytest.mark.parametrize("name", ["kol", "diabetes", "uvi"])
def test_a_shipped_package_is_far_within(name):
    source = source_of(name)
    assert beyond(source) is None
    assert len(source) < bounds.LARGEST / 3
