"""From text to rows: CSV, TSV and what people paste."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO

DELIMITERS = (";", "\t", ",", "|")
LONGEST_FIELD = 10_000
AS_TEXT = re.compile(r'=\s*"((?:[^"]|"")*)"')
"""A cell kept as text by writing it as a formula, `="057584"`."""


def split(text: str, most_rows: int, most_cells: int) -> list[list[str]] | None:
    """The rows of a delimited text, each as long as it was written; None when there are more of them than allowed."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    if named.startswith("sep=") and len(named) <= 5:
        delimiter, skipped, text = (first.strip().strip('"')[4:] or "\t"), 1, rest
    else:
        delimiter, skipped = guess_delimiter(text), 0
    rows: list[list[str]] = [[] for _ in range(skipped)]
    cells, wrapped = 0, '="' in text or '= "' in text
    csv.field_size_limit(LONGEST_FIELD)
    for row in _split(text, delimiter):
        rows.append([_unwrapped(cell) for cell in row] if wrapped else list(map(str.strip, row)))
        cells += len(row)
        if len(rows) > most_rows or cells > most_cells:
            return None
    return rows


def _unwrapped(cell: str) -> str:
    match = AS_TEXT.fullmatch(cell.strip())
    return match.group(1).replace('""', '"').strip() if match else cell.strip()


def _split(text: str, delimiter: str) -> Iterable[list[str]]:
    """The cells of each line. Where nothing is quoted, every delimiter splits, and that needs no parser."""
    if '"' in text:
        return csv.reader(StringIO(text), delimiter=delimiter)
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    if max(map(len, lines), default=0) > LONGEST_FIELD:
        return csv.reader(lines, delimiter=delimiter)
    return (line.split(delimiter) if line else [] for line in lines)


def guess_delimiter(text: str) -> str:
    """The delimiter that splits the first lines into most columns most evenly.

    A comma between digits is a decimal comma and splits nothing; so a semicolon wins wherever there is one.
    """
    lines = [line for line in text.split("\n")[:60] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        counts = [_splits(line, delimiter) for line in lines]
        used = [count for count in counts if count]
        if not used:
            return (0, 0)
        commonest = max(set(used), key=lambda count: (used.count(count), count))
        return (used.count(commonest), commonest)

    best = max(DELIMITERS, key=score)
    return best if score(best)[0] else ";"


def _splits(line: str, delimiter: str) -> int:
    if delimiter != ",":
        return line.count(delimiter)
    return sum(
        1
        for at, character in enumerate(line)
        if character == "," and not (line[at - 1 : at].isdigit() and line[at + 1 : at + 2].isdigit() and ";" in line)
    )
