"""Answers on an ordered scale, one bar a question: shades from one end of the scale to the other, shares within."""

from __future__ import annotations

from dataclasses import dataclass

from measures.drawing import palette
from measures.drawing.canvas import Canvas
from measures.drawing.forms.frame import ROW, SMALL, Frame, draw_frame
from measures.drawing.letters import width, wrap

BAR = 56
SHADES: dict[int, tuple[str, ...]] = {
    2: (palette.SECOND, palette.OWN),
    3: (palette.SECOND, palette.GRID, palette.OWN),
    4: (palette.SECOND, palette.PALE_SECOND, palette.PALE_OWN, palette.OWN),
    5: (palette.SECOND, palette.PALE_SECOND, palette.GRID, palette.PALE_OWN, palette.OWN),
    7: (
        *(palette.SECOND, palette.PALE_SECOND, palette.PALE_SECOND, palette.GRID),
        *(palette.PALE_OWN, palette.PALE_OWN, palette.OWN),
    ),
}
DARK = (palette.SECOND, palette.OWN)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the shares of its answers in the order of the scale with each as written, and who answered."""

    label: str
    shares: tuple[float, ...]
    said: tuple[str, ...]
    count: str


@dataclass(frozen=True, slots=True)
class Likert:
    """Questions on one scale; its ends are written above the bars."""

    frame: Frame
    questions: tuple[Question, ...]
    ends: tuple[str, str]

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""
        left, top, right, bottom = draw_frame(canvas, self.frame)
        y = top + 18
        canvas.text(left, y + ROW / 2, f"← {self.ends[0]}", SMALL, palette.SECOND, weight="bold")
        canvas.text(right, y + ROW / 2, f"{self.ends[1]} →", SMALL, palette.OWN, weight="bold", ha="right")
        y += ROW + 14
        room = (bottom - y) / len(self.questions)
        for question in self.questions:
            most = max(1, int((room - BAR - 16) / ROW))
            lines = wrap(question.label, SMALL, right - left - width(question.count, SMALL) - 30)
            if len(lines) > most:
                lines = [*lines[: most - 1], lines[most - 1].rstrip(" .,") + " …"]
            for number, said in enumerate(lines):
                canvas.text(left, y + ROW * (number + 0.5), said, SMALL, palette.TEXT)
            count_at = y + ROW * (len(lines) - 0.5)
            canvas.text(right, count_at, question.count, SMALL, palette.FAINT_TEXT, ha="right")
            self._bar(canvas, question, (left, y + ROW * len(lines) + 4, right))
            y += min(room, ROW * len(lines) + BAR + 70)

    def _bar(self, canvas: Canvas, question: Question, at: tuple[float, float, float]) -> None:
        left, top, right = at
        x, shades = left, SHADES.get(len(question.shares), SHADES[5])
        for number, (share, said) in enumerate(zip(question.shares, question.said, strict=True)):
            fill = shades[min(number, len(shades) - 1)]
            end = x + share * (right - left)
            if end - x >= 2:
                canvas.box((x, top, end, top + BAR), fill, palette.FAINT_TEXT)
            if end - x > width(said, SMALL) + 12:
                colour = palette.WHITE if fill in DARK else palette.TEXT
                canvas.text((x + end) / 2, top + BAR / 2, said, SMALL, colour, ha="center", on=fill)
            x = end
