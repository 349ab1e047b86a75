"""Every deck as somebody else's reader of presentations sees it: python-pptx opens it and finds what was put in."""

from __future__ import annotations

import random
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from measures.deck import native
from measures.deck.deck import Deck, Occasion, Page, build_deck
from measures.deck.slides import HEIGHT, PIXEL, WIDTH, deck_pptx
from measures.disclosure.openness import Known, letters
from measures.disclosure.privacy import DisclosureRules, Openness
from measures.packages.package import Package, available
from tests.gallery.numbers import invent, kept

OCCASION = Occasion("Klyngen Vestby", "torsdag den 7. maj kl. 16.30", "2025", "9 af 12 praksisser har svaret.", "Tal")


def deck_of(package: Package, t, size: int) -> Deck:
    replies = invent(package, size)
    return build_deck(package, OCCASION, [replies], DisclosureRules(), t, kept=kept(package, replies))


def title_of(page: Page) -> str:
    return page.graph.headline if page.graph else page.title


@pytest.mark.parametrize("size", [9, 2])
@pytest.mark.parametrize("package", available(), ids=lambda package: package.id)
def test_deck_is_opened_with_its_titles_words_and_pictures(package, size, da):
    deck = deck_of(package, da, size)
    opened = Presentation(BytesIO(deck_pptx(deck)))
    assert (opened.slide_width, opened.slide_height) == (WIDTH * PIXEL, HEIGHT * PIXEL)
    titles = [*map(title_of, deck.pages), *(chart.title for chart in deck.editable)]
    assert [slide.shapes.title.text_frame.text for slide in opened.slides] == titles
    assert opened.core_properties.title == deck.title
    for slide, page in zip(opened.slides, deck.pages, strict=False):
        pictures = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
        told = [picture._element.nvPicPr.cNvPr.get("descr") for picture in pictures]
        assert told == ([page.graph.alt_text] if page.graph else [])
        for picture in pictures:
            assert picture.image.content_type == "image/png"
            Image.open(BytesIO(picture.image.blob)).load()
        words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert [said for _, said in page.lines if said not in words] == []
        assert slide.notes_slide.notes_text_frame.text == page.notes
        assert bool(page.notes) == (bool(page.graph) or page.title == "Vi aftaler")
    assert opened.core_properties.language == "da-DK"


def drawn_again(deck: Deck) -> list[tuple[Any, list[list[Any]]]]:
    """The hidden slides at the end, each with the cells of the workbook behind its chart, row by row."""
    slides = list(Presentation(BytesIO(deck_pptx(deck))).slides)[len(deck.pages) :]
    found = []
    for slide in slides:
        [chart] = [shape.chart for shape in slide.shapes if shape.has_chart]
        book = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert book.sheetnames == ["Data"]
        assert (book.properties.creator or "", book.properties.lastModifiedBy or "") == ("", "")
        found.append((slide, [list(row) for row in book["Data"].iter_rows(values_only=True)]))
    return found


@pytest.mark.parametrize("size", [9, 6])
def test_charts_stand_once_more_to_be_edited_on_pages_that_are_not_shown(kol, da, size):
    deck = deck_of(kol, da, size)
    again = drawn_again(deck)
    assert [slide._element.get("show") for slide, _ in again] == ["0"] * 3
    for (slide, cells), made in zip(again, deck.editable, strict=True):
        [chart] = [shape.chart for shape in slide.shapes if shape.has_chart]
        rings, *lines = chart.plots[0].series
        across, up = ([row[column] for row in cells[1:] if row[column] is not None] for column in (0, 1))
        of_one = 1 if made.per == 100 else made.per
        assert across == [round(value * of_one, 6) for value in made.picture.others] == sorted(across)
        assert len(up) == len(across)
        assert (rings.name, list(rings.values)) == (cells[0][1], up)
        assert [line.name for line in lines] == [f"{line.label}: {line.value}" for line in made.picture.lines]
        assert {cell for cell in cells[0] if cell} == {each.name for each in chart.plots[0].series}


def test_workbook_behind_a_chart_holds_what_its_picture_draws_and_no_more(kol, da):
    """Other numbers that round to the same marks, of other practices, give the same file to the last byte."""
    replies = invent(kol, 9)
    turned = dict(zip(replies, reversed(list(replies.values())), strict=True))
    larger = {key: {name: (count or 0) * 100 for name, count in each.items()} for key, each in turned.items()}
    made = [build_deck(kol, OCCASION, [each], DisclosureRules(), da).editable[1] for each in (replies, turned, larger)]
    books = [native.workbook(native.rows_of(each.picture, each.practices, each.per)) for each in made]
    assert books[0] == books[1] == books[2]


def test_ring_beyond_the_axis_is_moved_to_its_end(kol, da):
    lanes = deck_of(kol, da, 9).editable[0].picture
    far = replace(lanes, others=(*lanes.others[:-1], lanes.scale.high * 1.37))
    [rings, *_] = native.rows_of(far, "9", 1000)
    assert rings.across[-1] == round(lanes.scale.high * 1000, 6)


@pytest.mark.parametrize("openness", [Openness.LETTERS, Openness.OPEN])
def test_chart_with_letters_or_names_is_a_picture_only(kol, da, openness):
    replies = invent(kol, 9)
    lettered, names = letters(replies, random.Random(1)), {key: f"Lægehuset {key}" for key in replies}
    one = Known(lettered) if openness is Openness.LETTERS else Known({}, set(replies), names)
    known = {each.id: one for each in kol.measures}
    deck = build_deck(kol, OCCASION, [replies], DisclosureRules(openness=openness), da, known=known)
    assert deck.editable == ()
