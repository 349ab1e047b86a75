"""The deck and the coordinator's page as PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from measures.charts.graph import Graph
from measures.deck.deck import Deck, Page
from measures.drawing import palette
from measures.drawing.forms.frame import LARGE, MARGIN, SMALL
from measures.drawing.letters import LINE_HEIGHT, width, wrap
from measures.printed import blocks
from measures.printed.blocks import Block, Leaf, Printed
from measures.printed.typeset import typeset

WIDE, WIDE_PIXEL = (1600, 900), 0.72
TALL, TALL_PIXEL = (1240, 1754), 0.48
"""A4 at 150 pixels to the inch."""
EDGE = 80
TITLE = 56
SIZES = tuple(range(36, 20, -2))
WRITTEN = 62
"""Between lines to write on."""


def deck_pdf(deck: Deck) -> bytes:
    """The pages for the projector."""
    return typeset(
        Printed(deck.title, deck.lang, tuple(_leaf(page, deck.foot) for page in deck.pages), WIDE, WIDE_PIXEL)
    )


def brief_pdf(deck: Deck) -> bytes:
    """The coordinator's one page."""
    parts: list[Block] = []
    for number, part in enumerate(deck.brief):
        parts += [blocks.heading(part.title, em=1.3, level=1 if number == 0 else 2), *lines(part)]
        parts.append(blocks.gap(0.2))
    sizes = tuple(range(30, 13, -1))
    leaf = Leaf(tuple(parts), deck.foot, sizes, edges=(EDGE, EDGE))
    return typeset(Printed(deck.brief[0].title, deck.lang, (leaf,), TALL, TALL_PIXEL))


def lines(page: Page) -> list[Block]:
    """The lines of a page: points as a list, short lead-ins beside their words, long ones above them."""
    if page.lines and all(lead == "•" for lead, _ in page.lines):
        return [blocks.points([said for _, said in page.lines])]
    widest = max((width(lead, 1, "bold") for lead, _ in page.lines if lead), default=0.0)
    is_short = 0 < widest < 8
    found: list[Block] = []
    rows: list[tuple[str, str]] = []
    for lead, said in page.lines:
        if lead and is_short:
            rows.append((lead, said))
            continue
        found += [blocks.beside(rows, widest + 1)] if rows else []
        rows = []
        found += [blocks.lead(lead)] if lead else []
        found.append(blocks.words(said))
    return found + ([blocks.beside(rows, widest + 1)] if rows else [])


def _leaf(page: Page, foot: str) -> Leaf:
    if page.graph is not None:
        return Leaf(_chart(page.title, page.graph), numbered=True, edges=(MARGIN, 40))
    if page.opening:
        title = [blocks.gap(size=180), blocks.heading(page.title, em=1.9, colour=palette.TEXT), blocks.gap(0.6)]
        said = [blocks.words(said, colour=palette.FAINT_TEXT) for _, said in page.lines]
        return Leaf((*title, *said), sizes=(38, *SIZES), numbered=True, stripe=True)
    head = blocks.heading(page.title, size=TITLE)
    if page.is_form:
        asked = blocks.questions([question for question, _ in page.lines], WRITTEN)
        return Leaf((head, asked), foot, numbered=True)
    return Leaf((head, *lines(page)), foot, SIZES, numbered=True)


def _chart(title: str, graph: Graph) -> tuple[Block, ...]:
    """A chart over the whole page, its title and message as words above the picture."""
    drawn = cast(Any, graph.picture)
    frame = drawn.frame
    room = WIDE[0] - 2 * MARGIN
    above = [blocks.heading(title, size=SMALL), blocks.words(frame.headline, size=LARGE, bold=True)]
    tall = sum(
        len(wrap(said, size, room, "bold")) * size * LINE_HEIGHT
        for said, size in ((title, SMALL), (frame.headline, LARGE))
    )
    bare = replace(drawn, frame=replace(frame, title="", headline=""))
    size = WIDE[0], WIDE[1] - round(tall)
    return (*above, blocks.wide_picture(bare.draw, graph.alt_text, size))
