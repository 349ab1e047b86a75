"""Finding room for words in a plot: where they hide no mark, cross no line, and lie near what they tell of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from measures.drawing.canvas import Box

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Crowd:
    """What is in the way: marks of a size, level lines, boxes of words and own marks, and the edges of the plot."""

    plot: Box
    marks: Sequence[Point]
    size: float
    levels: Sequence[float]
    taken: Sequence[Box] = ()
    to_floor: bool = False
    """Whether each mark reaches down to the floor, as bars do."""

    def best(self, boxes: Sequence[Box], near: Point) -> Box:
        """The box whose words would hide least; among equals the one nearest to `near`."""
        import numpy as np

        left, top, right, bottom = np.array(boxes).T
        rim = self.size / 2 + 6
        x, y = np.array(self.marks).reshape(-1, 2).T[:, :, None]
        hidden = (x > left - rim) & (x < right + rim) & (y < bottom + rim)
        if not self.to_floor:
            hidden &= y > top - rim
        levels = np.array(self.levels)[:, None]
        crossed = (levels > top - 4) & (levels < bottom + 4)
        cost = hidden.sum(axis=0) * 10 + crossed.sum(axis=0) * 4.0
        for box in self.taken:
            cost += 60 * ((left < box[2]) & (right > box[0]) & (top < box[3]) & (bottom > box[1]))
        cost += np.maximum(0, self.plot[1] - 30 - top) + np.maximum(0, bottom - self.plot[3] - 4)
        cost += 100 * ((left < self.plot[0]) | (right > self.plot[2]))
        cost += (abs((top + bottom) / 2 - near[1]) + 0.2 * abs((left + right) / 2 - near[0])) / 100
        return boxes[int(cost.argmin())]


def boxes_of(columns: Sequence[tuple[float, float]], tops: Sequence[float], tall: float) -> list[Box]:
    """Boxes of one height in each of the columns (left, right), beginning at each of the heights."""
    return [(left, top, right, top + tall) for left, right in columns for top in tops]
