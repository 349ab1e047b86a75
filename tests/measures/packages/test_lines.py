"""Lines of a TOML text: every key, table and entry is found where a person sees it."""

import tomllib
from pathlib import Path as File

import pytest

from measures.packages import package
from measures.packages.lines import line_of, lines_of

SOURCE = '''# heading
id = "x" # a comment = 3
"quoted key" = 1
text = """
[not.a.table]
key = 1
"""
raw = \'\'\'
[[nor.this]]\'\'\'

[a.b]
c = [1,
  2, # "]"
  { d = 4, e.f = "}" },
]
[[list]]
id = 1
[list.sub]
x = 1
[[list]]
id = 2
list.id = 3
[[list.inner]]
y = 1
[[list.inner]]
y = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("quoted key",), 3),
        (("text",), 4),
        (("raw",), 8),
        (("a", "b"), 11),
        (("a", "b", "c"), 12),
        (("a", "b", "c", 1), 13),
        (("a", "b", "c", 2, "e", "f"), 14),
        (("list", 0, "id"), 17),
        (("list", 0, "sub", "x"), 19),
        (("list", 1), 20),
        (("list", 1, "list", "id"), 22),
        (("list", 1, "inner", 0, "y"), 24),
        (("list", 1, "inner", 1), 25),
        (("list", 1, "gone"), 20),
        (("nowhere",), 1),
    ],
)
def test_line_of_finds_the_place_or_the_nearest_around_it(path, line):
    tomllib.loads(SOURCE)
    assert line_of(path, lines_of(SOURCE)) == line


def paths(value, here=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*here, key)
            yield from paths(inner, (*here, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield (*here, number)
            yield from paths(inner, (*here, number))


@pytest.mark.parametrize("file", sorted((File(package.__file__).parent).rglob("*.toml")), ids=lambda file: file.stem)
def test_every_path_of_the_shipped_files_has_its_own_line(file):
    source = file.read_text(encoding="utf-8")
    lines = lines_of(source)
    assert [path for path in paths(tomllib.loads(source)) if path not in lines] == []
