"""Parts of a whole, one row each: the practice's bar, and a stroke where the cluster lies. For a composition."""

from __future__ import annotations

from dataclasses import dataclass

from measures.drawing import palette
from measures.drawing.canvas import Canvas
from measures.drawing.forms.frame import MARGIN, ROW, SMALL, Frame, draw_frame
from measures.drawing.letters import wrap

SMALLEST_STEP, LARGEST_STEP = 84, 180
OWN_COLUMN, CLUSTER_COLUMN = 230, 0
"""Right edges of the figures, from the right margin."""


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """One part: its share at the practice and in the cluster, and both as they are written."""

    label: str
    share: float
    said: str
    cluster: float | None = None
    cluster_said: str = ""


@dataclass(frozen=True, slots=True)
class PartsPicture:
    """A composition. The heads stand above the two columns of figures."""

    frame: Frame
    rows: tuple[DrawnPart, ...]
    own_head: str
    cluster_head: str

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""
        left, top, right, bottom = draw_frame(canvas, self.frame)
        has_cluster = any(row.cluster is not None for row in self.rows)
        own_x = right - (OWN_COLUMN if has_cluster else 0)
        y = top + 22 + ROW / 2
        canvas.text(own_x, y, self.own_head, SMALL, palette.OWN, weight="bold", ha="right")
        if has_cluster:
            canvas.line((right - 214, right - 214), (y - 22, y + 22), palette.TEXT, 8)
            canvas.text(right - CLUSTER_COLUMN, y, self.cluster_head, SMALL, palette.TEXT, ha="right")
        y += ROW
        long = own_x - left - 150
        most = max(max(row.share, row.cluster or 0) for row in self.rows) or 1.0
        step = min(LARGEST_STEP, (bottom - y) / len(self.rows))
        bar = 34 + max(0.0, step - SMALLEST_STEP - 14) * 0.4
        for row in self.rows:
            label = wrap(row.label, SMALL, canvas.width - 2 * MARGIN)[0]
            canvas.text(left, y + ROW / 2, label, SMALL, palette.TEXT)
            middle = y + ROW + bar / 2 + 4
            ends = middle - bar / 2, middle + bar / 2
            canvas.box((left, ends[0], left + 4, ends[1]), palette.OTHERS)
            if row.share:
                canvas.box((left, ends[0], left + long * row.share / most, ends[1]), palette.OWN)
            canvas.text(own_x, middle, row.said, SMALL, palette.OWN, weight="bold", ha="right")
            if row.cluster is not None:
                x = left + long * row.cluster / most
                canvas.line((x, x), (ends[0] - 10, ends[1] + 10), palette.WHITE, 16)
                canvas.line((x, x), (ends[0] - 10, ends[1] + 10), palette.TEXT, 8)
                canvas.text(right, middle, row.cluster_said, SMALL, palette.TEXT, ha="right")
            y += step
