"""A practice among the others, ranked by value: dots, or thin bars from zero. Or the cluster alone, for the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from measures.drawing import palette
from measures.drawing.canvas import Box, Canvas, Side
from measures.drawing.forms.frame import (
    HUGE,
    LABEL_ROOM,
    MARGIN,
    ROW,
    SCALE_ROOM,
    SMALL,
    Frame,
    Line,
    Scale,
    draw_frame,
    reference_lines,
    value_lines,
)
from measures.drawing.forms.placing import Crowd, boxes_of
from measures.drawing.letters import width

OWN_SIZE = 46
OWN_BAR = 34
LETTER_CIRCLE = 44.0
"""A circle that a letter fits into."""
LETTER_ROWS = 62
HEAD_ROOM = 230
"""Above bars there must be room for words: beside them there seldom is."""


@dataclass(frozen=True, slots=True)
class Own:
    """The reader's own value with its interval (none: both at the value), and the words beside it, largest first."""

    share: float
    low: float
    high: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Everything that is drawn, as plain values: what is not here can't be in the file."""

    frame: Frame
    own: Own | None
    others: tuple[float, ...]
    others_label: str
    lines: tuple[Line, ...]
    scale: Scale
    form: Literal["dots", "bars"] = "dots"
    labels: tuple[str, ...] = ()
    """A letter for each of the others, or nothing at all."""

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""
        room = draw_frame(canvas, self.frame)
        head = HEAD_ROOM if self.form == "bars" and self.others else 0
        foot = LETTER_ROWS if self.form == "bars" and self.labels else 0
        box = MARGIN + SCALE_ROOM, room[1] + 36 + head, canvas.width - LABEL_ROOM, room[3] - 22 - foot
        plot = Plot(self, box)
        value_lines(canvas, self.scale, box)
        if self.form == "bars":
            _bars(canvas, plot)
        reference_lines(canvas, self.lines, self.scale, box)
        if self.form == "dots":
            xs, ys = [x for x, _ in plot.others], [y for _, y in plot.others]
            canvas.dots(xs, ys, size=plot.size, fill=palette.WHITE, edge=palette.OTHERS)
        for said, (x, y) in zip(self.labels, plot.letters, strict=True):
            canvas.text(x, y, said, plot.letter_size, palette.TEXT, ha="center")
        taken = _own_mark(canvas, self.own, plot) if self.own else []
        if self.others_label:
            _others_label(canvas, self.others_label, plot, taken)


class Plot:
    """Where values and ranks land on the canvas."""

    def __init__(self, picture: Ranked, box: Box) -> None:
        self.picture, self.box = picture, box
        left, _, right, _ = box
        own = picture.own
        self.ranked = sorted((*picture.others, own.share)) if own else list(picture.others)
        self.own_rank = sum(value < own.share for value in picture.others) if own else -1
        room = (right - left) / max(1, len(self.ranked))
        self.extra = max(0.0, OWN_SIZE + 8 - room) if own else 0.0
        self.step = (right - left - self.extra) / max(1, len(self.ranked))
        inside = self.step >= LETTER_CIRCLE and picture.form == "dots" and bool(picture.labels)
        self.size = LETTER_CIRCLE - 2 if inside else min(32.0, self.step * 0.9)
        ranks = [rank for rank in range(len(self.ranked)) if rank != self.own_rank]
        self.others = [(self.x(rank), self.y(self.ranked[rank])) for rank in ranks]
        """The places of everyone else's marks."""
        self.letter_size = 24 if max(map(len, picture.labels), default=0) > 1 else 30
        self.letters = self.others if inside else self._beside_marks()
        self.lines = [self.y(line.share) for line in picture.lines]

    def _beside_marks(self) -> list[tuple[float, float]]:
        """Where letters stand when circles are too small for them, so that neighbours' never touch: by turns above to
        the left and below to the right of a circle; under bars in two rows."""
        near, aside = self.size / 2 + 16, self.letter_size * 0.45
        places = enumerate(self.others[: len(self.picture.labels)])
        if self.picture.form == "bars":
            return [(x, self.box[3] + 24 + (number % 2) * (self.letter_size + 2)) for number, (x, _) in places]
        return [(x + aside, y + near) if number % 2 else (x - aside, y - near) for number, (x, y) in places]

    def y(self, share: float) -> float:
        """The height of a value."""
        return self.picture.scale.at(share, self.box[3], self.box[1])

    def x(self, rank: int) -> float:
        """The place of a rank; one's own mark is larger and gets the room it needs."""
        shift = self.extra * (0.5 * (rank == self.own_rank) + (rank > self.own_rank)) if self.own_rank >= 0 else 0.0
        return self.box[0] + (rank + 0.5) * self.step + shift

    def crowd(self, taken: Sequence[Box] = ()) -> Crowd:
        """What words must keep clear of."""
        bars = self.picture.form == "bars"
        left, top, right, bottom = self.box
        room = left, top - (HEAD_ROOM if bars else 0), right, bottom
        half = self.letter_size / 2
        beside = [(x - half, y - half, x + half, y + half) for x, y in self.letters if self.letters is not self.others]
        return Crowd(room, self.others, self.size, self.lines, [*taken, *beside], to_floor=bars)


