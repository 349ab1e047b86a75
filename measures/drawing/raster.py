"""Draws in memory, stroke by stroke, on a plane of colour numbers.

A new plane is begun for every picture: what pictures share are letters and marks, never a drawing with anybody's
numbers on it. So a picture's bytes come from what is in it alone, and a whole cluster is drawn in the time of a few
matplotlib figures. Letters are matplotlib's (FreeType); lines and marks are filled here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from measures.drawing import palette
from measures.drawing.canvas import HEIGHT, WIDTH, Box, Shape, Side, Weight
from measures.drawing.letters import LEVELS, MIDDLE, known, letter, shaded
from measures.drawing.png import encode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shades = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

SCALE = 2 / 3
"""Pixels in the file for a pixel of the design: 720 × 800, two for each that a telephone shows. More are packed more
slowly and seen by nobody."""
RIM = 4
"""How thick the edge of a mark is."""
DASH, GAP = 20, 12


class Raster:
    """A picture in the making, given in pixels of the design."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT, scale: float = SCALE) -> None:
        import numpy as np

        self.width, self.height, self.scale = width, height, scale
        self.plane = np.zeros((round(height * scale), round(width * scale / 2) * 2), np.uint8)

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
        pixels, mask, up, pen = _words(said, size * self.scale, weight, colour, on)
        shift = {"left": 0.0, "center": pen / 2, "right": pen}[ha]
        self._put(x * self.scale - shift, round((y + MIDDLE * size) * self.scale) - up, pixels, mask)

    def line(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        colour: str,
        width: float,
        *,
        dashed: bool = False,
    ) -> None:
        full = palette.RAMPS[colour][-1]
        if x[0] != x[1] and y[0] != y[1]:
            self.path(x, y, colour, width)
            return
        thick = max(1, round(width * self.scale)) / self.scale
        if y[0] == y[1]:
            strip = self._part(min(x), y[0] - thick / 2, max(x), y[0] - thick / 2, tall=thick)
        else:
            strip = self._part(x[0] - thick / 2, min(y), x[0] - thick / 2, max(y), wide=thick).T
        if not dashed:
            strip[:] = full
            return
        for start in range(0, strip.shape[1], DASH + GAP):
            strip[:, start : start + DASH] = full

    def path(self, x: Sequence[float], y: Sequence[float], colour: str, width: float) -> None:
        points = [(across * self.scale, down * self.scale) for across, down in zip(x, y, strict=True)]
        for start, end in pairwise(points):
            self._stroke(start, end, colour, width * self.scale)

    def area(self, x: Sequence[float], tops: Sequence[float], bottoms: Sequence[float], fill: str) -> None:
        import numpy as np

        first, last = round(min(x) * self.scale), min(self.plane.shape[1], round(max(x) * self.scale))
        columns = np.arange(max(0, first), last) / self.scale
        rows = np.arange(self.plane.shape[0])[:, None] / self.scale
        inside = (rows >= np.interp(columns, x, tops)) & (rows < np.interp(columns, x, bottoms))
        self.plane[:, max(0, first) : last][inside] = palette.RAMPS[fill][-1]

    def box(self, box: Box, fill: str, edge: str | None = None) -> None:
        self._part(*box)[:] = palette.RAMPS[fill][-1]
        if edge is not None:
            left, top, right, bottom = box
            for at in (top + 1, bottom - 1):
                self.line((left, right), (at, at), edge, 2)
            for at in (left + 1, right - 1):
                self.line((at, at), (top, bottom), edge, 2)

    def dots(
        self, x: Sequence[float], y: Sequence[float], *, size: float, fill: str, edge: str, shape: Shape = "circle"
    ) -> None:
        pixels, mask = _mark(round(size * self.scale / 2) * 2, RIM * self.scale, fill, edge, shape)
        half = pixels.shape[0] // 2
        for across, down in zip(x, y, strict=True):
            self._put(across * self.scale - half, round(down * self.scale) - half, pixels, mask)

    def png(self) -> bytes:
        """The finished picture."""
        return encode(self.plane)

    def _part(
        self, left: float, top: float, right: float, bottom: float, *, wide: float = 0.0, tall: float = 0.0
    ) -> Shades:
        """The pixels within; `wide` and `tall` add to the rounded edge, so that equal lines are equally thick."""
        x, y = max(0, round(left * self.scale)), max(0, round(top * self.scale))
        across = round(right * self.scale) + round(wide * self.scale)
        down = round(bottom * self.scale) + round(tall * self.scale)
        return self.plane[y : max(0, down), x : max(0, across)]

    def _put(self, left: float, top: int, pixels: Shades, mask: Mask | None) -> None:
        """Everything begins on an even pixel: the same mark gives the same bytes, which packs well.

        Without a mask the higher number wins, as ink does over white and over the lines of a scale.
        """
        import numpy as np

        x, (tall, wide) = round(left / 2) * 2, pixels.shape
        room = self.plane.shape
        if x < 0 or top < 0 or x + wide > room[1] or top + tall > room[0]:
            cut = slice(max(0, -top), max(0, room[0] - top)), slice(max(0, -x), max(0, room[1] - x))
            pixels, mask, x, top = pixels[cut], None if mask is None else mask[cut], max(0, x), max(0, top)
            tall, wide = pixels.shape
        part = self.plane[top : top + tall, x : x + wide]
        if mask is None:
            np.maximum(part, pixels, out=part)
        else:
            np.copyto(part, pixels, where=mask)

    def _stroke(self, start: tuple[float, float], end: tuple[float, float], colour: str, width: float) -> None:
        import numpy as np

        reach = width / 2 + 1
        left, right = sorted((start[0], end[0]))
        top, bottom = sorted((start[1], end[1]))
        x0, y0 = round((left - reach) / 2) * 2, round(top - reach)
        down, across = np.mgrid[y0 : round(bottom + reach) + 1, x0 : round(right + reach) + 1]
        along = (end[0] - start[0], end[1] - start[1])
        square = along[0] ** 2 + along[1] ** 2 or 1.0
        share = np.clip(((across - start[0]) * along[0] + (down - start[1]) * along[1]) / square, 0, 1)
        far = np.hypot(across - start[0] - share * along[0], down - start[1] - share * along[1])
        shades = shaded(np.clip(width / 2 + 0.5 - far, 0, 1))
        self._put(x0, y0, np.array(palette.RAMPS[colour], np.uint8)[shades], shades > 0)


