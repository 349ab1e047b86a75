"""A practice's own page to print and bring: its charts and their sentences. For that practice's eyes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from measures.charts.chart import Chart
from measures.deck.printing import EDGE, TALL, TALL_PIXEL
from measures.drawing import palette
from measures.drawing.canvas import HEIGHT, WIDTH
from measures.drawing.letters import LINE_HEIGHT, wrap
from measures.printed import blocks
from measures.printed.blocks import Leaf, Printed
from measures.printed.typeset import typeset

MOST = 4
"""Charts on a page; more would be too small to read. The others are told in words."""
SIZE = 22
LINES, APART = 4, 58
"""To write on, and how far from each other."""
ACROSS, DOWN = 30, 20
"""Between columns and rows of charts."""
FOOT = 90 + 70


@dataclass(frozen=True, slots=True)
class Handout:
    """One practice's page: its name, what it is about, its charts in order of importance."""

    practice: str
    title: str
    about: str
    charts: tuple[Chart, ...]
    more: str
    private: str
    lang: str = "da"


def handout_pdf(handout: Handout) -> bytes:
    """The page as A4."""
    drawn, told = handout.charts[:MOST], handout.charts[MOST:]
    below = _below(handout, told)
    top = [
        blocks.heading(handout.practice, size=40),
        blocks.heading(handout.title, size=30, level=2, colour=palette.TEXT),
        blocks.words(handout.about, size=SIZE, colour=palette.FAINT_TEXT),
    ]
    columns, wide = _shared_out(handout, len(drawn), [said for _, said in below])
    shown = blocks.pictures([blocks.chart(each, wide) for each in drawn], columns, (ACROSS, DOWN))
    under = [blocks.words(said, size=SIZE, colour=colour) for colour, said in below]
    room = [blocks.gap(rest=True), *under, blocks.ruled(LINES, APART)]
    leaf = Leaf((*top, shown, *room), handout.private, (SIZE,), edges=(EDGE, 70))
    return typeset(Printed(f"{handout.title} – {handout.practice}", handout.lang, (leaf,), TALL, TALL_PIXEL))


def _shared_out(handout: Handout, count: int, below: Sequence[str]) -> tuple[int, float]:
    """In how many columns the charts stand, and how wide each may be so that all fits on the page."""
    room = TALL[0] - 2 * EDGE

    def tall(said: str, size: int, weight: str = "normal") -> float:
        return len(wrap(said, size, room, weight)) * size * LINE_HEIGHT + size * 0.8

    head = tall(handout.practice, 40, "bold") + tall(handout.title, 30, "bold") + tall(handout.about, SIZE)
    rest = TALL[1] - FOOT - head - LINES * APART - sum(tall(said, SIZE) for said in below) - SIZE
    columns = 1 if count == 1 else 2
    rows = -(-count // columns)
    high = (rest - DOWN * (rows - 1)) / max(rows, 1)
    return columns, min((room - ACROSS * (columns - 1)) / columns, high * WIDTH / HEIGHT)


def _below(handout: Handout, told: Sequence[Chart]) -> list[tuple[str, str]]:
    """The sentences of charts without a place, and what is to be kept in mind."""
    cautions = list(dict.fromkeys(chart.finding.caution for chart in handout.charts))[:MOST]
    faint = [said for said in [*cautions, handout.more] if said]
    return [*((palette.TEXT, chart.headline) for chart in told), *((palette.FAINT_TEXT, said) for said in faint)]
