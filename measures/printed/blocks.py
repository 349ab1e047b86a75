"""What a printed page is made of: headings, words, pictures and room to write, in the order in which they are read.

Sizes and places are in pixels of the page; `em` is a share of the size of the page's words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from measures.charts.graph import Graph
from measures.drawing import palette
from measures.drawing.canvas import HEIGHT, WIDTH
from measures.drawing.letters import known
from measures.drawing.strokes import Strokes

Block = dict[str, Any]
"""One of the blocks below, as the typesetter reads it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page, or as many as its words need. Of several sizes of letters the largest is taken that fits on one."""

    blocks: tuple[Block, ...]
    foot: str = ""
    sizes: tuple[int, ...] = (36,)
    numbered: bool = False
    edges: tuple[int, int] = (80, 70)
    """Room at the sides, and at the top."""
    stripe: bool = False
    """Whether a coloured band runs down the left edge."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A document: its title and language, the size of its pages in pixels, and what one is on paper in points."""

    title: str
    lang: str
    leaves: tuple[Leaf, ...]
    size: tuple[int, int]
    pixel: float


def heading(said: str, *, em: float = 1.0, size: int = 0, level: int = 1, colour: str = palette.OWN) -> Block:
    """A heading; those of the first level are bookmarks. `size` in pixels wins over `em`."""
    return {"is": "heading", "level": level, "said": known(said), "em": em, "size": size, "colour": colour}


def words(said: str, *, em: float = 1.0, size: int = 0, colour: str = palette.TEXT, bold: bool = False) -> Block:
    """A paragraph."""
    return {"is": "words", "said": known(said), "em": em, "size": size, "colour": colour, "bold": bold}


def link(said: str, url: str) -> Block:
    """A paragraph that leads to another place."""
    return {"is": "link", "said": known(said), "url": url}


def lead(said: str) -> Block:
    """Words in bold that stay with the paragraph after them."""
    return {"is": "lead", "said": known(said)}


def points(said: Sequence[str]) -> Block:
    """A list."""
    return {"is": "points", "said": [known(each) for each in said]}


def beside(rows: Sequence[tuple[str, str]], room: float) -> Block:
    """Short lead-ins in a column `room` wide, each with its words beside it."""
    return {"is": "beside", "rows": [[known(lead), known(said)] for lead, said in rows], "em": room}


def gap(em: float = 0.0, *, size: int = 0, rest: bool = False) -> Block:
    """Room; `rest` is all that is left of the page."""
    return {"is": "gap", "em": em, "size": size, "rest": rest}


def ruled(count: int, apart: int) -> Block:
    """Lines to write on."""
    return {"is": "ruled", "count": count, "apart": apart}


def questions(said: Sequence[str], apart: int) -> Block:
    """Questions that share what is left of the page, each with lines to write on."""
    return {"is": "questions", "said": [known(each) for each in said], "apart": apart}


def picture(draw: Callable[[Strokes], None], told: str, size: tuple[int, int], wide: float) -> Block:
    """Something drawn, `wide` pixels of the page, and what is heard instead."""
    strokes = Strokes(*size)
    draw(strokes)
    return {"is": "picture", "svg": strokes.svg(), "told": known(told), "wide": wide}


def wide_picture(draw: Callable[[Strokes], None], told: str, size: tuple[int, int]) -> Block:
    """Something drawn at the bottom of a page, from edge to edge and over the foot."""
    return {**picture(draw, told, size, size[0]), "is": "wide"}


def chart(graph: Graph, wide: float) -> Block:
    """A chart as it is sent to members."""
    size = WIDTH, getattr(graph.picture, "height", HEIGHT)
    return picture(graph.picture.draw, graph.alt_text, size, wide)


def pictures(shown: Sequence[Block], columns: int, gutters: tuple[int, int]) -> Block:
    """Pictures in columns, with so much room between columns and rows."""
    return {"is": "pictures", "shown": list(shown), "columns": columns, "gutters": gutters}
