"""Draws the same strokes as `measures.drawing.raster` on a page for print or projector: lines and letters, not
pixels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from measures.drawing import palette
from measures.drawing.canvas import Box, Shape, Side, Weight
from measures.drawing.letters import DPI, MIDDLE, face_file, known

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RIM = 4
MARKERS: dict[Shape, str] = {"circle": "o", "square": "s", "diamond": "D"}


class Paper:
    """Part of a page. `box` is where on the page (left, bottom, width, height, as shares); `width` × `height` its own
    pixels, in which everything is given."""

    def __init__(
        self, figure: Figure, width: int, height: int, box: tuple[float, float, float, float] = (0, 0, 1, 1)
    ) -> None:
        self.width, self.height = width, height
        self.axes: Any = figure.add_axes(box)
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.axis("off")
        self.points = figure.get_figwidth() * box[2] * 72 / width
        self.order = 1

    def text(
        self,
        x: float,
        y: float,
        said: str,
        size: int,
        colour: str,
        *,
        weight: Weight = "normal",
        ha: Side = "left",
        on: str = palette.WHITE,  # noqa: ARG002 - letters on paper blend with any ground
    ) -> None:
        from matplotlib.font_manager import FontProperties

        face = FontProperties(fname=face_file(weight), size=size * self.points)
        self.axes.text(
            *(x, y + MIDDLE * size, known(said)),
            fontproperties=face,
            color=colour,
            ha=ha,
            va="baseline",
            parse_math=False,
            zorder=self._next(),
        )

    def line(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        colour: str,
        width: float,
        *,
        dashed: bool = False,
    ) -> None:
        style: Any = (0, (5, 3)) if dashed else "-"
        self.axes.plot(
            *(x, y),
            color=colour,
            linewidth=width * self.points,
            linestyle=style,
            solid_capstyle="butt",
            zorder=self._next(),
        )

    def path(self, x: Sequence[float], y: Sequence[float], colour: str, width: float) -> None:
        self.axes.plot(x, y, color=colour, linewidth=width * self.points, zorder=self._next())

    def area(self, x: Sequence[float], tops: Sequence[float], bottoms: Sequence[float], fill: str) -> None:
        self.axes.fill_between(x, tops, bottoms, color=fill, linewidth=0, zorder=self._next())

    def box(self, box: Box, fill: str, edge: str | None = None) -> None:
        from matplotlib.patches import Rectangle

        left, top, right, bottom = box
        style: Any = {"edgecolor": edge or "none", "linewidth": 2 * self.points if edge else 0, "zorder": self._next()}
        self.axes.add_patch(Rectangle((left, top), right - left, bottom - top, facecolor=fill, **style))

    def dots(
        self, x: Sequence[float], y: Sequence[float], *, size: float, fill: str, edge: str, shape: Shape = "circle"
    ) -> None:
        self.axes.plot(
            *(x, y),
            linestyle="none",
            marker=MARKERS[shape],
            markersize=size * self.points,
            markerfacecolor=fill,
            markeredgecolor=edge,
            markeredgewidth=RIM * self.points,
            zorder=self._next(),
        )

    def _next(self) -> float:
        """Later strokes lie on top, as on a plane."""
        self.order += 1
        return self.order


def sheet(width: int, height: int) -> Figure:
    """An empty page of that many pixels, 100 to the inch."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=palette.WHITE)
    FigureCanvasAgg(figure)
    return figure


def bind(pages: Iterable[Figure], title: str, lang: str = "da") -> bytes:
    """The pages as one PDF, letters as letters, with its title and language. No date and no program in it: the same
    pages give the same bytes. Without tags: matplotlib writes none."""
    import matplotlib
    from matplotlib.backends.backend_pdf import PdfPages

    out = BytesIO()
    facts = {"Title": title, "Creator": None, "Producer": None, "CreationDate": None}
    with matplotlib.rc_context({"pdf.fonttype": 42}), PdfPages(out, metadata=facts) as book:
        for page in pages:
            book.savefig(page)
    return _in_language(out.getvalue(), lang)


def _in_language(pdf: bytes, lang: str) -> bytes:
    """The file with its language, and its title to be shown as its name: its catalogue written anew at the end
    (ISO 32000-1, 7.5.6), for matplotlib has no way to say it."""
    import re

    trailer = re.search(rb"/Size (\d+) /Root (\d+) 0 R /Info (\d+) 0 R >>\s*startxref\s+(\d+)", pdf)
    catalogue = re.search(rb"/Type /Catalog\s+/Pages (\d+) 0 R", pdf)
    if trailer is None or catalogue is None:
        return pdf
    size, root, info, before = trailer.groups()
    spoken = {"da": "da-DK", "en": "en-GB"}.get(lang, lang).encode()
    shown = b"/ViewerPreferences << /DisplayDocTitle true >>"
    more = b"%s 0 obj\n<< /Type /Catalog /Pages %s 0 R /Lang (%s) %s >>\nendobj\n" % (root, catalogue[1], spoken, shown)
    found = b"xref\n%s 1\n%010d 00000 n \n" % (root, len(pdf))
    facts = b"trailer\n<< /Size %s /Root %s 0 R /Info %s 0 R /Prev %s >>\n" % (size, root, info, before)
    return pdf + more + found + facts + b"startxref\n%d\n%%%%EOF\n" % (len(pdf) + len(more))
