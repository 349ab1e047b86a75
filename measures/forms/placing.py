"""Finding room for words in a plot: where they hide no mark, cross no line, and lie near what they tell of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from measures.canvas import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Heights = NDArray[np.float64]

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Crowd:
    """What is in the way: marks of a size, level lines, boxes of words and own marks, and the edges of the plot."""

    plot: Box
    marks: Sequence[tuple[float, float]]
    size: float
    levels: Sequence[float]
    taken: Sequence[Box] = ()
    to_floor: bool = False
    """Whether each mark reaches down to the floor, as bars do."""

    def best(self, columns: Sequence[tuple[float, float]], tall: float, tops: Sequence[float], near: Point) -> Box:
        """The best place for words within one of the columns (left, right), beginning at one of the heights."""
        import numpy as np

        top = np.array(tops)
        costs = np.array([self._costs(column, top, tall, near) for column in columns])
        column, place = divmod(int(costs.argmin()), len(tops))
        (left, right), start = columns[column], tops[place]
        return left, start, right, start + tall

    def cost(self, box: Box, near: Point) -> float:
        """How badly words in this box would do."""
        import numpy as np

        left, top, right, bottom = box
        return float(self._costs((left, right), np.array([top]), bottom - top, near)[0])

    def _costs(self, column: tuple[float, float], top: Heights, tall: float, near: Point) -> Heights:
        import numpy as np

        (left, right), bottom, rim = column, top + tall, self.size / 2 + 6
        beside = np.array([y for x, y in self.marks if left - rim < x < right + rim])[:, None]
        hidden = (beside < bottom + rim) & (self.to_floor | (beside > top - rim))
        levels = np.array(self.levels)[:, None]
        crossed = (levels > top - 4) & (levels < bottom + 4)
        cost = hidden.sum(axis=0) * 10 + crossed.sum(axis=0) * 4 + np.maximum(0, self.plot[1] - 30 - top)
        cost = cost + np.maximum(0, bottom - self.plot[3] - 4)
        for box in self.taken:
            if left < box[2] and box[0] < right:
                cost = cost + 60 * ((top < box[3]) & (bottom > box[1]))
        outside = 100 * ((left < self.plot[0]) + (right > self.plot[2]))
        far = abs((top + bottom) / 2 - near[1]) + 0.2 * abs((left + right) / 2 - near[0])
        costs: Heights = cost + outside + far / 100
        return costs
