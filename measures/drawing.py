"""Draws a picture: the practice's own dot among the others, on a tall canvas made for a telephone."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from measures import palette
from measures.canvas import HEIGHT, LINE_HEIGHT, WIDTH, Canvas, width, wrap

if TYPE_CHECKING:
    from measures.chart import Line, Picture

Box = tuple[float, float, float, float]

MARGIN = 48
PLOT_LEFT, PLOT_RIGHT = 156, 842
LABELS_LEFT = PLOT_RIGHT + 22
OWN_SIZE = 46
SMALL, LARGE, HUGE = 33, 45, 54
ROW = SMALL * LINE_HEIGHT


def draw(picture: Picture) -> bytes:
    """The picture as PNG bytes, the same for the same picture."""
    canvas = Canvas()
    room = WIDTH - 2 * MARGIN
    y = canvas.paragraph(MARGIN, 36, picture.title, SMALL, colour=palette.OWN, room=room, weight="bold")
    y = canvas.paragraph(MARGIN, y + 8, picture.headline, LARGE, colour=palette.TEXT, room=room, weight="bold")
    y += 10
    for said in picture.subtitle:
        y = canvas.paragraph(MARGIN, y, said, SMALL, colour=palette.FAINT_TEXT, room=room)
    bottom = _key(canvas, picture)
    plot = Plot(picture, y + 52, bottom - 44)
    _scale(canvas, picture, plot)
    _lines(canvas, picture, plot)
    _marks(canvas, picture, plot)
    return canvas.png()


class Plot:
    """Where values and ranks land on the canvas."""

    def __init__(self, picture: Picture, top: float, bottom: float) -> None:
        self.top, self.bottom = top, bottom
        self.low, self.high = picture.limits
        self.ranked = sorted((*picture.others, picture.own))
        self.own_rank = sum(value < picture.own for value in picture.others)
        self.extra = max(0.0, OWN_SIZE + 8 - (PLOT_RIGHT - PLOT_LEFT) / len(self.ranked))
        self.step = (PLOT_RIGHT - PLOT_LEFT - self.extra) / len(self.ranked)
        self.size = min(32.0, self.step * 0.9)

    def y(self, share: float) -> float:
        """The height of a value."""
        return self.bottom - (share - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def x(self, rank: int) -> float:
        """The place of a rank; the own mark is larger and gets the room it needs."""
        shift = self.extra * (0.5 * (rank == self.own_rank) + (rank > self.own_rank))
        return PLOT_LEFT + (rank + 0.5) * self.step + shift

    def others(self) -> list[tuple[float, float]]:
        """The places of everyone else's marks."""
        return [(self.x(rank), self.y(v)) for rank, v in enumerate(self.ranked) if rank != self.own_rank]


def _scale(canvas: Canvas, picture: Picture, plot: Plot) -> None:
    for share, label in picture.ticks:
        canvas.line((PLOT_LEFT, PLOT_RIGHT), (plot.y(share),) * 2, palette.GRID, 3)
        canvas.text(PLOT_LEFT - 18, plot.y(share), label, SMALL, palette.FAINT_TEXT, ha="right")


def _lines(canvas: Canvas, picture: Picture, plot: Plot) -> None:
    """Reference lines with their labels in the right margin, kept apart when the lines lie close."""
    lines = sorted(picture.lines, key=lambda line: -line.share)
    named = [(line, wrap(line.label, SMALL, WIDTH - LABELS_LEFT - 8)) for line in lines]
    heights = [ROW * (len(words) + 1) for _, words in named]
    centres = spread([plot.y(line.share) for line in lines], heights, HEIGHT - MARGIN)
    for (line, words), centre in zip(named, centres, strict=True):
        _line(canvas, line, words, plot.y(line.share), centre)


def _line(canvas: Canvas, line: Line, words: list[str], y: float, centre: float) -> None:
    is_cluster = line.kind == "cluster"
    colour = palette.TEXT if is_cluster else palette.REFERENCE
    canvas.line((PLOT_LEFT, PLOT_RIGHT), (y, y), colour, 4, "-" if is_cluster else (0, (5, 3)))
    if abs(centre - y) > 2:
        canvas.line((PLOT_RIGHT, LABELS_LEFT - 6), (y, centre), colour, 2)
    top = centre - ROW * len(words) / 2
    for number, said in enumerate([*words, line.value]):
        weight = "bold" if number == len(words) else "normal"
        canvas.text(LABELS_LEFT, top + number * ROW, said, SMALL, colour, weight=weight)


