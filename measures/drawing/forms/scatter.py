"""Two measures against each other: the practice's point, the cluster's, and the others' only where they may be seen."""

from __future__ import annotations

from dataclasses import dataclass

from measures.drawing import palette
from measures.drawing.canvas import Box, Canvas, Weight
from measures.drawing.forms.frame import MARGIN, ROW, SCALE_ROOM, SMALL, Frame, Scale, draw_frame, value_lines
from measures.drawing.forms.placing import Crowd, boxes_of
from measures.drawing.letters import width

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scatter:
    """Points as (across, up); the names of the axes stand at their ends."""

    frame: Frame
    own: Point
    own_words: tuple[str, ...]
    cluster: Point | None
    cluster_words: tuple[str, ...]
    others: tuple[Point, ...]
    across: Scale
    across_name: str
    up: Scale
    up_name: str

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""
        _, top, right, bottom = draw_frame(canvas, self.frame)
        box = MARGIN + SCALE_ROOM, top + 26 + ROW, right - 30, bottom - 2 * ROW - 20
        canvas.text(MARGIN, top + 14 + ROW / 2, f"↑ {self.up_name}", SMALL, palette.FAINT_TEXT, weight="bold")
        value_lines(canvas, self.up, box)
        for value, said in self.across.ticks:
            x = self.across.at(value, box[0], box[2])
            canvas.line((x, x), (box[1], box[3]), palette.GRID, 3)
            canvas.text(x, box[3] + 14 + ROW / 2, said, SMALL, palette.FAINT_TEXT, ha="center")
        named = f"{self.across_name} →"
        canvas.text(right, box[3] + 14 + ROW * 1.5, named, SMALL, palette.FAINT_TEXT, weight="bold", ha="right")
        others = [self._at(point, box) for point in self.others]
        canvas.dots(*_columns(others), size=26, fill=palette.WHITE, edge=palette.OTHERS)
        marks = list(others)
        for point, colour, size in ((self.cluster, palette.TEXT, 34), (self.own, palette.OWN, 46)):
            if point is None:
                continue
            x, y = self._at(point, box)
            marks.append((x, y))
            if colour == palette.OWN:
                canvas.dots([x], [y], size=size, fill=colour, edge=palette.WHITE)
            else:
                canvas.dots([x], [y], size=size, fill=colour, edge=palette.WHITE, shape="diamond")
        taken: list[Box] = []
        for point, words, colour in (
            (self.own, self.own_words, palette.OWN),
            (self.cluster, self.cluster_words, palette.TEXT),
        ):
            if point is not None:
                crowd = Crowd(box, marks, 40, (), tuple(taken))
                taken.append(_label(canvas, crowd, self._at(point, box), words, colour))

    def _at(self, point: Point, box: tuple[float, float, float, float]) -> Point:
        return self.across.at(point[0], box[0], box[2]), self.up.at(point[1], box[3], box[1])


def _columns(points: list[Point]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _label(
    canvas: Canvas, crowd: Crowd, at: Point, words: tuple[str, ...], colour: str
) -> tuple[float, float, float, float]:
    wide, tall = max(width(said, SMALL, "bold") for said in words), ROW * len(words)
    tops = [at[1] - tall / 2 + shift for shift in range(-160, 161, 20)]
    columns = [(at[0] + 34, at[0] + 34 + wide), (at[0] - 34 - wide, at[0] - 34), (at[0] - wide / 2, at[0] + wide / 2)]
    box = crowd.best(boxes_of(columns, tops, tall), at)
    canvas.box((box[0] - 4, box[1], box[2] + 4, box[3]), palette.WHITE)
    for number, said in enumerate(words):
        weight: Weight = "bold" if number == 0 else "normal"
        canvas.text(box[0], box[1] + ROW * (number + 0.5), said, SMALL, colour, weight=weight)
    return box
