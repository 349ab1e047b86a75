"""The deck and the handout: the same deck gives the same files, they open, and they hold the closed form only."""

import posixpath
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from measures.charts.chart import About
from measures.charts.chart_of import chart_of
from measures.charts.projector import projector_chart
from measures.deck import native
from measures.deck.deck import Occasion, build_deck, mark_deck
from measures.deck.handout import Handout, handout_pdf
from measures.deck.printing import brief_pdf, deck_pdf
from measures.deck.slides import deck_pptx
from measures.disclosure.privacy import DisclosureRules
from measures.packages.package import available, load
from tests.gallery.numbers import invent, kept

OCCASION = Occasion("Klyngen Vestby", "torsdag den 7. maj kl. 16.30", "2025", "9 af 12 praksisser har svaret.", "Tal")
LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def made(package_id: str, t, size: int = 9):
    package = load(package_id)
    replies = invent(package, size)
    return build_deck(package, OCCASION, [replies], DisclosureRules(), t, kept=kept(package, replies))


@pytest.fixture(scope="module")
def kol_deck(da):
    return made("kol", da)


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def test_deck_has_opening_agenda_charts_and_words(kol_deck):
    assert [page.title for page in kol_deck.pages] == [
        "KOL: opsporing, spirometri og forløbsplan",
        "Dagsorden",
        "Hvorfor dette emne",
        "Kendt KOL pr. 1.000 tilmeldte",
        "Spirometri inden for 12 måneder",
        "Aktiv forløbsplan",
        "Sådan er tallene gjort op",
        "Det skal I huske, når I ser på tallene",
        "Spørgsmål til grupperne",
        "Det anbefales",
        "Vi aftaler",
    ]


def test_deck_of_made_up_numbers_says_so_in_title_and_foot_and_over_each_chart(kol_deck):
    marked, words = mark_deck(kol_deck, "PRØVE"), ("", "PRØVE")
    graphs = [page.graph for page in marked.pages if page.graph]
    assert [graph.picture.frame.mark for graph in graphs] == ["PRØVE"] * 3
    assert [graph.headline.startswith("PRØVE: ") for graph in graphs] == [True] * 3
    assert (marked.title[:7], marked.foot[:8]) == ("PRØVE: ", "PRØVE · ")
    assert (marked.pages[0].title, marked.brief[0].lines[0]) == ("PRØVE", words)
    slides = ZipFile(BytesIO(deck_pptx(marked)))
    told = [slides.read(name).decode() for name in slides.namelist() if re.fullmatch(r"ppt/slides/slide\d+.xml", name)]
    assert [said for said in told if "PRØVE" not in said] == []


def test_last_agreement_stands_right_after_the_agenda(da):
    package, replies = load("kol"), invent(load("kol"), 9)
    deck = build_deck(package, OCCASION, [replies], DisclosureRules(), da, agreed="Alle får spirometri")
    titles = [page.title for page in deck.pages]
    at = titles.index("Det aftalte vi sidst")
    assert titles[at - 1] == "Dagsorden"
    assert deck.pages[at].lines == (("", "Alle får spirometri"),)


def test_agenda_goes_by_the_clock_where_the_meetings_hour_is_known(kol_deck, da):
    times = ("16.30", "16.35", "16.55", "17.15", "17.25", "18.00")
    package, replies = load("kol"), invent(load("kol"), 9)
    timed = build_deck(package, replace(OCCASION, times=times), [replies], DisclosureRules(), da)
    said = [next(page for page in deck.pages if page.title == "Dagsorden").lines[1] for deck in (kol_deck, timed)]
    assert said == [("20 min.", "Klyngens tal i plenum"), ("16.35", "Klyngens tal i plenum (20 min.)")]


def test_charts_on_the_screen_have_no_own_mark(kol_deck):
    pictures = [page.graph.picture for page in kol_deck.pages if page.graph]
    assert [(picture.own, len(picture.others)) for picture in pictures] == [(None, 9)] * 3


def test_pdf_has_a_page_for_each_and_the_same_bytes_again(kol_deck):
    pdf = deck_pdf(kol_deck)
    assert (pages_of(pdf), pdf == deck_pdf(kol_deck)) == (11, True)


def test_briefing_is_one_page(kol_deck):
    assert pages_of(brief_pdf(kol_deck)) == 1


def test_presentation_is_whole(kol_deck):
    """Every part is well-formed, every link leads somewhere, every part has its content type."""
    file = ZipFile(BytesIO(deck_pptx(kol_deck)))
    names = set(file.namelist())
    for name in names:
        if name.endswith((".xml", ".rels")):
            ET.fromstring(file.read(name))  # noqa: S314 - our own file
    for name in (each for each in names if each.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(name))
        for link in ET.fromstring(file.read(name)).iter(LINKS):  # noqa: S314 - our own file
            assert posixpath.normpath(posixpath.join(folder, link.attrib["Target"])) in names
    types = file.read("[Content_Types].xml").decode()
    parts = {f"/{name}" for name in names if name.endswith(".xml") and not name.startswith("[")}
    assert {name for name in parts if f'PartName="{name}"' not in types} == set()


