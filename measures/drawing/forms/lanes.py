"""Lanes below each other on one axis: the reader's own value now, the one before, and the others as stacked rings.

Words stand in rows that no mark reaches: above each lane, above the plot and below its floor. So a label never lies on
a mark, whatever the numbers are. Nobody's rank is drawn: rings of about the same value stand on each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from measures.drawing import palette
from measures.drawing.canvas import HEIGHT, Box, Canvas, Weight
from measures.drawing.forms.frame import MARGIN, ROW, SMALL, Frame, Line, Scale, draw_frame
from measures.drawing.letters import width, wrap

OWN_LANE, BEFORE_LANE, WORDS_LANE, OTHERS_LANE = 4.0, 3.6, 1.6, 7.4
"""How tall lanes want to be, in sizes of their letters, the words above the marks included."""
TALLEST = 2.2
"""Times that, where there is room."""
OWN_SIZE, BEFORE_SIZE = 46, 38
RINGS = (1.05, 0.85, 0.7, 0.55, 0.45)
"""Sizes of rings, in sizes of letters: the largest whose stacks fit their lane."""
LETTERED = (1.4, 1.25, 1.1, 0.9, 0.7)
"""Sizes of rings that letters stand in."""
ON_SCREEN = 1.4
"""Rings on a page without an own mark are so much larger."""
STACKED = 1.08
"""From the middle of a ring to the middle of the one on it, in sizes of the ring."""
LOW = 900
"""How tall a picture is that shows nobody else."""
LETTER_ROOM, FEW_LETTERS = 12, 12
"""By how much each letter beyond so many makes a picture taller, so that they can be read on a telephone."""
INSET, ARROW_ROOM = 24, 40
"""Between the edges of the picture's words and the ends of the axis; on the right arrows stand beyond it."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A value of the reader's own with its interval (none: both at the value), and the words above it; words alone
    where there is no value. A faint one is not to be held against the one above it."""

    words: str
    share: float | None = None
    low: float = 0.0
    high: float = 0.0
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Lanes:
    """Everything that is drawn, as plain values: what is not here can't be in the file."""

    frame: Frame
    own: Lane | None
    before: Lane | None
    others: tuple[float, ...]
    """Sorted."""
    others_words: str
    lines: tuple[Line, ...]
    scale: Scale
    labels: tuple[str, ...] = ()
    """A letter for each of the others, or nothing at all."""

    @property
    def height(self) -> int:
        """How tall the picture wants to be."""
        return HEIGHT + LETTER_ROOM * max(0, len(self.labels) - FEW_LETTERS) if self.others else LOW

    @property
    def band(self) -> tuple[float, float] | None:
        """Where the middle half of the rings lies: made from what is drawn, and from nothing else."""
        return middle_half(self.others)

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""
        plot = Plot(self, draw_frame(canvas, self.frame))
        if self.band is not None:
            low, high = (plot.x(edge) for edge in self.band)
            canvas.box((low, plot.rings_top, max(high, low + 4), plot.floor), palette.PALE)
        top = plot.top if self.own else plot.rings_top
        for value, _ in self.scale.ticks:
            canvas.line((plot.x(value),) * 2, (top, plot.floor), palette.GRID, 3)
        for number, line in enumerate(plot.above):
            y = plot.top - ROW * (len(plot.above) - number - 1)
            canvas.line((plot.x(line.share),) * 2, (y, plot.floor), palette.REFERENCE, 5, dashed=True)
        for line in plot.below:
            canvas.line((plot.x(line.share),) * 2, (top, plot.floor + 12), palette.TEXT, 5)
        if self.others:
            for top in plot.parted:
                canvas.line((MARGIN, canvas.width - MARGIN), (top, top), palette.GRID, 3)
            _rings(canvas, plot)
        canvas.line((MARGIN, canvas.width - MARGIN), (plot.floor, plot.floor), palette.TEXT, 3)
        _own_marks(canvas, plot)
        _words(canvas, plot)


def middle_half(values: Sequence[float]) -> tuple[float, float] | None:
    """The hinges of sorted values (Tukey: the middles of the lower and the upper half); None below four."""
    half = (len(values) + 1) // 2
    if len(values) < 4:
        return None
    return _middle(values[:half]), _middle(values[-half:])


def _middle(values: Sequence[float]) -> float:
    at = len(values) // 2
    return values[at] if len(values) % 2 else (values[at - 1] + values[at]) / 2


def stacks(places: Sequence[float], size: float) -> list[int]:
    """On which level each of the rings at these sorted places lies, so that none of one level touch."""
    ends: list[float] = []
    levels = []
    for x in places:
        for level, end in enumerate(ends):
            if end <= x - size:
                ends[level] = x
                break
        else:
            level = len(ends)
            ends.append(x)
        levels.append(level)
    return levels


