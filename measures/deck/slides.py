"""The deck as a presentation (PPTX): titles and words as text that can be edited, charts as pictures with their words,
and on hidden pages at the end once more as charts.

A presentation is a zip of small XML files; the few that one needs are written here, so that no library has to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any, cast
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from measures.charts.graph import Graph
from measures.deck import native, slides_parts
from measures.deck.deck import Deck, Editable, Page
from measures.deck.slides_parts import writable
from measures.drawing import palette

PIXEL = 7620
"""English metric units in a pixel of a page of 1600 × 900."""
WIDTH, HEIGHT = 1600, 900
TITLE_ROOM = 150
EDGE = 70
SHARPNESS = 1.2
SPOKEN = {"da": "da-DK", "en": "en-GB"}
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Zip files want a time; the same deck is to give the same bytes."""


def deck_pptx(deck: Deck) -> bytes:
    """The pages for the projector."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, content in _parts(deck):
            file.writestr(ZipInfo(name, EARLIEST), content, ZIP_DEFLATED)
    return out.getvalue()


def _parts(deck: Deck) -> Iterator[tuple[str, str | bytes]]:
    count = len(deck.pages) + len(deck.editable)
    charts = range(len(deck.pages) + 1, count + 1)
    yield "[Content_Types].xml", slides_parts.content_types(count, charts)
    yield (
        "_rels/.rels",
        slides_parts.relations([("officeDocument", "ppt/presentation.xml"), (slides_parts.CORE, "docProps/core.xml")]),
    )
    yield "docProps/core.xml", slides_parts.properties(writable(deck.title), SPOKEN.get(deck.lang, deck.lang))
    yield "ppt/presentation.xml", slides_parts.presentation(count, WIDTH * PIXEL, HEIGHT * PIXEL)
    targets = [("slideMaster", "slideMasters/slideMaster1.xml"), ("theme", "theme/theme1.xml")]
    targets += [("slide", f"slides/slide{number}.xml") for number in range(1, count + 1)]
    targets += [("notesMaster", "notesMasters/notesMaster1.xml")]
    yield "ppt/_rels/presentation.xml.rels", slides_parts.relations(targets)
    yield "ppt/theme/theme1.xml", slides_parts.theme()
    title = _title("", (EDGE, 30, WIDTH - EDGE, TITLE_ROOM))
    yield "ppt/slideMasters/slideMaster1.xml", slides_parts.master(title)
    links = [("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")]
    yield "ppt/slideMasters/_rels/slideMaster1.xml.rels", slides_parts.relations(links)
    yield "ppt/slideLayouts/slideLayout1.xml", slides_parts.layout(title)
    links = [("slideMaster", "../slideMasters/slideMaster1.xml")]
    yield "ppt/slideLayouts/_rels/slideLayout1.xml.rels", slides_parts.relations(links)
    yield "ppt/notesMasters/notesMaster1.xml", slides_parts.notes_master()
    yield "ppt/notesMasters/_rels/notesMaster1.xml.rels", slides_parts.relations([("theme", "../theme/theme2.xml")])
    yield "ppt/theme/theme2.xml", slides_parts.theme()
    for number, page in enumerate(deck.pages, 1):
        links = [("slideLayout", "../slideLayouts/slideLayout1.xml")]
        if page.graph is not None:
            links.append(("image", f"../media/image{number}.png"))
            yield f"ppt/media/image{number}.png", _picture(page.graph)
        yield from _slide(number, slides_parts.slide(_shapes(page, deck.foot)), page.notes, links, deck.lang)
    for number, chart in zip(charts, deck.editable, strict=True):
        rows = native.rows_of(chart.picture, chart.practices, chart.per)
        yield from native.parts_of(number, rows, chart.picture.scale, chart.per)
        links = [("slideLayout", "../slideLayouts/slideLayout1.xml"), ("chart", f"../charts/chart{number}.xml")]
        hidden = slides_parts.slide(_chart(chart), is_hidden=True)
        yield from _slide(number, hidden, chart.notes, links, deck.lang)


def _slide(
    number: int, slide: str, notes: str, links: list[tuple[str, str]], lang: str
) -> Iterator[tuple[str, str | bytes]]:
    """A slide with what is said beside it."""
    yield f"ppt/slides/slide{number}.xml", _spoken(slide, lang)
    yield f"ppt/notesSlides/notesSlide{number}.xml", _spoken(slides_parts.notes(_notes(notes)), lang)
    about = [("notesMaster", "../notesMasters/notesMaster1.xml"), ("slide", f"../slides/slide{number}.xml")]
    yield f"ppt/notesSlides/_rels/notesSlide{number}.xml.rels", slides_parts.relations(about)
    more = ("notesSlide", f"../notesSlides/notesSlide{number}.xml")
    yield f"ppt/slides/_rels/slide{number}.xml.rels", slides_parts.relations([*links, more])


def _chart(chart: Editable) -> str:
    told = quoteattr(writable(chart.alt_text))
    box = _place((EDGE, TITLE_ROOM + 20, WIDTH - EDGE, HEIGHT - 40))
    return _title(chart.title, (EDGE, 30, WIDTH - EDGE, TITLE_ROOM), size=28) + native.frame("rId2", told, box)


def _spoken(part: str, lang: str) -> str:
    """Every run of words says its language, for those who have it read aloud."""
    return part.replace("<a:rPr ", f'<a:rPr lang="{SPOKEN.get(lang, lang)}" ')


def _notes(said: str) -> str:
    lines = said.split("\n") if said else [""]
    return "".join(f"<a:p>{_run(line, 12, palette.TEXT)}</a:p>" for line in lines)


def _picture(graph: Graph) -> bytes:
    """The chart without its title, which is text on the slide."""
    from measures.drawing.raster import Raster

    canvas = Raster(WIDTH, HEIGHT - TITLE_ROOM, SHARPNESS)
    picture = cast(Any, graph.picture)
    bare = replace(picture, frame=replace(picture.frame, title="", headline=""))
    bare.draw(canvas)
    return canvas.png()


def _shapes(page: Page, foot: str) -> str:
    if page.graph is not None:
        place = _place((0, TITLE_ROOM, WIDTH, HEIGHT))
        told = quoteattr(writable(page.graph.alt_text))
        picture = (
            f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="Picture" descr={told}/><p:cNvPicPr/>'
            '<p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f'<p:spPr><a:xfrm>{place}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )
        return _title(page.graph.headline, (EDGE, 30, WIDTH - EDGE, TITLE_ROOM), size=28) + picture
    top = 260 if page.opening else TITLE_ROOM + 20
    below = _words(20, "Foot", [("", foot)], (EDGE, HEIGHT - 64, WIDTH - EDGE, HEIGHT - 20), 12)
    if page.is_form:
        return _title(page.title, (EDGE, 30, WIDTH - EDGE, top - 10), size=44) + _form(page, top) + below
    title = _title(page.title, (EDGE, top - 230 if page.opening else 30, WIDTH - EDGE, top - 10), size=44)
    body = _body(page, (EDGE, top, WIDTH - EDGE, HEIGHT - 70))
    return title + body + below


def _form(page: Page, top: int) -> str:
    """Each question with a frame to write in."""
    tall = (HEIGHT - 80 - top) // len(page.lines)
    parts = []
    for number, (question, answer) in enumerate(page.lines):
        y = top + number * tall
        parts.append(_words(3 + 2 * number, "Question", [(question, "")], (EDGE, y, WIDTH - EDGE, y + 60), 24))
        box = EDGE, y + 62, WIDTH - EDGE, y + tall - 14
        parts.append(_words(4 + 2 * number, "Answer", [("", answer)], box, 20, framed=True))
    return "".join(parts)


def _body(page: Page, box: tuple[int, int, int, int]) -> str:
    letters = sum(len(head) + len(said) + 40 for head, said in page.lines)
    size = 24 if letters < 700 else 20 if letters < 1000 else 16
    return _words(3, "Text", list(page.lines), box, size)


def _title(said: str, box: tuple[int, int, int, int], size: int = 36) -> str:
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>{_place(box)}</a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr anchor="b"><a:normAutofit/>'
        f"</a:bodyPr><a:lstStyle/><a:p>{_run(said, size, palette.OWN, bold=True)}</a:p></p:txBody></p:sp>"
    )


def _words(
    number: int,
    name: str,
    lines: list[tuple[str, str]],
    box: tuple[int, int, int, int],
    size: int,
    *,
    framed: bool = False,
) -> str:
    edge = f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{palette.OTHERS[1:]}"/></a:solidFill></a:ln>' if framed else ""
    paragraphs = "".join(
        f'<a:p><a:pPr><a:spcAft><a:spcPts val="{size * 40}"/></a:spcAft></a:pPr>'
        f"{_run(head + '  ', size, palette.OWN, bold=True) if head else ''}{_run(said, size, palette.TEXT)}</a:p>"
        for head, said in lines
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm>{_place(box)}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>{edge}</p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square"><a:normAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody></p:sp>'
    )


def _run(said: str, size: int, colour: str, *, bold: bool = False) -> str:
    if not said:
        return f'<a:endParaRPr sz="{size * 100}"/>'
    return (
        f'<a:r><a:rPr sz="{size * 100}" b="{int(bold)}" dirty="0"><a:solidFill><a:srgbClr val="{colour[1:]}"/>'
        f"</a:solidFill></a:rPr><a:t>{escape(writable(said))}</a:t></a:r>"
    )


def _place(box: tuple[int, int, int, int]) -> str:
    left, top, right, bottom = (edge * PIXEL for edge in box)
    return f'<a:off x="{left}" y="{top}"/><a:ext cx="{right - left}" cy="{bottom - top}"/>'
