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


def bind(pages: Iterable[Figure], title: str, lang: str = "da", headings: Sequence[str] = ()) -> bytes:
    """The pages as one PDF, letters as letters, with its title and language, and `headings` as bookmarks, one a page.

    No date and no program in it: the same pages give the same bytes. Without tags: matplotlib writes none.
    """
    import matplotlib
    from matplotlib.backends.backend_pdf import PdfPages

    out = BytesIO()
    facts = {"Title": title, "Creator": None, "Producer": None, "CreationDate": None}
    with matplotlib.rc_context({"pdf.fonttype": 42}), PdfPages(out, metadata=facts) as book:
        for page in pages:
            book.savefig(page)
    return _with_catalogue(out.getvalue(), lang, headings)


def _with_catalogue(pdf: bytes, lang: str, headings: Sequence[str]) -> bytes:
    """The file with its language, its bookmarks, and its title to be shown as its name: its catalogue written anew at
    the end (ISO 32000-1, 7.5.6), for matplotlib has no way to say it."""
    import re

    trailer = re.search(rb"/Size (\d+) /Root (\d+) 0 R /Info (\d+) 0 R >>\s*startxref\s+(\d+)", pdf)
    catalogue = re.search(rb"/Type /Catalog\s+/Pages (\d+) 0 R", pdf)
    kids = re.search(rb"/Kids \[([\d R]*)\]", pdf)
    if trailer is None or catalogue is None or kids is None:
        return pdf
    size, root, info, before = (int(each) for each in trailer.groups())
    leaves = [int(each) for each in re.findall(rb"(\d{1,10}) 0 R", kids[1])]
    spoken = {"da": "da-DK", "en": "en-GB"}.get(lang, lang)
    marked = f"/Outlines {size} 0 R /PageMode /UseOutlines" if headings else ""
    words = f"/Pages {int(catalogue[1])} 0 R /Lang ({spoken}) /ViewerPreferences << /DisplayDocTitle true >> {marked}"
    objects = {root: f"/Type /Catalog {words}", **(_bookmarks(size, leaves, headings) if headings else {})}
    written, places = pdf, {}
    for number, said in objects.items():
        places[number] = len(written)
        written += f"{number} 0 obj\n<< {said} >>\nendobj\n".encode("ascii")
    found = "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in sorted(places.items()))
    last = max(size, *(number + 1 for number in objects))
    facts = f"trailer\n<< /Size {last} /Root {root} 0 R /Info {info} 0 R /Prev {before} >>\n"
    return written + f"xref\n{found}{facts}startxref\n{len(written)}\n%%EOF\n".encode("ascii")


def _bookmarks(first: int, leaves: Sequence[int], headings: Sequence[str]) -> dict[int, str]:
    """The outline (12.3.3), and an entry for each page that leads to its top."""
    last = first + len(headings)
    found = {first: f"/Type /Outlines /First {first + 1} 0 R /Last {last} 0 R /Count {len(headings)}"}
    for number, (said, leaf) in enumerate(zip(headings, leaves, strict=True), first + 1):
        title = (b"\xfe\xff" + said.encode("utf-16-be")).hex()
        beside = f"/Prev {number - 1} 0 R " if number > first + 1 else ""
        beside += f"/Next {number + 1} 0 R " if number < last else ""
        found[number] = f"/Title <{title}> /Parent {first} 0 R {beside}/Dest [{leaf} 0 R /Fit]"
    return found
