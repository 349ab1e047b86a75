"""Practices in rows, for those who chose to show themselves: a name, a mark, a value. The others are marks without."""

from __future__ import annotations

from dataclasses import dataclass

from measures.drawing import palette
from measures.drawing.canvas import HEIGHT, Box, Canvas, Weight
from measures.drawing.forms.frame import ROW, SMALL, Frame, Line, Scale, draw_frame
from measures.drawing.letters import width, wrap

NAME_ROOM, NARROW_NAME_ROOM = 0.4, 0.5
"""The most that names may take of a part's width: of the whole picture, or of one part of several."""
TALLEST = 74.0
SMALLEST = 16
FEWEST_TALL, ROW_TALL = 16.0, 46.0
"""From that many rows on the picture grows, so that names can still be read on a telephone."""
VALUE_ROOM = 118
MOST_PARTS, LOWEST, BETWEEN = 3, 40.0, 40
TIGHT = 1.1
"""Lines of one name stand closer than lines of a text."""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One practice. Without a name it is a mark and nothing else; the reader's own has its interval and its counts."""

    share: float
    name: str = ""
    value: str = ""
    own: bool = False
    low: float | None = None
    high: float | None = None
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Everything that is drawn, as plain values: rows from the top down, and lines across them."""

    frame: Frame
    rows: tuple[NamedRow, ...]
    lines: tuple[Line, ...]
    scale: Scale

    @property
    def height(self) -> int:
        """How tall the picture wants to be."""
        return HEIGHT + round(max(0.0, sum(self.weights) - FEWEST_TALL) * ROW_TALL)

    @property
    def weights(self) -> list[float]:
        """How much room each row needs: names one, one's own counts more, marks alone little."""
        bare = 0.5 if sum(not row.name for row in self.rows) <= 12 else 0.35
        return [(1.7 if row.counted else 1.0) if row.name else bare for row in self.rows]

    def draw(self, canvas: Canvas) -> None:
        """Draw on any canvas."""
        left, top, right, bottom = draw_frame(canvas, self.frame)
        parts = self._parts(bottom - top, wide=canvas.width > canvas.height)
        room = (right - left - BETWEEN * (len(parts) - 1)) / len(parts)
        for number, rows in enumerate(parts):
            start = left + number * (room + BETWEEN)
            _draw_part(canvas, _Plot(self, rows, (start, top, start + room, bottom)))

    def _parts(self, tall: float, *, wide: bool) -> list[list[tuple[NamedRow, float]]]:
        """All rows below one another; on a screen, where they would be too low to read, beside each other."""
        count, total = 1, sum(self.weights)
        while wide and count < MOST_PARTS and tall / (total / count) < LOWEST:
            count += 1
        parts: list[list[tuple[NamedRow, float]]] = [[] for _ in range(count)]
        done = 0.0
        for row, weight in zip(self.rows, self.weights, strict=True):
            parts[min(count - 1, int(done / total * count))].append((row, weight))
            done += weight
        return parts


class _Plot:
    """Where rows and values land on the canvas."""

    def __init__(self, picture: Named, weighed: list[tuple[NamedRow, float]], room: Box) -> None:
        self.picture, self.rows, self.room = picture, [row for row, _ in weighed], room
        left, top, right, bottom = room
        self.top = top + ROW * len(picture.lines) + 10
        unit = min(TALLEST, (bottom - ROW - 14 - self.top) / sum(weight for _, weight in weighed))
        self.heights = [weight * unit for _, weight in weighed]
        self.size = int(min(SMALL, max(SMALLEST, unit * 0.72)))
        names = max(width(row.name, self.size, "bold") for row in self.rows)
        self.names = min(
            names, (right - left) * (NAME_ROOM if len(self.rows) == len(picture.rows) else NARROW_NAME_ROOM)
        )
        self.name_size = self.size if names <= self.names else max(SMALLEST, int(self.size * 0.8))
        self.bottom = self.top + sum(self.heights)
        self.left, self.right = left + self.names + 34, right - VALUE_ROOM

    def x(self, share: float) -> float:
        """The place of a value; one beyond the axis lies at its end, and its figure tells."""
        return min(max(self.picture.scale.at(share, self.left, self.right), self.left), self.right)

    def beside(self, start: float, wide: float) -> float:
        """The start of words of this width, moved so that they stay within the part."""
        return min(max(start, self.room[0]), self.room[2] - wide)


