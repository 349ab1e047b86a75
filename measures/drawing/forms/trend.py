"""The same number at several times: the practice's line, and the cluster's beside it or the median through it."""

from __future__ import annotations

from dataclasses import dataclass

from measures.drawing import palette
from measures.drawing.canvas import Canvas, Weight
from measures.drawing.forms.frame import (
    LABEL_ROOM,
    MARGIN,
    ROW,
    SCALE_ROOM,
    SMALL,
    Frame,
    Scale,
    draw_frame,
    spread,
    value_lines,
)
from measures.drawing.letters import width, wrap


@dataclass(frozen=True, slots=True)
class Course:
    """A line over time; None where a number is missing. The label and the last value stand at its end."""

    values: tuple[float | None, ...]
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A run chart: with a median there is no cluster line, for one comparison is enough."""

    frame: Frame
    times: tuple[str, ...]
    own: Course
    cluster: Course | None
    median: tuple[float, str, str] | None
    scale: Scale

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""
        _, top, _, bottom = draw_frame(canvas, self.frame)
        box = MARGIN + SCALE_ROOM, top + 30, canvas.width - LABEL_ROOM, bottom - ROW - 14
        value_lines(canvas, self.scale, box)
        step = (box[2] - box[0] - 40) / max(1, len(self.times) - 1)
        places = [box[0] + 20 + step * number for number in range(len(self.times))]
        self._times(canvas, places, box[3] + 12 + ROW / 2)
        ends: list[tuple[float, str, str, str]] = []
        if self.median is not None:
            value, label, said = self.median
            y = self.scale.at(value, box[3], box[1])
            canvas.line((box[0], box[2]), (y, y), palette.TEXT, 4, dashed=True)
            ends.append((y, label, said, palette.TEXT))
        courses = [(self.own, palette.OWN, 7)]
        if self.cluster is not None:
            courses.insert(0, (self.cluster, palette.TEXT, 4))
        for course, colour, thick in courses:
            ends.append((self._course(canvas, course, places, box, colour, thick), course.label, course.said, colour))
        self._names(canvas, ends, box)

    def _course(
        self,
        canvas: Canvas,
        course: Course,
        places: list[float],
        box: tuple[float, float, float, float],
        colour: str,
        thick: int,
    ) -> float:
        """Draw a line, broken where a number is missing; gives back the height of its end."""
        points = [
            (x, self.scale.at(value, box[3], box[1]) if value is not None else None)
            for x, value in zip(places, course.values, strict=True)
        ]
        run: list[tuple[float, float]] = []
        for x, y in [*points, (0.0, None)]:
            if y is not None:
                run.append((x, y))
                continue
            if len(run) > 1:
                canvas.path([x for x, _ in run], [y for _, y in run], colour, thick)
            run = []
        known = [(x, y) for x, y in points if y is not None]
        size, shape = (24, "circle") if colour == palette.OWN else (18, "diamond")
        xs, ys = [x for x, _ in known], [y for _, y in known]
        if shape == "circle":
            canvas.dots(xs, ys, size=size, fill=colour, edge=palette.WHITE)
        else:
            canvas.dots(xs, ys, size=size, fill=palette.WHITE, edge=colour, shape="diamond")
        return known[-1][1]

    def _times(self, canvas: Canvas, places: list[float], y: float) -> None:
        """As many times as there is room for, the first and the last always."""
        wide = max(width(said, SMALL) for said in self.times) + 24
        step = places[1] - places[0] if len(places) > 1 else wide
        every = max(1, -int(-wide // step)) if step else 1
        last = len(places) - 1
        for number, (x, said) in enumerate(zip(places, self.times, strict=True)):
            if (last - number) % every == 0:
                canvas.text(x, y, said, SMALL, palette.FAINT_TEXT, ha="center")

    def _names(
        self, canvas: Canvas, ends: list[tuple[float, str, str, str]], box: tuple[float, float, float, float]
    ) -> None:
        ends.sort()
        words = [[*wrap(label, SMALL, LABEL_ROOM - 30), said] for _, label, said, _ in ends]
        heights = [ROW * len(lines) for lines in words]
        for (y, _, _, colour), lines, centre in zip(
            ends, words, spread([end[0] for end in ends], heights, box[3] + ROW), strict=True
        ):
            if abs(centre - y) > 4:
                canvas.line((box[2] - 4, box[2] + 16), (y, centre), colour, 2)
            for number, said in enumerate(lines):
                at = centre + ROW * (number - (len(lines) - 1) / 2)
                weight: Weight = "bold" if number == len(lines) - 1 else "normal"
                canvas.text(box[2] + 22, at, said, SMALL, colour, weight=weight)
