"""A plain document of headed parts with lines: as many pages of A4 as it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from measures.drawing import palette
from measures.printed import blocks
from measures.printed.blocks import Block, Leaf, Printed
from measures.printed.typeset import typeset

A4, PIXEL = (1240, 1754), 0.48
SIZE = 26
LINK = re.compile(r"https?://[^\s<>|]+")


@dataclass(frozen=True, slots=True)
class RecordPart:
    """A heading and its lines. A line that ends with a colon is a heading of its own; the others are a list."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What it is called, what it is about, and its parts."""

    title: str
    about: tuple[str, ...]
    parts: tuple[RecordPart, ...]
    foot: str
    lang: str = "da"


def record_pdf(record: Record) -> bytes:
    """The document."""
    made = [blocks.heading(record.title, em=1.6)]
    made += [blocks.words(said, em=0.9, colour=palette.FAINT_TEXT) for said in record.about]
    for part in record.parts:
        made += [blocks.gap(0.4), blocks.heading(part.title, em=1.25, level=2), *_lines(part.lines)]
    leaf = Leaf(tuple(made), record.foot, (SIZE,), numbered=True, edges=(110, 100))
    return typeset(Printed(record.title, record.lang, (leaf,), A4, PIXEL))


def _lines(lines: tuple[str, ...]) -> list[Block]:
    found: list[Block] = []
    items: list[str] = []
    for line in (*lines, ""):
        is_heading = line.endswith(":") and len(line) > 1
        if items and (is_heading or not line):
            found.append(blocks.points(items))
            items = []
        if is_heading:
            found.append(blocks.heading(line.removesuffix(":"), level=3, colour=palette.TEXT))
        elif line:
            items.append(line)
    links = dict.fromkeys(each.rstrip(".,;)") for line in lines for each in LINK.findall(line))
    return [*found, *(blocks.link(url, url) for url in links)]