def test_presentation_tells_its_pictures_in_words(kol_deck):
    file = ZipFile(BytesIO(deck_pptx(kol_deck)))
    slides = [file.read(f"ppt/slides/slide{n}.xml").decode() for n in (4, 5, 6)]
    told = [page.graph.alt_text for page in kol_deck.pages if page.graph]
    assert [said.split(".")[0] in slide for said, slide in zip(told, slides, strict=True)] == [True] * 3


def test_presentation_gives_the_same_bytes_again(kol_deck):
    assert deck_pptx(kol_deck) == deck_pptx(kol_deck)


def test_too_few_answers_leave_words_and_say_what_is_missing(da):
    deck = made("kol", da, size=2)
    assert [page.graph for page in deck.pages] == [None] * 9
    assert [line for page in deck.pages if page.title == "Ikke på skærmen" for line in page.lines[1:]] == [
        ("•", "Kendt KOL pr. 1.000 tilmeldte"),
        ("•", "Spirometri inden for 12 måneder"),
        ("•", "Aktiv forløbsplan"),
    ]


def test_a_guess_is_never_on_the_screen(da):
    package = load("antibiotika")
    assert (
        projector_chart(package.measure("guessed"), package, [invent(package, 9)], DisclosureRules(), "2025", da)
        is None
    )


def some_first() -> list[Any]:
    """All packages; marked whole are those whose kinds of measures others before them have."""
    seen: set[str] = set()
    found = []
    for package in available():
        kinds = {measure.kind for measure in package.measures}
        found.append(pytest.param(package, id=package.id, marks=pytest.mark.whole if kinds <= seen else ()))
        seen |= kinds
    return found


@pytest.mark.parametrize("package", some_first())
def test_every_package_makes_a_deck_and_a_page(package, da):
    deck = build_deck(
        package, OCCASION, [invent(package, 9)], DisclosureRules(), da, kept=kept(package, invent(package, 9))
    )
    assert (pages_of(deck_pdf(deck)), pages_of(brief_pdf(deck))) == (len(deck.pages), 1)


def test_handout_is_one_page_however_many_charts(da):
    package = load("uvi")
    replies = invent(package, 9)
    about = About("Lægehuset", "2025", "7. april 2026")
    charts = [
        chart_of(each, package, 1, replies, DisclosureRules(), about, da, own=replies[1]) for each in package.measures
    ]
    for count in range(1, len(charts) + 1):
        page = Handout("Lægehuset", "UVI", "2025", tuple(charts[:count]), "Hvad nu?", "Kun til jer.")
        assert pages_of(handout_pdf(page)) == 1


def test_presentation_is_whole_whatever_control_characters_were_pasted_into_its_words(da):
    package = load("kol")
    replies = invent(package, 9)
    pasted = Occasion("Klyngen\x0bVest\x00by", "torsdag\x1f den 7. maj", "2025", "9 af 12 \ud800 svar", "Tal\ufffe")
    deck = build_deck(package, pasted, [replies], DisclosureRules(), da, kept=kept(package, replies))
    file = ZipFile(BytesIO(deck_pptx(deck)))
    slides = [name for name in file.namelist() if name.startswith("ppt/slides/slide")]
    for name in slides:
        ET.fromstring(file.read(name))  # noqa: S314 - our own file
    assert "Klyngen Vest by" in "".join(file.read(name).decode() for name in slides)


def test_chart_to_edit_is_whole_whatever_control_characters_its_lines_are_called_by(kol, da):
    chart = build_deck(kol, OCCASION, [invent(kol, 9)], DisclosureRules(), da).editable[0]
    picture = replace(chart.picture, lines=[replace(chart.picture.lines[0], label="M\x0bål\ufffe & mere", value="1")])
    files = dict(native.parts_of(1, native.rows_of(picture, "9", 1000), picture.scale, 1000))
    with ZipFile(BytesIO(files["ppt/embeddings/chart1.xlsx"])) as book:
        parts = [files["ppt/charts/chart1.xml"], book.read("xl/sharedStrings.xml")]
    for part in parts:
        words = [each.text for each in ET.fromstring(part).iter()]  # noqa: S314 - our own file
        assert words.count("M ål  & mere: 1") == 1


def test_presentation_says_its_title_and_neither_who_made_it_nor_when(kol_deck):
    with ZipFile(BytesIO(deck_pptx(kol_deck))) as file:
        [core] = [file.read(name).decode() for name in file.namelist() if name.startswith("docProps/")]
    assert re.findall(r"<dc:(\w+)>([^<]*)<|<(cp:[a-z]\w*)>", core) == [
        ("title", kol_deck.title, ""),
        ("language", "da-DK", ""),
    ]
