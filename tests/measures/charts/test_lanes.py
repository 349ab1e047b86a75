"""Lanes on one axis: the same for everybody, no word on a mark, no rank, and a light field from the rings alone."""

import random
import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.charts.chart import compose
from measures.charts.chart_of import chart_of
from measures.charts.projector import projector_chart
from measures.charts.words.finding import find
from measures.charts.words.standing import LastTime
from measures.disclosure.openness import Known, letters
from measures.disclosure.privacy import Comparison, DisclosureRules, Openness
from measures.drawing import palette
from measures.drawing.canvas import HEIGHT, WIDTH
from measures.drawing.forms.lanes import Lanes, middle_half, stacks
from measures.drawing.letters import width
from measures.packages.measure_kinds import MEASURE_KINDS, ChartForm
from measures.packages.package import available, load
from tests.gallery.numbers import invent
from tests.gallery.pictures import ABOUT

OTHERS = (0.45, 0.46, 0.56, 0.65, 0.66, 0.68, 0.82, 0.85, 0.89)
TINY = 24
"""Pixels of the design: eight on a telephone. Two letters in a small ring, and nothing else, are that small."""


@dataclass
class Notes:
    """A canvas that remembers where words and marks were put."""

    width: int = WIDTH
    height: int = HEIGHT
    words: list[tuple[float, float, float, float]] = field(default_factory=list)
    marks: list[tuple[float, float, float, float]] = field(default_factory=list)
    inside: list[tuple[float, float, int]] = field(default_factory=list)
    sizes: set[int] = field(default_factory=set)

    def text(self, x, y, said, size, _colour, *, weight="normal", ha="left"):
        wide = width(said, size, weight)
        left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[ha] * wide
        self.sizes.add(size)
        if ha == "center":
            self.inside.append((x, y, size))
        elif said != "→":
            self.words.append((left, y - size / 2, left + wide, y + size / 2))

    def dots(self, x, y, *, size, **_looks):
        half = size / 2 + 2
        self.marks += [(at - half, down - half, at + half, down + half) for at, down in zip(x, y, strict=True)]

    def line(self, x, y, colour, *_, **__):
        if colour in (palette.OWN, palette.PALE_OWN):
            self.marks.append((min(x), min(y), max(x), max(y)))

    def box(self, *_):
        """Nothing of words or marks."""


def noted(picture):
    canvas = Notes(height=picture.height)
    picture.draw(canvas)
    return canvas


def meet(one, two):
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def spirometry(kol, da, own, others=OTHERS, mean=0.68, before=None):
    seen = Comparison(own, mean, others, len(others) + 1, 100)
    return compose(kol.measure("spirometry"), kol, seen, ABOUT.period, ABOUT.submitted, da, "jer", before=before)


@pytest.mark.parametrize("name", ["kol", "medicinkort", "attester", "henvisninger"])
def test_all_members_of_a_round_all_rounds_and_the_screen_share_one_axis(name, da):
    package = load(name)
    for measure in package.measures:
        rounds = [invent(package, size) for size in (6, 12)]
        scales = set()
        for replies in rounds:
            charts = [chart_of(measure, package, own, replies, DisclosureRules(), ABOUT, da) for own in replies]
            drawn = [chart.picture for chart in charts if chart and isinstance(chart.picture, Lanes)]
            shared = projector_chart(measure, package, [replies], DisclosureRules(), ABOUT.period, da)
            if drawn:
                assert len(drawn) == len(replies)
                assert shared is not None
                scales |= {each.scale for each in [*drawn, shared.picture]}
        assert len(scales) <= 1, (package.id, measure.id)


@pytest.mark.parametrize("seed", range(24))
def test_no_word_meets_a_mark_whatever_the_numbers_are(kol, da, seed):
    chance = random.Random(seed)
    for _ in range(10):
        k = chance.randint(4, 39)
        spread = chance.choice([0.02, 0.1, 0.4])
        others = tuple(sorted(round(min(1, max(0, chance.gauss(0.6, spread))), 2) for _ in range(k)))
        whole = chance.randint(1, 900)
        before = chance.choice([None, LastTime(None), LastTime((3, 40)), LastTime((30, 40), shares_months=True)])
        own = (chance.randint(0, whole), whole)
        picture = spirometry(kol, da, own, others, round(sum(others) / k, 2), before).picture
        named = tuple(chr(65 + n % 26) for n in range(k))
        for drawn in (picture, replace(picture, labels=named), replace(picture, own=None, before=None)):
            canvas = noted(drawn)
            assert not [(one, two) for one in canvas.words for two in canvas.marks if meet(one, two)]
            assert not [(one, two) for one, two in pairwise(sorted(canvas.words)) if meet(one, two)]
            assert all(
                left >= 0 and right <= canvas.width and down <= canvas.height for left, _, right, down in canvas.words
            )


