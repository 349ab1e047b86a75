"""Draws the same strokes as `measures.drawing.raster` for a printed page: lines and letters (SVG), not pixels."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from measures.drawing import palette
from measures.drawing.canvas import Box, Shape, Side, Weight
from measures.drawing.letters import FAMILY, MIDDLE, known

RIM = 4
ANCHORS: dict[Side, str] = {"left": "start", "center": "middle", "right": "end"}


class Strokes:
    """A picture of `width` × `height` of its own pixels, in which everything is given.

    Places are rounded to a tenth of a pixel: nothing about a number can be read from the file that is not seen.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []

    def svg(self) -> str:
        """The finished picture."""
        size = f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(self._parts)}</svg>'

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
        on: str = palette.WHITE,  # noqa: ARG002 - letters on paper blend with any ground
    ) -> None:
        face = f'font-family="{FAMILY}" font-weight="{weight}" font-size="{size}" text-anchor="{ANCHORS[ha]}"'
        place = f'x="{_at(x)}" y="{_at(y + MIDDLE * size)}" xml:space="preserve"'
        self._parts.append(f'<text {place} {face} fill="{colour}">{escape(known(said))}</text>')

    def line(
        self, x: tuple[float, float], y: tuple[float, float], colour: str, width: float, *, dashed: bool = False
    ) -> None:
        dashes = f' stroke-dasharray="{_at(5 * width)} {_at(3 * width)}"' if dashed else ""
        self._parts.append(f'<path d="{_way(x, y)}" {_stroke(colour, width)}{dashes}/>')

    def path(self, x: Sequence[float], y: Sequence[float], colour: str, width: float) -> None:
        joins = 'stroke-linejoin="round" stroke-linecap="round"'
        self._parts.append(f'<path d="{_way(x, y)}" {_stroke(colour, width)} {joins}/>')

    def area(self, x: Sequence[float], tops: Sequence[float], bottoms: Sequence[float], fill: str) -> None:
        around = _way([*x, *reversed(x)], [*tops, *reversed(bottoms)])
        self._parts.append(f'<path d="{around}Z" fill="{fill}"/>')

    def box(self, box: Box, fill: str, edge: str | None = None) -> None:
        left, top, right, bottom = box
        place = f'x="{_at(left)}" y="{_at(top)}" width="{_at(right - left)}" height="{_at(bottom - top)}"'
        rim = f' stroke="{edge}" stroke-width="2"' if edge else ""
        self._parts.append(f'<rect {place} fill="{fill}"{rim}/>')

    def dots(
        self, x: Sequence[float], y: Sequence[float], *, size: float, fill: str, edge: str, shape: Shape = "circle"
    ) -> None:
        look = f'fill="{fill}" stroke="{edge}" stroke-width="{RIM}"'
        for across, down in zip(x, y, strict=True):
            self._parts.append(f"{_mark(across, down, size / 2, shape)} {look}/>")


def _mark(x: float, y: float, half: float, shape: Shape) -> str:
    if shape == "circle":
        return f'<circle cx="{_at(x)}" cy="{_at(y)}" r="{_at(half)}"'
    if shape == "square":
        return f'<rect x="{_at(x - half)}" y="{_at(y - half)}" width="{_at(2 * half)}" height="{_at(2 * half)}"'
    reach = half * 2**0.5
    around = _way([x, x + reach, x, x - reach], [y - reach, y, y + reach, y])
    return f'<path d="{around}Z"'


def _stroke(colour: str, width: float) -> str:
    return f'fill="none" stroke="{colour}" stroke-width="{_at(width)}"'


def _way(x: Sequence[float], y: Sequence[float]) -> str:
    return "M" + "L".join(f"{_at(across)} {_at(down)}" for across, down in zip(x, y, strict=True))


def _at(place: float) -> str:
    return f"{float(place):.1f}".removesuffix(".0")