def _draw_part(canvas: Canvas, plot: _Plot) -> None:
    written = 0.0
    for share, said in plot.picture.scale.ticks:
        x, wide = plot.x(share), width(said, SMALL)
        canvas.line((x, x), (plot.top, plot.bottom), palette.GRID, 3)
        if x - wide / 2 > written:
            canvas.text(x, plot.bottom + 8 + ROW / 2, said, SMALL, palette.FAINT_TEXT, ha="center")
            written = x + wide / 2 + 16
    _reference_lines(canvas, plot)
    y = plot.top
    for row, height in zip(plot.rows, plot.heights, strict=True):
        _row(canvas, plot, row, y, height)
        y += height


def _reference_lines(canvas: Canvas, plot: _Plot) -> None:
    """Upright lines, and then their words, each on a level of its own above the rows."""
    lines = sorted(plot.picture.lines, key=lambda each: each.share)
    places = [(line, plot.x(line.share), plot.top - 8 - ROW * (level + 0.5)) for level, line in enumerate(lines)]
    for line, x, y in places:
        canvas.line((x, x), (y + ROW / 2, plot.bottom), _ink(line), 4, dashed=line.kind != "cluster")
    for line, x, y in places:
        said = f"{line.label} {line.value}"
        wide = width(said, SMALL, "bold")
        start = plot.beside(x - wide / 2, wide)
        canvas.box((start - 8, y - ROW / 2, start + wide + 8, y + ROW / 2), palette.WHITE)
        canvas.text(start, y, said, SMALL, _ink(line), weight="bold")


def _ink(line: Line) -> str:
    return palette.TEXT if line.kind == "cluster" else palette.REFERENCE


def _row(canvas: Canvas, plot: _Plot, row: NamedRow, top: float, height: float) -> None:
    x, y = plot.x(row.share), top + height / 2
    if row.counted:
        y = top + height * 0.34
    colour = palette.OWN if row.own else palette.OTHERS
    ends = (plot.x(row.low), plot.x(row.high)) if row.low is not None and row.high is not None else (x, x)
    if row.own and ends[0] < ends[1]:
        _interval(canvas, ends, y, colour)
    mark = min(plot.size * (1.3 if row.own else 0.95), height * 0.9)
    fill, edge = (palette.OWN, palette.WHITE) if row.own else (palette.WHITE, palette.OTHERS)
    canvas.dots([x], [y], size=mark, fill=fill, edge=edge)
    if row.name:
        _words(canvas, plot, row, (top, y, height), max(x + mark / 2, ends[1]) + 14)


def _interval(canvas: Canvas, ends: tuple[float, float], y: float, colour: str) -> None:
    canvas.line(ends, (y, y), colour, 6)
    for end in ends:
        canvas.line((end, end), (y - 13, y + 13), colour, 6)


def _words(canvas: Canvas, plot: _Plot, row: NamedRow, place: tuple[float, float, float], right: float) -> None:
    """Name, value and counts; white behind them, so that no line runs through."""
    top, y, height = place
    ink = palette.OWN if row.own else palette.TEXT
    bold: Weight = "bold" if row.own else "normal"
    size, lines = plot.name_size, _fitted(row.name, plot, bold, height if not row.counted else height / 2)
    for number, said in enumerate(lines):
        shift = (number - (len(lines) - 1) / 2) * size * TIGHT
        canvas.text(plot.room[0], y + shift, said, size, ink, weight=bold)
    _on_white(canvas, (right, y), row.value, plot.size, ink, bold)
    if row.counted:
        small = min(plot.size, 28)
        start = plot.beside(plot.left, width(row.counted, small))
        _on_white(canvas, (start, top + height * 0.78), row.counted, small, ink, "normal")


def _on_white(canvas: Canvas, at: tuple[float, float], said: str, size: int, ink: str, weight: Weight) -> None:
    x, y = at
    canvas.box((x - 4, y - size * 0.55, x + width(said, size, weight) + 4, y + size * 0.55), palette.WHITE)
    canvas.text(x, y, said, size, ink, weight=weight)


def _fitted(name: str, plot: _Plot, weight: Weight, height: float) -> list[str]:
    """A long name in two lines where there is room for them, or else cut short."""
    if width(name, plot.name_size, weight) <= plot.names or height < 2 * plot.name_size * TIGHT:
        return [_cut(name, plot.name_size, plot.names, weight)]
    first = wrap(name, plot.name_size, plot.names, weight)[0]
    return [first, _cut(name[len(first) :].strip(), plot.name_size, plot.names, weight)]


def _cut(said: str, size: int, room: float, weight: Weight) -> str:
    if width(said, size, weight) <= room:
        return said
    while said and width(said + "…", size, weight) > room:
        said = said[:-1]
    return said.rstrip(" ,-") + "…"
