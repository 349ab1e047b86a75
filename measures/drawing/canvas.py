"""What one can draw on, measured in pixels from the top left, as one thinks of a picture.

`measures.drawing.raster` makes PNGs for Slack of it, `measures.drawing.strokes` pictures for print and projector: the
same strokes on both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from measures.drawing import palette
from measures.drawing.letters import LINE_HEIGHT, wrap

WIDTH, HEIGHT = 1080, 1200
"""A picture for a telephone, three times as large as it is shown there."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Weight = Literal["normal", "bold"]
Side = Literal["left", "center", "right"]
Shape = Literal["circle", "square", "diamond"]


class Canvas(Protocol):
    """The strokes that every form is made of."""

    width: int
    height: int

    def text(
        self,
        x: float,
        y: float,
        said: str,
        size: int,
        colour: str,
        *,
        weight: Weight = "normal",
        ha: Side = "left",
        on: str = palette.WHITE,
    ) -> None:
        """Words at x, with the middle of a capital letter at y. `on` is the colour of a coloured ground."""

    def line(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        colour: str,
        width: float,
        *,
        dashed: bool = False,
    ) -> None:
        """A straight line from (x₀, y₀) to (x₁, y₁); only level and upright lines may be dashed."""

    def path(self, x: Sequence[float], y: Sequence[float], colour: str, width: float) -> None:
        """Straight lines through the points, one after the other."""

    def area(self, x: Sequence[float], tops: Sequence[float], bottoms: Sequence[float], fill: str) -> None:
        """The room between two lines over the same rising x."""

    def box(self, box: Box, fill: str, edge: str | None = None) -> None:
        """A filled rectangle; white clears the room for words."""

    def dots(
        self, x: Sequence[float], y: Sequence[float], *, size: float, fill: str, edge: str, shape: Shape = "circle"
    ) -> None:
        """Marks of one look, in the order given."""


def paragraph(
    canvas: Canvas, x: float, y: float, said: str, size: int, *, colour: str, room: float, weight: Weight = "normal"
) -> float:
    """Write wrapped words from the top edge `y`, and give back the edge below them."""
    for line in wrap(said, size, room, weight):
        canvas.text(x, y + size * LINE_HEIGHT / 2, line, size, colour, weight=weight)
        y += size * LINE_HEIGHT
    return y
