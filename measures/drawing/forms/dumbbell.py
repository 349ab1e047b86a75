"""Two values of the same thing on one line: before and after, a guess and the truth, two sources."""

from __future__ import annotations

from dataclasses import dataclass

from measures.drawing import palette
from measures.drawing.canvas import Box, Canvas
from measures.drawing.forms.frame import MARGIN, ROW, SMALL, Frame, Scale, draw_frame
from measures.drawing.letters import LINE_HEIGHT, width

LABEL = 36


@dataclass(frozen=True, slots=True)
class End:
    """One value with its interval, if it has one, and how it is written."""

    value: float
    said: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the picture. `own` is the reader's, others are drawn fainter."""

    label: str
    first: End
    second: End
    own: bool = True


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Pairs on one scale; `heads` name the hollow and the filled end."""

    frame: Frame
    pairs: tuple[Pair, ...]
    heads: tuple[str, str]
    scale: Scale

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""
        left, top, right, bottom = draw_frame(canvas, self.frame)
        plot = left + 40, top + 20, right - 40, bottom - ROW - 16
        for value, said in self.scale.ticks:
            x = self.scale.at(value, plot[0], plot[2])
            canvas.line((x, x), (plot[1], plot[3]), palette.GRID, 3)
            canvas.text(x, plot[3] + 12 + ROW / 2, said, SMALL, palette.FAINT_TEXT, ha="center")
        step = (plot[3] - plot[1]) / len(self.pairs)
        for number, pair in enumerate(self.pairs):
            self._pair(canvas, pair, plot, plot[1] + step * (number + 0.5), first=number == 0)

    def _pair(self, canvas: Canvas, pair: Pair, plot: Box, y: float, *, first: bool) -> None:
        colour = palette.OWN if pair.own else palette.TEXT
        wide = width(pair.label, LABEL, "bold")
        canvas.box((plot[0] - 46, y - 150, plot[0] - 34 + wide, y - 150 + LABEL * LINE_HEIGHT), palette.WHITE)
        canvas.text(plot[0] - 40, y - 150 + LABEL * LINE_HEIGHT / 2, pair.label, LABEL, colour, weight="bold")
        ends = [(pair.first, -17.0), (pair.second, 17.0)]
        places = [self.scale.at(end.value, plot[0], plot[2]) for end, _ in ends]
        canvas.line((places[0], places[1]), (y, y), colour, 8)
        for end, shift in ends:
            if end.low is not None and end.high is not None:
                low, high = (self.scale.at(value, plot[0], plot[2]) for value in (end.low, end.high))
                canvas.line((low, high), (y + shift * 2.6, y + shift * 2.6), colour, 4)
                for at in (low, high):
                    canvas.line((at, at), (y + shift * 2.6 - 10, y + shift * 2.6 + 10), colour, 4)
        canvas.dots([places[0]], [y], size=34, fill=palette.WHITE, edge=colour)
        canvas.dots([places[1]], [y], size=40, fill=colour, edge=palette.WHITE)
        self._words(canvas, pair, places, y, colour, first=first)

    def _words(self, canvas: Canvas, pair: Pair, places: list[float], y: float, colour: str, *, first: bool) -> None:
        """The first value above, the second below, so that they can't run into each other."""
        said = [
            f"{head} {end.said}" if first else end.said
            for head, end in zip(self.heads, (pair.first, pair.second), strict=True)
        ]
        for words, x, down, weight in ((said[0], places[0], -82, "normal"), (said[1], places[1], 88, "bold")):
            half = width(words, SMALL, weight) / 2
            at = min(max(x, MARGIN + half), canvas.width - MARGIN - half)
            canvas.box((at - half - 6, y + down - ROW / 2, at + half + 6, y + down + ROW / 2), palette.WHITE)
            canvas.text(
                at, y + down, words, SMALL, colour, weight="bold" if weight == "bold" else "normal", ha="center"
            )