def _bars(canvas: Canvas, plot: Plot) -> None:
    half = max(3.0, min(13.0, plot.step * 0.32))
    for x, y in plot.others:
        canvas.box((x - half, y, x + half, plot.box[3]), palette.OTHERS)
    own = plot.picture.own
    if own:
        x = plot.x(plot.own_rank)
        canvas.box((x - OWN_BAR / 2, plot.y(own.share), x + OWN_BAR / 2, plot.box[3]), palette.OWN)


def _own_mark(canvas: Canvas, own: Own, plot: Plot) -> list[Box]:
    """One's own mark with its interval and words; gives back the room that they take."""
    x, y = plot.x(plot.own_rank), plot.y(own.share)
    ends = plot.y(own.low), plot.y(own.high)
    bars = plot.picture.form == "bars"
    colour = palette.TEXT if bars else palette.OWN
    canvas.line((x, x), ends, colour, 4 if bars else 7)
    for end in ends if own.low < own.high else ():
        canvas.line((x - 18, x + 18), (end, end), colour, 4 if bars else 7)
    if not bars:
        canvas.dots([x], [y], size=OWN_SIZE, fill=palette.OWN, edge=palette.WHITE)
    wide = max(width(said, size, weight) for said, size, weight in _sized(own))
    tall = HUGE + ROW * (len(own.words) - 1)
    clear = OWN_SIZE / 2 + 8
    above_and_below = [min(ends[1] - 14, y - clear) - tall, max(ends[0] + 14, y + clear)]
    columns = [(x + 34, x + 34 + wide), (x - 34 - wide, x - 34)]
    heights = [y - tall / 2 + shift for shift in range(-240, 241, 16)]
    heights += [plot.box[1] - tall - 10] if bars else []
    boxes = boxes_of(columns, heights, tall) + boxes_of([(x - wide / 2, x + wide / 2)], above_and_below, tall)
    best = plot.crowd().best(boxes, (x, y))
    side: Side = "left" if best[0] > x else "right" if best[2] < x else "center"
    at = {"left": best[0], "right": best[2], "center": (best[0] + best[2]) / 2}[side]
    top = best[1]
    for said, size, weight in _sized(own):
        high = HUGE if size == HUGE else ROW
        long = width(said, size, weight)
        start = at - {"left": 0.0, "right": 1.0, "center": 0.5}[side] * long
        canvas.box((start - 6, top, start + long + 6, top + high), palette.WHITE)
        canvas.text(at, top + high / 2, said, size, palette.OWN, weight=weight, ha=side)
        top += high
    return [best, (x - 30, ends[1] - 16, x + 30, ends[0] + 16)]


def _sized(own: Own) -> list[tuple[str, int, Literal["bold", "normal"]]]:
    return [(said, HUGE, "bold") if not number else (said, SMALL, "normal") for number, said in enumerate(own.words)]


def _others_label(canvas: Canvas, said: str, plot: Plot, taken: Sequence[Box]) -> None:
    """What the grey marks are, in words only (a sample mark would read as a practice), where it hides nothing."""
    left, top, right, bottom = plot.box
    wide = width(said, SMALL)
    columns = [(start, start + wide) for start in (right - wide - 6, left + 6, (left + right - wide) / 2)]
    top -= HEAD_ROOM if plot.picture.form == "bars" else 0
    tops = [float(at) for at in range(round(top), round(bottom - ROW) + 1, 20)]
    box = plot.crowd(taken).best(boxes_of(columns, tops, ROW), ((left + right) / 2, bottom))
    canvas.box((box[0] - 6, box[1], box[2] + 6, box[3]), palette.WHITE)
    canvas.text(box[0], (box[1] + box[3]) / 2, said, SMALL, palette.FAINT_TEXT)
