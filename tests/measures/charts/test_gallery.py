"""Every form with awkward data: words stay on the canvas and apart, one object says one thing, files hold no more."""

import re

import pytest

from measures.drawing.canvas import HEIGHT, WIDTH
from measures.drawing.forms.named import Named
from measures.drawing.letters import width
from measures.drawing.palette import RAMPS, WHITE
from measures.drawing.raster import Raster
from tests.gallery.pictures import Exhibit, exhibits

DANISH = {each.name: each for each in exhibits("da")}
each_exhibit = pytest.mark.parametrize("exhibit", DANISH.values(), ids=DANISH)


class Ledger(Raster):
    """A canvas that also keeps what is written on it, and where."""

    def __init__(self):
        super().__init__()
        self.words = []
        self.inks = []
        self.marks = []

    def text(self, x, y, said, size, colour, *, weight="normal", ha="left", on=WHITE):
        super().text(x, y, said, size, colour, weight=weight, ha=ha, on=on)
        long = width(said, size, weight)
        left = x - {"left": 0, "center": 0.5, "right": 1}[ha] * long
        self.words.append((said, left, y - 0.36 * size, left + long, y + 0.36 * size))
        self.inks.append(colour)

    def dots(self, x, y, *, size, fill, edge, shape="circle"):
        super().dots(x, y, size=size, fill=fill, edge=edge, shape=shape)
        self.marks += zip(x, y, strict=True)


def drawn(exhibit: Exhibit) -> Ledger:
    ledger = Ledger()
    exhibit.graph.picture.draw(ledger)
    return ledger


def meet(one, other) -> bool:
    return one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]


@each_exhibit
def test_words_stay_on_the_canvas(exhibit):
    outside = [
        said
        for said, left, top, right, bottom in drawn(exhibit).words
        if left < 0 or top < 0 or right > WIDTH or bottom > HEIGHT
    ]
    assert outside == []


@each_exhibit
def test_no_words_run_into_each_other(exhibit):
    words = drawn(exhibit).words
    pairs = [(a[0], b[0]) for number, a in enumerate(words) for b in words[:number] if meet(a, b)]
    assert pairs == []


@each_exhibit
def test_words_can_be_seen_when_all_is_drawn(exhibit):
    """No later stroke covers them, and no ground swallows their colour: every word keeps a fair share of its ink."""
    ledger = drawn(exhibit)
    faint = []
    for (said, *box), colour in zip(ledger.words, ledger.inks, strict=True):
        left, top, right, bottom = (round(edge * ledger.scale) for edge in box)
        part = ledger.plane[top:bottom, left:right]
        if said.strip() and (part == RAMPS[colour][-1]).mean() < 0.05:
            faint.append(said)
    assert faint == []


@each_exhibit
def test_marks_stay_on_the_canvas(exhibit):
    assert [mark for mark in drawn(exhibit).marks if not (0 <= mark[0] <= WIDTH and 0 <= mark[1] <= HEIGHT)] == []


@each_exhibit
def test_alternative_text_says_the_headline_and_every_row_of_the_table(exhibit):
    graph = exhibit.graph
    assert graph.alt_text.startswith(graph.headline)
    assert [cell for row in graph.table for cell in row if cell not in graph.alt_text] == []
    assert len(graph.alt_text) <= 2000


@each_exhibit
def test_numbers_of_the_headline_are_in_the_table(exhibit):
    """The picture's sentence and the table are made from the same numbers."""
    rows = " ".join(cell for row in exhibit.graph.table for cell in row)
    numbers = re.findall(r"\d+(?:[.,]\d+)*", exhibit.graph.headline)
    assert [number for number in numbers if number not in rows and number not in {"12", "1.000"}] == []


@each_exhibit
def test_pictures_are_small_and_plain(exhibit):
    """Up to 35 names are ink as well."""
    png, most = exhibit.graph.render(), 40 if isinstance(exhibit.graph.picture, Named) else 16
    assert (png[:8], b"tEXt" in png, len(png) <= most * 1024) == (b"\x89PNG\r\n\x1a\n", False, True)


@pytest.mark.parametrize("name", ["named-8-of-12", "open-12", "room-open-12"])
def test_names_stand_by_the_alphabet_below_ones_own(name):
    rows = DANISH[name].graph.picture.rows
    own = [place for place, row in enumerate(rows) if row.own]
    named = [row.name for row in rows if row.name and not row.own]
    assert (own, named) == ([] if name.startswith("room") else [0], sorted(named))


@pytest.mark.parametrize("name", [name for name in DANISH if name.startswith("trial-")])
def test_picture_of_made_up_numbers_says_so_above_everything_else(name):
    said, _, top, _, bottom = min(drawn(DANISH[name]).words, key=lambda word: word[2])
    others = [each[2] for each in drawn(DANISH[name]).words if each[0] != said]
    assert (said, bottom < min(others), top > 0) == ("PRØVE – opdigtede tal", True, True)
    assert DANISH[name].graph.headline.startswith("PRØVE – opdigtede tal: ")


@each_exhibit
def test_no_rank_and_no_blame(exhibit):
    said = f"{exhibit.graph.headline} {exhibit.graph.alt_text}".casefold()
    assert re.findall(r"nr\. \d|nummer \d+ af|placering|dårlig(?!ere)|værst|bedst", said) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("run-shift", "Niveauet har flyttet sig mere, end tilfældigheder kan forklare."),
        ("run-none", "Ingen ændring ud over, hvad tilfældigheder kan forklare."),
        ("trend-24", "3 målinger er for få til at tale om en udvikling."),
        ("run-holes", "5 målinger er for få til at tale om en udvikling."),
    ],
)
def test_a_trend_is_spoken_of_only_where_the_rules_find_one(name, said):
    assert DANISH[name].graph.finding.detail == said


def test_every_kind_and_form_has_its_picture():
    from measures.packages.measure_kinds import MEASURE_KINDS

    assert {name.rpartition("-")[0] for name in DANISH if name.endswith("-24")} == set(MEASURE_KINDS)
    assert {"dots-zeros", "change-clear", "funnel-prevalence-1"} <= set(DANISH)
