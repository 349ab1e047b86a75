"""A practice's own numbers along the calendar, on the axis of the measure; the cluster's beside them where it is shown.

Values stand in rows below the plot, each under its mark, so that no figure lies on a mark whatever the numbers are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from measures.drawing import palette
from measures.drawing.canvas import Box, Canvas, Weight
from measures.drawing.forms.frame import (
    MARGIN,
    ROW,
    SCALE_ROOM,
    SMALL,
    Frame,
    Line,
    Scale,
    draw_frame,
    value_lines,
    widest,
)
from measures.drawing.letters import width

OWN_SIZE, CLUSTER_SIZE = 30, 22
ARROW_ROOM = 72
"""Above the axis, for marks beyond it."""
APART = 28
"""Between two figures of a row."""
INSET = 70
"""From the edges of the plot to its first and last mark: half a date."""


@dataclass(frozen=True, slots=True)
class PointMark:
    """A point in time (any number of days), its name, the own value with its interval and words, the cluster's."""

    day: int
    label: str
    own: float
    low: float
    high: float
    said: str
    cluster: float | None
    cluster_said: str


@dataclass(frozen=True, slots=True)
class OverTime:
    """Everything that is drawn. `joined` says of each two neighbours whether a line leads from one to the next."""

    frame: Frame
    own_name: str
    cluster_name: str
    """Empty where the cluster is nowhere shown."""
    marks: tuple[PointMark, ...]
    joined: tuple[bool, ...]
    lines: tuple[Line, ...]
    scale: Scale

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""
        left, top, right, bottom = draw_frame(canvas, self.frame)
        top = self._legend(canvas, top)
        rows = 2 + bool(self.cluster_name)
        box = left + SCALE_ROOM, top + ARROW_ROOM, right, bottom - rows * ROW - 16
        value_lines(canvas, self.scale, box)
        places = self._places(box)
        for line in self.lines:
            y = self._y(line.share, box)
            canvas.line((box[0], box[2]), (y, y), palette.REFERENCE, 5, dashed=True)
        self._cluster(canvas, places, box)
        self._own(canvas, places, box)
        self._figures(canvas, places, box)

    def _legend(self, canvas: Canvas, top: float) -> float:
        """The names of marks and lines, each on a row of its own with its mark before it; gives back the edge below."""
        names = [(self.own_name, palette.OWN)]
        names += [(self.cluster_name, palette.TEXT)] if self.cluster_name else []
        names += [(f"{line.label} {line.value}", palette.REFERENCE) for line in self.lines]
        for said, colour in names:
            y, x = top + ROW / 2, MARGIN + 22
            if colour == palette.REFERENCE:
                canvas.line((MARGIN, MARGIN + 44), (y, y), colour, 5, dashed=True)
            else:
                _dot(canvas, x, y, is_own=colour == palette.OWN)
            canvas.text(MARGIN + 60, y, said, SMALL, colour, weight="bold")
            top += ROW
        return top

    def _places(self, box: Box) -> list[float]:
        first, last = self.marks[0].day, self.marks[-1].day
        room = box[2] - box[0] - 2 * INSET
        return [box[0] + INSET + room * (each.day - first) / max(1, last - first) for each in self.marks]

    def _y(self, value: float, box: Box) -> float:
        """The place of a value; one beyond the axis lies at its end."""
        return min(max(self.scale.at(value, box[3], box[1]), box[1]), box[3])

    def _cluster(self, canvas: Canvas, places: Sequence[float], box: Box) -> None:
        shown = [
            (x, self._y(mark.cluster, box)) if mark.cluster is not None else None
            for x, mark in zip(places, self.marks, strict=True)
        ]
        for number, is_joined in enumerate(self.joined):
            one, two = shown[number], shown[number + 1]
            if is_joined and one and two:
                canvas.path([one[0], two[0]], [one[1], two[1]], palette.TEXT, 4)
        for place in shown:
            if place:
                _dot(canvas, *place, is_own=False)

    def _own(self, canvas: Canvas, places: Sequence[float], box: Box) -> None:
        ys = [self._y(mark.own, box) for mark in self.marks]
        for number, is_joined in enumerate(self.joined):
            if is_joined:
                canvas.path(places[number : number + 2], ys[number : number + 2], palette.OWN, 7)
        for x, y, mark in zip(places, ys, self.marks, strict=True):
            if mark.low < mark.high:
                canvas.line((x, x), (self._y(mark.low, box), self._y(mark.high, box)), palette.OWN, 4)
            _dot(canvas, x, y, is_own=True)
            if mark.own > self.scale.high + 1e-9:
                canvas.text(x, box[1] - ARROW_ROOM / 2 - 8, "↑", SMALL, palette.OWN, weight="bold", ha="center")

    def _figures(self, canvas: Canvas, places: Sequence[float], box: Box) -> None:
        """Dates, own values and the cluster's, below their marks: all there is room for, the last one always."""
        rows: list[tuple[list[str], str, Weight]] = [
            ([each.label for each in self.marks], palette.FAINT_TEXT, "normal"),
            ([each.said for each in self.marks], palette.OWN, "bold"),
        ]
        if self.cluster_name:
            rows.append(([each.cluster_said for each in self.marks], palette.TEXT, "normal"))
        chosen = self._with_room(places, widest([said for words, _, _ in rows for said in words]) + APART)
        for number, (words, colour, weight) in enumerate(rows):
            y = box[3] + 16 + ROW * (number + 0.5)
            if number:
                _dot(canvas, MARGIN + 22, y, is_own=number == 1)
            for at in chosen:
                half = width(words[at], SMALL, weight) / 2
                x = min(places[at], canvas.width - MARGIN - half)
                canvas.text(x, y, words[at], SMALL, colour, weight=weight, ha="center")

    def _with_room(self, places: Sequence[float], wide: float) -> list[int]:
        chosen: list[int] = []
        for at in reversed(range(len(places))):
            if not chosen or places[chosen[-1]] - places[at] >= wide:
                chosen.append(at)
        return chosen


def _dot(canvas: Canvas, x: float, y: float, *, is_own: bool) -> None:
    if is_own:
        canvas.dots([x], [y], size=OWN_SIZE, fill=palette.OWN, edge=palette.WHITE)
    else:
        canvas.dots([x], [y], size=CLUSTER_SIZE, fill=palette.WHITE, edge=palette.TEXT, shape="diamond")
