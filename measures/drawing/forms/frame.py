"""What every form shares: the sentence at the top, where the numbers are from at the foot, scales and their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from measures.drawing import palette
from measures.drawing.canvas import Box, Canvas, paragraph
from measures.drawing.letters import LINE_HEIGHT, width, wrap

MARGIN = 48
SMALL, LARGE = 36, 48
ROW = SMALL * LINE_HEIGHT
SCALE_ROOM, LABEL_ROOM = 108, 238
"""Room for the figures left of a plot, and for the words right of it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around a plot. The headline is the message; the notes say how to read it; the foot what it is from."""

    title: str
    headline: str
    notes: tuple[str, ...]
    foot: tuple[str, ...]
    mark: str = ""
    """What is said over the whole of the picture, above everything: that its numbers are made up."""


@dataclass(frozen=True, slots=True)
class Line:
    """A reference line with its own label; `kind` chooses its look, never its colour alone."""

    share: float
    label: str
    value: str
    kind: Literal["cluster", "reference"]


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values land between two edges, and the round figures beside them."""

    ticks: tuple[tuple[float, str], ...]
    low: float
    high: float

    def at(self, value: float, start: float, end: float) -> float:
        """The place of a value between the place of the lowest and that of the highest."""
        return start + (value - self.low) / (self.high - self.low) * (end - start)


def draw_frame(canvas: Canvas, frame: Frame) -> Box:
    """Write the words; gives back the room that is left for the plot."""
    room = canvas.width - 2 * MARGIN
    y = 34.0 + (_mark(canvas, frame.mark) if frame.mark else 0.0)
    if frame.title:
        y = paragraph(canvas, MARGIN, y, frame.title, SMALL, colour=palette.OWN, room=room, weight="bold") + 8
    if frame.headline:
        y = paragraph(canvas, MARGIN, y, frame.headline, LARGE, colour=palette.TEXT, room=room, weight="bold") + 8
    for said in frame.notes:
        y = paragraph(canvas, MARGIN, y, said, SMALL, colour=palette.FAINT_TEXT, room=room)
    foot = flow(frame.foot, room)
    bottom = canvas.height - 26 - ROW * len(foot)
    for number, said in enumerate(foot):
        canvas.text(MARGIN, bottom + ROW * (number + 0.5), said, SMALL, palette.FAINT_TEXT)
    return MARGIN, y + 14, canvas.width - MARGIN, bottom - 14


def _mark(canvas: Canvas, said: str) -> float:
    """A band from edge to edge, which no copy of the picture is without; how tall it is."""
    tall = ROW + 20
    canvas.box((0, 0, canvas.width, tall), palette.SECOND)
    canvas.text(canvas.width / 2, tall / 2, said, SMALL, palette.WHITE, weight="bold", ha="center", on=palette.SECOND)
    return tall


def flow(parts: Sequence[str], room: float) -> list[str]:
    """Parts beside each other with dots between, a new line where one would be broken."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]} · {part}" if lines else part
        if lines and width(joined, SMALL) <= room:
            lines[-1] = joined
        else:
            lines += wrap(part, SMALL, room)
    return lines


def value_lines(canvas: Canvas, scale: Scale, plot: Box) -> None:
    """Level lines at the round figures, with the figures to the left."""
    left, top, right, bottom = plot
    for share, label in scale.ticks:
        y = scale.at(share, bottom, top)
        canvas.line((left, right), (y, y), palette.GRID, 3)
        canvas.text(left - 18, y, label, SMALL, palette.FAINT_TEXT, ha="right")


def reference_lines(canvas: Canvas, lines: Sequence[Line], scale: Scale, plot: Box) -> None:
    """Reference lines with their labels in the right margin, kept apart when the lines lie close."""
    left, top, right, bottom = plot
    ordered = sorted(lines, key=lambda line: -line.share)
    named = [(line, wrap(line.label, SMALL, LABEL_ROOM - 30)) for line in ordered]
    heights = [ROW * (len(words) + 1) for _, words in named]
    places = [scale.at(line.share, bottom, top) for line in ordered]
    for (line, words), y, centre in zip(named, places, spread(places, heights, bottom + ROW), strict=True):
        is_cluster = line.kind == "cluster"
        colour = palette.TEXT if is_cluster else palette.REFERENCE
        canvas.line((left, right), (y, y), colour, 4, dashed=not is_cluster)
        if abs(centre - y) > 2:
            canvas.line((right, right + 16), (y, centre), colour, 2)
        first = centre - ROW * len(words) / 2
        for number, said in enumerate([*words, line.value]):
            weight: Literal["bold", "normal"] = "bold" if number == len(words) else "normal"
            canvas.text(right + 22, first + number * ROW, said, SMALL, colour, weight=weight)


def spread(wanted: Sequence[float], heights: Sequence[float], lowest: float) -> list[float]:
    """Centres for labels of these heights near the wanted ones (rising), without overlap and not below `lowest`."""
    placed: list[float] = []
    for index, y in enumerate(wanted):
        least = placed[-1] + (heights[index - 1] + heights[index]) / 2 if placed else y
        placed.append(max(y, least))
    floor = lowest
    for index in reversed(range(len(placed))):
        placed[index] = min(placed[index], floor - heights[index] / 2)
        floor = placed[index] - heights[index] / 2
    return placed


def axis(lowest: float, highest: float, per: int, most: float | None) -> tuple[float, float, tuple[float, ...]]:
    """Limits and at most six round ticks around the marks; from zero when that costs little room."""
    low, high = lowest * per, highest * per
    if low < 0.4 * high:
        low = 0.0
    span = max(high - low, 1.0)
    sizes = (0.5, 1, 2, 5, *(size * 10**power for power in range(1, 7) for size in (1, 2, 2.5, 5)))
    step = next(size for size in sizes if span / size <= 4.5)
    bottom = int(low / step) * step
    top = bottom
    while top < high - 1e-9:
        top += step
    if top == bottom:
        bottom, top = max(0, bottom - step), top + step
    if most is not None:
        top = min(top, most * per)
    count = int((top - bottom) / step + 1e-9)
    return bottom / per, top / per, tuple((bottom + step * n) / per for n in range(count + 1))


def widest(words: Sequence[str], size: int = SMALL) -> float:
    """How many pixels the widest of these takes."""
    return max((width(said, size) for said in words), default=0.0)
