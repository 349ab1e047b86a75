"""A sheet to draw on, measured in pixels from the top left, as one thinks of a picture."""

from __future__ import annotations

import re
from typing import Any, cast

from measures import palette

WIDTH, HEIGHT, DPI = 1080, 1200, 100
POINTS = 72 / DPI
LINE_HEIGHT = 1.28
FAMILY = "DejaVu Sans"
GLUE = re.compile(r"(?<=pr\.) (?=\d)|(?<=per) (?=\d)|(?<=\d) (?=%)| (?=[–·])")


class Canvas:
    """One picture in the making. Uses matplotlib's Figure and Agg directly: nothing global, nothing left behind."""

    def __init__(self) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=palette.WHITE)
        self.agg = cast(Any, FigureCanvasAgg(figure))
        self.axes: Any = figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(HEIGHT, 0)
        self.axes.axis("off")
        self.renderer = self.agg.get_renderer()

    def text(self, x: float, y: float, said: str, size: float, colour: str, **more: Any) -> None:
        """Write at (x, y): the left end on the middle of the line's height, unless told otherwise."""
        style = {"va": "center_baseline", "ha": "left", "family": FAMILY, "parse_math": False} | more
        self.axes.text(x, y, said, fontsize=size * POINTS, color=colour, **style)

    def width(self, said: str, size: float, weight: str = "normal") -> float:
        """How many pixels wide the words become."""
        from matplotlib.font_manager import FontProperties

        font = FontProperties(family=FAMILY, size=size * POINTS, weight=weight)
        return float(self.renderer.get_text_width_height_descent(said, font, ismath=False)[0])

    def wrap(self, said: str, size: float, room: float, weight: str = "normal") -> list[str]:
        """The words in lines no wider than `room`; a number keeps its unit, and no line begins with a dash."""
        lines: list[str] = []
        for word in GLUE.sub("\u00a0", said).split(" "):
            if lines and self.width(f"{lines[-1]} {word}", size, weight) <= room:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines

    def paragraph(self, x: float, y: float, said: str, size: float, *, colour: str, room: float, **more: Any) -> float:
        """Write wrapped words from the top edge `y`, and give back the edge below them."""
        for line in self.wrap(said, size, room, more.get("weight", "normal")):
            self.text(x, y + size * LINE_HEIGHT / 2, line, size, colour, **more)
            y += size * LINE_HEIGHT
        return y

    def line(self, x: tuple[float, float], y: tuple[float, float], colour: str, width: float, dash: Any = "-") -> None:
        """A straight line from (x₀, y₀) to (x₁, y₁)."""
        self.axes.plot(x, y, color=colour, linewidth=width * POINTS, linestyle=dash, solid_capstyle="butt")

    def blank(self, box: tuple[float, float, float, float]) -> None:
        """Clear the room for words within (left, top, right, bottom)."""
        from matplotlib.patches import Rectangle

        left, top, right, bottom = box
        room = Rectangle((left, top), right - left, bottom - top, facecolor=palette.WHITE, edgecolor="none", zorder=3)
        self.axes.add_patch(room)

    def dots(self, x: list[float], y: list[float], *, size: float, fill: str, edge: str) -> None:
        """Round marks of one look."""
        self.axes.plot(
            x,
            y,
            linestyle="none",
            marker="o",
            markersize=size * POINTS,
            markerfacecolor=fill,
            markeredgecolor=edge,
            markeredgewidth=4 * POINTS,
        )

    def png(self) -> bytes:
        """The finished picture."""
        self.agg.draw()
        return palette.encode(self.agg.buffer_rgba())
