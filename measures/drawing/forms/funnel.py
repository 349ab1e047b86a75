"""How far chance alone reaches at each size, and where one's own practice lies; never with others on it."""

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
    Line,
    Scale,
    draw_frame,
    reference_lines,
    value_lines,
)
from measures.drawing.forms.placing import Crowd, boxes_of
from measures.drawing.letters import width


@dataclass(frozen=True, slots=True)
class Band:
    """Limits at each size."""

    low: tuple[float, ...]
    high: tuple[float, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """The inner band is shaded, the outer drawn as lines; one's own point has its words beside it."""

    frame: Frame
    sizes: tuple[float, ...]
    inner: Band
    outer: Band
    centre: Line
    own: tuple[float, float] | None
    own_words: tuple[str, ...]
    scale: Scale
    across: Scale
    across_name: str

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""
        _, top, right, bottom = draw_frame(canvas, self.frame)
        box = MARGIN + SCALE_ROOM, top + 40, canvas.width - LABEL_ROOM, bottom - 2 * ROW - 20
        xs = [self.across.at(size, box[0], box[2]) for size in self.sizes]
        inner_low, inner_high, outer_low, outer_high = (
            [min(max(self.scale.at(value, box[3], box[1]), box[1]), box[3]) for value in values]
            for values in (self.inner.low, self.inner.high, self.outer.low, self.outer.high)
        )
        canvas.area(xs, inner_high, inner_low, palette.PALE)
        value_lines(canvas, self.scale, box)
        for values in (outer_low, outer_high):
            canvas.path(xs, values, palette.FAINT_TEXT, 4)
        reference_lines(canvas, [self.centre], self.scale, box)
        for said, y in ((self.outer.label, outer_high[-1]), (self.inner.label, inner_low[-1])):
            canvas.text(box[2] + 22, y, said, SMALL, palette.FAINT_TEXT)
        for size, said in self.across.ticks:
            x = self.across.at(size, box[0], box[2])
            canvas.text(x, box[3] + 14 + ROW / 2, said, SMALL, palette.FAINT_TEXT, ha="center")
        named = f"{self.across_name} →"
        canvas.text(right, box[3] + 14 + ROW * 1.5, named, SMALL, palette.FAINT_TEXT, weight="bold", ha="right")
        if self.own is not None:
            at = self.across.at(self.own[0], box[0], box[2]), self.scale.at(self.own[1], box[3], box[1])
            canvas.dots([at[0]], [at[1]], size=46, fill=palette.OWN, edge=palette.WHITE)
            wide, tall = max(width(said, SMALL, "bold") for said in self.own_words), ROW * len(self.own_words)
            limits = (*zip(xs, outer_low, strict=True), *zip(xs, outer_high, strict=True))
            thin = [(x - 3, y - 3, x + 3, y + 3) for x, y in limits]
            crowd = Crowd(box, [at], 46, [self.scale.at(self.centre.share, box[3], box[1])], thin)
            columns = [(at[0] + 34, at[0] + 34 + wide), (at[0] - 34 - wide, at[0] - 34)]
            tops = [at[1] - tall / 2 + shift for shift in range(-120, 121, 20)]
            place = crowd.best(boxes_of(columns, tops, tall), at)
            for number, said in enumerate(self.own_words):
                weight: Weight = "bold" if number == 0 else "normal"
                y = place[1] + ROW * (number + 0.5)
                canvas.text(place[0], y, said, SMALL, palette.OWN, weight=weight, on=palette.PALE)
