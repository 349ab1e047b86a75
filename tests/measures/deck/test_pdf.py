"""The deck as whoever hears its PDF gets it: headings, order, words instead of charts; and nothing that is not seen."""

from __future__ import annotations

import re

import pytest

from measures.deck.deck import Deck, Occasion, build_deck, mark_deck
from measures.deck.printing import brief_pdf, deck_pdf
from measures.disclosure.privacy import DisclosureRules
from measures.packages.package import load
from tests.gallery.numbers import invent, kept
from tests.measures.printed.reading_aloud import bookmarks, opened, parts, words_of

OCCASION = Occasion("Klyngen Vestby", "torsdag den 7. maj kl. 16.30", "2025", "9 af 12 praksisser har svaret.", "Tal")
KOL = load("kol")


def deck_of(replies, da) -> Deck:
    return build_deck(KOL, OCCASION, [replies], DisclosureRules(), da, kept=kept(KOL, replies))


@pytest.fixture(scope="module")
def deck(da) -> Deck:
    return deck_of(invent(KOL, 9), da)


@pytest.fixture(scope="module")
def pdf(deck) -> bytes:
    return deck_pdf(deck)


def test_headings_and_charts_are_heard_in_the_order_of_the_pages(deck, pdf):
    wanted = []
    for page in deck.pages:
        wanted.append(("/H1", page.title))
        wanted += [("/Figure", page.graph.alt_text)] if page.graph else []
        wanted += [("/H2", question) for question, _ in page.lines] if page.is_form else []
    assert [part for part in parts(pdf) if part[0] in {"/H1", "/H2", "/Figure"}] == wanted
    assert len([tag for tag, _ in wanted if tag == "/Figure"]) == 3


def test_every_page_has_its_bookmark(deck, pdf):
    assert bookmarks(pdf) == [(page.title, number) for number, page in enumerate(deck.pages)]


def test_letters_are_letters_and_can_be_copied_also_those_in_charts(deck, pdf):
    for said, page in zip(words_of(pdf), deck.pages, strict=True):
        lines = [line for pair in page.lines for line in pair if line not in {"", "…", "•"}]
        frame = page.graph.picture.frame if page.graph else None
        lines += [frame.headline, *frame.foot] if frame else []
        copied = said.replace("- ", "-")  # a line may end at a hyphen of ours
        assert [line for line in [page.title, *lines] if line.replace("- ", "-") not in copied] == []


def test_titles_language_and_nothing_of_who_or_when(deck, pdf):
    for file, title in ((pdf, deck.title), (brief_pdf(deck), deck.brief[0].title)):
        reader = opened(file)
        assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == (title, "da-DK")
        assert set(reader.metadata) == {"/Title", "/Creator"}
        assert not re.search(rb"/(?:Author|Producer|CreationDate|ModDate|Keywords|EmbeddedFile|JavaScript)", file)


def test_whose_numbers_they_are_changes_no_byte(deck, pdf, da):
    replies = invent(KOL, 9)
    turned = dict(zip(replies, reversed(list(replies.values())), strict=True))
    assert deck_pdf(deck_of(turned, da)) == pdf


def test_page_to_write_on_has_lines_below_each_question(deck, pdf):
    drawn: list[str] = []

    def note(operator: bytes, *_: object) -> None:
        drawn.append({b"TJ": "?", b"Tj": "?", b"S": "_"}.get(operator, ""))

    opened(pdf).pages[-1].extract_text(visitor_operand_before=note)
    between = re.sub(r"\?+", "?", "".join(drawn))
    assert deck.pages[-1].is_form
    assert re.fullmatch(r"\?(_{2,}\?){3}", between)


def test_deck_of_made_up_numbers_says_so_over_each_chart_and_to_whoever_hears_it(deck):
    marked = deck_pdf(mark_deck(deck, "PRØVE"))
    assert [told[:7] for tag, told in parts(marked) if tag == "/Figure"] == ["PRØVE: "] * 3
    assert [said for said in words_of(marked) if "PRØVE" not in said] == []
