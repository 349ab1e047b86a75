"""The deck, the coordinator's page and a practice's handout as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from measures.deck.deck import Deck, Page
from measures.drawing import palette
from measures.drawing.canvas import Canvas, paragraph
from measures.drawing.letters import LINE_HEIGHT, width, wrap
from measures.drawing.paper import Paper, bind, sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDE = 1600, 900
TALL = 1240, 1754
"""A4 at 150 pixels to the inch."""
EDGE = 80
TITLE, BODY, FOOT = 56, 36, 24
SMALLEST = 22
WRITTEN = 62
"""Between lines to write on."""
GAP = 0.5
"""Between lines, in sizes."""


def deck_pdf(deck: Deck) -> bytes:
    """The pages for the projector."""
    return bind(_slides(deck), deck.title, deck.lang, [page.title for page in deck.pages])


def brief_pdf(deck: Deck) -> bytes:
    """The coordinator's one page."""
    figure = sheet(*TALL)
    canvas = Paper(figure, *TALL)
    write_page(canvas, deck.brief, deck.foot)
    return bind([figure], deck.brief[0].title, deck.lang)


def _slides(deck: Deck) -> Iterator[Figure]:
    for number, page in enumerate(deck.pages, 1):
        figure = sheet(*WIDE)
        canvas = Paper(figure, *WIDE)
        if page.graph is not None:
            page.graph.picture.draw(canvas)
        elif page.opening:
            opening(canvas, page)
        else:
            (form if page.is_form else words)(canvas, page)
            canvas.text(EDGE, WIDE[1] - 44, deck.foot, FOOT, palette.FAINT_TEXT)
        canvas.text(WIDE[0] - 40, WIDE[1] - 44, str(number), FOOT, palette.FAINT_TEXT, ha="right")
        yield figure


def opening(canvas: Canvas, page: Page) -> None:
    """The first page: the topic large, what it is about below."""
    canvas.box((0, 0, 24, canvas.height), palette.OWN)
    room = canvas.width - 2 * EDGE
    y = paragraph(canvas, EDGE, 250, page.title, 72, colour=palette.TEXT, room=room, weight="bold") + 40
    for _, said in page.lines:
        y = paragraph(canvas, EDGE, y, said, 38, colour=palette.FAINT_TEXT, room=room) + 10


def form(canvas: Canvas, page: Page) -> None:
    """A page to write on: each question, and lines below it as far as there is room."""
    room = canvas.width - 2 * EDGE
    y = paragraph(canvas, EDGE, 60, page.title, TITLE, colour=palette.OWN, room=room, weight="bold") + 28
    each = (canvas.height - 90 - y) / len(page.lines)
    for question, _ in page.lines:
        line = paragraph(canvas, EDGE, y, question, BODY, colour=palette.TEXT, room=room, weight="bold") + WRITTEN
        y += each
        while line <= y - BODY:
            canvas.line((EDGE, canvas.width - EDGE), (line, line), palette.OTHERS, 2)
            line += WRITTEN


def words(canvas: Canvas, page: Page) -> None:
    """A page of lines, in the largest letters that fit."""
    room = canvas.width - 2 * EDGE
    y = paragraph(canvas, EDGE, 60, page.title, TITLE, colour=palette.OWN, room=room, weight="bold") + 28
    bottom = canvas.height - 90
    size = next((size for size in range(BODY, SMALLEST, -2) if y + _tall(page, size, room) <= bottom), SMALLEST)
    _lines(canvas, page, y, size, room)


def write_page(canvas: Canvas, parts: Sequence[Page], foot: str) -> None:
    """Several headed parts on one printed page, in the largest letters that fit."""
    room = canvas.width - 2 * EDGE
    bottom = canvas.height - 110

    def tall(size: int) -> float:
        heads = sum(len(wrap(part.title, size + 8, room, "bold")) * (size + 8) * LINE_HEIGHT + size for part in parts)
        return heads + sum(_tall(part, size, room) for part in parts)

    size = next((size for size in range(30, 14, -1) if EDGE + tall(size) <= bottom), 14)
    y = float(EDGE)
    for part in parts:
        y = paragraph(canvas, EDGE, y, part.title, size + 8, colour=palette.OWN, room=room, weight="bold") + size * 0.3
        y = _lines(canvas, part, y, size, room) + size * 0.7
    canvas.text(EDGE, canvas.height - 60, foot, 20, palette.FAINT_TEXT)


def _lead(page: Page, size: int, room: float) -> float:
    """How far lines are moved in, when all lead-ins are short; 0 when they stand on lines of their own."""
    widest = max((width(lead, size, "bold") for lead, _ in page.lines if lead), default=0.0)
    return widest + size if widest and widest < room / 5 else 0.0


def _tall(page: Page, size: int, room: float) -> float:
    lead = _lead(page, size, room)
    heads = sum(len(wrap(head, size, room, "bold")) for head, _ in page.lines if head and not lead)
    rows = sum(len(wrap(said, size, room - (lead if head else 0.0))) for head, said in page.lines)
    return (heads + rows) * size * LINE_HEIGHT + len(page.lines) * size * GAP


def _lines(canvas: Canvas, page: Page, y: float, size: int, room: float) -> float:
    lead = _lead(page, size, room)
    for head, said in page.lines:
        inset = lead if head else 0.0
        if head and lead:
            canvas.text(EDGE, y + size * LINE_HEIGHT / 2, head, size, palette.OWN, weight="bold")
        elif head:
            y = paragraph(canvas, EDGE, y, head, size, colour=palette.TEXT, room=room, weight="bold")
        y = paragraph(canvas, EDGE + inset, y, said, size, colour=palette.TEXT, room=room - inset) + size * GAP
    return y
