"""How a practice's patients or events spread over ordered bands, with the cluster's spread as strokes."""

from __future__ import annotations

from dataclasses import dataclass

from measures.drawing import palette
from measures.drawing.canvas import Canvas
from measures.drawing.forms.frame import MARGIN, ROW, SCALE_ROOM, SMALL, Frame, Scale, draw_frame, value_lines
from measures.drawing.forms.parts import DrawnPart
from measures.drawing.letters import width, wrap


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bands in order. The cluster is named at its highest stroke."""

    frame: Frame
    bands: tuple[DrawnPart, ...]
    scale: Scale
    cluster_label: str

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""
        _, top, right, bottom = draw_frame(canvas, self.frame)
        left = MARGIN + SCALE_ROOM
        step = (right - left) / len(self.bands)
        names = [wrap(band.label, SMALL, step - 6) for band in self.bands]
        plot = (left, top + 70, right, bottom - ROW * max(len(name) for name in names) - 8)
        value_lines(canvas, self.scale, plot)
        half = min(90.0, step * 0.38)
        above = [(band.cluster or 0.0) - band.share for band in self.bands]
        named = above.index(max(above))
        for number, (band, name) in enumerate(zip(self.bands, names, strict=True)):
            x = left + (number + 0.5) * step
            y = self.scale.at(band.share, plot[3], plot[1])
            canvas.box((x - half, min(y, plot[3] - 3), x + half, plot[3]), palette.OWN)
            stroke = None if band.cluster is None else self.scale.at(band.cluster, plot[3], plot[1])
            if stroke is not None:
                canvas.line((x - half - 8, x + half + 8), (stroke, stroke), palette.WHITE, 14)
                canvas.line((x - half - 8, x + half + 8), (stroke, stroke), palette.TEXT, 7)
            self._value(canvas, band, x, y, stroke)
            if number == named and stroke is not None:
                self._name(canvas, x, min(self._value_top(y, stroke), stroke - 8), right)
            for line, said in enumerate(name):
                canvas.text(x, plot[3] + 10 + ROW * (line + 0.5), said, SMALL, palette.FAINT_TEXT, ha="center")

    def _value(self, canvas: Canvas, band: DrawnPart, x: float, y: float, stroke: float | None) -> None:
        """One's own figure above its bar, or above the stroke when that lies just there."""
        at = self._value_top(y, stroke) + ROW / 2
        canvas.text(x, at, band.said, SMALL, palette.OWN, weight="bold", ha="center")

    def _value_top(self, y: float, stroke: float | None) -> float:
        """The upper edge of one's own figure."""
        near = stroke is not None and y - ROW - 14 < stroke < y + 14
        return (min(y, stroke) if near and stroke is not None else y) - ROW - 8

    def _name(self, canvas: Canvas, x: float, y: float, right: float) -> None:
        half = width(self.cluster_label, SMALL) / 2
        at = min(max(x, half + MARGIN), right - half)
        canvas.text(at, y - ROW / 2, self.cluster_label, SMALL, palette.TEXT, ha="center")
