"""What is set can be read aloud, says nothing of who made it, and takes words as words."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
import typst

from measures.drawing import palette
from measures.drawing.strokes import Strokes
from measures.printed import blocks
from measures.printed.blocks import Leaf, Printed
from measures.printed.typeset import typeset
from tests.measures.printed.reading_aloud import bookmarks, opened, parts, words_of

A4 = (1240, 1754)
HOSTILE = '#panic("x") *fed* $x$ @ref <a> \\ ] } " & \x0b\ufffe 😀 [link](x)'


def draw(canvas):
    canvas.text(10, 40, "R&D <3", 20, palette.TEXT)
    canvas.dots([5, 50], [5, 60], size=10, fill=palette.WHITE, edge=palette.OWN, shape="diamond")


def set_of(*parts_: blocks.Block, sizes=(24,), lang="da") -> bytes:
    return typeset(Printed("Titel", lang, (Leaf(parts_, "Foden", sizes, numbered=True),), A4, 0.48))


def test_each_part_is_told_as_what_it_is_in_the_order_of_reading():
    pdf = set_of(
        blocks.heading("Mødet"),
        blocks.words("Vi begyndte."),
        blocks.heading("Grafen", level=2),
        blocks.picture(draw, "To prikker", (100, 100), 300),
        blocks.points(["ét", "to"]),
        blocks.link("Vejledningen", "https://example.org/a"),
    )
    found = parts(pdf)
    assert found[:5] == [("/Document", ""), ("/H1", "Mødet"), ("/P", ""), ("/H2", "Grafen"), ("/Figure", "To prikker")]
    assert [tag for tag, _ in found[5:]] == ["/L", *["/LI", "/Lbl", "/LBody"] * 2, "/P", "/Link"]
    assert bookmarks(pdf) == [("Mødet", 0)]
    assert "R&D <3" in words_of(pdf)[0]


@pytest.mark.parametrize(("lang", "said"), [("da", "da-DK"), ("en", "en-GB")])
def test_file_says_title_and_language_and_neither_who_nor_when(lang, said):
    reader = opened(set_of(blocks.heading("Mødet"), lang=lang))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (said, True)
    assert (reader.metadata.title, root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("Titel", True)
    assert set(reader.metadata) == {"/Title", "/Creator"}
    assert reader.metadata["/Creator"].startswith("Typst ")
    about = {part.tag.rpartition("}")[2] for part in ET.fromstring(root["/Metadata"].get_data())[0][0]}  # noqa: S314
    assert about == {
        *("title", "CreatorTool", "language", "part", "NPages", "format"),
        *("InstanceID", "DocumentID", "RenditionClass", "PDFVersion"),
    }


def test_words_are_never_markup_and_control_characters_break_nothing():
    [said] = words_of(set_of(blocks.heading(HOSTILE), blocks.points([HOSTILE]), blocks.beside([(HOSTILE, "a")], 40)))
    assert said.count('#panic("x") *fed* $x$ @ref <a> \\ ] } " &') == 3
    assert said.count("[link](x)") == 3


def test_picture_without_words_is_refused():
    with pytest.raises(typst.TypstError, match="alt"):
        set_of(blocks.heading("Mødet"), {**blocks.picture(draw, "", (100, 100), 300), "told": None})


def test_what_does_not_fit_even_in_the_smallest_letters_goes_on_overleaf():
    many = [blocks.words(f"Linje nummer {n}") for n in range(80)]
    pages = words_of(set_of(blocks.heading("Mødet"), *many, sizes=(40, 30, 24)))
    assert len(pages) > 1
    assert [n for n in range(80) if f"Linje nummer {n}" not in " ".join(pages)] == []


def test_of_several_sizes_the_largest_that_fits_is_taken():
    few, more = ([blocks.words("Ord " * 30)] * count for count in (3, 20))
    assert [len(words_of(set_of(*each, sizes=(60, 30, 20)))) for each in (few, more)] == [1, 1]
    sizes = [max(_sizes(set_of(*each, sizes=(60, 30, 20)))) for each in (few, more)]
    assert sizes[0] == pytest.approx(60 * 0.48, abs=0.1)
    assert sizes[1] < 30 * 0.48 + 0.1


def _sizes(pdf: bytes) -> list[float]:
    found: list[float] = []
    opened(pdf).pages[0].extract_text(visitor_text=lambda _t, _c, tm, _f, size: found.append(abs(size * (tm[3] or 1))))
    return found


def test_strokes_tell_no_more_of_a_number_than_a_tenth_of_a_pixel():
    canvas = Strokes(200, 100)
    canvas.dots([12.3456789], [50.04], size=10, fill=palette.WHITE, edge=palette.OWN)
    canvas.line((0, 77.77777), (1, 1), palette.GRID, 2, dashed=True)
    assert 'cx="12.3" cy="50"' in canvas.svg()
    assert "77.8 1" in canvas.svg()
    ET.fromstring(canvas.svg())  # noqa: S314 - our own