def spread(wanted: list[float], heights: list[float], lowest: float) -> list[float]:
    """Centres for labels of these heights near the wanted ones (rising), without overlap and not below `lowest`."""
    placed: list[float] = []
    for index, y in enumerate(wanted):
        least = placed[-1] + (heights[index - 1] + heights[index]) / 2 if placed else y
        placed.append(max(y, least))
    floor = lowest
    for index in reversed(range(len(placed))):
        placed[index] = min(placed[index], floor - heights[index] / 2)
        floor = placed[index] - heights[index] / 2
    return placed


def _marks(canvas: Canvas, picture: Picture, plot: Plot) -> None:
    others = plot.others()
    canvas.dots([x for x, _ in others], [y for _, y in others], size=plot.size, fill=palette.WHITE, edge=palette.OTHERS)
    x, y = plot.x(plot.own_rank), plot.y(picture.own)
    ends = plot.y(picture.low), plot.y(picture.high)
    canvas.line((x, x), ends, palette.OWN, 7)
    for end in ends:
        canvas.line((x - 18, x + 18), (end, end), palette.OWN, 7)
    canvas.dots([x], [y], size=OWN_SIZE, fill=palette.OWN, edge=palette.WHITE)
    _own_label(canvas, picture, plot, (x, y), ends)


def _own_label(
    canvas: Canvas, picture: Picture, plot: Plot, dot: tuple[float, float], ends: tuple[float, float]
) -> None:
    """The own value in large figures with its counts, beside the dot where it covers least."""
    wide = max(width(picture.own_label, HUGE, "bold"), width(picture.own_count, SMALL))
    tall = HUGE + ROW
    lines = [plot.y(line.share) for line in picture.lines]
    marks = plot.others()

    def cost(box: Box) -> float:
        left, top, right, bottom = box
        rim = plot.size / 2 + 6
        hidden = sum(left - rim < x < right + rim and top - rim < y < bottom + rim for x, y in marks)
        crossed = sum(top - 4 < y < bottom + 4 for y in lines)
        outside = max(0, plot.top - 30 - top) + max(0, bottom - plot.bottom - 30)
        outside += 100 * ((left < PLOT_LEFT) + (right > PLOT_RIGHT))
        return hidden * 10 + crossed * 4 + outside + abs((top + bottom) / 2 - dot[1]) / 100

    heights = [dot[1] + shift for shift in range(-220, 221, 10)]
    boxes = [
        (left, y - tall / 2, left + wide, y + tall / 2)
        for left, y in product((dot[0] + 34, dot[0] - 34 - wide), heights)
    ]
    boxes += [(dot[0] - wide / 2, y - tall / 2, dot[0] + wide / 2, y + tall / 2) for y in (ends[1] - 60, ends[0] + 60)]
    best = min(boxes, key=cost)
    canvas.blank((best[0] - 6, best[1], best[2] + 6, best[3]))
    centre = (best[0] + best[2]) / 2
    canvas.text(centre, best[1] + HUGE / 2, picture.own_label, HUGE, palette.OWN, ha="center", weight="bold")
    canvas.text(centre, best[3] - ROW / 2, picture.own_count, SMALL, palette.OWN, ha="center")


def _key(canvas: Canvas, picture: Picture) -> float:
    """What the two marks are, at the foot of the picture; gives back the edge above it."""
    rows = [(mark, wrap(said, SMALL, WIDTH - 2 * MARGIN - 48)) for mark, said in picture.key]
    top = y = HEIGHT - 30 - sum(len(words) for _, words in rows) * ROW - 8 * (len(rows) - 1)
    for mark, words in rows:
        if mark:
            fill, edge = (palette.OWN, palette.OWN) if mark == "own" else (palette.WHITE, palette.OTHERS)
            canvas.dots([MARGIN + 16], [y + ROW / 2], size=30, fill=fill, edge=edge)
        for number, said in enumerate(words):
            canvas.text(MARGIN + (48 if mark else 0), y + ROW * (number + 0.5), said, SMALL, palette.FAINT_TEXT)
        y += ROW * len(words) + 8
    return top
