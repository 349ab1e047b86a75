"""Every file, folder and module that a page, a record or a comment names is there."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOPS = ("bot", "handlers", "cluster", "measures", "storage", "locales", "workspace", "tests", "docs", "tools")
PATH = re.compile(rf"(?<![\w/.-])((?:{'|'.join(TOPS)})/[\w./*<>-]*[\w/*>])(?::([a-z_]\w*))?", re.IGNORECASE)
FILE = re.compile(r"`(\w+\.(?:py|toml|po|tsv))(?::(\w+))?`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
RUN = re.compile(rf"python -m ((?:{'|'.join(TOPS)})(?:\.\w+)+)")
MODULE = re.compile(rf"`((?:{'|'.join(TOPS)})(?:\.(?!(?:log|md|po|py|toml|tsv)`)\w+)+)`")
WRITTEN = {".md", ".toml", ".yml", ".py", ""}


def tracked() -> frozenset[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return frozenset(name for name in listing.stdout.split("\n") if name and (ROOT / name).is_file())


def words_of(path: Path) -> str:
    """What is written for people: a page as it is, of a module its comments and docstrings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    nodes = ast.walk(ast.parse(text))
    strings = [
        node.value.value for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ]
    return "\n".join([*comments, *map(str, strings)])


def is_there(named: str, files: frozenset[str]) -> bool:
    """Whether a path, also one with ``*`` or ``<word>`` in it or without its ending, is a file or a folder."""
    pattern = re.sub(r"<\w+>", "*", named.rstrip("/"))
    return any(fnmatchcase(name, each) for name in files for each in (pattern, f"{pattern}.py", f"{pattern}/*"))


def defines(name: str, file: str) -> bool:
    """Whether the word is in the file."""
    return re.search(rf"\b{name}\b", (ROOT / file).read_text(encoding="utf-8")) is not None


def is_module(dotted: str, files: frozenset[str]) -> bool:
    """Whether a dotted name is a module, a package, or something that one of them defines."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        base, rest = "/".join(parts[:end]), parts[end:]
        for file in (f"{base}.py", f"{base}/__init__.py"):
            if file in files:
                return not rest or defines(rest[0], file)
        if not rest and is_there(f"{base}/", files):
            return True
    return False


def gone(words: str, files: frozenset[str], *, home: str = "", ids: frozenset[str] = frozenset()) -> Iterator[str]:
    """What these words name and nobody will find. ``home`` is the folder that links start from."""
    for named, inside in PATH.findall(words):
        if not is_there(named, files):
            yield named
        elif inside and named in files and not defines(inside, named):
            yield f"{named}:{inside}"
    for named, inside in FILE.findall(words):
        homes = [name for name in files if name.rsplit("/", 1)[-1] == named]
        if not homes or (inside and not any(defines(inside, each) for each in homes)):
            yield named
    for named in LINK.findall(words):
        path = (ROOT / home / named).resolve()
        if not path.exists():
            yield named
    for named in [*RUN.findall(words), *MODULE.findall(words)]:
        if named not in ids and not is_module(named, files):
            yield named


FILES = tracked()
PAGES = sorted(name for name in FILES if Path(name).suffix in WRITTEN and not name.endswith(".lock"))


def ids() -> frozenset[str]:
    """Kinds of messages, events of the log, ids and figures that look like modules: strings of the code."""
    sources = [name for name in FILES if name.endswith(".py") and not name.startswith("tests/")]
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in sources]
    return frozenset(found for text in texts for found in re.findall(rf"[\"']((?:{'|'.join(TOPS)})\.\w+)[\"']", text))


@pytest.mark.long
def test_everything_that_is_named_is_there():
    known = ids()
    lost = [
        f"{name}: {each}"
        for name in PAGES
        for each in gone(words_of(ROOT / name), FILES, home=str(Path(name).parent), ids=known)
    ]
    assert lost == []


@pytest.mark.parametrize(
    "words",
    [
        "`bot/nowhere.py`",
        "see bot/nowhere",
        "`bot/app.py:nobody`",
        "`nowhere.py`",
        "[there](docs/nowhere.md)",
        "run `python -m tests.nowhere`",
        "`bot.nowhere`",
        "`bot.app.nobody`",
        "`locales/da/*.txt`",
    ],
)
def test_what_is_gone_is_noticed(words: str):
    assert len(set(gone(words, FILES))) == 1


def test_what_is_there_is_found():
    words = (
        "`bot/app.py:build`, bot/app, `locales/da/<feature>.po`, `app.py`, [x](docs/testing.md), `bot.app.build`, docs/"
    )
    assert list(gone(words, FILES)) == []
