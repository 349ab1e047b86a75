"""A sheet to draw on, measured in pixels from the top left, as one thinks of a picture."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from measures import palette

WIDTH, HEIGHT, DPI = 1080, 1200, 100
POINTS = 72 / DPI
LINE_HEIGHT = 1.28
FACES = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
GLUE = re.compile(r"(?<=pr\.) (?=\d)|(?<=per) (?=\d)|(?<=\d) (?=%)| (?=[–·])")


@cache
def face_file(weight: str) -> str:
    """The font file that comes with matplotlib, so that every machine draws the same."""
    from matplotlib import get_data_path

    return str(Path(get_data_path(), "fonts", "ttf", FACES[weight]))


@lru_cache(2048)
def width(said: str, size: float, weight: str = "normal") -> float:
    """How many pixels wide the words become."""
    from matplotlib.font_manager import get_font

    font = get_font(face_file(weight))
    font.set_size(size * POINTS, DPI)
    font.set_text(said, 0.0)
    return float(font.get_width_height()[0]) / 64


def wrap(said: str, size: float, room: float, weight: str = "normal") -> list[str]:
    """The words in lines no wider than `room`; a number keeps its unit, and no line begins with a dash."""
    lines: list[str] = []
    filled = 0.0
    space = width("a b", size, weight) - width("a", size, weight) - width("b", size, weight)
    for word in GLUE.sub("\u00a0", said).split(" "):
        wide = width(word, size, weight)
        if lines and filled + space + wide <= room:
            lines[-1] += f" {word}"
            filled += space + wide
        else:
            lines.append(word)
            filled = wide
    return lines


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

    def text(self, x: float, y: float, said: str, size: float, colour: str, **more: Any) -> None:
        """Write at (x, y): the left end on the middle of the line's height, unless told otherwise."""
        from matplotlib.font_manager import FontProperties

        face = FontProperties(fname=face_file(more.pop("weight", "normal")), size=size * POINTS)
        style = {"va": "center_baseline", "ha": "left", "parse_math": False} | more
        self.axes.text(x, y, said, fontproperties=face, color=colour, **style)

    def paragraph(self, x: float, y: float, said: str, size: float, *, colour: str, room: float, **more: Any) -> float:
        """Write wrapped words from the top edge `y`, and give back the edge below them."""
        for line in wrap(said, size, room, more.get("weight", "normal")):
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
