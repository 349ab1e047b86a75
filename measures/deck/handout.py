"""A practice's own page to print and bring: its charts and their sentences. For that practice's eyes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from measures.charts.chart import Chart
from measures.deck.printing import EDGE, TALL
from measures.drawing import palette
from measures.drawing.canvas import HEIGHT, WIDTH, paragraph
from measures.drawing.letters import LINE_HEIGHT, wrap
from measures.drawing.paper import Paper, bind, sheet

MOST = 4
"""Charts on a page; more would be too small to read. The others are told in words."""
SIZE = 22
LINES, APART = 4, 58
"""To write on, and how far from each other."""


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
    figure = sheet(*TALL)
    canvas = Paper(figure, *TALL)
    room = TALL[0] - 2 * EDGE
    y = paragraph(canvas, EDGE, 60, handout.practice, 40, colour=palette.OWN, room=room, weight="bold")
    y = paragraph(canvas, EDGE, y + 4, handout.title, 30, colour=palette.TEXT, room=room, weight="bold")
    y = paragraph(canvas, EDGE, y + 4, handout.about, SIZE, colour=palette.FAINT_TEXT, room=room) + 16
    drawn, told = handout.charts[:MOST], handout.charts[MOST:]
    below = _below(handout, told, room)
    bottom = TALL[1] - 70 - LINES * APART - sum(len(lines) for _, lines in below) * SIZE * LINE_HEIGHT - len(below) * 8
    columns = 1 if len(drawn) == 1 else 2
    rows = -(-len(drawn) // columns)
    tall = (bottom - y - 20 * (rows - 1)) / rows
    wide = min((room - 30 * (columns - 1)) / columns, tall * WIDTH / HEIGHT)
    for number, chart in enumerate(drawn):
        row, column = divmod(number, columns)
        left = EDGE + column * (room - wide) if columns > 1 else EDGE + (room - wide) / 2
        top = y + row * (tall + 20)
        high = wide * HEIGHT / WIDTH
        place = left / TALL[0], 1 - (top + high) / TALL[1], wide / TALL[0], high / TALL[1]
        chart.picture.draw(Paper(figure, WIDTH, HEIGHT, place))
    y = bottom + 10
    for colour, lines in below:
        for said in lines:
            canvas.text(EDGE, y + SIZE * LINE_HEIGHT / 2, said, SIZE, colour)
            y += SIZE * LINE_HEIGHT
        y += 8
    for _ in range(LINES):
        y += APART
        canvas.line((EDGE, TALL[0] - EDGE), (y, y), palette.OTHERS, 2)
    canvas.text(EDGE, TALL[1] - 44, handout.private, 20, palette.FAINT_TEXT)
    return bind([figure], f"{handout.title} – {handout.practice}", handout.lang)


def _below(handout: Handout, told: Sequence[Chart], room: float) -> list[tuple[str, list[str]]]:
    """The sentences of charts without a place, and what is to be kept in mind."""
    parts = [(palette.TEXT, wrap(chart.headline, SIZE, room)) for chart in told]
    cautions = list(dict.fromkeys(chart.finding.caution for chart in handout.charts))[:MOST]
    return [*parts, *((palette.FAINT_TEXT, wrap(said, SIZE, room)) for said in [*cautions, handout.more] if said)]
