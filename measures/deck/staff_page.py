"""A practice's own page for its staff meeting: its chart, what it changes, what the cluster agreed; for it alone."""

from __future__ import annotations

from dataclasses import dataclass

from measures.charts.chart import Chart
from measures.deck.printing import EDGE, TALL, TALL_PIXEL
from measures.drawing import palette
from measures.drawing.canvas import HEIGHT, WIDTH
from measures.printed import blocks
from measures.printed.blocks import Block, Leaf, Printed
from measures.printed.typeset import typeset

MOST = 2
"""Charts on the page: what a staff meeting talks about in ten minutes."""
HIGH = 640
"""Of a chart, in pixels of the page: half of it is left for words."""
APART = 30
SIZES = tuple(range(28, 15, -1))
LINES, RULED = 3, 58


@dataclass(frozen=True, slots=True)
class StaffPart:
    """A heading with what is said below it; nothing is said yet: lines to write on."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffPage:
    """Whose page it is, what it is about, its charts and what follows from them."""

    practice: str
    title: str
    about: str
    charts: tuple[Chart, ...]
    parts: tuple[StaffPart, ...]
    private: str
    lang: str = "da"


def staff_page_pdf(page: StaffPage) -> bytes:
    """The page as A4, in the largest letters that fit."""
    shown = page.charts[:MOST]
    columns = max(len(shown), 1)
    wide = min((TALL[0] - 2 * EDGE - APART * (columns - 1)) / columns, HIGH * WIDTH / HEIGHT)
    made: list[Block] = [
        blocks.heading(page.practice, em=1.5),
        blocks.heading(page.title, em=1.2, level=2, colour=palette.TEXT),
        blocks.words(page.about, em=0.85, colour=palette.FAINT_TEXT),
        blocks.pictures([blocks.chart(each, wide) for each in shown], columns, (APART, APART)),
        blocks.gap(0.5),
    ]
    for part in page.parts:
        made.append(blocks.heading(part.title, em=1.1, level=2))
        made += [blocks.words(said) for said in part.lines] or [blocks.ruled(LINES, RULED), blocks.gap(0.8)]
        made.append(blocks.gap(0.4))
    leaf = Leaf(tuple(made), page.private, SIZES, edges=(EDGE, 70))
    return typeset(Printed(f"{page.title} – {page.practice}", page.lang, (leaf,), TALL, TALL_PIXEL))