@lru_cache(96)
def _words(said: str, size: float, weight: Weight, colour: str, on: str) -> tuple[Shades, Mask | None, int, float]:
    """Words in a colour: pixels, which of them are drawn (None on white), how far they reach above the baseline, how
    far the pen goes.

    Few are kept: those that every picture of a cluster has.
    """
    import numpy as np

    letters = [letter(sign, size, weight) for sign in known(said)]
    up = max((each.up for each in letters), default=0)
    down = max((each.shades.shape[0] - each.up for each in letters), default=0)
    pens = [0.0]
    for each in letters:
        pens.append(pens[-1] + each.advance)
    room = round(pens[-1]) + 2 + max((each.shades.shape[1] + each.right for each in letters), default=0)
    shades = np.zeros((up + down, max(1, room)), np.uint8)
    for each, pen in zip(letters, pens, strict=False):
        tall, wide = each.shades.shape
        x = max(0, round(pen / 2) * 2 + each.right)
        part = shades[up - each.up : up - each.up + tall, x : x + wide]
        np.maximum(part, each.shades, out=part)
    if on == palette.WHITE:
        return _coloured(shades, palette.RAMPS[colour]), None, up, pens[-1]
    return _coloured(shades, palette.over(on, colour)), shades > 0, up, pens[-1]


def _coloured(shades: Shades, ramp: tuple[int, ...]) -> Shades:
    """Shades as colour numbers, by the quickest way there is."""
    import numpy as np

    numbers = shades.tobytes().translate(bytes(ramp).ljust(256, b"\0"))
    return np.frombuffer(numbers, np.uint8).reshape(shades.shape)


@lru_cache(256)
def _mark(size: int, rim: float, fill: str, edge: str, shape: Shape) -> tuple[Shades, Mask]:
    """A mark with its edge; white ones cover what lies beneath, so that marks can be told apart."""
    import numpy as np

    half = (size // 2 + round(rim) + 1) // 2 * 2
    down, across = np.mgrid[-half : half + 1, -half : half + 1].astype(float)
    far = {
        "circle": np.hypot(across, down),
        "square": np.maximum(abs(across), abs(down)) * 1.1,
        "diamond": (abs(across) + abs(down)) * 0.8,
    }[shape]
    shades = shaded(np.clip(size / 2 + rim / 2 + 0.5 - far, 0, 1))
    core = shaded(np.clip(size / 2 - rim / 2 + 0.5 - far, 0, 1))
    rim_ramp = np.array(palette.RAMPS[edge], np.uint8)
    core_ramp = rim_ramp[::-1] if fill == palette.WHITE else np.array(palette.RAMPS[fill], np.uint8)
    if fill == edge:
        core_ramp = np.full(LEVELS + 1, rim_ramp[-1])
    return np.where(core > 0, core_ramp[core], rim_ramp[shades]), shades > 0
