"""Which line of a TOML text says what, so that a mistake in meaning is shown where it stands.

Reads only text that `tomllib` has accepted, and therefore checks nothing itself.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import Any

Path = tuple[str | int, ...]

KEY = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[A-Za-z0-9_-]+")
BLANK = re.compile(r"(?:[\s,]|#[^\n]*)*")
SCALAR = re.compile(r"[^,\]}\n#]+")
STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\]|\\.)*"|\'[^\']*\'', re.DOTALL)


def lines_of(source: str) -> dict[Path, int]:
    """The line, counted from 1, where each key, table and entry of a valid TOML text begins."""
    return _Scan(source).run()


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of a path, or of the nearest table around it when the path itself isn't there."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


class _Scan:
    def __init__(self, source: str) -> None:
        self.source = source.replace("\r\n", "\n")
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.entries: Counter[Path] = Counter()

    def run(self) -> dict[Path, int]:
        here: Path = ()
        self._blank()
        while self.at < len(self.source):
            if self.source[self.at] == "[":
                here = self._heading()
            else:
                self._pair(here)
            self._blank()
        return self.lines

    def _heading(self) -> Path:
        several = self.source.startswith("[[", self.at)
        self.at += 2 if several else 1
        line = self._line()
        path: Path = ()
        for name in self._keys():
            path = self._newest((*path, name))
            self.lines.setdefault(path, line)
        if several:
            path = path[:-1] if isinstance(path[-1], int) else path
            number = self.entries[path]
            self.entries[path] += 1
            self.lines.setdefault(path, line)
            path = (*path, number)
        self.at += 2 if several else 1
        self.lines.setdefault(path, line)
        return path

    def _newest(self, path: Path) -> Path:
        """A name of a list of tables means its newest entry."""
        return (*path, self.entries[path] - 1) if self.entries[path] else path

    def _pair(self, here: Path) -> None:
        line = self._line()
        for name in self._keys():
            here = (*here, name)
            self.lines.setdefault(here, line)
        self.at += 1  # the sign =
        self._value(here)

    def _value(self, here: Path) -> None:
        self._spaces()
        if self.source[self.at] == "[":
            self._many(here)
        elif self.source[self.at] == "{":
            self.at += 1
            self._blank()
            while self.source[self.at] != "}":
                self._pair(here)
                self._blank()
            self.at += 1
        else:
            match = STRING.match(self.source, self.at) or SCALAR.match(self.source, self.at)
            self.at = match.end() if match else self.at + 1

    def _many(self, here: Path) -> None:
        self.at += 1
        self._blank()
        number = 0
        while self.source[self.at] != "]":
            self.lines.setdefault((*here, number), self._line())
            self._value((*here, number))
            number += 1
            self._blank()
        self.at += 1

    def _keys(self) -> list[str]:
        names: list[str] = []
        while True:
            self._spaces()
            match = KEY.match(self.source, self.at)
            if match is None:
                return names
            names.append(_plain(match.group()))
            self.at = match.end()
            self._spaces()
            if self.source[self.at] != ".":
                return names
            self.at += 1

    def _blank(self) -> None:
        match = BLANK.match(self.source, self.at)
        self.at = match.end() if match else self.at

    def _spaces(self) -> None:
        while self.source[self.at] in " \t":
            self.at += 1

    def _line(self) -> int:
        return self.source.count("\n", 0, self.at) + 1


def _plain(key: str) -> str:
    if key[0] not in "\"'":
        return key
    value: Any = tomllib.loads(f"k = {key}")["k"]
    return str(value)