def test_a_letter_stands_in_its_ring_and_can_be_read_on_a_telephone(kol, da):
    replies = invent(kol, 35)
    known = Known(letters(replies, random.Random(1)), set(), {})
    rules = DisclosureRules(openness=Openness.LETTERS)
    chart = chart_of(kol.measure("prevalence"), kol, 3, replies, rules, ABOUT, da, known=known)
    canvas = noted(chart.picture)
    rings = {((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in canvas.marks}
    assert ({(x, y) for x, y, _ in canvas.inside} <= rings, len(canvas.inside), min(canvas.sizes) >= TINY) == (
        True,
        34,
        True,
    )


@given(st.lists(st.integers(0, 100), min_size=4, max_size=39), st.integers(16, 60))
def test_rings_of_one_level_never_touch_and_each_lies_on_another(values, size):
    places = sorted(10.0 * each for each in values)
    levels = stacks(places, size)
    for level in set(levels):
        row = [x for x, at in zip(places, levels, strict=True) if at == level]
        assert all(after - before >= size for before, after in pairwise(row))
        assert level == 0 or level - 1 in levels


def test_the_light_field_is_the_middle_half_of_the_rings_drawn():
    assert [middle_half(OTHERS), middle_half((0.1, 0.1, 0.3, 0.3)), middle_half((0.1, 0.2, 0.4, 0.5, 0.9))] == [
        (0.56, 0.82),
        (0.1, 0.3),
        (0.2, 0.5),
    ]
    assert middle_half(OTHERS[:3]) is None


def test_words_beside_names_are_made_from_the_marks_drawn_and_nothing_else(kol, da):
    """Of seven, the lowest without a name is drawn at the second lowest's place: no word may tell where it lies."""
    shares = {"own": 300, "named": 100, **dict(enumerate((200, 500, 600, 700, 800)))}
    replies = {key: {"listed": 9000, "copd": 1000, "spirometry": each} for key, each in shares.items()}
    known, rules = Known({}, {"named"}, {"named": "Torvet"}), DisclosureRules(openness=Openness.CHOSEN)
    chart = chart_of(kol.measure("spirometry"), kol, "own", replies, rules, ABOUT, da, known=known)
    assert sorted(row.share for row in chart.picture.rows if not row.own) == [0.1, 0.5, 0.5, 0.6, 0.7, 0.7]
    assert chart.finding.verdict == "Under de fleste."


def test_a_value_beyond_the_axis_lies_at_its_end_and_its_number_stands_above(kol, da):
    seen = Comparison((900, 5120), 0.039, (0.03, 0.035, 0.04, 0.05, 0.4), 6, 1000)
    picture = compose(kol.measure("prevalence"), kol, seen, "2026", "2. maj", da, "jer").picture
    canvas = noted(picture)
    assert picture.own.words == "Jeres tal: 900 af 5.120 = 175,8 pr. 1.000"
    assert max(right for _, _, right, _ in canvas.marks) <= WIDTH - 48


def test_every_other_practice_is_a_ring_and_the_rings_tell_no_order(kol, da):
    """Two practices of one value: whose ring lies on whose is nothing but their place in a sorted list."""
    picture = spirometry(kol, da, (50, 100)).picture
    canvas = noted(replace(picture, before=None))
    assert len(canvas.marks) == len(OTHERS) + 4
    assert list(picture.others) == sorted(picture.others)


@pytest.mark.parametrize("name", [each.id for each in available()])
def test_what_is_read_before_the_buttons_is_at_most_45_words(name, da, en):
    package = load(name)
    for measure in package.measures:
        if MEASURE_KINDS[measure.kind].form is not ChartForm.DOTS:
            continue
        others = tuple(each * measure.per / 100 / measure.per for each in range(11, 20))
        for own in ((142, 1670), (3, 8), (1, 1)):
            seen = Comparison(own, 0.16, others, 10, measure.per)
            for t, before in ((da, LastTime((121, 1530), shares_months=True)), (en, LastTime((121, 1530)))):
                found = find(measure, package, seen, t, before=before)
                said = f"{found.headline} {found.detail} {found.action}"
                assert len(re.findall(r"\w[\w.,%-]*", said)) <= 45, said
