"""Every deck as somebody else's reader of presentations sees it: python-pptx opens it and finds what was put in."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from measures.deck.deck import Deck, Occasion, Page, build_deck
from measures.deck.slides import HEIGHT, PIXEL, WIDTH, deck_pptx
from measures.disclosure.privacy import DisclosureRules
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
    assert [slide.shapes.title.text_frame.text for slide in opened.slides] == [title_of(page) for page in deck.pages]
    assert opened.core_properties.title == deck.title
    for slide, page in zip(opened.slides, deck.pages, strict=True):
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
