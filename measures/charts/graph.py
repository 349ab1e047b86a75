"""A graph is one object: picture, headline, alternative text and table come from the same numbers, so they agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from measures.drawing.canvas import HEIGHT, WIDTH, Canvas
from measures.drawing.forms.frame import Frame

LONGEST_ALT_TEXT = 2000

ChartTable = tuple[tuple[str, ...], ...]


class Picture(Protocol):
    """Everything that is drawn, as plain values that can be pickled."""

    @property
    def frame(self) -> Frame:
        """The words around the plot."""

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""


@dataclass(frozen=True, slots=True)
class Graph:
    """What is shown (`picture`), said (`headline`, `alt_text`) and tabled. Picklable, to be drawn elsewhere."""

    headline: str
    alt_text: str
    table: ChartTable
    picture: Picture

    def render(self) -> bytes:
        """The picture as PNG, without metadata; the same graph always gives the same bytes."""
        from measures.drawing.raster import Raster

        canvas = Raster(WIDTH, getattr(self.picture, "height", HEIGHT))
        self.picture.draw(canvas)
        return canvas.png()


def read_aloud(headline: str, table: ChartTable, *more: str) -> str:
    """The alternative text: the headline, every row of the table, and what else there is to say."""
    facts = "; ".join(": ".join((row[0], ", ".join(row[1:]))) for row in table)
    return " ".join(part for part in (headline, f"{facts}.", *more) if part)[:LONGEST_ALT_TEXT]


def render_chart(graph: Graph) -> bytes:
    """As `graph.render()`; a top-level function for worker processes."""
    return graph.render()


def render_all(graphs: Iterable[Graph]) -> list[bytes]:
    """Several graphs in one go, such as a whole cluster's; each is drawn by itself, only letters are shared."""
    return [graph.render() for graph in graphs]