class Plot:
    """Where lanes, values and rings land on the canvas."""

    def __init__(self, picture: Lanes, room: Box) -> None:
        self.picture, self.room = picture, room
        left, top, right, bottom = room
        self.left, self.right = left + INSET, right - ARROW_ROOM
        self.above = [line for line in picture.lines if line.kind != "cluster"]
        self.below = [line for line in picture.lines if line.kind == "cluster"]
        self.top = top + ROW * len(self.above) + (6 if self.above else 0)
        lowest = bottom - ROW * (1 + len(self.below)) - 14
        wanted = [size * SMALL for size in self._sizes()]
        stretch = min(TALLEST, (lowest - self.top) / sum(wanted))
        self.lanes = [self.top]
        for size in wanted:
            self.lanes.append(self.lanes[-1] + size * stretch)
        self.floor = self.lanes[-1]
        self.parted = self.lanes[-2:-1] if len(wanted) > 1 else []
        self.rings_top = self.lanes[-2] + ROW + 8 if picture.others else self.floor
        self.rings, self.size = self._stacked() if picture.others else ([], 0.0)

    def _sizes(self) -> list[float]:
        picture = self.picture
        own, before = picture.own, picture.before
        sizes = [OWN_LANE] if own else []
        if before:
            sizes.append(WORDS_LANE if before.share is None else BEFORE_LANE)
        if picture.others:
            sizes.append(OTHERS_LANE)
        return sizes or [OWN_LANE]

    def x(self, share: float) -> float:
        """The place of a value; one beyond the axis lies at its end."""
        return min(max(self.picture.scale.at(share, self.left, self.right), self.left), self.right)

    def is_beyond(self, share: float) -> bool:
        """Whether a value lies above the axis."""
        return share > self.picture.scale.high + 1e-9

    def _stacked(self) -> tuple[list[tuple[float, float]], float]:
        """The middles of the rings, and their size: by construction they stay within their lane."""
        places = [self.x(value) for value in self.picture.others]
        tall = self.floor - self.rings_top - 8
        wider = ON_SCREEN if self.picture.own is None else 1.0
        sizes = [size * SMALL * wider for size in (LETTERED if self.picture.labels else RINGS)]
        for size in sizes:
            levels = stacks(places, size)
            if (max(levels) * STACKED + 1) * size <= tall:
                break
        else:
            size = min(size, tall / (max(levels) * STACKED + 1))
        rise = size * STACKED
        return [(x, self.floor - 4 - size / 2 - level * rise) for x, level in zip(places, levels, strict=True)], size


def _rings(canvas: Canvas, plot: Plot) -> None:
    xs, ys = [x for x, _ in plot.rings], [y for _, y in plot.rings]
    canvas.dots(xs, ys, size=plot.size - 5, fill=palette.WHITE, edge=palette.OTHERS)
    for said, (x, y) in zip(plot.picture.labels, plot.rings, strict=False):
        size = int(plot.size * (0.62 if len(said) < 2 else 0.55))
        canvas.text(x, y, said, size, palette.TEXT, ha="center")
    if any(plot.is_beyond(value) for value in plot.picture.others):
        canvas.text(plot.right + plot.size / 2 + 4, plot.floor - 24, "→", SMALL, palette.FAINT_TEXT)


def _own_marks(canvas: Canvas, plot: Plot) -> None:
    lanes = [lane for lane in (plot.picture.own, plot.picture.before) if lane]
    for lane, (top, bottom) in zip(lanes, pairwise(plot.lanes), strict=False):
        if lane.share is None:
            continue
        x, y, is_now = plot.x(lane.share), (top + ROW + 8 + bottom) / 2, lane is plot.picture.own
        colour = palette.PALE_OWN if lane.faint else palette.OWN
        ends = plot.x(lane.low), plot.x(lane.high)
        canvas.line(ends, (y, y), colour, 7 if is_now else 4)
        for end in ends if is_now and lane.low < lane.high else ():
            canvas.line((end, end), (y - 16, y + 16), colour, 7)
        fill, edge = (palette.OWN, palette.WHITE) if is_now else (palette.WHITE, colour)
        canvas.dots([x], [y], size=OWN_SIZE if is_now else BEFORE_SIZE, fill=fill, edge=edge)
        if plot.is_beyond(lane.share):
            canvas.text(plot.right + 28, y, "→", SMALL, palette.OWN, weight="bold")


def _words(canvas: Canvas, plot: Plot) -> None:
    """Every label, in rows of their own, on white."""
    picture, left, right = plot.picture, plot.room[0], plot.room[2]
    rows: list[tuple[str, str, Weight]] = [
        (
            lane.words,
            palette.OWN if lane is picture.own else palette.FAINT_TEXT,
            "bold" if lane is picture.own else "normal",
        )
        for lane in (picture.own, picture.before)
        if lane
    ]
    rows += [(picture.others_words, palette.FAINT_TEXT, "normal")] if picture.others else []
    for (said, colour, weight), top in zip(rows, plot.lanes, strict=False):
        _on_white(canvas, left, top + 6 + ROW / 2, wrap(said, SMALL, right - left, weight)[0], colour, weight)
    for number, line in enumerate(plot.above):
        y = plot.top - 4 - ROW * (len(plot.above) - number - 0.5)
        _named(canvas, plot, line, y, palette.REFERENCE)
    for line in plot.below:
        _named(canvas, plot, line, plot.floor + 12 + ROW / 2, palette.TEXT)
    y = plot.floor + 14 + ROW * (len(plot.below) + 0.5)
    for value, said in picture.scale.ticks:
        wide = width(said, SMALL)
        start = min(max(plot.x(value) - wide / 2, left), right - wide)
        canvas.text(start, y, said, SMALL, palette.FAINT_TEXT)


def _named(canvas: Canvas, plot: Plot, line: Line, y: float, colour: str) -> None:
    """A line's name at its end, moved so that it stays on the picture."""
    said = f"{line.label} {line.value}" + (" →" if plot.is_beyond(line.share) else "")
    wide = width(said, SMALL, "bold")
    start = min(max(plot.x(line.share) - wide / 2, plot.room[0]), plot.room[2] - wide)
    _on_white(canvas, start, y, said, colour, "bold")


def _on_white(canvas: Canvas, x: float, y: float, said: str, colour: str, weight: Weight) -> None:
    wide = width(said, SMALL, weight)
    canvas.box((x - 4, y - ROW / 2, x + wide + 6, y + ROW / 2), palette.WHITE)
    canvas.text(x, y, said, SMALL, colour, weight=weight)
